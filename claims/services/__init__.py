"""Changes to the database. A service is a function with keyword arguments that runs in one transaction."""
