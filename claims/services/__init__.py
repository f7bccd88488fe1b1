"""WRITE: what may be done to what is stored. Each service is a verb with keywords, in one transaction."""
