"""What workers leave in the database for whoever watches the site."""
