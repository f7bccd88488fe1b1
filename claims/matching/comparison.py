"""Compares two claims: whether they say the same, and if not, in what they differ."""

from collections.abc import Iterator
from dataclasses import dataclass

from claims.matching import roles
from claims.matching.alignment import Alignment, align
from claims.matching.contrasts import compare_modality, compare_polarity, compare_quantifiers
from claims.matching.difference import Difference, DifferenceKind
from claims.matching.encoder import Encoder, load_encoder
from claims.matching.figures import compare_periods, compare_quantities
from claims.matching.names import compare_names, compare_places
from claims.matching.reading import ClaimReading, read_claims
from claims.matching.scope import compare_scope

MIN_LIKENESS = 0.6  # cosine of the vectors of two claims from which they can be the same


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two claims are in meaning (cosine, -1 to 1), whether they say the same, and in what they differ."""

    likeness: float
    is_same: bool
    differences: tuple[Difference, ...]


def compare_claims(first: str, second: str, encoder: Encoder | None = None) -> Comparison:
    """Compares two claims in English. The order matters for the spans alone."""
    encoder = encoder or load_encoder()
    encodings = encoder.encode(first), encoder.encode(second)
    one, other = read_claims(first, second)
    vectors = encodings[0].word_vectors(one.words), encodings[1].word_vectors(other.words)
    alignment = align(one.words, other.words, vectors, (one.taken, other.taken))
    likeness = float(encodings[0].vector @ encodings[1].vector)
    # In capitals, words look like names.
    is_same_wording = one.lowers == other.lowers
    differences = () if is_same_wording else tuple(_find_differences(one, other, alignment))
    is_alike = likeness >= MIN_LIKENESS and _shares_most(one, alignment)
    return Comparison(likeness, is_alike and not differences, differences)


def _shares_most(one: ClaimReading, alignment: Alignment) -> bool:
    """Whether more words have a counterpart than have none on either side."""
    rest = min(len(alignment.first_rest), len(alignment.second_rest))
    return rest == 0 or len(alignment.pairs) + len(one.taken) > rest


def _find_differences(one: ClaimReading, other: ClaimReading, alignment: Alignment) -> Iterator[Difference]:
    figure_differences = [*compare_quantities(one, other, alignment), *compare_periods(one, other, alignment)]
    yield from figure_differences
    polarity_differences = list(compare_polarity(one, other))
    comparison = roles.find_exchanged_comparison(one.words, other.words)
    # "Fewer than citizens" is "citizens, more than"; "no member spends less than we" is "we spend less than any".
    is_denied = bool(one.denials) != bool(other.denials)
    is_reversed = comparison is not None and (len(polarity_differences) == 1 or is_denied)
    if is_reversed:
        polarity_differences = []
    yield from polarity_differences
    quantifier_differences = list(compare_quantifiers(one, other, is_opposite=bool(polarity_differences)))
    yield from quantifier_differences
    yield from compare_modality(one, other)
    exchanged = (
        comparison
        or roles.find_exchanged(one.words, other.words, alignment)
        or roles.find_exchanged_words(one.words, other.words)
    )
    if exchanged is not None and not is_reversed:
        yield Difference(DifferenceKind.ROLE, one.span(exchanged[0]), other.span(exchanged[1]))
    yield from compare_places(one, other)
    name_differences = list(compare_names(one, other, alignment))
    yield from name_differences
    if not (polarity_differences or quantifier_differences or name_differences):
        yield from compare_scope(one, other, alignment)
