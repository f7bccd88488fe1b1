"""`python -m benchmarks.robustness CORPUS`: measures extraction on the same texts in other typographies.

Every variant keeps the words. Its quotations are mapped back to the original text and compared with the annotations;
the F1 may differ by at most two points from that of the original.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
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
from claims.extraction.text.edited_text import Edit, EditedText
from claims.extraction.text.quotation_marks import DOUBLE_MARKS, SINGLE_MARKS, find_quoted_spans

# The opening and the closing mark of each style.
MARK_STYLES = {
    "straight": ('"', '"'),
    "curly": ("“", "”"),
    "guillemets": ("«", "»"),
    "single": ("‘", "’"),
    "straight single": ("'", "'"),
    "PTB": ("``", "''"),
    "entity": ("&quot;", "&quot;"),
    "spaced": ('" ', ' "'),
}
MAX_F1_DIFFERENCE = 2.0
COLUMNS = 72
WORD_PATTERN = re.compile(r"\S+")
# A divided word leaves at least this many letters on each line.
MIN_DIVIDED_LETTERS = 3


def restyle_marks(text: str, style: str) -> Iterator[Edit]:
    """Replace double quotation marks by those of another style; a mark without a partner becomes a closing one.

    Where single marks quote, double ones stand for the single marks within.
    """
    document = Document.from_text(text)
    quoted = [
        quoted for paragraph in document.paragraphs for quoted in find_quoted_spans(document.text, paragraph.span)
    ]
    opening_marks = {document.original_span(quoted.outer).start for quoted in quoted}
    opening, closing = MARK_STYLES[style]
    nested_marks = {
        position
        for outer in quoted
        for inner in find_quoted_spans(document.text, outer.inner)
        for position in (document.original_span(inner.outer).start, document.original_span(inner.outer).end - 1)
    }
    for index, character in enumerate(text):
        if character in DOUBLE_MARKS or character in "«»":
            yield Edit(index, index + 1, opening if index in opening_marks else closing)
        elif opening in SINGLE_MARKS and character in SINGLE_MARKS and index in nested_marks:
            yield Edit(index, index + 1, '"')


def lowercase_text(text: str) -> Iterator[Edit]:
    """Convert to lower case, except characters whose lower case is longer."""
    for index, character in enumerate(text):
        if character != character.lower() and len(character.lower()) == 1:
            yield Edit(index, index + 1, character.lower())


def replace_all(text: str, pattern: str, replacement: str) -> Iterator[Edit]:
    return (Edit(*match.span(), replacement) for match in re.finditer(pattern, text))


def wrap_lines(text: str, *, divide_words: bool) -> Iterator[Edit]:
    """Break the lines at a width, and divide the words there if wanted."""
    column = 0
    end = 0
    for word in WORD_PATTERN.finditer(text):
        start = word.start()
        column = column + start - end if "\n" not in text[end:start] else 0
        if column + len(word[0]) > COLUMNS and column:
            room = COLUMNS - column - 1
            if divide_words and MIN_DIVIDED_LETTERS <= room <= len(word[0]) - MIN_DIVIDED_LETTERS and word[0].isalpha():
                yield Edit(start + room, start + room, "-\n")
                column = -room
            else:
                yield Edit(end, start, "\n")
                column = 0
        end = word.end()
        column += len(word[0])


VARIANTS: dict[str, Callable[[str], Iterator[Edit]]] = {
    "original": lambda _: iter(()),
    **{f"{style} marks": partial(restyle_marks, style=style) for style in MARK_STYLES},
    "lower case": lowercase_text,
    "CRLF": partial(replace_all, pattern=r"(?<!\r)\n", replacement="\r\n"),
    "no-break spaces": partial(replace_all, pattern=" ", replacement="\u00a0"),
    "wrapped": partial(wrap_lines, divide_words=False),
    "wrapped, words divided": partial(wrap_lines, divide_words=True),
    "one line": partial(replace_all, pattern=r"\s*\n\s*", replacement=" "),
}


def make_variant(text: str, name: str) -> EditedText:
    return EditedText.apply(text, list(VARIANTS[name](text)))


def predict_variant(variant: EditedText) -> Iterator[Prediction]:
    """Extract the quotations of a variant, as spans of the original text."""

    def map_spans(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(map(variant.original_span, spans))

    for quotation in extract(Document.from_text(variant.text)):
        yield Prediction(
            map_spans(quotation.content), map_spans(quotation.mention), map_spans(quotation.cue), quotation.confidence
        )


def score_variant(corpus: Sequence[AnnotatedText], name: str) -> Scores:
    """Score one variant of all texts."""

    def compare(annotated: AnnotatedText) -> Comparison:
        words = WordIndex.from_text(annotated.text)
        predictions = predict_variant(make_variant(annotated.text, name))
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
    parser.add_argument("--every", type=int, default=1, metavar="N", help="read only every Nth text")
    parser.add_argument("--variants", nargs="+", choices=VARIANTS, default=list(VARIANTS), help="default: all")
    options = parser.parse_args(argv)
    try:
        corpus = list(islice(read_corpus(options.corpus), 0, None, options.every))
    except CorpusError as error:
        parser.exit(1, f"{error}\n")
    print_row(f"| attributed-quote F1 | {' | '.join(Subset)} | largest difference |")
    print_row(f"|---|{'--:|' * len(Subset)}--:|")
    original: list[float] = []
    largest_difference = 0.0
    for name in dict.fromkeys(["original", *options.variants]):
        scores = score_variant(corpus, name)
        shares = [100 * scores[Measure.ATTRIBUTED, subset].f1 for subset in Subset]
        original = original or shares
        difference = max(abs(share - other) for share, other in zip(shares, original, strict=True))
        largest_difference = max(largest_difference, difference)
        print_row(f"| {name} | {' | '.join(f'{share:.1f}' for share in shares)} | {difference:.1f} |")
    return int(largest_difference > MAX_F1_DIFFERENCE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
