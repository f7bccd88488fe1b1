"""Sources that change after quotes were found in them."""

from claims.models import Quote, Snapshot
from claims.services.sources.anchors import carry_over_quotes
from tests import factories as make


def change_source(quote: Quote, old: str = "Rivers", new: str = "Roads") -> Snapshot:
    """A newer snapshot of the quote's source, with other words in one place. The source's quotes are anchored in it."""
    text = quote.snapshot.text.replace(old, new, 1)
    newest: Snapshot = make.SnapshotFactory(source=quote.snapshot.source, text=text)
    carry_over_quotes(newest)
    return newest
