"""The review screen: the article with one quote, what is known of it beside it, and a key for every decision."""
