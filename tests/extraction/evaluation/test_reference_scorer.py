"""Scores agree with those of the script that computed the published results."""

import importlib.util
import json
import random
from functools import cache
from types import ModuleType
from typing import Any

import pytest

from claims.extraction import Document, Span, extract
from claims.extraction.corpus import AnnotatedText, read_corpus
from claims.extraction.evaluation import (
    Comparison,
    MatchCounts,
    Measure,
    Prediction,
    Subset,
    WordIndex,
    annotated_quotes,
    predicted_quotes,
    sum_scores,
)
from tests.conftest import path_beside_checkout

CORPUS = "shared/corpora/polnear/dev"
SCRIPT = "shared/evaluation/attribution_eval.py"
GOLD = "shared/evaluation/polnear_dev.jsonl"
# The script does not close its files.
pytestmark = [pytest.mark.filterwarnings("ignore::ResourceWarning")]
pytestmark += [pytest.mark.beside(path) for path in (CORPUS, SCRIPT, GOLD)]

WORDS = {"exact": Measure.EXACT, "exact_nt": Measure.EXACT_CORE, "ovl": Measure.OVERLAP, "tok": Measure.WORD}
QUOTATIONS = {
    "det": Measure.DETECTED,
    "attr": Measure.ATTRIBUTED,
    "attrN": Measure.ATTRIBUTED_NAME,
    "spk": Measure.SPEAKER,
}
SUBSETS = {
    "all": Subset.ALL,
    "quoted": Subset.QUOTED,
    "direct": Subset.DIRECT,
    "speech": Subset.SPEECH,
    "speech_quoted": Subset.SPEECH_QUOTED,
    "speech_indirect": Subset.SPEECH_INDIRECT,
}


@cache
def load_reference_scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("attribution_eval", path_beside_checkout(SCRIPT))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def dev_texts() -> list[AnnotatedText]:
    """Return every seventh text."""
    return list(read_corpus(path_beside_checkout(CORPUS)))[::7]


def extract_predictions(text: str) -> list[Prediction]:
    return [Prediction.from_quotation(quotation) for quotation in extract(Document.from_text(text))]


def disturb_predictions(annotated: AnnotatedText) -> list[Prediction]:
    """Return the annotations with errors: some missing, some shorter or longer, some without speaker or repeated."""
    rng = random.Random(annotated.name)
    made = []
    for attribution in annotated.attributions:
        content = [
            Span(max(0, start - rng.choice([0, 0, 9, 40])), max(start + 1, end - rng.choice([0, 0, 7, 30])))
            for start, end in attribution.content
        ]
        mention = attribution.source if rng.random() < 0.8 else ()
        cue = attribution.cue if rng.random() < 0.8 else ()
        made += [Prediction(tuple(content), mention, cue)] * rng.choice([0, 1, 1, 1, 1, 2])
    return made


# The script finds heads by a parser, we by rules. They agree if a mention is the whole source; if it is a part of it,
# about one in a hundred differs.
@pytest.mark.parametrize(("system", "tolerance"), [("own", 3), ("disturbed", 0)])
def test_counts_agree_with_the_reference_scorer(system: str, tolerance: int) -> None:
    predictions = {
        text.name: extract_predictions(text.text) if system == "own" else disturb_predictions(text)
        for text in dev_texts()
    }
    lines = path_beside_checkout(GOLD).read_bytes().splitlines()
    gold = [record for record in map(json.loads, lines) if record["doc"] in predictions]
    assert len(gold) == len(predictions)
    theirs, _ = load_reference_scorer().evaluate(
        gold, {name: list(map(prediction_record, quotations)) for name, quotations in predictions.items()}
    )
    ours = sum_scores(reference_scores(text, predictions[text.name]) for text in dev_texts())
    keys = {name: (measure, Subset.ALL) for name, measure in WORDS.items()}
    keys |= {f"{what}:{of}": (QUOTATIONS[what], SUBSETS[of]) for what in QUOTATIONS for of in SUBSETS}
    for name, key in keys.items():
        own_counts, their_counts = ours[key], MatchCounts(*theirs[name][3])
        assert own_counts[1:] == their_counts[1:], name
        max_difference = tolerance if name.startswith(("attr", "spk")) else 0
        assert abs(own_counts.right - their_counts.right) <= max_difference, name
    assert ours[Measure.ATTRIBUTED, Subset.ALL].right > 100


def reference_scores(annotated: AnnotatedText, predictions: list[Prediction]) -> Any:
    words = WordIndex.from_text(annotated.text)
    gold = annotated_quotes(words, annotated.attributions)
    return Comparison.match(words, gold, predicted_quotes(words, predictions)).scores()


def prediction_record(prediction: Prediction) -> dict[str, Any]:
    return {"content": prediction.content, "speaker": prediction.mention, "cue": prediction.cue}
