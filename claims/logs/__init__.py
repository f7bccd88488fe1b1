"""What the log says and in which form; imports nothing else of factbase."""
