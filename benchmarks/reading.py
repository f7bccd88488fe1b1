"""`python -m benchmarks.reading`: pages that are read in a second of CPU, beside plain trafilatura in the same run.

The pages are generated, with the markup and the boilerplate of news sites. Both readers take turns on each page, with
metadata. The exit status is 1 if reading costs more than LIMIT times what trafilatura alone does.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from configparser import ConfigParser
from copy import deepcopy
from html import escape

import trafilatura
from trafilatura.settings import DEFAULT_CONFIG

from benchmarks.console import log_progress, write_report
from benchmarks.dataset.generated_articles import ArticleGenerator
from claims.articles import RawContent, read_content

LIMIT = 2.0
# Of each kind of page: paragraphs of its article, links around it, bytes of scripts.
KINDS = {
    "short": (8, 60, 5_000),
    "ordinary": (25, 250, 80_000),
    "many links": (25, 1_500, 20_000),
    "long read": (150, 250, 80_000),
    "script-laden": (25, 250, 1_000_000),
}
MEDIA_TYPE = "text/html; charset=utf-8"


def generate_page(generator: ArticleGenerator, kind: str) -> str:
    """A page with navigation, related articles, comments and scripts around an article of some paragraphs."""
    count, links, script_bytes = KINDS[kind]
    text = generator.article(generator.names[:count]).text
    paragraphs = [line for line in text.splitlines() if line]
    title = paragraphs[0][:80]
    body = "\n".join(
        f'<p class="text">{escape(line)} <a href="/topic/{number}">{escape(line[:20])}</a></p>'
        + (
            f'<figure><img src="/{number}.jpg" alt=""><figcaption>Photo {number}</figcaption></figure>'
            * (number % 8 == 5)
        )
        for number, line in enumerate(paragraphs)
    )
    menu = "".join(
        f'<li class="item"><a href="/s/{number}"><span>Section {number}</span></a></li>' for number in range(links)
    )
    data = json.dumps({"@type": "NewsArticle", "headline": title, "datePublished": "2026-03-02T10:00:00Z"})
    script = "window.state = {" + "'key': 'value'," * (script_bytes // 15) + "};"
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)} - Courier</title>'
        f'<meta property="og:title" content="{escape(title)}"><meta name="author" content="Ann Lee">'
        f'<script type="application/ld+json">{data}</script><script>{script}</script></head><body>'
        f'<header><nav><ul>{menu}</ul></nav></header><div class="cookie-banner"><p>We use cookies.</p></div>'
        f"<main><article><h1>{escape(title)}</h1>{body}</article>"
        f'<aside class="related"><ul>{menu}</ul></aside></main>'
        f"<footer><ul>{menu}</ul><p>All rights reserved.</p></footer></body></html>"
    )


def read_here(page: bytes) -> str:
    return read_content("page", RawContent(page, MEDIA_TYPE)).text


def read_plainly(page: bytes) -> str:
    text = trafilatura.extract(page, config=PLAIN, with_metadata=True, include_tables=False, include_comments=False)
    return text or ""


def plain_config() -> ConfigParser:
    """Without the time limit, which is by a signal; and both look for the date in the page's metadata only."""
    config = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"]["EXTENSIVE_DATE_SEARCH"] = "off"
    return config


PLAIN = plain_config()


def time_readers(pages: Sequence[bytes], repetitions: int) -> tuple[float, float]:
    """Seconds of CPU that this project's reader and plain trafilatura need for all pages: the shortest of each page."""

    def seconds(read: Callable[[bytes], str], page: bytes) -> float:
        started = time.process_time()
        if not read(page):
            raise ValueError("a generated page was not read")
        return time.process_time() - started

    here = plain = 0.0
    for page in pages:
        times = [(seconds(read_here, page), seconds(read_plainly, page)) for _ in range(repetitions)]
        here += min(own for own, _ in times)
        plain += min(other for _, other in times)
    return here, plain


def format_row(kind: str, size: str, count: int, here: float, plain: float) -> str:
    return f"| {kind} | {size} | {count / here:,.1f} | {count / plain:,.1f} | {here / plain:.2f} times |"


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.reading", description=__doc__)
    parser.add_argument("--pages", type=int, default=20, help="of each kind (default: 20)")
    parser.add_argument("--repetitions", type=int, default=3, help="default: 3")
    options = parser.parse_args(argv)
    generator = ArticleGenerator(names=500)
    lines = ["| pages | KB each | read in a CPU second | plain trafilatura | cost |", "|---|--:|--:|--:|--:|"]
    total_here = total_plain = 0.0
    for kind in KINDS:
        log_progress(kind)
        pages = [generate_page(generator, kind).encode() for _ in range(options.pages)]
        here, plain = time_readers(pages, options.repetitions)
        total_here, total_plain = total_here + here, total_plain + plain
        size = sum(map(len, pages)) / len(pages) / 1_000
        lines.append(format_row(kind, f"{size:,.0f}", len(pages), here, plain))
    cost = total_here / total_plain
    lines.append(format_row("all", "", options.pages * len(KINDS), total_here, total_plain))
    write_report("\n".join(lines))
    if cost > LIMIT:
        log_progress(f"Reading costs {cost:.2f} times what trafilatura alone does, the limit is {LIMIT}.")
    return int(cost > LIMIT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
