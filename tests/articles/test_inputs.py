"""Which inputs are read and which are rejected."""

import io
import os
from pathlib import Path

import pytest

from claims.articles import EXTENSIONS, Article, ArticleError, read_articles
from tests.articles.single_article import only_article, only_reason, read_content


class EndlessStream(io.RawIOBase):
    """An endless stream that counts the bytes read from it."""

    bytes_read = 0

    def read(self, size: int = -1) -> bytes:
        assert size >= 0, "read without a limit"
        self.bytes_read += size
        return b"x" * size


def test_errors_do_not_stop_a_batch(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("One.")
    (tmp_path / "bad.txt").write_bytes(b"\xff")
    (tmp_path / "mixed.jsonl").write_text('{"text": "Two."}\n{"text": \n{"text": "Three."}\n')
    names = ["missing.txt", "good.txt", "bad.txt", "mixed.jsonl", "x.doc", "good.txt"]
    results = list(read_articles([str(tmp_path / name) for name in names]))
    assert [result.text for result in results if isinstance(result, Article)] == ["One.", "Two.", "Three.", "One."]
    rejected = [Path(result.name).name for result in results if isinstance(result, ArticleError)]
    assert rejected == ["missing.txt", "bad.txt", "mixed.jsonl:2", "x.doc"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("", "not found"),
        ("no/such/file.txt", "not found"),
        ("a\x00b.txt", "NUL"),
        ("x" * 5000, "cannot be read: File name too long"),
        (
            "https://example.org/a.html",
            "pages cannot be fetched; save the page and pass the file",
        ),
        ("HTTP://example.org", "save the page"),
        ("ftp://example.org/a.txt", "ftp:// is not supported; pass the path of a file"),
        ("file:///a.txt", "file:// is not supported; pass the path of a file"),
        ("/dev/zero", "not a regular file"),
    ],
    ids=["empty", "missing", "nul", "long", "https", "http", "ftp", "file-url", "device"],
)
def test_rejected_before_opening(path: str, reason: str) -> None:
    assert reason in only_reason(list(read_articles([path])))


@pytest.mark.parametrize("name", ["a.doc", "a.gz", "txt", "a.txt.bak", ".txt"])
def test_unknown_extension_lists_supported_ones(tmp_path: Path, name: str) -> None:
    reason = only_reason(read_content(tmp_path / name, "One."))
    assert reason == "unknown extension; supported: " + ", ".join(EXTENSIONS)


def test_upper_case_extension(tmp_path: Path) -> None:
    assert only_article(read_content(tmp_path / "A.TXT", "One.")).text == "One."


def test_directory_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "dir.txt").mkdir()
    assert only_reason(list(read_articles([str(tmp_path / "dir.txt")]))) == "is a directory; pass the files in it"


def test_fifo_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "not a regular file" in only_reason(list(read_articles([str(tmp_path / "pipe.txt")])))


def test_symbolic_links(tmp_path: Path) -> None:
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "good.txt").write_text("One.")
    (tmp_path / "link.txt").symlink_to(tmp_path / "good.txt")
    broken, loop, link = read_articles([str(tmp_path / f"{name}.txt") for name in ("broken", "loop", "link")])
    assert only_reason([broken]) == "not found"
    assert only_reason([loop]).startswith("cannot be read: ")
    assert only_article([link]).text == "One."


def test_permission_denied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # the suite may run as root, who may read everything
    def denied(*args: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_text("One.")
    monkeypatch.setattr("builtins.open", denied)
    results = list(read_articles([str(tmp_path / "a.txt")]))
    monkeypatch.undo()
    assert only_reason(results) == "permission denied"


def test_read_error(tmp_path: Path) -> None:
    class Failing(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise OSError(5, "Input/output error")

    (tmp_path / "a.txt").write_text("One.")
    failed, good = read_articles(["-", str(tmp_path / "a.txt")], stdin=Failing())
    assert only_reason([failed]) == "cannot be read: Input/output error"
    assert only_article([good]).text == "One."


def test_file_name_that_is_not_utf8_is_escaped(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    Path(path).write_text("One.")
    article = only_article(list(read_articles([path])))
    assert article.name == f"{tmp_path}/caf\\udce9.txt"
    article.name.encode()


def test_oversized_file_is_not_read_whole() -> None:
    stream = EndlessStream()
    assert "at least 1,001 bytes is over the limit of 1,000" in only_reason(
        list(read_articles(["-"], stdin=stream, limit=1000))
    )
    assert stream.bytes_read == 1001


@pytest.mark.parametrize(
    ("stdin_format", "content", "names"),
    [
        ("txt", b'{"text": "One."}', ["-"]),
        ("json", b'[{"text": "One."}, {"text": "Two."}]', ["-#1", "-#2"]),
        (".JSONL", b'{"text": "One."}\n{"text": "Two."}', ["-:1", "-:2"]),
        ("html", b"<html><body><p>One paragraph.</p></body></html>", ["-"]),
    ],
)
def test_standard_input_formats(stdin_format: str, content: bytes, names: list[str]) -> None:
    results = list(read_articles(["-"], stdin=io.BytesIO(content), stdin_format=stdin_format))
    assert [type(result) for result in results] == [Article] * len(names)
    assert [result.name for result in results] == names


def test_standard_input_can_be_read_only_once() -> None:
    first, second = read_articles(["-", "-"], stdin=io.BytesIO(b"One."))
    assert only_article([first]).text == "One."
    assert "already read" in only_reason([second])


def test_unknown_format_of_standard_input_raises_at_once() -> None:
    with pytest.raises(ValueError, match="'xml'"):
        read_articles(["-"], stdin_format="xml")


def test_closed_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    results = list(read_articles(["-"]))
    assert [(error.name, error.reason) for error in results if isinstance(error, ArticleError)] == [
        ("-", "standard input is closed; pipe an article to it, or pass a file")
    ]
