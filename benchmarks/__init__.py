"""What the README's figures are measured with; no part of the site."""
