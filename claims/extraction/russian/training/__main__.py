"""`python -m claims.extraction.russian.training CORPUS`: fit both confidences of the Russian reader.

To be run after a change of its rules; takes half a minute. Extracts the annotated texts of CORPUS, fits the regressions
to whether quotations and resolved speakers are right, and writes the coefficients into the head of the model card,
`claims/extraction/russian/README.md`. Prints how reliable they are on texts that they were not fitted on.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml

from claims.extraction.confidence import fit_logistic, load_coefficients, predict_confidence
from claims.extraction.corpus import AnnotatedText, CorpusError, read_corpus
from claims.extraction.document import Document
from claims.extraction.evaluation import (
    Comparison,
    Prediction,
    WordIndex,
    annotated_quotes,
    format_reliability,
    predicted_quotes,
    reliability_bins,
    speaker_outcomes,
)
from claims.extraction.model_cards import read_card
from claims.extraction.russian.confidence import CARD
from claims.extraction.russian.reader import extract_with_features


class Outcome(NamedTuple):
    text: str
    features: Mapping[str, float]
    is_right: bool


def main(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="claims.extraction.russian.training", description=__doc__)
    parser.add_argument("corpus", type=Path, metavar="CORPUS", help="folder of a Russian corpus with speakers")
    options = parser.parse_args(argv)
    try:
        texts = list(read_corpus(options.corpus))
    except CorpusError as error:
        raise SystemExit(str(error)) from error
    for number, name in enumerate(("quotation", "speaker")):
        # The second regression takes the confidence of the first, from the card that was just written.
        load_coefficients.cache_clear()
        outcomes = [outcome for text in texts for outcome in collect_outcomes(text)[number]]
        write_coefficients(name, fit(outcomes))
        print(f"{name}, each text judged by what was fitted on the others")  # noqa: T201  # figures of a command
        print(format_reliability(reliability_bins(cross_validate(outcomes))))  # noqa: T201  # figures of a command


def write_coefficients(name: str, coefficients: Mapping[str, float]) -> None:
    head = {**read_card(CARD), name: dict(coefficients)}
    body = CARD.read_text("utf-8").split("---\n", 2)[2]
    CARD.write_text(f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n{body}", "utf-8")


def collect_outcomes(annotated: AnnotatedText) -> tuple[list[Outcome], list[Outcome]]:
    """Return whether each quotation of a text is right, and whether each resolved speaker is."""
    words = WordIndex.from_text(annotated.text)
    extracted = [
        found
        for found in extract_with_features(Document.from_text(annotated.text))
        if words.indexes_in(found[0].content)
    ]
    predictions = predicted_quotes(words, (Prediction.from_quotation(quotation) for quotation, _, _ in extracted))
    features = {id(quote): found for quote, found in zip(predictions, extracted, strict=True)}
    comparison = Comparison.match(words, annotated_quotes(words, annotated.attributions), predictions)
    quotations = [Outcome(annotated.name, features[id(q)][1], is_right) for q, is_right in comparison.outcomes()]
    speakers = [Outcome(annotated.name, features[id(q)][2], is_right) for q, is_right in speaker_outcomes(comparison)]
    return quotations, speakers


def fit(outcomes: Sequence[Outcome]) -> dict[str, float]:
    names = sorted({name for outcome in outcomes for name in outcome.features})
    values = np.array([[outcome.features.get(name, 0.0) for name in names] for outcome in outcomes])
    right = np.array([float(outcome.is_right) for outcome in outcomes])
    return dict(zip(names, map(float, np.round(fit_logistic(values, right), 4)), strict=True))


def cross_validate(outcomes: Sequence[Outcome]) -> list[tuple[float, bool]]:
    judged = []
    for name in sorted({outcome.text for outcome in outcomes}):
        coefficients = fit([outcome for outcome in outcomes if outcome.text != name])
        own = [outcome for outcome in outcomes if outcome.text == name]
        judged += [(predict_confidence(outcome.features, coefficients), outcome.is_right) for outcome in own]
    return judged


if __name__ == "__main__":
    main(sys.argv[1:])
