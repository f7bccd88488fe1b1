"""The project's own extraction, through its public face."""

from collections.abc import Sequence
from typing import Any

from benchmarks.systems.harness import run_system


class FactbaseExtraction:
    """`claims.extraction`."""

    name = "factbase"

    def load(self) -> str:
        """Import it; its model is loaded by the first text."""
        from claims.extraction import EXTRACTOR, EXTRACTOR_VERSION  # noqa: PLC0415  importing is what is measured

        return f"{EXTRACTOR} {EXTRACTOR_VERSION}"

    def read(self, text: str) -> list[dict[str, Any]]:
        """The quotations with their mentions."""
        from claims.extraction import Document, extract  # noqa: PLC0415  as above

        return [
            {"content": quotation.content, "speaker": quotation.mention, "cue": quotation.cue}
            for quotation in extract(Document.from_text(text))
        ]

    def read_all(self, texts: Sequence[str], cores: int) -> None:  # noqa: ARG002  it takes what there is
        """As `ingest` and `extract` read many."""
        from claims.extraction import extract_ahead  # noqa: PLC0415  as above

        for _ in extract_ahead((None, text) for text in texts):
            pass


if __name__ == "__main__":
    run_system(FactbaseExtraction())
