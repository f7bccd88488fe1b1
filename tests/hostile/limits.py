"""Reads hostile articles within limits of CPU time and memory, each in a process of its own.

    python -m tests.hostile.limits SIZE EXTENSION…

prints one line of JSON for each article: its name, and what became of it. Runs as a script, because a process is forked
for each article, which a test's process with its threads may not be.
"""

import json
import os
import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from claims.articles import ArticleError, read_articles
from claims.extraction import Document, detect_language, extract
from claims.extraction.english import reader
from tests.extraction.english.test_extractor_properties import EchoTagger
from tests.hostile.documents import document_forms
from tests.hostile.pages import BytesForm, page_forms, record_forms
from tests.hostile.texts import text_forms

MAX_CPU_SECONDS: Final = 30
MAX_MEMORY: Final = 2 * 1024**3
READ, REFUSED = "read", "refused"


def article_forms() -> Iterator[tuple[str, str, BytesForm]]:
    """Yields the extension, the name and the form of each kind of article."""
    for name, form in text_forms():
        yield "txt", name, lambda size, form=form: form(size).encode()
    for name, page in page_forms():
        yield "html", name, page
    for name, record in record_forms():
        yield "json", name, record
        yield "jsonl", name, lambda size, record=record: record(size) + b'\n{"text":"words"}'
    yield from document_forms()


def read_and_extract(extension: str, content: bytes) -> list[str]:
    """Reads an input as commands do. Returns what became of each article in it."""
    outcomes = []
    for article in read_articles(["-"], stdin=BytesIO(content), stdin_format=extension):
        if isinstance(article, ArticleError):
            assert article.reason
            assert article.reason.isprintable()
            assert len(article.reason) < 1_000
            outcomes.append(REFUSED)
        else:
            detect_language(article.text)
            extract(Document.from_text(article.text))
            outcomes.append(READ)
    return outcomes


def outcome_within_limits(extension: str, content: bytes) -> str:
    """What became of an input in a process that is killed beyond the limits: `read`, `refused`, or else a fault."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_SECONDS, MAX_CPU_SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        try:
            outcomes = read_and_extract(extension, content)
            answer = READ if READ in outcomes else REFUSED if outcomes else "neither read nor refused"
        except BaseException as error:  # noqa: BLE001  # whatever it is, the parent prints it
            answer = f"{type(error).__name__}: {error}"
        os.write(writer, answer.encode("utf-8", "backslashreplace")[:1000])
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        answer = stream.read().decode()
    _, status = os.waitpid(child, 0)
    return answer or f"killed by signal {os.WTERMSIG(status)}"


def main() -> None:
    reader.load_tagger = EchoTagger  # it finds attributions everywhere; the real one takes linear time by design
    size, *extensions = sys.argv[1:]
    for extension, name, form in article_forms():
        if extension in extensions:
            outcome = outcome_within_limits(extension, form(int(size)))
            sys.stdout.write(json.dumps([f"{extension}: {name}", outcome]) + "\n")
            sys.stdout.flush()  # before the next is forked


if __name__ == "__main__":
    main()
