"""Citations of claims and quotes, made of the API's rows: in APA style, BibTeX, RIS and CSL-JSON."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims.models import QuoteKind
from claims.models.quote_text import with_marks
from claims.models.rating import translate_rating

APIRow = Mapping[str, Any]

MAX_QUOTED = 300  # characters of a quote in a title
_BIBTEX_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # BibTeX counts braces, also those behind a backslash
        "}": r"\textbraceright{}",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        **{character: f"\\{character}" for character in "$&#_%"},
    }
)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What all formats say of a page. No text has line breaks or control characters."""

    key: str
    title: str
    genre: str  # what it is, such as a fact check with its verdict
    note: str  # where the words are from; may be empty
    author: str
    site_name: str
    issued: dt.date
    url: str
    language: str


@dataclass(frozen=True, slots=True)
class CitationFormat:
    label: str
    media_type: str
    render: Callable[[Citation], str]


def claim_citation(claim: APIRow) -> Citation:
    verdict, rating = claim["verification"], claim["rating"]
    return _citation(
        key=f"claim-{claim['id']}",
        title=claim["text"],
        genre=_("Fact check, verdict: %(verdict)s") % {"verdict": translate_rating(rating["name"])}
        if rating
        else _("Claim, unverified"),
        note="",
        issued=verdict["published_at"] if verdict else claim["released_at"],
        url=claim["page_url"],
    )


def quote_citation(quote: APIRow) -> Citation:
    source = quote["source"]
    where = ", ".join(filter(None, [source["publisher"], source["title"], source["published_on"], source["url"]]))
    return _citation(
        key=f"quote-{quote['id']}",
        title=quote_title(quote, max_quoted=MAX_QUOTED),
        genre=_("Quote"),
        note=_("Quoted from: %(source)s") % {"source": where} if where else "",
        issued=quote["accepted_at"],
        url=quote["page_url"],
    )


def quote_title(quote: APIRow, *, max_quoted: int) -> str:
    """Returns who says what; of the quote, at most so many characters."""
    words = with_marks(quote["text"], quote["kind"], quote["source"]["language"], max_length=max_quoted)
    is_verbatim = quote["kind"] == QuoteKind.DIRECT
    title = _("%(speaker)s: %(quote)s") if is_verbatim else _("%(speaker)s, as reported: %(quote)s")
    return title % {"speaker": quote["speaker"]["name"], "quote": words}


def apa(citation: Citation) -> str:
    """Returns a reference in the style of the APA, as plain text."""
    date = date_format(citation.issued, pgettext("date format of a reference", "Y, F j"))
    site = "" if citation.site_name == citation.author else f" {_sentence(citation.site_name)}"
    author = _sentence(citation.author)
    return f"{author} ({date}). {citation.title} [{citation.genre}].{site} {citation.url}"


def bibtex(citation: Citation) -> str:
    fields = {
        "title": citation.title,
        "author": citation.author,
        "howpublished": citation.site_name,
        "year": f"{citation.issued:%Y}",
        "month": f"{citation.issued:%m}",
        "day": f"{citation.issued:%d}",
        "type": citation.genre,
        "note": citation.note,
        "language": citation.language,
    }
    # Two pairs of braces: the author is no person with a last name, and titles keep their capitals.
    lines = [f"  {name} = {{{{{value.translate(_BIBTEX_ESCAPES)}}}}}" for name, value in fields.items() if value]
    entry = ",\n".join([f"@misc{{{citation.key}", *lines, f"  url = {{{citation.url}}}"])
    return f"{entry}\n}}\n"


def ris(citation: Citation) -> str:
    fields = (
        ("TY", "ELEC"),
        ("ID", citation.key),
        ("TI", citation.title),
        ("AU", citation.author.replace(",", "")),  # a comma would divide it into last and first name
        ("T2", citation.site_name),
        ("PB", citation.author),
        ("PY", f"{citation.issued:%Y}"),
        ("DA", f"{citation.issued:%Y/%m/%d}"),
        ("M3", citation.genre),
        ("N1", citation.note),
        ("LA", citation.language),
        ("UR", citation.url),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value or tag == "ER")


def csl_json(citation: Citation) -> str:
    """Returns a list of one item of the Citation Style Language."""
    item = {
        "id": citation.key,
        "type": "webpage",
        "title": citation.title,
        "author": [{"literal": citation.author}],
        "container-title": citation.site_name,
        "publisher": citation.author,
        "issued": {"date-parts": [[citation.issued.year, citation.issued.month, citation.issued.day]]},
        "genre": citation.genre,
        "note": citation.note,
        "language": citation.language,
        "URL": citation.url,
    }
    return orjson.dumps([{name: value for name, value in item.items() if value}]).decode()


# By the extension of the file.
CITATION_FORMATS = {
    "bib": CitationFormat("BibTeX", "application/x-bibtex", bibtex),
    "ris": CitationFormat("RIS", "application/x-research-info-systems", ris),
    "json": CitationFormat("CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
}


def _citation(*, key: str, title: str, genre: str, note: str, issued: str, url: str) -> Citation:
    return Citation(
        key=f"{slugify(settings.FACTBASE_SITE_NAME) or 'factbase'}-{key}",
        title=_printable(title),
        genre=_printable(genre),
        note=_printable(note),
        author=_printable(settings.FACTBASE_PUBLISHER),
        site_name=_printable(settings.FACTBASE_SITE_NAME),
        issued=dt.datetime.fromisoformat(issued).date(),
        url=url,
        language=settings.FACTBASE_LANGUAGE,
    )


def _printable(text: str) -> str:
    """Returns a text in one line: a line break would end a field in RIS."""
    return _UNPRINTABLE.sub(" ", text).strip()


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
