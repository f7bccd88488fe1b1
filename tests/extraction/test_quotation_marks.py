import pytest

from claims.extraction import Document, Span
from claims.extraction.text.quotation_marks import find_continued_quotations, find_quoted_spans

QUOTED = [
    ("straight", 'Ann said "go home" twice.', ["go home"]),
    ("curly", "Ann said “go home” twice.", ["go home"]),
    ("guillemets", "Ann said «go home» twice.", ["go home"]),
    ("guillemets with no-break spaces", "Ann said «\xa0go home\xa0» twice.", ["go home"]),
    ("guillemets turned round", "Ann said »go home« twice.", ["go home"]),
    ("low and high", "Ann said „go home“ twice.", ["go home"]),
    ("single curly", "‘Go home,’ Ann said. ‘Now.’", ["Go home,", "Now."]),
    ("single straight", "'Go home,' Ann said.", ["Go home,"]),
    ("apostrophes are no marks", "It's the dogs' bowl, isn't it, in the '90s.", []),
    ("a decade is no opening mark", "In the '90s the dogs' bowl broke.", []),
    ("an apostrophe inside single marks", "‘The dogs’ bowl isn’t full,’ Ann said.", ["The dogs’ bowl isn’t full,"]),
    ("nested singles", "“Go ‘home’ now,” Ann said.", ["Go ‘home’ now,"]),
    ("nested straight", '"Go to "The Mill" now," Ann said.', ['Go to "The Mill" now,']),
    ("nested guillemets", "«Go to «The Mill» now», Ann said.", ["Go to «The Mill» now"]),
    ("two quotations", '"A bit," she said, "and more."', ["A bit,", "and more."]),
    ("nothing between", '"" and " " and « »', []),
    ("a dash closed by a lone mark", '— We will go," Ann Moor said.', ["We will go,"]),
    ("a dash without a space", '—We will go," Ann Moor said.', ["We will go,"]),
    ("a hyphen for a dash", '- We will go," Ann Moor said.', ["We will go,"]),
    ("a dash, marks within", '— They call it a "big win." So go," Ann said.', ['They call it a "big win." So go,']),
    ("a dash, a single pair before its closer", "— He 'holds on,'\" Ann said.", ["He 'holds on,'"]),
    ("a dash, then a quotation", '— We go," Ann said. "Now."', ["We go,", "Now."]),
    ("a list item is no dash quotation", '- The mill "Aln" is closed', ["Aln"]),
    ("a dash that nothing closes", "— We will go, Ann said.", []),
    ("a negative number", '-5 degrees," it read', []),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in QUOTED], ids=[case[0] for case in QUOTED])
def test_quoted_spans(text: str, expected: list[str]) -> None:
    quoted_spans = find_quoted_spans(text, Span(0, len(text)))
    assert [quoted.inner.of(text) for quoted in quoted_spans] == expected
    assert all(quoted.closed for quoted in quoted_spans)


UNCLOSED = [
    ("straight", 'Ann said: "We will go and never', "We will go and never"),
    ("curly", "Ann said: “We will go and never", "We will go and never"),
    ("guillemets", "Ann said: «We will go and never", "We will go and never"),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in UNCLOSED], ids=[case[0] for case in UNCLOSED])
def test_unclosed_quotation_ends_with_its_paragraph(text: str, expected: str) -> None:
    (quoted,) = find_quoted_spans(text, Span(0, len(text)))
    assert (quoted.inner.of(text), quoted.closed) == (expected, False)


CHAINS = [
    ("closed by the second", ["“One.", "“Two,” Ann said."], [2]),
    ("over three paragraphs", ['"One.', '"Two.', '"Three," Ann said.'], [3]),
    ("with marks within", ["“One “a” b.", "“Two,” Ann said."], [2]),
    ("each closed", ["“One.”", "“Two,” Ann said."], []),
    ("not re-opened", ["“One.", "Two, Ann said."], []),
    ("re-opened by another mark", ["“One.", "«Two», Ann said."], []),
]


@pytest.mark.parametrize(("lines", "lengths"), [case[1:] for case in CHAINS], ids=[case[0] for case in CHAINS])
def test_continued_quotations(lines: list[str], lengths: list[int]) -> None:
    document = Document.from_text("\n".join(lines))
    spans = [paragraph.span for paragraph in document.paragraphs]
    reopened = [line[0] in '“"' for line in lines[1:]] + [False]
    quoted_spans = [
        find_quoted_spans(document.text, span, reopened=is_reopened)
        for span, is_reopened in zip(spans, reopened, strict=True)
    ]
    assert [len(chain) for chain in find_continued_quotations(document.text, quoted_spans, spans)] == lengths
