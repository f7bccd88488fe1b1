"""Whether the speaker that a draft names is the one of a stored quote, by all names of that."""

from collections.abc import Collection
from enum import Enum

from claims.extraction import Resolved
from claims.models import SpeakerKind
from claims.models.name_keys import family_key, name_key
from claims.search.name_similarity import (
    are_similar_names,
    compare_organization_names,
    compare_person_names,
    is_acronym,
    list_acronyms,
)


class SpeakerAgreement(Enum):
    SAME = "same"
    OTHER = "other"
    UNKNOWN = "unknown"  # one of both is not stated, or they cannot be compared


def compare_speakers(named: Resolved | None, kind: SpeakerKind | str, names: Collection[str]) -> SpeakerAgreement:
    """Compares the speaker that a draft names with a stored one, of a kind and with these names.

    A last name alone is the same. A person is never another speaker than an organization: one may speak for the other.
    """
    if named is None or not names:
        return SpeakerAgreement.UNKNOWN
    compare = _are_persons_same if kind == SpeakerKind.PERSON else _are_organizations_same
    if any(compare(named.name, name) for name in names):
        return SpeakerAgreement.SAME
    return SpeakerAgreement.OTHER if named.kind == kind else SpeakerAgreement.UNKNOWN


def _are_persons_same(first: str, second: str) -> bool:
    words, other_words = name_key(first).split(), name_key(second).split()
    if len(words) == 1 or len(other_words) == 1:  # a last name alone, or what somebody is called by
        short, full = sorted((words, other_words), key=len)
        return short[0] in full or family_key(first) == family_key(second)
    if family_key(first) == family_key(second):
        return compare_person_names(first, second)[0] > 0
    return are_similar_names(first, second)


def _are_organizations_same(first: str, second: str) -> bool:
    if compare_organization_names(first, second)[0] > 0:
        return True
    for short, full in ((first, second), (second, first)):
        if is_acronym(short) and name_key(short.replace(".", "")) in list_acronyms(full):
            return True
        if set(name_key(short).split()) <= set(name_key(full).split()):
            return True
    return False
