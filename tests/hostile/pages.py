"""Generates web pages, feeds and JSON that are made to be slow, large or damaged."""

import json
from collections.abc import Callable, Iterator
from typing import Final

BytesForm = Callable[[int], bytes]

ELEMENTS: Final = (
    *(
        "div",
        "p",
        "blockquote",
        "q",
        "span",
        "a",
        "b",
        "i",
        "u",
        "s",
        "font",
        "em",
        "cite",
        "code",
        "pre",
        "sub",
        "nobr",
    ),
    *("table", "td", "tr", "tbody", "caption", "ul", "ol", "li", "dl", "dt", "section", "article", "aside", "header"),
    *(
        "h1",
        "h6",
        "form",
        "button",
        "select",
        "option",
        "fieldset",
        "label",
        "textarea",
        "details",
        "summary",
        "figure",
    ),
    *("svg", "math", "mi", "foreignObject", "template", "noscript", "iframe", "object", "video", "frameset", "marquee"),
    *("body", "html", "head", "title", "style", "script", "xmp", "plaintext", "ruby", "rt", "center", "x-y", "time"),
)
WORDS: Final = "“The ferry will be back by June,” Ann Moor said on Monday. "
BODY: Final = f"<article><h1>Ferry</h1><p>{WORDS * 5}</p><p>{WORDS * 5}</p></article>"


def fill(unit: str, size: int, before: str = "", after: str = "") -> bytes:
    count = max(1, (size - len(before) - len(after)) // len(unit.encode()))
    return f"{before}{unit * count}{after}".encode()


def numbered(unit: str, size: int, before: str = "", after: str = "") -> bytes:
    """Units that differ by a number, which stands at each `{}`."""
    count = max(1, size // (len(unit) + 4))
    return (before + "".join(unit.replace("{}", str(number)) for number in range(count)) + after).encode()


def nest(element: str, size: int) -> bytes:
    depth = size // (2 * len(element) + 5)
    return f"<html><body>{BODY}{f'<{element}>' * depth}{WORDS}{f'</{element}>' * depth}".encode()


def deep_json(opening: str, closing: str, size: int, value: str = "1") -> str:
    depth = size // len(opening + closing)
    return opening * depth + value + closing * depth


def in_head(content: str) -> bytes:
    return f"<html><head>{content}</head><body>{BODY}</body></html>".encode()


def ld_json(content: str) -> bytes:
    return in_head(f'<script type="application/ld+json">{content}</script>')


LD: Final = '{"@context":"https://schema.org","@type":"NewsArticle","headline":"Ferry"'
IN_HEAD: Final[dict[str, Callable[[int], bytes]]] = {
    "metas": lambda size: numbered('<meta name="author" content="Ann {}">', size, "<html><head>", BODY),
    "long meta": lambda size: fill("Ann Moor, ", size, '<html><head><meta name="author" content="', f'">{BODY}'),
    "links": lambda size: numbered('<link rel=canonical href="http://a.b/{}">', size, "<html><head>", BODY),
    "long title": lambda size: fill("Ferry ", size, "<html><head><title>", f"</title>{BODY}"),
    "titles": lambda size: fill("<title>Ferry</title>", size, "<html><head>", BODY),
    "long address": lambda size: fill("a/../", size, '<html><head><link rel=canonical href="http://a.b/', f'">{BODY}'),
    "long query": lambda size: numbered(
        "a{}=1&", size, '<html><head><link rel=canonical href="http://a.b/?', f'">{BODY}'
    ),
    "dates": lambda size: numbered('<time datetime="2025-05-16T00:00:{}">May</time>', size, "<html><body>", BODY),
    "long date": lambda size: fill("2025-05-16", size, '<html><head><meta name="date" content="', f'">{BODY}'),
    "charsets": lambda size: fill('<meta charset="koi8-r">', size, "<html><head>", BODY),
    "ld nested lists": lambda size: ld_json(f'{LD},"author":{deep_json("[", "]", size)}}}'),
    "ld nested objects": lambda size: ld_json(
        f'{LD},"author":{deep_json(chr(123) + chr(34) + "author" + chr(34) + ":", "}", size)}}}'
    ),
    "ld graph": lambda size: ld_json(f'{{"@graph":[{",".join([LD + "}"] * (size // 90 + 1))}]}}'),
    "ld authors": lambda size: ld_json(
        f'{LD},"author":[{",".join(["""{"@type":"Person","name":"Ann"}"""] * (size // 33 + 1))}]}}'
    ),
    "ld body": lambda size: ld_json(f'{LD},"articleBody":"{WORDS * (size // 60 + 1)}"}}'),
    "ld broken": lambda size: ld_json(f'{LD},"author":"{"a" * size}'),
    "ld quotes": lambda size: ld_json('"' * size),
    "ld backslashes": lambda size: ld_json(LD + ',"a":"' + "\\" * size),
    "many ld": lambda size: in_head(f'<script type="application/ld+json">{LD}}}</script>' * (size // 130 + 1)),
}
IN_PAGE: Final[dict[str, Callable[[int], bytes]]] = {
    "attributes": lambda size: numbered(" a{}=1", size, "<html><body><div", f">{BODY}"),
    "attributes of two elements": lambda size: numbered("<div a{}=1 b{}=2 c{}=3>", size, "<html><body>", BODY),
    "long attribute": lambda size: fill("x", size, '<html><body><div class="', f'">{BODY}'),
    "classes": lambda size: numbered(" c{}", size, '<html><body><div class="', f'">{BODY}'),
    "open attribute": lambda size: fill("x ", size, f'<html><body>{BODY}<div class="'),
    "open comment": lambda size: fill("x ", size, f"<html><body>{BODY}<!--"),
    "comments": lambda size: fill("<!-- -->", size, "<html><body>", BODY),
    "comment starts": lambda size: fill("<!--", size, "<html><body>", BODY),
    "open script": lambda size: fill("i<n;", size, f"<html><body>{BODY}<script>"),
    "scripts": lambda size: fill("<script>i<n</script>", size, "<html><body>", BODY),
    "cdata": lambda size: fill("<![CDATA[", size, "<html><body>", BODY),
    "instructions": lambda size: fill("<?xml ", size, "<html><body>", BODY),
    "doctypes": lambda size: fill("<!DOCTYPE html>", size, "", BODY),
    "less than": lambda size: fill("<", size, f"<html><body>{BODY}<p>"),
    "less than a letter": lambda size: fill("<a", size, f"<html><body>{BODY}<p>"),
    "ends": lambda size: fill("</p>", size, f"<html><body>{BODY}"),
    "ends of other elements": lambda size: numbered("</x{}>", size, f"<html><body>{BODY}"),
    "unclosed": lambda size: fill("<p>a<div>b<span>c", size, "<html><body>"),
    "misnested": lambda size: fill("<b><i></b></i>", size, f"<html><body>{BODY}"),
    "adoption": lambda size: fill("<a><div></a>", size, f"<html><body>{BODY}"),
    "names of elements": lambda size: numbered("<x{}>a", size, f"<html><body>{BODY}"),
    "long name": lambda size: fill("x", size, f"<html><body>{BODY}<", ">"),
    "references": lambda size: fill("&amp;", size, "<html><body><p>", BODY),
    "long reference": lambda size: fill("0", size, f"<html><body>{BODY}<p>&#", "65;"),
    "references without end": lambda size: fill("&#x", size, f"<html><body>{BODY}<p>"),
    "bad references": lambda size: fill("&#xD800;&#0;&#x110000;", size, f"<html><body>{BODY}<p>"),
    "named references": lambda size: fill("&CounterClockwiseContourIntegral;&notit;", size, f"<html><body>{BODY}<p>"),
    "data address": lambda size: fill("A", size, '<html><body><img src="data:image/png;base64,', f'">{BODY}'),
    "images": lambda size: numbered('<img src="/{}.png" alt="a">', size, f"<html><body>{BODY}"),
    "anchors": lambda size: numbered('<a href="/{}">A link</a> ', size, f"<html><body>{BODY}"),
    "paragraphs": lambda size: fill(f"<p>{WORDS}</p>", size, "<html><body><article>"),
    "one paragraph": lambda size: fill(WORDS, size, "<html><body><p>"),
    "line breaks": lambda size: fill("a<br>", size, "<html><body><p>"),
    "empty paragraphs": lambda size: fill("<p></p>", size, f"<html><body>{BODY}"),
    "quotations": lambda size: fill("<q>a</q>", size, "<html><body><p>"),
    "block quotations": lambda size: fill(f"<blockquote>{WORDS}</blockquote>", size, "<html><body><article>"),
    "rows": lambda size: fill("<tr><td>a<td>b", size, f"<html><body>{BODY}<table>"),
    "cells": lambda size: fill("<td>a", size, f"<html><body>{BODY}<table><tr>"),
    "columns": lambda size: fill('<td colspan="1000000">a', size, f"<html><body>{BODY}<table><tr>"),
    "tables": lambda size: fill("<table><tr><td>a</table>", size, f"<html><body>{BODY}"),
    "lists": lambda size: fill("<li>a", size, f"<html><body>{BODY}<ul>"),
    "bold": lambda size: fill("<b>a</b> ", size, "<html><body><p>"),
    "nuls": lambda size: fill("\0a", size, f"<html><body>{BODY}<p>"),
    "white space": lambda size: fill(" \n", size, f"<html><body>{BODY}<p>"),
    "no end": lambda size: fill(WORDS, size, "<html><body><article>" + "<p>" * 2),
    "entities": lambda size: (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 12))
        + f"]><html><body><p>&a11;</p>{BODY * (size // 700 + 1)}</body></html>"
    ).encode(),
    "external entity": lambda size: (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><body>'
        f"<p>&a;</p>{BODY * (size // 700 + 1)}</body></html>"
    ).encode(),
    "UTF-16 said to be UTF-8": lambda size: (
        fill(f"<p>{WORDS}</p>", size // 2, '<html><meta charset="utf-8"><body>').decode().encode("utf-16")
    ),
    "UTF-7": lambda size: fill("+AGE-", size, '<html><meta charset="utf-7"><body><p>', BODY),
    "binary": lambda size: b"<html><body>" + bytes(range(256)) * (size // 256 + 1),
    "lone surrogates": lambda size: b"<html><body><p>" + b"\xed\xa0\x80" * (size // 3),
    "overlong": lambda size: b"<html><body><p>" + b"\xc0\xaf\xf8\x80\x80\x80\x80" * (size // 7),
    "cp1252 marks": lambda size: b"<html><meta charset=utf-8><body><p>" + b"\x93a\x94 he said " * (size // 12),
}


def page_forms() -> Iterator[tuple[str, BytesForm]]:
    for element in ELEMENTS:
        yield f"nested {element}", lambda size, element=element: nest(element, size)
        yield f"many {element}", lambda size, element=element: fill(f"<{element}>a", size, f"<html><body>{BODY}")
        yield (
            f"pairs of {element}",
            lambda size, element=element: fill(f"<{element}>a</{element}> ", size, f"<html><body>{BODY}"),
        )
    yield from IN_HEAD.items()
    yield from IN_PAGE.items()


RECORDS: Final[dict[str, Callable[[int], str]]] = {
    "nested lists": lambda size: deep_json("[", "]", size),
    "nested objects": lambda size: deep_json('{"items":', "}", size),
    "nested under text": lambda size: f'{{"text":"{WORDS}","authors":{deep_json("[", "]", size)}}}',
    "not so deep": lambda size: f'{{"text":"{WORDS * (size // 60)}","authors":{deep_json("[", "]", 2000)}}}',
    "open lists": lambda size: "[" * size,
    "open objects": lambda size: '{"text":' * (size // 8),
    "long number": lambda size: f'{{"text":"{WORDS}","id":{"9" * size}}}',
    "long number in a list": lambda size: f'[{{"text":"{WORDS}","published":{"9" * size}}}]',
    "numbers": lambda size: f"[{'1e999,' * (size // 6)}1]",
    "exponent": lambda size: f'{{"text":"{WORDS}","id":1e{"9" * size}}}',
    "keys": lambda size: "{" + "".join(f'"k{n}":1,' for n in range(size // 10)) + f'"text":"{WORDS}"}}',
    "one key": lambda size: "{" + '"text":"a",' * (size // 11) + f'"text":"{WORDS}"}}',
    "many records": lambda size: f"[{','.join(['{}'] * (size // 3))}]",
    "many articles": lambda size: json.dumps([{"text": WORDS}] * (size // 75 + 1)),
    "authors": lambda size: json.dumps({"text": WORDS, "authors": ["Ann Moor"] * (size // 12)}),
    "long author": lambda size: json.dumps({"text": WORDS, "authors": "Ann and " * (size // 8)}),
    "long address": lambda size: json.dumps({"text": WORDS, "url": "https://a.b/?" + "a=1&" * (size // 4)}),
    "dots": lambda size: json.dumps({"text": WORDS, "url": "https://a.b/" + "../" * (size // 3)}),
    "host": lambda size: json.dumps({"text": WORDS, "url": "https://" + "a." * (size // 2)}),
    "foreign host": lambda size: json.dumps({"text": WORDS, "url": "https://" + "ü" * (size // 2) + "/"}),
    "address in address": lambda size: json.dumps(
        {"text": WORDS, "url": "https://web.archive.org/web/2020/" * (size // 33)}
    ),
    "percent signs": lambda size: json.dumps({"text": WORDS, "url": "https://a.b/" + "%25" * (size // 3)}),
    "long date": lambda size: json.dumps({"text": WORDS, "published": "2025-05-16 " * (size // 11)}),
    "digits as a date": lambda size: json.dumps({"text": WORDS, "published": "1" * size}),
    "long language": lambda size: json.dumps({"text": WORDS, "language": "en-" * (size // 3)}),
    "long title": lambda size: json.dumps({"text": WORDS, "title": "Ferry " * (size // 6)}),
    "marked title": lambda size: json.dumps({"text": WORDS, "title": "\u0301" * (size // 2)}),
    "page in a record": lambda size: json.dumps({"html": "<div>" * (size // 5)}),
    "text with marks": lambda size: json.dumps({"text": "\u202e" * (size // 3) + WORDS}),
    "surrogates": lambda size: f'{{"text":"{chr(92)}ud800{"a" * size}"}}',
    "surrogate pairs": lambda size: '{"text":"' + "\\ud83d\\ude00" * (size // 12) + '"}',
    "escapes": lambda size: '{"text":"' + "\\u0041" * (size // 6) + '"}',
    "nuls": lambda size: '{"text":"' + "\\u0000" * (size // 6) + '"}',
    "content of an exporter": lambda size: json.dumps({"content": "<" * size}),
    "content of tags": lambda size: json.dumps({"content": "<p " * (size // 3)}),
    "cut off": lambda size: json.dumps({"content": WORDS + "[+" * (size // 2)}),
    "byte order marks": lambda size: "\ufeff" * (size // 3) + f'{{"text":"{WORDS}"}}',
}


def record_forms() -> Iterator[tuple[str, BytesForm]]:
    for name, form in RECORDS.items():
        yield name, lambda size, form=form: form(size).encode()
