"""What other weights would move in the review queue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from claims.models import Quote
from claims.worthiness import Feature, Weights

MAX_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class MovedQuote:
    quote: Quote
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class WeightsPreview:
    """How many pending quotes are in each band before and after, how many change theirs, and what moves most."""

    bands: tuple[tuple[str, int, int], ...]
    moved: int
    rising: tuple[MovedQuote, ...]
    falling: tuple[MovedQuote, ...]

    @property
    def examples(self) -> dict[str, tuple[MovedQuote, ...]]:
        return {"Up": self.rising, "Down": self.falling}


def count_pending_by_features() -> dict[Feature, int]:
    """Returns how many pending quotes have exactly these features."""
    rows = Quote.objects.pending().filter(worth_features__isnull=False).order_by()
    return {Feature(features): count for features, count in rows.values_list("worth_features").annotate(Count("pk"))}


def preview_weights(
    *, before: Weights, after: Weights, counts: Mapping[Feature, int], bands: Mapping[str, tuple[int, int]]
) -> WeightsPreview:
    """Compares two sets of weights on the pending quotes, counted by their features."""
    percents = {features: (before.percent_of(features), after.percent_of(features)) for features in counts}

    def band_of(percent: int) -> str:
        return next(name for name, (lower, upper) in bands.items() if lower <= percent < upper)

    names = {features: (band_of(old), band_of(new)) for features, (old, new) in percents.items()}
    by_change = sorted(percents, key=lambda features: percents[features][1] - percents[features][0])

    def count_in(band: str, *, is_after: bool) -> int:
        return sum(count for features, count in counts.items() if names[features][is_after] == band)

    return WeightsPreview(
        bands=tuple((band, count_in(band, is_after=False), count_in(band, is_after=True)) for band in bands),
        moved=sum(count for features, count in counts.items() if names[features][0] != names[features][1]),
        rising=_examples([each for each in reversed(by_change) if percents[each][1] > percents[each][0]], percents),
        falling=_examples([each for each in by_change if percents[each][1] < percents[each][0]], percents),
    )


def _examples(combinations: Sequence[Feature], percents: Mapping[Feature, tuple[int, int]]) -> tuple[MovedQuote, ...]:
    """The newest quote with each of the first combinations of features."""
    examples = []
    for features in combinations[:MAX_EXAMPLES]:
        quotes = Quote.objects.pending().filter(worth_features=int(features)).select_related("speaker").order_by("-pk")
        if quote := quotes.first():
            examples.append(MovedQuote(quote, *percents[features]))
    return tuple(examples)
