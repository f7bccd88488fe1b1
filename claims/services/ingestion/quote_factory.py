"""Turns extracted quotations into quotes: selects the new statements, finds their speakers and builds the rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.contrib.auth.models import User

from claims.extraction import (
    Act,
    Ambiguous,
    EntityKind,
    Quotation,
    Resolved,
    text_of,
)
from claims.models import Anchor, Quote, Snapshot, SpeakerKind, SpeakerName
from claims.models.name_keys import MAX_NAME_KEY_LENGTH, name_key
from claims.models.quote_text import shown_text
from claims.services.quotes.text_selection import CONTEXT_LENGTH
from claims.services.speakers.directory import SpeakerDirectory

NAMED_ENTITY_KINDS = frozenset({EntityKind.PERSON, EntityKind.ORGANIZATION})


def is_statement(quotation: Quotation) -> bool:
    """Whether it was said or thought, and so can be checked; wishes, support and denials are no statements."""
    return quotation.act is not Act.OTHER


def filter_new_quotations(quotations: Sequence[Quotation], anchors: Sequence[Anchor], text: str) -> list[Quotation]:
    """The quotations that earlier snapshots of the source did not have: other words, or another speaker."""
    # Keyed by the spans in this text, or by the words of quotes that were not located in it.
    earlier: defaultdict[str | tuple[tuple[int, ...], ...], list[Quote]] = defaultdict(list)
    for anchor in anchors:
        earlier[anchor.quote.exact if anchor.spans is None else tuple(map(tuple, anchor.spans))].append(anchor.quote)
    names = SpeakerName.objects.filter(speaker__in={anchor.quote.speaker_id for anchor in anchors})
    names_of_speakers = set(names.values_list("speaker", "key"))

    def is_known(quotation: Quotation) -> bool:
        mention, speaker = text_of(text, quotation.mention), quotation.speaker
        name = name_key(speaker.name) if isinstance(speaker, Resolved) else ""
        quotes = [*earlier.get(quotation.content, []), *earlier.get(text_of(text, quotation.content), [])]
        return any(mention == quote.mention or (quote.speaker_id, name) in names_of_speakers for quote in quotes)

    return [quotation for quotation in quotations if not is_known(quotation)]


def build_speaker_directory(
    quotations: Iterable[Quotation], *, editor: User | None, add: bool = True
) -> SpeakerDirectory:
    """The speakers of these quotations. New people and organizations are added, if `add` is true.

    Groups and unnamed sources ("officials") are left to editors: those of one article are not those of another.
    """
    names = {
        quotation.speaker.name: SpeakerKind(quotation.speaker.kind)
        for quotation in quotations
        if isinstance(quotation.speaker, Resolved)
        and quotation.speaker.kind in NAMED_ENTITY_KINDS
        and len(quotation.speaker.name) <= MAX_NAME_KEY_LENGTH
    }
    return SpeakerDirectory(names, editor=editor, add=add)


def candidate_names(quotation: Quotation, *, has_speaker: bool) -> list[str]:
    """Whom the mention may refer to, likeliest first: beside the speaker, if it has one with a low confidence."""
    names = [candidate.name for candidate in quotation.candidates]
    if isinstance(quotation.speaker, Resolved):
        name = quotation.speaker.name
        return [other for other in names if other != name] if has_speaker else [name]
    return names or list(quotation.speaker.candidates) if isinstance(quotation.speaker, Ambiguous) else []


def build_quote(quotation: Quotation, snapshot: Snapshot, directory: SpeakerDirectory) -> Quote:
    """Build an unsaved pending quote."""
    text = snapshot.text
    start, end = quotation.content[0].start, quotation.content[-1].end
    speaker = None
    if isinstance(quotation.speaker, Resolved) and quotation.speaker.kind in NAMED_ENTITY_KINDS:
        speaker = directory.find(quotation.speaker.name)
    return Quote(
        snapshot=snapshot,
        kind=quotation.kind.value,
        act=quotation.act.value,
        spans=[list(span) for span in quotation.content],
        start=start,
        end=end,
        exact=text_of(text, quotation.content),
        text=shown_text(text, quotation.content),
        prefix=text[max(0, start - CONTEXT_LENGTH) : start],
        suffix=text[end : end + CONTEXT_LENGTH],
        cue=text_of(text, quotation.cue),
        cue_spans=[list(span) for span in quotation.cue],
        mention=text_of(text, quotation.mention),
        mention_spans=[list(span) for span in quotation.mention],
        mention_kind=quotation.mention_kind.value if quotation.mention_kind else "",
        candidates=candidate_names(quotation, has_speaker=speaker is not None),
        role=quotation.role.of(text) if quotation.role else "",
        outlet=quotation.outlet.of(text) if quotation.outlet else "",
        speaker=speaker,
        confidence=quotation.confidence,
        speaker_confidence=quotation.speaker_confidence if speaker else None,
        repaired=sorted(quotation.repaired),
        extractor=quotation.extractor.name,
        extractor_version=quotation.extractor.version,
    )
