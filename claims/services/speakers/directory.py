"""Which stored speaker a document's speaker is: by name and alias, and only when exactly one fits."""

from collections import defaultdict
from collections.abc import Collection

from django.contrib.auth.models import User
from django.db import transaction

from claims.models import Claim, Quote, QuoteDecision, Speaker, SpeakerKind, SpeakerName
from claims.models.name_keys import name_key
from claims.services.claims import claim_proposals, corrections
from claims.services.claims.corrections import PublicNote
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.speakers import merge_suggestions


class SpeakerDirectory:
    """The stored speakers that a document's names may be; names that nobody bears become new speakers.

    `names` maps each name to the kind of speaker it is; without `add` nobody new is stored. Merged speakers are found
    under the one that speaks for them, which bears their names too.
    """

    def __init__(self, names: dict[str, SpeakerKind], *, editor: User | None, add: bool = True) -> None:
        self._bearers: defaultdict[str, dict[int, Speaker]] = defaultdict(dict)
        self._new: list[Speaker] = []
        self._look_up({name_key(name) for name in names})
        # Two spellings with one key ("X  Y", "x y") are one name: the first makes the speaker.
        missing = {
            name_key(name): (name, kind) for name, kind in reversed(names.items()) if not self._bearers[name_key(name)]
        }
        if add:
            self._add(list(reversed(missing.values())), editor=editor)

    def find(self, name: str) -> Speaker | None:
        """The one speaker who bears the name; None if several do."""
        bearers = list(self._bearers[name_key(name)].values())
        return bearers[0] if len(bearers) == 1 else None

    def bears(self, speaker_id: int | None, name: str) -> bool:
        """Whether this speaker is one of those who bear the name."""
        return speaker_id in self._bearers[name_key(name)]

    def _look_up(self, keys: Collection[str]) -> None:
        found = SpeakerName.objects.filter(key__in=keys, speaker__merged_into=None).select_related("speaker")
        for row in found:
            self._bearers[row.key][row.speaker_id] = row.speaker

    def _add(self, missing: list[tuple[str, SpeakerKind]], *, editor: User | None) -> None:
        new = [Speaker(name=name, kind=kind) for name, kind in missing]
        new = audit.create(new, user=editor, reason="named in an article")
        audit.create([SpeakerName.of(speaker, speaker.name) for speaker in new], user=editor, reason="main name")
        for speaker in new:
            self._bearers[name_key(speaker.name)][speaker.pk] = speaker
        self._new += new

    def suggest_merges(self) -> None:
        """Suggest which of the new speakers are known already; once their quotes are stored, which tell more."""
        merge_suggestions.suggest_merges(self._new)


@transaction.atomic
def add_speaker(
    *, name: str, kind: SpeakerKind = SpeakerKind.PERSON, aliases: Collection[str] = (), editor: User | None
) -> Speaker:
    """A new speaker with its names; likely duplicates become suggestions to merge."""
    speaker: Speaker = audit.create([Speaker(name=name, kind=kind)], user=editor, reason="added")[0]
    names = {name_key(each): each for each in [*aliases, name]}
    audit.create([SpeakerName.of(speaker, each) for each in names.values()], user=editor, reason="added")
    merge_suggestions.suggest_merges([speaker])
    return speaker


@transaction.atomic
def ensure_main_name(*, speaker: Speaker, editor: User | None) -> None:
    """Make sure the speaker is found under its main name, after that was changed."""
    if not speaker.names.filter(key=name_key(speaker.name)).exists():
        audit.create([SpeakerName.of(speaker, speaker.name)], user=editor, reason="main name")
        merge_suggestions.suggest_merges([speaker])


def set_speaker(*, quote: Quote, speaker: Speaker, editor: User, note: PublicNote | None = None) -> None:
    """Say who is quoted. A claim that only this quote carries goes with it; others keep the speaker they have.

    If the quote carried such a claim as a saying of the speaker it had, it now carries one of its own speaker.

    Raises RefusedError for a speaker that was merged into another, and for an accepted quote that would come to another
    claim than one under embargo or retracted: readers would see it there. Raises NoteNeededError if readers see it and
    there is no `note`.
    """
    with audit.operation(verb="set speaker", summary=f"Speaker set to {speaker}", editor=editor):
        speaker = Speaker.objects.select_for_update().get(pk=speaker.pk)
        if speaker.merged_into_id:
            raise RefusedError(f"“{speaker}” was merged into “{speaker.merged_into}”: choose that one.")
        quote = Quote.objects.select_for_update().get(pk=quote.pk)
        if quote.speaker_id == speaker.pk:
            return
        former, quote.speaker = quote.speaker_id, speaker
        claim = Claim.objects.select_for_update().get(pk=quote.claim_id) if quote.claim_id else None
        is_shared = claim and claim.quotes.exclude(pk=quote.pk).exclude(decision=QuoteDecision.REJECTED).exists()
        with corrections.public_change(editor=editor, note=note, claims=[quote.claim_id]) as change:
            if claim and not is_shared:
                claim.speaker = speaker
            elif claim and former is not None and former == claim.speaker_id:
                _give_own_claim(quote, claim, editor, change)
            audit.update([quote], ["speaker", "claim"], user=editor, reason="speaker set")
            if claim:
                audit.update([claim], ["speaker"], user=editor, reason="speaker of its quote set")


def _give_own_claim(quote: Quote, claim: Claim, editor: User, change: corrections.PublicChange) -> None:
    """Let the quote carry a claim of its own speaker; if it was accepted, readers see that as they saw the other."""
    if quote.decision == QuoteDecision.ACCEPTED and not claim.is_open:
        raise RefusedError(f"“{claim}” is not public, and its quote would be elsewhere: reopen the quote first.")
    quote.claim = None
    (own,) = claim_proposals.propose_claims([quote], editor=editor)
    change.look([own.pk])
    if quote.decision == QuoteDecision.ACCEPTED:
        own.released_at = own.released_at or claim.released_at
        audit.update([own], ["released_at"], user=editor, reason="speaker of its quote set")
