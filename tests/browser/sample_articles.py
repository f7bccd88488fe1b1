"""Articles for browser tests."""

from claims.articles import Article


def rivers_article() -> Article:
    """An article with one direct quotation by a named speaker."""
    return Article(
        name="rivers.txt",
        text='Water is high in the valleys.\n\nMinister Lena Ford said: "The rivers are full this year."\n',
        title="Rivers",
        publisher="The Daily Example",
        language="en",
        reader="plain-text",
        reader_version="1",
    )
