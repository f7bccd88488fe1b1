"""The same predictions scored here and by the script that the published figures were made with."""

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
# The script leaves its files to the garbage collector.
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
    """Every seventh text."""
    return list(read_corpus(path_beside_checkout(CORPUS)))[::7]


def extract_predictions(text: str) -> list[Prediction]:
    return [Prediction.of(quotation) for quotation in extract(Document.from_text(text))]


def disturb_predictions(annotated: AnnotatedText) -> list[Prediction]:
    """What was annotated, some of it left out, some cut or stretched, some given to nobody or twice."""
    chance = random.Random(annotated.name)
    made = []
    for each in annotated.attributions:
        content = [
            Span(max(0, start - chance.choice([0, 0, 9, 40])), max(start + 1, end - chance.choice([0, 0, 7, 30])))
            for start, end in each.content
        ]
        mention = each.source if chance.random() < 0.8 else ()
        cue = each.cue if chance.random() < 0.8 else ()
        made += [Prediction(tuple(content), mention, cue)] * chance.choice([0, 1, 1, 1, 1, 2])
    return made


# The script's heads come of a parse, ours of rules. Where a mention is the whole source they agree; where it is a part
# of it they need not, in about one of a hundred.
@pytest.mark.parametrize(("system", "apart"), [("own", 3), ("disturbed", 0)])
def test_the_counts_are_the_same(system: str, apart: int) -> None:
    predictions = {
        each.name: extract_predictions(each.text) if system == "own" else disturb_predictions(each)
        for each in dev_texts()
    }
    lines = path_beside_checkout(GOLD).read_bytes().splitlines()
    gold = [record for record in map(json.loads, lines) if record["doc"] in predictions]
    assert len(gold) == len(predictions)
    theirs, _ = load_reference_scorer().evaluate(
        gold, {name: list(map(prediction_record, each)) for name, each in predictions.items()}
    )
    ours = sum_scores(reference_scores(each, predictions[each.name]) for each in dev_texts())
    figures = {name: (measure, Subset.ALL) for name, measure in WORDS.items()}
    figures |= {f"{what}:{of}": (QUOTATIONS[what], SUBSETS[of]) for what in QUOTATIONS for of in SUBSETS}
    counts = {name: (ours[figure], MatchCounts(*theirs[name][3])) for name, figure in figures.items()}
    assert {name: one[1:] for name, (one, _) in counts.items()} == {name: two[1:] for name, (_, two) in counts.items()}
    for name, (one, two) in counts.items():
        assert abs(one.right - two.right) <= (apart if name.startswith(("attr", "spk")) else 0), name
    assert ours[Measure.ATTRIBUTED, Subset.ALL].right > 100


def reference_scores(annotated: AnnotatedText, predictions: list[Prediction]) -> Any:
    words = WordIndex.of(annotated.text)
    gold = annotated_quotes(words, annotated.attributions)
    return Comparison.of(words, gold, predicted_quotes(words, predictions)).scores()


def prediction_record(prediction: Prediction) -> dict[str, Any]:
    return {"content": prediction.content, "speaker": prediction.mention, "cue": prediction.cue}
