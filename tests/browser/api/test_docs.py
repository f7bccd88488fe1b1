"""The API's guide: every example on the page runs as it stands, and finds what is there."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests import factories as make

DOCS_URL = "/api/v1/docs/"
QUOTE_TEXT = "We will continue the talks"


@pytest.fixture
def guide(page: Page, live_server: LiveServer, settings) -> Page:
    """The page, on a site where one person said something of talks, and another of something else."""
    settings.FACTBASE_BASE_URL = live_server.url
    for name, said in (("Lena Ford", QUOTE_TEXT), ("Anna Howe", "Rivers are full")):
        text = f'{name} said: "{said}" on Friday.'
        start = text.index(said)
        make.QuoteFactory(
            accepted=True,
            speaker__name=name,
            claim__text=said,
            snapshot__text=text,
            snapshot__source__title="Friday",
            start=start,
            end=start + len(said),
            mention=name,
        )
    page.goto(DOCS_URL)
    return page


def read_examples(guide: Page, language: str) -> list[str]:
    found: list[str] = guide.locator(f"code[data-language={language}]").all_text_contents()
    assert found
    return found


def run_in_folder(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr if command[0] == sys.executable else "") == (0, "")
    return done.stdout


def test_every_line_of_curl(guide: Page, tmp_path: Path) -> None:
    if not shutil.which("curl"):
        pytest.skip("the guide's examples need curl")
    out = [run_in_folder(["/bin/sh", "-c", line], tmp_path) for line in read_examples(guide, "shell")]
    assert QUOTE_TEXT in out[0]
    assert "Rivers" not in out[0]
    assert (tmp_path / "claims.csv").read_bytes().count(b"\r\n") == 3
    assert QUOTE_TEXT in (tmp_path / "page.json").read_text()


def test_every_program_in_python(guide: Page, tmp_path: Path) -> None:
    first, walk, follow, proof = read_examples(guide, "python")
    assert run_in_folder([sys.executable, "-c", first], tmp_path) == f"Lena Ford · {QUOTE_TEXT} · Friday\n"
    assert run_in_folder([sys.executable, "-c", walk], tmp_path) == "2 claims\n"
    later = "print(len(copy)); since = follow(copy, since); print(len(copy), len(since) > 19)"
    assert run_in_folder([sys.executable, "-c", f"{follow}\n{later}"], tmp_path) == "2 quotes\n2\n2 True\n"
    asked = "/".join(guide.url.split("/")[:3]) + "/api/v1/quotes/?q=talks"
    check = f"""
import json
from urllib.request import urlopen
quote = json.load(urlopen("{asked}"))["results"][0]
text = 'Lena Ford said: "{QUOTE_TEXT}" on Friday.'
print(stands(quote, text), stands(quote, text + "."), stands(quote | {{"exact": "talks"}}, text))"""
    assert run_in_folder([sys.executable, "-c", proof + check], tmp_path) == "True False False\n"


def test_every_script_in_the_browser(guide: Page) -> None:
    said: list[str] = []
    guide.on("console", lambda message: said.append(message.text))
    for script in read_examples(guide, "javascript"):
        guide.evaluate(f"async () => {{ {script} }}")
    assert said == [f"Lena Ford: {QUOTE_TEXT}"]


@pytest.mark.parametrize("width", [1366, 390])
def test_the_page_is_whole_at_every_width(guide: Page, width: int) -> None:
    guide.set_viewport_size({"width": width, "height": 768})
    guide.locator("#swagger-ui .opblock").first.wait_for()
    assert guide.evaluate("document.documentElement.scrollWidth") <= width
    headings = guide.locator(".guide h2").all_text_contents()
    assert len(headings) == len(set(headings)) == len(re.findall("<section>", guide.content()))
