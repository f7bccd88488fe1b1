"""`python -m benchmarks.robustness CORPUS`: the same texts in other typographies, and what that does to extraction.

Every variant keeps the words; what is found in it is compared, at the places of the original, with the annotations. A
variant within two points of the original is read as well.
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

# One character for one: offsets stay what they are.
MARK_STYLES = {"straight": '""', "curly": "“”", "guillemets": "«»", "single": "‘’"}
MAX_F1_DIFFERENCE = 2.0


def restyle_marks(text: str, style: str) -> str:
    """The text with its double quotation marks in another style; a mark without a partner becomes a closing one."""
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
    """In lower case; what would change its length there stays."""
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


VARIANTS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    **{f"{style} marks": partial(restyle_marks, style=style) for style in MARK_STYLES},
    "lower case": lowercase_text,
    "CRLF": lambda text: text.replace("\r\n", "\n").replace("\n", "\r\n"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
}


def offset_map(text: str, variant: str) -> list[int]:
    """For each offset of the variant that of the text: they differ by carriage returns only."""
    if len(text) == len(variant):
        return list(range(len(text) + 1))
    found: list[int] = []
    at = 0
    for index, character in enumerate(variant):
        found.append(at)
        added = character == "\r" and variant[index + 1 : index + 2] == "\n" and text[at : at + 1] != "\r"
        at += not added
    return [*found, len(text)]


def predict_variant(text: str, variant: str) -> Iterator[Prediction]:
    """What is found in the variant, at the places of the text."""
    back = offset_map(text, variant)

    def moved(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(Span(back[span.start], back[span.end]) for span in spans)

    for found in extract(Document.from_text(variant)):
        yield Prediction(moved(found.content), moved(found.mention), moved(found.cue), found.confidence)


def score_variant(corpus: Sequence[AnnotatedText], change: Callable[[str], str]) -> Scores:
    """The figures of one variant."""

    def compared(annotated: AnnotatedText) -> Comparison:
        words = WordIndex.of(annotated.text)
        found = predict_variant(annotated.text, change(annotated.text))
        gold = annotated_quotes(words, annotated.attributions)
        return Comparison.of(words, gold, predicted_quotes(words, found))

    return sum_scores(compared(annotated).scores() for annotated in corpus)


def print_row(line: str) -> None:
    """A row, as soon as it is there."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(argv: Sequence[str]) -> int:
    """Measure and print; exit status 1 where a variant is further off than the bound."""
    parser = argparse.ArgumentParser(prog="benchmarks.robustness", description=__doc__)
    parser.add_argument("corpus", type=Path, help="folder of an annotated corpus in brat standoff")
    options = parser.parse_args(argv)
    try:
        corpus = list(read_corpus(options.corpus))
    except CorpusError as error:
        parser.exit(1, f"{error}\n")
    print_row(f"| attributed-quote F1 | {' | '.join(Subset)} | furthest off |")
    print_row(f"|---|{'--:|' * len(Subset)}--:|")
    plain: list[float] = []
    worst = 0.0
    for name, change in VARIANTS.items():
        scores = score_variant(corpus, change)
        figures = [100 * scores[Measure.ATTRIBUTED, subset].f1 for subset in Subset]
        plain = plain or figures
        off = max(abs(here - there) for here, there in zip(figures, plain, strict=True))
        worst = max(worst, off)
        print_row(f"| {name} | {' | '.join(f'{figure:.1f}' for figure in figures)} | {off:.1f} |")
    return int(worst > MAX_F1_DIFFERENCE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
