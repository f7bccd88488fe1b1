"""Fits the confidence of speakers: `python -m claims.extraction.english.training.speaker_confidence CORPUS`.

To be run after a change of the resolver; takes a minute. Extracts the texts of CORPUS and DEV whose speakers are
annotated, as they are and in capitals, fits the regression to whether the resolved speakers are right, and writes
`model/speakers.md` with the coefficients and how reliable they are on genres that they were not fitted on.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml

from claims.extraction.confidence import fit_logistic, predict_confidence
from claims.extraction.corpus import AnnotatedText, CorpusError, read_corpus
from claims.extraction.document import Document
from claims.extraction.english.confidence import SPEAKER_CARD
from claims.extraction.english.reader import extract_with_features
from claims.extraction.evaluation import (
    Comparison,
    Prediction,
    ReliabilityBin,
    WordIndex,
    annotated_quotes,
    predicted_quotes,
    reliability_bins,
    speaker_outcomes,
)

POLNEAR_SPEAKERS = Path("benchmarks/polnear_speakers.jsonl")
OTHER_GENRES = "other genres"
# How often a sample counts, by group. PolNeAR's genre is easier for the resolver than news in general.
WEIGHTS = {OTHER_GENRES: 3}
CARD_TEMPLATE = """\
# The confidence of resolved speakers

A logistic regression over the resolver's evidence (`claims/extraction/english/resolver/evidence.py`) and the
confidence of the quotation. Its coefficients are above.

- **Fitted on** {count} resolved speakers, of which {right} are right: {sources}. Each text is
  read twice, as it is and in capitals. Those of other genres count {weight} times: the resolver was made with PolNeAR.
- **To reproduce**: `python -m claims.extraction.english.training.speaker_confidence benchmarks/genres --polnear DEV`,
  after any change of the resolver. Needs numpy only.

## Reliability

Each genre is judged by a regression that was fitted on all others: on the other articles of `benchmarks/genres`, and on
the other newspapers of PolNeAR.

{reliability}
"""


class Sample(NamedTuple):
    """A resolved speaker: the group of texts that it is from, its genre, its features, and whether it is right."""

    group: str
    genre: str
    features: Mapping[str, float]
    is_right: bool


def main(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="claims.extraction.english.training.speaker_confidence", description=__doc__)
    parser.add_argument("corpus", type=Path, metavar="CORPUS", help="folder of a corpus with speakers")
    parser.add_argument("--polnear", type=Path, metavar="DEV", help="folder of PolNeAR's dev corpus")
    parser.add_argument("--out", type=Path, default=SPEAKER_CARD, help="the model card to write")
    options = parser.parse_args(argv)
    try:
        corpora = {OTHER_GENRES: list(read_corpus(options.corpus))}
        if options.polnear:
            corpora["PolNeAR"] = list(read_corpus(options.polnear, POLNEAR_SPEAKERS))
    except CorpusError as error:
        raise SystemExit(str(error)) from error
    samples = list(chain.from_iterable(collect_samples(texts, group) for group, texts in corpora.items()))
    samples += chain.from_iterable(collect_samples(map(in_capitals, texts), "capitals") for texts in corpora.values())
    if not samples:
        raise SystemExit(f"{options.corpus}: its notes name no speakers")
    options.out.write_text(build_card(samples, _count_annotated_texts(corpora)), "utf-8")


def _count_annotated_texts(corpora: Mapping[str, Iterable[AnnotatedText]]) -> dict[str, int]:
    return {group: sum(map(_has_speakers, texts)) for group, texts in corpora.items()}


def _has_speakers(annotated: AnnotatedText) -> bool:
    return any(attribution.speaker for attribution in annotated.attributions)


def collect_samples(texts: Iterable[AnnotatedText], group: str) -> Iterator[Sample]:
    """Extract the texts and yield the resolved speakers that the annotations tell to be right or wrong."""
    for annotated in texts:
        if _has_speakers(annotated):
            words = WordIndex.from_text(annotated.text)
            extracted = [
                (quotation, features)
                for quotation, features in extract_with_features(Document.from_text(annotated.text))
                if words.indexes_in(quotation.content)
            ]
            predictions = predicted_quotes(words, (Prediction.from_quotation(quotation) for quotation, _ in extracted))
            features_of = {id(quote): features for quote, (_, features) in zip(predictions, extracted, strict=True)}
            comparison = Comparison.match(words, annotated_quotes(words, annotated.attributions), predictions)
            genre = annotated.name.partition("_")[0]
            for quote, is_right in speaker_outcomes(comparison):
                yield Sample(group, genre, features_of[id(quote)], is_right)


def in_capitals(annotated: AnnotatedText) -> AnnotatedText:
    """Return the text in capitals, except letters that have none of the same length."""
    capitals = (letter.upper() if len(letter.upper()) == 1 else letter for letter in annotated.text)
    return AnnotatedText(annotated.name, "".join(capitals), annotated.attributions)


def build_card(samples: Sequence[Sample], text_counts: Mapping[str, int]) -> str:
    head = yaml.safe_dump({"confidence": fit_coefficients(samples)})
    body = CARD_TEMPLATE.format(
        count=len(samples),
        right=sum(sample.is_right for sample in samples),
        weight=WEIGHTS[OTHER_GENRES],
        sources=", ".join(f"{group} ({count} texts)" for group, count in text_counts.items()),
        reliability="\n".join(_reliability_lines(cross_validate(samples))),
    )
    return f"---\n{head}---\n\n{body}"


def fit_coefficients(samples: Sequence[Sample]) -> dict[str, float]:
    names = sorted({name for sample in samples for name in sample.features})
    weighted = [sample for sample in samples for _ in range(WEIGHTS.get(sample.group, 1))]
    values = np.array([[sample.features.get(name, 0.0) for name in names] for sample in weighted])
    right = np.array([float(sample.is_right) for sample in weighted])
    return dict(zip(names, map(float, np.round(fit_logistic(values, right), 4)), strict=True))


def cross_validate(samples: Sequence[Sample]) -> dict[str, list[ReliabilityBin]]:
    """Return the reliability by group of texts, each genre judged by what was fitted on the others."""
    outcomes: dict[str, list[tuple[float, bool]]] = {sample.group: [] for sample in samples}
    for genre in sorted({sample.genre for sample in samples}):
        coefficients = fit_coefficients([sample for sample in samples if sample.genre != genre])
        for sample in samples:
            if sample.genre == genre:
                confidence = predict_confidence(sample.features, coefficients)
                outcomes[sample.group].append((confidence, sample.is_right))
    return {group: reliability_bins(pairs) for group, pairs in outcomes.items()}


def _reliability_lines(groups: Mapping[str, Sequence[ReliabilityBin]]) -> Iterator[str]:
    yield "| texts | confidence | speakers | mean confidence | right |"
    yield "|---|---|---|---|---|"
    for group, bins in groups.items():
        for reliability_bin in bins:
            bounds = f"{reliability_bin.low:.1f} to {reliability_bin.high:.1f}"
            shares = f"{100 * reliability_bin.confidence:.0f} % | {100 * reliability_bin.accuracy:.0f} %"
            yield f"| {group} | {bounds} | {reliability_bin.count} | {shares} |"


if __name__ == "__main__":
    main(sys.argv[1:])
