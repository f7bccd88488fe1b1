"""The review screen: an article with the quote to decide on, its details, and a keyboard shortcut for every action."""
