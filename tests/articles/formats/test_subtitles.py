"""`.srt` and `.vtt` files: captions as paragraphs with their times, speakers as turns."""

from pathlib import Path

import pytest

from claims.articles import Article
from tests.articles.single_article import only_article, only_reason, read_content


def captions(kind: str, *texts: str, seconds: int = 2, header: str = "WEBVTT") -> str:
    """Captions one after the other; a pause of ten seconds stands where a text is empty."""
    point = "," if kind == "srt" else "."
    blocks = [] if kind == "srt" else [header]
    start = 0
    for text in texts:
        times = [f"{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}{point}000" for s in (start, start + seconds)]
        start += seconds if text else 10
        if text:
            blocks.append(f"{len(blocks) + (kind == 'srt')}\n{' --> '.join(times)}\n{text}")
    return "\n\n".join(blocks) + "\n"


def read_captions(tmp_path: Path, kind: str, *texts: str) -> Article:
    return only_article(read_content(tmp_path / f"a.{kind}", captions(kind, *texts)))


SPOKEN = [
    ("a sentence over captions", ["We have waited", "long enough."], ["We have waited long enough."]),
    ("lines of a caption", ["We have waited\nlong enough."], ["We have waited long enough."]),
    ("a pause", ["One.", "", "Two."], ["One.", "Two."]),
    ("a named speaker", ["HOLT: We have", "waited.", "RECK: No."], ["HOLT: We have waited.", "RECK: No."]),
    ("a marked and named speaker", [">> HOLT: One.", ">> RECK: Two."], ["HOLT: One.", "RECK: Two."]),
    ("a marked change", [">> One.", ">> Two."], ["One.", "Two."]),
    ("two speakers in a caption", ["- One.\n- Two."], ["One.", "Two."]),
    ("a dash within", ["One - two", "three."], ["One - two three."]),
    ("formatted words", ["<i>One</i> <b>two</b> {\\an8}three."], ["One two three."]),
    ("references", ["Reck &amp; Holt."], ["Reck & Holt."]),
    ("captions that roll", ["One two", "One two\nthree four", "three four\nfive."], ["One two three four five."]),
    ("a repeated word", ["No.\nNo.", "Yes."], ["No. No. Yes."]),
    ("a repeated caption", ["No.", "No.", "Yes."], ["No. No. Yes."]),
    ("a time of day", ["It is 10:30, he said."], ["It is 10:30, he said."]),
]


@pytest.mark.parametrize("kind", ["srt", "vtt"])
@pytest.mark.parametrize(("texts", "expected"), [case[1:] for case in SPOKEN], ids=[case[0] for case in SPOKEN])
def test_paragraphs(tmp_path: Path, kind: str, texts: list[str], expected: list[str]) -> None:
    assert read_captions(tmp_path, kind, *texts).text.splitlines() == expected


VOICES = [
    ("turns", ["<v Ann Bee>One.", "<v Bob Cee>Two."], ["Ann Bee: One.", "Bob Cee: Two."]),
    ("a turn over captions", ["<v Ann Bee>One", "<v Ann Bee>two."], ["Ann Bee: One two."]),
    ("a turn over lines", ["<v Ann Bee>One\ntwo.</v>"], ["Ann Bee: One two."]),
    ("two in a caption", ["<v Ann Bee>One.</v>\n<v.loud Bob Cee>Two.</v>"], ["Ann Bee: One.", "Bob Cee: Two."]),
    ("none after one", ["<v Ann Bee>One.", "Two."], ["Ann Bee: One.", "Two."]),
    ("times within", ["One <00:00:01.000>two <c.yellow>three</c>."], ["One two three."]),
]


@pytest.mark.parametrize(("texts", "expected"), [case[1:] for case in VOICES], ids=[case[0] for case in VOICES])
def test_voices(tmp_path: Path, texts: list[str], expected: list[str]) -> None:
    assert read_captions(tmp_path, "vtt", *texts).text.splitlines() == expected


def test_each_paragraph_has_its_time(tmp_path: Path) -> None:
    article = read_captions(tmp_path, "srt", "HOLT: One", "two.", "", "RECK: Three.")
    assert article.text == "HOLT: One two.\nRECK: Three."
    assert [(position.start, position.label) for position in article.positions] == [(0, "00:00:00"), (15, "00:00:14")]


def test_long_speech_is_cut_after_a_sentence(tmp_path: Path) -> None:
    lines = read_captions(tmp_path, "srt", *["We have waited long enough, and so has everyone."] * 30).text.splitlines()
    assert len(lines) == 3
    assert all(line.endswith("everyone.") for line in lines)


def test_captions_that_are_repeated_for_an_instant(tmp_path: Path) -> None:
    times = ["00:00:00.000 --> 00:00:02.000", "00:00:02.000 --> 00:00:02.010", "00:00:02.010 --> 00:00:04.000"]
    texts = ["One two", "One two", "One two\nthree."]
    blocks = ["WEBVTT", *(f"{time}\n{text}" for time, text in zip(times, texts, strict=True))]
    assert only_article(read_content(tmp_path / "a.vtt", "\n\n".join(blocks))).text == "One two three."


def test_header_notes_and_styles_are_no_speech(tmp_path: Path) -> None:
    content = captions(
        "vtt", "One.", header="WEBVTT - Board\nKind: captions\nLanguage: en-GB\n\nNOTE by Ann\n\nSTYLE\n::cue {}"
    )
    article = only_article(read_content(tmp_path / "a.vtt", content))
    assert (article.text, article.language, article.reader) == ("One.", "en-GB", "webvtt-py")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_newlines(tmp_path: Path, codec: str, newline: str) -> None:
    content = captions("srt", "“Où est le théâtre ?”").replace("\n", newline).encode(codec)
    article = only_article(read_content(tmp_path / "a.srt", content))
    assert article.text == "“Où est le théâtre ?”"
    assert bool(article.warnings) is (codec == "cp1252")


REFUSED = [
    ("srt", "", "not captions in the format of .srt"),
    ("srt", "just words\nand more\nof them", "not captions in the format of .srt"),
    ("vtt", captions("srt", "One."), "not captions in the format of .vtt"),
    ("srt", captions("vtt", "One."), "not captions in the format of .srt"),
    ("vtt", "WEBVTT\n\n", "empty: it contains no text"),
    ("vtt", captions("vtt", "<i></i>"), "empty: it contains no text"),
]


@pytest.mark.parametrize(("kind", "content", "reason"), REFUSED)
def test_refused(tmp_path: Path, kind: str, content: str, reason: str) -> None:
    assert reason in only_reason(read_content(tmp_path / f"a.{kind}", content))
