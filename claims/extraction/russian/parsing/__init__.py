"""Words and sentences as the models and the dictionary see them."""
