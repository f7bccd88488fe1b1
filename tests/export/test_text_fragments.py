import pytest

from claims.export.text_fragments import passages_of, quote_fragment_url, text_fragment_url

PAGE = "https://example.org/a"
LONG = (
    "We will build the bridge next year, and whoever says that we have not got the money for it has not read the "
    "budget that this council passed in May, page by page."
)
FRAGMENT_CASES = [
    (
        "whole",
        ["Rivers have been full since the spring."],
        "",
        "",
        "Rivers%20have%20been%20full%20since%20the%20spring.",
    ),
    (
        "long: first and last words",
        [LONG],
        "He said: ",
        "",
        "We%20will%20build%20the%20bridge%20next%20year%2C%20and%20whoever,that%20this%20council%20passed%20in%20May%2C%20page%20by%20page.",
    ),
    (
        "short: with the words around it",
        ["Rivers are full."],
        'at the mayor Lena Ford said: "',
        '" According to Ford, roads are dr',
        "Ford%20said%3A%20%22-,Rivers%20are%20full.,-%22%20According%20to",
    ),
    ("the first and last words may be cut", ["Yes"], "ayor: ", " he sa", "Yes,-%20he".replace("%20he", "he")),
    ("nothing around it", ["Yes"], "", "", "Yes"),
    ("only in the paragraph", ["Yes, we can"], "One line.\nShe said ", "\nNext line", "She%20said-,Yes%2C%20we%20can"),
    ("several paragraphs", ["First we wait.\nThen\nwe go home."], "", "", "First%20we%20wait.,we%20go%20home."),
    (
        "syntax",
        ["a-b, c & d, which is how all of it was said"],
        "",
        "",
        "a%2Db%2C%20c%20%26%20d%2C%20which%20is%20how%20all%20of%20it%20was%20said",
    ),
    (
        "white space",
        ["Rivers  have\u00a0been full since\tthe spring."],
        "",
        "",
        "Rivers%20have%20been%20full%20since%20the%20spring.",
    ),
    ("not ASCII", ["Это было давно, и никто уже не помнит"], "", "", None),
    ("no spaces", ["我们明年会建桥。"], "", "", None),
]


@pytest.mark.parametrize(
    ("passages", "prefix", "suffix", "directive"),
    [case[1:] for case in FRAGMENT_CASES],
    ids=[c[0] for c in FRAGMENT_CASES],
)
def test_directive(passages, prefix, suffix, directive):
    url = text_fragment_url(PAGE, passages, prefix, suffix)
    assert url.startswith(f"{PAGE}#:~:text=")
    assert url.isascii()
    if directive is not None:
        assert url.removeprefix(f"{PAGE}#:~:text=") == directive


def test_long_text_without_spaces_is_given_by_its_first_and_last_clauses():
    url = text_fragment_url(PAGE, ["我们明年会建桥，" * 30 + "谁说没有钱。"])
    start, end = url.removeprefix(f"{PAGE}#:~:text=").split(",")
    assert start.startswith("%E6%88%91%E4%BB%AC")
    assert len(start) + len(end) < 1000


def test_each_passage_has_a_directive():
    url = text_fragment_url(PAGE, ["We will go", "and we will stay there."], "", "")
    assert url == f"{PAGE}#:~:text=We%20will%20go&text=and%20we%20will%20stay%20there."


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{PAGE}#part", f"{PAGE}#part:~:text=Yes"),
        (f"{PAGE}#:~:text=old", f"{PAGE}#:~:text=Yes"),
        (f"{PAGE}?q=1", f"{PAGE}?q=1#:~:text=Yes"),
        ("HTTPS://example.org/", "HTTPS://example.org/#:~:text=Yes"),
        ("", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        (" https://example.org/", ""),
    ],
)
def test_url(url, expected):
    assert text_fragment_url(url, ["Yes"]) == expected


@pytest.mark.parametrize(
    ("exact", "spans", "passages"),
    [
        ("We go", [[10, 15]], ["We go"]),
        ("We go and stay", [[10, 15], [30, 38]], ["We go", "and stay"]),
        ("😀 a b", [[0, 3], [7, 8]], ["😀 a", "b"]),
    ],
)
def test_passages(exact, spans, passages):
    assert passages_of(exact, spans) == passages


def test_quote_without_a_web_address_has_no_link():
    row = {"source": {"url": ""}, "exact": "Yes", "spans": [[0, 3]], "prefix": "", "suffix": ""}
    assert quote_fragment_url(row) == ""
