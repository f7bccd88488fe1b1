"""The index: what is put in is found by meaning, in every process, until it is removed."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from claims.matching import Index, Match, load_encoder
from claims.matching import index as index_module
from claims.matching.encoder import DIMENSIONS, Encoder, EncoderError

TEXTS = {
    1: "The river flooded 130 houses in the lower town.",
    2: "The orchestra cancelled its tour of Bellonia.",
    3: "Exports of coffee fell by 8 percent.",
}


class Claims(dict[int, str]):
    def read(self, ids: Sequence[int]) -> dict[int, str]:
        return {pk: self[pk] for pk in ids if pk in self}


@pytest.fixture
def claims() -> Claims:
    return Claims(TEXTS)


@pytest.fixture
def index(tmp_path: Path, claims: Claims) -> Index:
    index = Index(tmp_path / "index", claims.read)
    index.put((pk, text, load_encoder().embed(text)) for pk, text in claims.items())
    return index


def find(index: Index, text: str, most: int = 5) -> list[Match]:
    return index.find(text, load_encoder().embed(text), most)


def test_the_nearest_in_meaning_comes_first(index: Index) -> None:
    matches = find(index, "Flood water damaged more than a hundred homes")
    assert matches[0].id == 1
    assert matches[0].probability > 0.4 > matches[1].probability
    assert len(find(index, "coffee", most=2)) == 2


def test_another_process_sees_what_is_put_and_removed(index: Index, claims: Claims, tmp_path: Path) -> None:
    other = Index(tmp_path / "index", claims.read)
    assert find(other, "The tour was called off")[0].id == 2
    index.remove([2, 99])
    assert (len(other), 2 in {match.id for match in find(other, "The tour was called off")}) == (2, False)
    index.sequence = 7
    assert other.sequence == 7


def test_a_claim_put_again_is_replaced(index: Index, claims: Claims) -> None:
    claims[3] = "Lions escaped from the zoo."
    index.put([(3, claims[3], load_encoder().embed(claims[3]))])
    assert len(index) == 3
    assert find(index, "The zoo lost some lions")[0].id == 3


def test_a_claim_without_text_is_left_out(index: Index, claims: Claims) -> None:
    del claims[1]
    assert {match.id for match in find(index, "The river flooded houses")} == {2, 3}


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    assert find(Index(tmp_path / "index", Claims().read), "The river flooded") == []


def test_many_claims_fill_several_segments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "ROWS_PER_SEGMENT", 8)
    vectors = np.random.default_rng(1).normal(size=(30, DIMENSIONS)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    texts = Claims(dict.fromkeys(range(1, 31), "Rivers"))
    index = Index(tmp_path / "index", texts.read)
    index.put((pk, texts[pk], vectors[pk - 1]) for pk in texts)
    for pk in (1, 8, 9, 30):
        assert index.find("Lakes", vectors[pk - 1])[0].id == pk
    assert index.find("Lakes", vectors[8])[0].likeness == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("hidden_count", [100, 1000, 2500])
def test_claims_that_may_not_be_found_take_no_place(tmp_path: Path, hidden_count: int) -> None:
    text, vector = TEXTS[1], load_encoder().embed(TEXTS[1])
    other = load_encoder().embed("The river flooded houses.")
    hidden = Claims(dict.fromkeys(range(1, hidden_count + 1), text))
    public = Claims({9_001: "The river flooded houses.", 9_002: TEXTS[2]})
    index = Index(tmp_path / "index", Claims(hidden | public).read)
    index.put((pk, text, vector) for pk in hidden)
    index.put([(9_001, public[9_001], other), (9_002, public[9_002], load_encoder().embed(TEXTS[2]))])
    assert 9_001 not in {match.id for match in index.find(text, vector)}
    read: list[int] = []

    def read_public(ids: Sequence[int]) -> dict[int, str]:
        read.extend(ids)
        return public.read(ids)

    assert index.find(text, vector, read_texts=read_public)[0].id == 9_001
    assert len(read) == len(set(read)), "none is read twice"


def test_the_search_among_what_may_not_be_found_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "MOST_READ", 3000)
    vector = load_encoder().embed(TEXTS[1])
    index = Index(tmp_path / "index", Claims().read)
    index.put((pk, TEXTS[1], vector) for pk in range(1, 5001))
    read: list[int] = []

    def read_none(ids: Sequence[int]) -> dict[int, str]:
        read.extend(ids)
        return {}

    assert index.find(TEXTS[1], vector, read_texts=read_none) == []
    assert len(read) == 3000


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "encoder.onnx").write_bytes(b"damaged")
    with pytest.raises(EncoderError, match=r"encoder\.onnx: not the file that the model card describes"):
        Encoder(tmp_path)
    with pytest.raises(EncoderError, match="No such file"):
        Encoder(tmp_path / "missing")
