"""`python -m benchmarks.robustness CORPUS`: measures extraction on the same texts in other typographies.

Every variant keeps the words. Its quotations are mapped back to the original text and compared with the annotations;
the F1 may differ by at most two points from that of the original.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from claims.extraction import Document, Span, extract
from claims.extraction.corpus import AnnotatedText, CorpusError, read_corpus
from claims.extraction.evaluation import (
    Comparison,
    Measure,
    Prediction,
    Scores,
    Subset,
    WordIndex,
    annotated_quotes,
    predicted_quotes,
    sum_scores,
)
from claims.extraction.text.quotation_marks import DOUBLE_MARKS, find_quoted_spans

# Each mark is one character, so that offsets do not change.
MARK_STYLES = {"straight": '""', "curly": "“”", "guillemets": "«»", "single": "‘’"}
MAX_F1_DIFFERENCE = 2.0


def restyle_marks(text: str, style: str) -> str:
    """Replace double quotation marks by those of another style; a mark without a partner becomes a closing one."""
    opening, closing = MARK_STYLES[style]
    characters = list(text)
    for index, character in enumerate(characters):
        if character in DOUBLE_MARKS or character in "«»":
            characters[index] = closing
    for paragraph in Document.from_text(text).paragraphs:
        for stretch in find_quoted_spans(text, paragraph.span):
            if characters[stretch.outer.start] == closing and text[stretch.outer.start] not in "‘'":
                characters[stretch.outer.start] = opening
    return "".join(characters)


def lowercase_text(text: str) -> str:
    """Convert to lower case, except characters whose lower case is longer."""
    return "".join(lower if len(lower := character.lower()) == 1 else character for character in text)


VARIANTS: dict[str, Callable[[str], str]] = {
    "original": lambda text: text,
    **{f"{style} marks": partial(restyle_marks, style=style) for style in MARK_STYLES},
    "lower case": lowercase_text,
    "CRLF": lambda text: text.replace("\r\n", "\n").replace("\n", "\r\n"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
}


def offset_map(text: str, variant: str) -> list[int]:
    """Map each offset of a variant to that of the text, from which it differs only by carriage returns."""
    if len(text) == len(variant):
        return list(range(len(text) + 1))
    offsets: list[int] = []
    offset = 0
    for index, character in enumerate(variant):
        offsets.append(offset)
        is_added = character == "\r" and variant[index + 1 : index + 2] == "\n" and text[offset : offset + 1] != "\r"
        offset += not is_added
    return [*offsets, len(text)]


def predict_variant(text: str, variant: str) -> Iterator[Prediction]:
    """Extract the quotations of a variant, with the offsets of the text."""
    offsets = offset_map(text, variant)

    def map_spans(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(Span(offsets[span.start], offsets[span.end]) for span in spans)

    for quotation in extract(Document.from_text(variant)):
        yield Prediction(
            map_spans(quotation.content), map_spans(quotation.mention), map_spans(quotation.cue), quotation.confidence
        )


def score_variant(corpus: Sequence[AnnotatedText], change: Callable[[str], str]) -> Scores:
    """Score one variant of all texts."""

    def compare(annotated: AnnotatedText) -> Comparison:
        words = WordIndex.from_text(annotated.text)
        predictions = predict_variant(annotated.text, change(annotated.text))
        gold = annotated_quotes(words, annotated.attributions)
        return Comparison.match(words, gold, predicted_quotes(words, predictions))

    return sum_scores(compare(annotated).scores() for annotated in corpus)


def print_row(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(argv: Sequence[str]) -> int:
    """Print a table row per variant. The exit status is 1 if a variant differs by more than the limit."""
    parser = argparse.ArgumentParser(prog="benchmarks.robustness", description=__doc__)
    parser.add_argument("corpus", type=Path, help="folder of an annotated corpus in brat standoff")
    options = parser.parse_args(argv)
    try:
        corpus = list(read_corpus(options.corpus))
    except CorpusError as error:
        parser.exit(1, f"{error}\n")
    print_row(f"| attributed-quote F1 | {' | '.join(Subset)} | largest difference |")
    print_row(f"|---|{'--:|' * len(Subset)}--:|")
    original: list[float] = []
    largest_difference = 0.0
    for name, change in VARIANTS.items():
        scores = score_variant(corpus, change)
        shares = [100 * scores[Measure.ATTRIBUTED, subset].f1 for subset in Subset]
        original = original or shares
        difference = max(abs(share - other) for share, other in zip(shares, original, strict=True))
        largest_difference = max(largest_difference, difference)
        print_row(f"| {name} | {' | '.join(f'{share:.1f}' for share in shares)} | {difference:.1f} |")
    return int(largest_difference > MAX_F1_DIFFERENCE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
