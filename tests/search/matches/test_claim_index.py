"""The index of claims follows the vectors in the database, and is made again from them when it is lost."""

import shutil
from pathlib import Path

import pytest

from claims.models import Claim, ClaimVector
from claims.search.matches.claim_index import ClaimIndex
from claims.services.claims.claim_vectors import update_vectors
from tests import factories as make

pytestmark = pytest.mark.django_db
FLOOD, TOUR = "The river flooded 130 houses in the lower town.", "The orchestra cancelled its tour of Bellonia."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "claim-index"


def add_claims(*texts: str) -> list[int]:
    ids = [make.ClaimFactory(text=text).pk for text in texts]
    assert sum(update_vectors()) == len(ids)
    return ids


def find(index: ClaimIndex, text: str) -> list[int]:
    return [match.id for match in index.find(text, 5)]


def test_changes_are_found_at_once_in_every_process(folder: Path) -> None:
    one, other = ClaimIndex(folder), ClaimIndex(folder)
    assert find(one, FLOOD) == []
    flood, tour = add_claims(FLOOD, TOUR)
    assert find(one, "A flood in the lower town") == find(other, "A flood in the lower town") == [flood, tour]
    Claim.objects.filter(pk=flood).update(text="Lions escaped from the zoo.")
    assert list(update_vectors()) == [1]
    assert find(other, "The zoo lost some lions")[0] == find(one, "The zoo lost some lions")[0] == flood
    assert one.count_claims() == 2


def test_a_merged_claim_is_not_found_even_before_its_vector_is_removed(folder: Path) -> None:
    flood, tour = add_claims(FLOOD, TOUR)
    index = ClaimIndex(folder)
    Claim.objects.filter(pk=tour).update(merged_into=flood)
    assert find(index, TOUR) == [flood]
    assert list(update_vectors()) == [1]
    assert (find(index, TOUR), index.count_claims()) == ([flood], 1)
    Claim.objects.filter(pk=tour).update(merged_into=None)
    assert list(update_vectors()) == [1]
    assert find(index, TOUR) == [tour, flood]


@pytest.mark.parametrize("lost", ["*", "ids-*", "state*"])
def test_lost_files_are_made_again(folder: Path, lost: str) -> None:
    ids = add_claims(FLOOD, TOUR)
    assert find(ClaimIndex(folder), FLOOD) == ids
    for path in folder.glob(lost):
        path.unlink()
    index = ClaimIndex(folder)
    assert (find(index, FLOOD), index.count_claims()) == (ids, 2)


def test_an_index_of_a_later_state_of_the_database_is_made_again(folder: Path) -> None:
    [flood, tour] = add_claims(FLOOD, TOUR)
    index = ClaimIndex(folder)
    assert index.count_claims() == 2
    ClaimVector.objects.get(sequence=max(ClaimVector.objects.values_list("sequence", flat=True))).delete()
    assert index.count_claims() == 1
    assert sum(update_vectors()) == 1
    assert set(find(index, FLOOD)) == {flood, tour}


def test_a_process_whose_files_were_deleted_still_finds(folder: Path) -> None:
    index = ClaimIndex(folder)
    [flood] = add_claims(FLOOD)
    assert find(index, FLOOD) == [flood]
    shutil.rmtree(folder)
    [tour] = add_claims(TOUR)
    assert find(index, TOUR)[0] == tour
