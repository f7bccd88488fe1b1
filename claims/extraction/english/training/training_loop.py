"""The training loop, with a checkpoint after each epoch from which an interrupted training resumes."""

import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from claims.extraction.english.tagger.encoder import ARC_SIZE
from claims.extraction.english.tagger.word_pieces import END_ID, START_ID
from claims.extraction.english.training.network import TaggerNetwork
from claims.extraction.english.training.training_examples import (
    IGNORED_LABEL,
    NO_SOURCE,
    TrainingExample,
    TrainingWindow,
    make_batches,
)

ReportProgress = Callable[[str], None]
# Returns the examples of an epoch, which is given by its number from 0 on.
EpochExamples = Callable[[int], Sequence[TrainingExample]]
STEPS_PER_REPORT = 100
WARMUP_STEPS = 40


@dataclass(frozen=True, slots=True)
class TrainingRecipe:
    """The hyperparameters. The same recipe, corpus and library versions give about the same scores.

    `start` is the version of the weights that training starts from; "encoder" for the untrained network. `generated`
    is the number of generated texts in each epoch; if there are any, the others are varied.
    """

    start: str = "encoder"
    epochs: int = 8
    generated: int = 0
    batch: int = 8
    body_rate: float = 2e-4
    head_rate: float = 1e-3
    lowest_rate: float = 0.02
    decay: float = 0.01
    dropout: float = 0.1
    arc_weight: float = 0.2
    seed: int = 1
    threads: int = 2


def train_network(
    network: TaggerNetwork, examples: EpochExamples, folder: Path, recipe: TrainingRecipe, report: ReportProgress
) -> TaggerNetwork:
    """Train a network with checkpoints in `folder`, resuming from one of the same recipe.

    Exits if the folder's checkpoint is of another recipe.
    """
    torch.set_num_threads(recipe.threads)
    optimizer = torch.optim.AdamW(_parameter_groups(network, recipe), betas=(0.9, 0.98), foreach=True)
    checkpoint = folder / "checkpoint.pt"
    first_epoch = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        if state["recipe"] != json.dumps(asdict(recipe)):
            raise SystemExit(f"{checkpoint} is of another recipe: {state['recipe']}; remove it or use another folder")
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        first_epoch = state["epochs"]
        report(f"resuming after epoch {first_epoch} of {recipe.epochs}")
    for epoch in range(first_epoch, recipe.epochs):
        _train_epoch(network, optimizer, examples(epoch), recipe, epoch=epoch, report=report)
        folder.mkdir(parents=True, exist_ok=True)
        temporary = checkpoint.with_suffix(".new")
        torch.save(
            {
                "recipe": json.dumps(asdict(recipe)),
                "epochs": epoch + 1,
                "network": network.state_dict(),
                "optimizer": optimizer.state_dict(),
            },
            temporary,
        )
        temporary.replace(checkpoint)
    return network.eval()


def _parameter_groups(network: TaggerNetwork, recipe: TrainingRecipe) -> list[dict[str, object]]:
    """Group the parameters by learning rate: low for the encoder, high for what is new in the network."""
    trained = [(name, parameter) for name, parameter in network.named_parameters() if parameter.requires_grad]
    body = [p for name, p in trained if name.startswith("bert.") and "token_type" not in name]
    head = [p for name, p in trained if not name.startswith("bert.") or "token_type" in name]
    return [
        {"params": body, "lr": recipe.body_rate, "rate": recipe.body_rate, "weight_decay": recipe.decay},
        {"params": head, "lr": recipe.head_rate, "rate": recipe.head_rate, "weight_decay": recipe.decay},
    ]


def _train_epoch(
    network: TaggerNetwork,
    optimizer: torch.optim.AdamW,
    examples: Sequence[TrainingExample],
    recipe: TrainingRecipe,
    *,
    epoch: int,
    report: ReportProgress,
) -> None:
    rng = random.Random(f"{recipe.seed} {epoch}")  # noqa: S311  not for security
    torch.manual_seed(recipe.seed * 1000 + epoch)
    network.train()
    epoch_batches = make_batches(examples, recipe.batch, rng)
    start_time = time.monotonic()
    tag_sum = arc_sum = 0.0
    pieces = 0
    for number, windows in enumerate(epoch_batches, 1):
        step = epoch * len(epoch_batches) + number
        rate_factor = min(1.0, step / WARMUP_STEPS) * max(
            recipe.lowest_rate, 1 - step / (recipe.epochs * len(epoch_batches))
        )
        for group in optimizer.param_groups:
            group["lr"] = group["rate"] * rate_factor
        batch = _TensorBatch(windows)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores, arcs = network(batch.ids, batch.features, batch.mask)
        tag_loss = functional.cross_entropy(
            scores.float().flatten(0, 1), batch.tags.flatten(), ignore_index=IGNORED_LABEL
        )
        arc_loss = _arc_loss(arcs.float(), batch)
        optimizer.zero_grad(set_to_none=True)
        (tag_loss + recipe.arc_weight * arc_loss).backward()
        nn.utils.clip_grad_norm_([p for group in optimizer.param_groups for p in group["params"]], 1.0)
        optimizer.step()
        tag_sum += tag_loss.item()
        arc_sum += arc_loss.item()
        pieces += int(batch.mask.sum())
        if number % STEPS_PER_REPORT == 0 or number == len(epoch_batches):
            seconds = time.monotonic() - start_time
            report(
                f"epoch {epoch + 1}/{recipe.epochs}  step {number}/{len(epoch_batches)}  tags {tag_sum / number:.4f}  "
                f"arcs {arc_sum / number:.4f}  {pieces / seconds:.0f} pieces/s  {seconds:.0f} s"
            )


class _TensorBatch:
    """Windows as tensors [window, piece], each between the start and the end piece."""

    def __init__(self, windows: Sequence[TrainingWindow]) -> None:
        shape = (len(windows), max(window.end - window.start for window in windows) + 2)
        self.ids = torch.zeros(shape, dtype=torch.long)
        self.features = torch.zeros(shape, dtype=torch.long)
        self.mask = torch.zeros(shape, dtype=torch.long)
        self.tags = torch.full(shape, IGNORED_LABEL)
        self.cues = torch.full(shape, IGNORED_LABEL)
        self.sources = torch.full(shape, IGNORED_LABEL)
        for row, window in enumerate(windows):
            example, start, end = window.example, window.start, window.end
            length = end - start
            self.ids[row, : length + 2] = torch.tensor([START_ID, *example.ids[start:end], END_ID])
            self.features[row, 1 : length + 1] = torch.tensor(window.features[start:end])
            self.mask[row, : length + 2] = 1
            self.tags[row, 1 : length + 1] = torch.tensor(example.tags[start:end])
            for piece in range(start, end):
                cue = example.cues.get(piece, IGNORED_LABEL)
                if start <= cue < end:
                    self.cues[row, piece - start + 1] = cue - start + 1
                source = example.sources.get(piece, IGNORED_LABEL)
                if source == NO_SOURCE:
                    self.sources[row, piece - start + 1] = 0
                elif start <= source < end:
                    self.sources[row, piece - start + 1] = source - start + 1


def _arc_loss(arcs: Tensor, batch: _TensorBatch) -> Tensor:
    cue_query, cue_key, source_query, source_key = arcs.split(ARC_SIZE, dim=2)
    total = torch.zeros(())
    for query, key, targets in ((cue_query, cue_key, batch.cues), (source_query, source_key, batch.sources)):
        has_target = targets != IGNORED_LABEL
        if not has_target.any():
            continue
        scores = query @ key.transpose(1, 2) / ARC_SIZE**0.5
        scores = scores.masked_fill(batch.mask[:, None, :] == 0, -1e4)
        total = total + functional.cross_entropy(scores[has_target], targets[has_target])
    return total
