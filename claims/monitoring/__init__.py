"""What tells operators how the site is: log lines and metrics of requests, health, readiness."""
