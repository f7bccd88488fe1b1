import pytest

from claims.extraction import Document, Span
from claims.extraction.text.quotation_marks import find_all_quoted_spans, find_continued_quotations, find_quoted_spans

QUOTED = [
    ("straight", 'Ann said "go home" twice.', ["go home"]),
    ("curly", "Ann said “go home” twice.", ["go home"]),
    ("guillemets", "Ann said «go home» twice.", ["go home"]),
    ("guillemets with no-break spaces", "Ann said «\xa0go home\xa0» twice.", ["go home"]),
    ("guillemets with spaces before a comma", "« We go home », Ann said.", ["We go home"]),
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
    ("spaced", 'Ann said " go home , " and " stay " .', ["go home ,", "stay"]),
    ("curly, spaced", "Ann said “ go home , ” and “ stay ” .", ["go home ,", "stay"]),
    ("a space before the closing mark", 'Ann said, "Go home. " And left.', ["Go home."]),
    ("a space before the closing mark and a comma", 'Ann said, "Go home ", and left.', ["Go home"]),
    ("an ellipsis after the opening mark", 'Ann said, "...and so we go home."', ["...and so we go home."]),
    (
        "a stray mark before a quotation",
        '"Go, said Ann. Bob said: "We stay." Then "No," she said.',
        ["We stay.", "No,"],
    ),
    ("a number in single marks", "Ann saw '13th,' a film, in the '90s.", ["13th,"]),
    ("a dash closed by a lone mark", '— We will go," Ann Moor said.', ["We will go,"]),
    ("a dash without a space", '—We will go," Ann Moor said.', ["We will go,"]),
    ("a hyphen for a dash", '- We will go," Ann Moor said.', ["We will go,"]),
    ("a dash, marks within", '— They call it a "big win." So go," Ann said.', ['They call it a "big win." So go,']),
    ("a dash, a single pair before its closer", "— He 'holds on,'\" Ann said.", ["He 'holds on,'"]),
    ("a dash, then a quotation", '— We go," Ann said. "Now."', ["We go,", "Now."]),
    ("a list item is no dash quotation", '- The mill "Aln" is closed', ["Aln"]),
    ("a dash that nothing closes", "— We will go, Ann said.", []),
    ("dashes", "— We go north, — said Ann Moor.", ["We go north,"]),
    ("dashes and a name", "– We go north, – Ann Moor answered.", ["We go north,"]),
    ("hyphens", "- We go north, - said Ann Moor.", ["We go north,"]),
    ("dashes, resumed", "— We go, — said Ann Moor, — and stay.", ["We go,", "and stay."]),
    ("dashes, resumed by a sentence", "— We go, — said Ann Moor. — We stay.", ["We go,", "We stay."]),
    ("dashes, in Spanish", "—We go —said Ann Moor—, and stay.", ["We go", "and stay."]),
    ("dashes around a relative clause", "– The mill – which Ann Moor said was old – is gone.", []),
    ("dashes within a paragraph", "The mill — said Ann Moor — is gone.", []),
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


def test_quotation_that_is_opened_again_within_its_paragraph() -> None:
    text = 'Ann said: "We will go. "We go north." Then she left, and "soon," it is said.'
    quoted_spans = find_quoted_spans(text, Span(0, len(text)))
    assert [(quoted.inner.of(text), quoted.closed) for quoted in quoted_spans] == [
        ("We will go.", False),
        ("We go north.", True),
        ("soon,", True),
    ]


def test_stray_mark_swallows_no_long_text() -> None:
    text = 'Ann said "we go. ' + 100 * "It rained there. " + '"We go," she said.'
    assert [quoted.inner.of(text) for quoted in find_quoted_spans(text, Span(0, len(text)))] == ["We go,"]


CHAINS = [
    ("closed by the second", ["“One.", "“Two,” Ann said."], [2]),
    ("over three paragraphs", ['"One.', '"Two.', '"Three," Ann said.'], [3]),
    ("with marks within", ["“One “a” b.", "“Two,” Ann said."], [2]),
    ("each closed", ["“One.”", "“Two,” Ann said."], []),
    ("not re-opened", ["“One.", "Two, Ann said."], []),
    ("re-opened by another mark", ["“One.", "«Two», Ann said."], []),
    ("single marks", ["'One, the lads' boat.", "'Two,' Ann said."], [2]),
    ("single marks, over three paragraphs", ["‘One.", "‘It’s two.", "‘Three,’ Ann said."], [3]),
    ("an elision is no mark", ["'One, we go.", "'Tis two, Ann said."], []),
]


@pytest.mark.parametrize(("lines", "lengths"), [case[1:] for case in CHAINS], ids=[case[0] for case in CHAINS])
def test_continued_quotations(lines: list[str], lengths: list[int]) -> None:
    document = Document.from_text("\n".join(lines))
    spans = [paragraph.span for paragraph in document.paragraphs]
    quoted_spans = find_all_quoted_spans(document.text, spans)
    assert [len(chain) for chain in find_continued_quotations(document.text, quoted_spans, spans)] == lengths
