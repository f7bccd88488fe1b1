"""textacy's direct quotations, by paragraph: in a whole text, one missing mark would make it find none."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

from benchmarks.systems.harness import QuoteRecord, run_system, split_paragraphs
from benchmarks.systems.spacy_pipeline import MODEL

TokenSpans = tuple[tuple[int, int], ...]


class TextacyQuotations:
    """`textacy.extract.triples.direct_quotations` on spaCy's parse, without named entities, which it does not use."""

    name = "textacy"

    def load(self, sample: str) -> str:  # noqa: ARG002  # it has one version
        import textacy
        from textacy.extract.triples import direct_quotations

        self.direct_quotations = direct_quotations
        self.pipeline = import_module(MODEL).load(exclude=["ner"])
        return f"textacy {textacy.__version__}"

    def read(self, text: str) -> list[QuoteRecord]:
        parsed_paragraphs = self.pipeline.pipe(paragraph for _, paragraph in split_paragraphs(text))
        return [
            quotation
            for (start, _), parsed in zip(split_paragraphs(text), parsed_paragraphs, strict=True)
            for quotation in self._quotations(start, parsed)
        ]

    def read_all(self, texts: Sequence[str], cores: int) -> None:
        """Parse on several cores; extracting from the parse costs little."""
        paragraphs = [paragraph for text in texts for _, paragraph in split_paragraphs(text)]
        for parsed in self.pipeline.pipe(paragraphs, n_process=cores):
            self._quotations(0, parsed)

    def _quotations(self, start: int, parsed: Any) -> list[QuoteRecord]:
        """Return the quotations of a paragraph. Parts with the same cue form one quotation, as in the corpus."""
        contents: dict[tuple[TokenSpans, TokenSpans], list[tuple[int, int]]] = defaultdict(list)
        try:
            triples = list(self.direct_quotations(parsed))
        except ValueError:  # an odd number of marks
            return []
        for triple in triples:
            key = _token_spans(start, triple.speaker), _token_spans(start, triple.cue)
            contents[key].append((start + triple.content.start_char, start + triple.content.end_char))
        return [{"content": content, "speaker": speaker, "cue": cue} for (speaker, cue), content in contents.items()]


def _token_spans(start: int, tokens: Iterable[Any]) -> TokenSpans:
    return tuple((start + token.idx, start + token.idx + len(token)) for token in tokens)


if __name__ == "__main__":
    run_system(TextacyQuotations())
