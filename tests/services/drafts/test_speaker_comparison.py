"""A name is the same as another spelling, a part or an alias of it; somebody unknown is nobody else."""

import pytest

from claims.extraction import EntityKind, Resolved
from claims.services.drafts.speaker_comparison import SpeakerAgreement, compare_speakers

SAME, OTHER, UNKNOWN = SpeakerAgreement.SAME, SpeakerAgreement.OTHER, SpeakerAgreement.UNKNOWN


@pytest.mark.parametrize(
    ("name", "kind", "stored_kind", "names", "agreement"),
    [
        ("Anna Kowalska", "person", "person", ["Anna Kowalska"], SAME),
        ("Kowalska", "person", "person", ["Anna Kowalska"], SAME),
        ("Anna Kowalska", "person", "person", ["Kowalska"], SAME),
        ("A. Kowalska", "person", "person", ["Anna Kowalska"], SAME),
        ("Jan Kowalski", "person", "person", ["Anna Nowak", "Jan Kowalski"], SAME),
        ("Volodymyr Zelenskyy", "person", "person", ["Vladimir Zelensky"], SAME),
        ("Xi", "person", "person", ["Xi Jinping"], SAME),
        ("Jan Kowalska", "person", "person", ["Anna Kowalska"], OTHER),
        ("Nowak", "person", "person", ["Anna Kowalska"], OTHER),
        ("Amina Yusuf", "person", "person", ["Chidi Okonkwo"], OTHER),
        ("WHO", "organization", "organization", ["World Health Organization"], SAME),
        ("the Ministry of Health", "organization", "organization", ["Ministry of Health"], SAME),
        ("Lumina Biotech", "organization", "organization", ["World Health Organization"], OTHER),
        ("Kowalska", "organization", "person", ["Anna Kowalska"], SAME),
        ("the World Bank", "organization", "person", ["Ajay Banga"], UNKNOWN),
        ("Anna Kowalska", "person", "person", [], UNKNOWN),
    ],
)
def test_speakers(name: str, kind: str, stored_kind: str, names: list[str], agreement: SpeakerAgreement) -> None:
    assert compare_speakers(Resolved(name, EntityKind(kind)), stored_kind, names) is agreement


def test_a_speaker_who_is_not_stated_is_nobody_else() -> None:
    assert compare_speakers(None, "person", ["Anna Kowalska"]) is UNKNOWN
