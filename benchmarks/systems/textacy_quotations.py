"""textacy's direct quotations, paragraph by paragraph: a whole text with one mark missing yields it none."""

import json
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

from benchmarks.systems.harness import run_system, split_paragraphs
from benchmarks.systems.spacy_pipeline import MODEL


class TextacyQuotations:
    """`textacy.extract.triples.direct_quotations` on spaCy's parse; names are not looked for, since it uses none."""

    name = "textacy"

    def load(self) -> str:
        """Import textacy and load the model."""
        import textacy  # noqa: PLC0415  importing is what is measured
        from textacy.extract.triples import direct_quotations  # noqa: PLC0415  as above

        self.quotations = direct_quotations
        self.pipeline = import_module(MODEL).load(exclude=["ner"])
        return f"textacy {textacy.__version__}"

    def read(self, text: str) -> list[dict[str, Any]]:
        """The quotations; the parts that it gives to one cue are one quotation, as the corpus has it."""
        return self._read(text, self._parsed(text))

    def read_all(self, texts: Sequence[str], cores: int) -> None:
        """Parsed by spaCy on several cores; the quotations of it cost little."""
        lines = [line for text in texts for _, line in split_paragraphs(text)]
        for parsed in self.pipeline.pipe(lines, n_process=cores):
            self._quotations(0, parsed)

    def _parsed(self, text: str) -> Iterable[Any]:
        parsed: Iterable[Any] = self.pipeline.pipe(line for _, line in split_paragraphs(text))
        return parsed

    def _read(self, text: str, parsed: Iterable[Any]) -> list[dict[str, Any]]:
        found = (self._quotations(start, line) for (start, _), line in zip(split_paragraphs(text), parsed, strict=True))
        return [quotation for each in found for quotation in each]

    def _quotations(self, start: int, parsed: Any) -> list[dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        try:
            triples = list(self.quotations(parsed))
        except ValueError:  # an odd number of marks
            return []
        for triple in triples:
            speaker, cue = _token_spans(start, triple.speaker), _token_spans(start, triple.cue)
            key = json.dumps([speaker, cue])
            quotation = found.setdefault(key, {"content": [], "speaker": speaker, "cue": cue})
            quotation["content"].append([start + triple.content.start_char, start + triple.content.end_char])
        return list(found.values())


def _token_spans(start: int, tokens: Iterable[Any]) -> list[list[int]]:
    return [[start + token.idx, start + token.idx + len(token)] for token in tokens]


if __name__ == "__main__":
    run_system(TextacyQuotations())
