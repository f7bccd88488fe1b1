"""This project's extraction, through its public API."""

from collections.abc import Sequence

from benchmarks.systems.harness import QuoteRecord, run_system


class FactbaseExtraction:
    name = "factbase"

    def load(self, sample: str) -> str:
        """Import the library, which loads the model of a language with its first text."""
        from claims.extraction.readers import extractor_of

        extractor = extractor_of(sample)
        return f"{extractor.name} {extractor.version}"

    def read(self, text: str) -> list[QuoteRecord]:
        from claims.extraction import Document, extract

        return [
            {"content": quotation.content, "speaker": quotation.mention, "cue": quotation.cue}
            for quotation in extract(Document.from_text(text))
        ]

    def read_all(self, texts: Sequence[str], cores: int) -> None:  # noqa: ARG002  it uses all cores
        from claims.extraction import extract_ahead

        for _ in extract_ahead((None, text, "") for text in texts):
            pass


if __name__ == "__main__":
    run_system(FactbaseExtraction())
