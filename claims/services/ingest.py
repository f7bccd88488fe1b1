"""The product's story: an article goes in, its attributed quotes come out and wait for an editor."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from claims.articles import Article, ArticleError
from claims.extraction import (
    EXTRACTOR,
    EXTRACTOR_VERSION,
    Act,
    Ambiguous,
    Document,
    EntityKind,
    Quotation,
    Resolved,
    extract,
    extract_ahead,
    text_of,
)
from claims.models import Anchor, Quote, Snapshot, Source, SpeakerKind, SpeakerName
from claims.models.names import MAX_LENGTH, key
from claims.services import match, record
from claims.services.anchor import carry_over
from claims.services.resolve import Directory
from claims.services.selection import CONTEXT
from claims.services.turn import wait_for_turn

NAMED = frozenset({EntityKind.PERSON, EntityKind.ORGANIZATION})


class Outcome(StrEnum):
    """What became of an article."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Ingested:
    """The article as it is stored, and how many quotes were added for it."""

    outcome: Outcome
    source: Source
    snapshot: Snapshot
    quotes: int


def ingest(*, article: Article, editor: User | None = None) -> Ingested:
    """Store an article and its quotes, all or nothing; the same article again adds nothing.

    An article is the same source by its address, or where it has none by its text. A known source with another text
    gets a second snapshot: its earlier quotes are anchored in it, and only what is new is added: other words, or the
    same ones ascribed to somebody else.

    Raises ArticleError for metadata that cannot be stored (a title that is too long, no language tag).
    """
    sha256 = _sha256(article)
    # Read before the transaction, which others wait for.
    return _known(article, sha256) or _store(article, sha256, extract(Document.from_text(article.text)), editor)


def ingest_all(
    *, articles: Iterable[Article | ArticleError], editor: User | None = None
) -> Iterator[tuple[str, Ingested | ArticleError]]:
    """Store articles one by one, as `ingest` does: the name of each and what became of it, in order.

    While one is stored, the next are read on the machine's other cores. What was refused before is handed through.
    """

    def unread() -> Iterator[tuple[Article | ArticleError, str | None]]:
        for article in articles:
            if isinstance(article, ArticleError) or _known(article, _sha256(article)):
                yield article, None
            else:
                yield article, article.text

    for article, quotations in extract_ahead(unread()):
        if isinstance(article, ArticleError):
            yield article.name, article
            continue
        try:
            if quotations is None:
                yield article.name, ingest(article=article, editor=editor)
            else:
                yield article.name, _store(article, _sha256(article), quotations, editor)
        except ArticleError as error:
            yield article.name, error


def _sha256(article: Article) -> str:
    return hashlib.sha256(article.text.encode()).hexdigest()


@transaction.atomic
def _store(article: Article, sha256: str, quotations: list[Quotation], editor: User | None) -> Ingested:
    wait_for_turn()
    if known := _known(article, sha256):
        return known
    source, outcome = _source(article, editor)
    snapshot = Snapshot.objects.create(
        source=source,
        text=article.text,
        sha256=sha256,
        reader=article.reader,
        reader_version=article.reader_version,
    )
    anchors = carry_over(snapshot) if outcome is Outcome.CHANGED else []
    # What somebody wants, backs or denies is no statement to be checked.
    stated = [quotation for quotation in quotations if quotation.act is not Act.OTHER]
    quotes = _quotes(_new(stated, anchors, article.text), snapshot, editor)
    match.propose_claims(quotes, editor=editor)
    record.create(quotes, user=editor, reason="found in the article")
    return Ingested(outcome, source, snapshot, len(quotes))


def _known(article: Article, sha256: str) -> Ingested | None:
    """The article as it is stored already, if it is."""
    same = Snapshot.objects.filter(sha256=sha256).select_related("source")
    if article.url:
        same = same.filter(source__url=article.url)
    elif article.publisher:
        same = same.filter(source__publisher=article.publisher)
    snapshot = same.order_by("pk").first()
    return Ingested(Outcome.UNCHANGED, snapshot.source, snapshot, 0) if snapshot else None


def _source(article: Article, editor: User | None) -> tuple[Source, Outcome]:
    """The article's source, new unless its address is known. What is stored of a known one stays as editors left it."""
    if article.url and (known := Source.objects.filter(url=article.url).first()):
        return known, Outcome.CHANGED
    if article.language and article.language == article.translated_from:
        raise ArticleError(article.name, f"translated_from: the text is in {article.language} itself; leave one out")
    source = Source(
        publisher=article.publisher,
        title=article.title,
        authors="; ".join(article.authors),
        url=article.url,
        published_on=article.published,
        language=article.language,
        translated_from=article.translated_from,
        translator=article.translator,
    )
    try:
        source.clean_fields()
    except ValidationError as error:
        problems = "; ".join(f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items())
        raise ArticleError(article.name, problems) from error
    created: Source = record.create([source], user=editor, reason=f"read from {article.name}")[0]
    return created, Outcome.NEW


def _new(quotations: list[Quotation], anchors: list[Anchor], text: str) -> list[Quotation]:
    """The quotations that the source's earlier snapshots had not: in other words, or of another speaker now."""
    # By spans where the words are found again, else by the words.
    placed: defaultdict[str | tuple[tuple[int, ...], ...], list[Quote]] = defaultdict(list)
    for anchor in anchors:
        placed[anchor.quote.exact if anchor.spans is None else tuple(map(tuple, anchor.spans))].append(anchor.quote)
    names = SpeakerName.objects.filter(speaker__in={anchor.quote.speaker_id for anchor in anchors})
    bearers = set(names.values_list("speaker", "key"))

    def is_known(quotation: Quotation) -> bool:
        mention, speaker = text_of(text, quotation.mention), quotation.speaker
        name = key(speaker.name) if isinstance(speaker, Resolved) else ""
        quotes = [*placed.get(quotation.content, []), *placed.get(text_of(text, quotation.content), [])]
        return any(mention == quote.mention or (quote.speaker_id, name) in bearers for quote in quotes)

    return [quotation for quotation in quotations if not is_known(quotation)]


def _quotes(quotations: list[Quotation], snapshot: Snapshot, editor: User | None) -> list[Quote]:
    """Unsaved pending quotes, with their speakers stored: people and organizations.

    "Officials" or "a source" of one article are not those of another: an editor says who they are.
    """
    names = {
        quotation.speaker.name: SpeakerKind(quotation.speaker.kind)
        for quotation in quotations
        if isinstance(quotation.speaker, Resolved)
        and quotation.speaker.kind in NAMED
        and len(quotation.speaker.name) <= MAX_LENGTH
    }
    directory = Directory(names, editor=editor)
    return [_quote(quotation, snapshot, directory) for quotation in quotations]


def _quote(quotation: Quotation, snapshot: Snapshot, directory: Directory) -> Quote:
    text = snapshot.text
    start, end = quotation.content[0].start, quotation.content[-1].end
    speaker, candidates = None, []
    if isinstance(quotation.speaker, Resolved):
        speaker = directory.find(quotation.speaker.name) if quotation.speaker.kind in NAMED else None
        candidates = [] if speaker else [quotation.speaker.name]
    elif isinstance(quotation.speaker, Ambiguous):
        candidates = list(quotation.speaker.candidates)
    return Quote(
        snapshot=snapshot,
        kind=quotation.kind.value,
        act=quotation.act.value,
        spans=[list(span) for span in quotation.content],
        start=start,
        end=end,
        exact=text_of(text, quotation.content),
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        cue=text_of(text, quotation.cue),
        cue_spans=[list(span) for span in quotation.cue],
        mention=text_of(text, quotation.mention),
        mention_spans=[list(span) for span in quotation.mention],
        candidates=candidates,
        role=quotation.role.of(text) if quotation.role else "",
        outlet=quotation.outlet.of(text) if quotation.outlet else "",
        speaker=speaker,
        confidence=quotation.confidence,
        repaired=sorted(quotation.repaired),
        extractor=EXTRACTOR,
        extractor_version=EXTRACTOR_VERSION,
    )
