"""slovnet's names, morphology and syntax of every sentence: what a reader costs that parses a text and does no more."""

from collections.abc import Sequence
from importlib.metadata import version
from importlib.resources import files

from benchmarks.systems.harness import QuoteRecord, run_system
from claims.extraction.russian.parsing.models import MORPH_MODEL, NER_MODEL, SYNTAX_MODEL, VECTORS


class SlovnetPipeline:
    name = "slovnet pipeline"

    def load(self, sample: str) -> str:  # noqa: ARG002  # it has one version
        import navec
        import slovnet

        folder = files("natasha") / "data"
        vectors = navec.Navec.load(folder / VECTORS)
        self.taggers = [
            kind.load(folder / model)
            for kind, model in [(slovnet.NER, NER_MODEL), (slovnet.Morph, MORPH_MODEL), (slovnet.Syntax, SYNTAX_MODEL)]
        ]
        for tagger in self.taggers:
            tagger.navec(vectors)
        return f"slovnet {version('slovnet')}"

    def read(self, text: str) -> list[QuoteRecord]:
        import razdel

        sentences = [sentence.text for sentence in razdel.sentenize(text)]
        words = [[token.text for token in razdel.tokenize(sentence)] for sentence in sentences if sentence]
        names, *parsers = self.taggers
        for sentence in sentences:
            names(sentence)
        for parser in parsers:
            for _ in parser.map(sentence for sentence in words if sentence):
                pass
        return []

    def read_all(self, texts: Sequence[str], cores: int) -> None:  # noqa: ARG002  # slovnet uses one
        for text in texts:
            self.read(text)


if __name__ == "__main__":
    run_system(SlovnetPipeline())
