"""The API documentation page: every example in the guide runs unchanged and returns the expected data."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import factories as make
from tests.browser.accessibility import accessibility_violations
from tests.browser.screens import page_width

DOCS_URL = "/api/v1/docs/"
QUOTE_TEXT = "We will continue the talks"


@pytest.fixture
def guide(page: Page, live_server: LiveServer, settings) -> Page:
    """The documentation page of a site with two quotes, one of them about talks."""
    settings.FACTBASE_BASE_URL = live_server.url
    for name, words in (("Lena Ford", QUOTE_TEXT), ("Anna Howe", "Rivers are full")):
        text = f'{name} said: "{words}" on Friday.'
        start = text.index(words)
        make.QuoteFactory(
            accepted=True,
            speaker__name=name,
            claim__text=words,
            snapshot__text=text,
            snapshot__source__title="Friday",
            start=start,
            end=start + len(words),
            mention=name,
        )
    page.goto(DOCS_URL)
    return page


def read_examples(guide: Page, language: str) -> list[str]:
    examples: list[str] = guide.locator(f"code[data-language={language}]").all_text_contents()
    assert examples
    return examples


def run_in_folder(command: list[str], folder: Path) -> str:
    process = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert (process.returncode, process.stderr if command[0] == sys.executable else "") == (0, "")
    return process.stdout


def test_curl_examples(guide: Page, tmp_path: Path) -> None:
    if not shutil.which("curl"):
        pytest.skip("the guide's examples need curl")
    outputs = [run_in_folder(["/bin/sh", "-c", line], tmp_path) for line in read_examples(guide, "shell")]
    assert QUOTE_TEXT in outputs[0]
    assert "Rivers" not in outputs[0]
    assert (tmp_path / "claims.csv").read_bytes().count(b"\r\n") == 3
    assert QUOTE_TEXT in (tmp_path / "page.json").read_text()


def test_python_examples(guide: Page, tmp_path: Path) -> None:
    search, pages, sync, verification = read_examples(guide, "python")
    assert run_in_folder([sys.executable, "-c", search], tmp_path) == f"Lena Ford · {QUOTE_TEXT} · Friday\n"
    assert run_in_folder([sys.executable, "-c", pages], tmp_path) == "2 claims\n"
    later = "print(len(quotes)); since = synchronize(quotes, since); print(len(quotes), len(since) > 19)"
    assert run_in_folder([sys.executable, "-c", f"{sync}\n{later}"], tmp_path) == "2 quotes\n2\n2 True\n"
    url = "/".join(guide.url.split("/")[:3]) + "/api/v1/quotes/?q=talks"
    check = f"""
import json
from urllib.request import urlopen
quote = json.load(urlopen("{url}"))["results"][0]
text = 'Lena Ford said: "{QUOTE_TEXT}" on Friday.'
print(verify(quote, text), verify(quote, text + "."), verify(quote | {{"exact": "talks"}}, text))"""
    assert run_in_folder([sys.executable, "-c", verification + check], tmp_path) == "True False False\n"


def test_javascript_examples(guide: Page) -> None:
    messages: list[str] = []
    guide.on("console", lambda message: messages.append(message.text))
    with guide.expect_console_message():
        for script in read_examples(guide, "javascript"):
            guide.evaluate(f"async () => {{ {script} }}")
    assert messages == [f"Lena Ford: {QUOTE_TEXT}"]


def open_operation(guide: Page, tag: str, path: str) -> Locator:
    """Opens an operation of the reference, and its form."""
    guide.locator(f"#operations-tag-{tag}").click()
    operation = guide.locator(f".opblock:has([data-path='{path}'])")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    return operation


@pytest.mark.parametrize(
    ("path", "parameter", "expected"),
    [
        ("/api/v1/quotes.csv", "kind", "quotes.csv"),
        pytest.param("/api/v1/quotes.jsonl", "q", "quotes.jsonl", marks=pytest.mark.nightly),
        pytest.param("/api/v1/quotes/", "updated_since", "tombstones", marks=pytest.mark.nightly),
    ],
)
def test_try_it_out(guide: Page, path: str, parameter: str, expected: str) -> None:
    operation = open_operation(guide, "quotes", path)
    row = operation.locator(f"tr[data-param-name={parameter}]")
    if parameter == "kind":
        row.locator("select").select_option(["direct", "mixed"])
    else:
        row.locator("input").fill({"q": "talks", "updated_since": "2025-01-01T00:00:00Z"}[parameter])
    operation.get_by_role("button", name="Execute").click()
    response = operation.locator(".live-responses-table .response").first
    expect(response.locator(".response-col_status")).to_contain_text("200")
    expect(response).to_contain_text(expected)


@pytest.mark.parametrize("scheme", ["dark", pytest.param("light", marks=pytest.mark.nightly)])
def test_page_is_accessible(guide: Page, scheme: Literal["light", "dark"]) -> None:
    guide.emulate_media(color_scheme=scheme)
    operation = open_operation(guide, "quotes", "/api/v1/quotes/")
    operation.get_by_role("button", name="Execute").click()
    operation.locator(".live-responses-table").wait_for()
    background = "document.defaultView.getComputedStyle(document.querySelector('.swagger-ui')).backgroundColor"
    assert (guide.evaluate(background) == "rgb(22, 23, 26)") == (scheme == "dark")
    assert accessibility_violations(guide) == []


@pytest.mark.parametrize("width", [390, pytest.param(1366, marks=pytest.mark.nightly)])
def test_page_fits(guide: Page, width: int) -> None:
    guide.set_viewport_size({"width": width, "height": 768})
    operation = open_operation(guide, "quotes", "/api/v1/quotes/")
    assert operation.evaluate("element => element.offsetHeight") <= 2000
    assert page_width(guide) <= width
    headings = guide.locator(".guide h2").all_text_contents()
    assert len(headings) == len(set(headings)) == guide.locator(".guide section").count()
    targets = guide.locator(".guide nav a").evaluate_all("links => links.map(link => link.hash.slice(1))")
    assert all(guide.locator(f"[id={target}]").count() == 1 for target in targets)
