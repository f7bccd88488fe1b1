"""Reads the features of a statement: from its words, and from how and by whom it was said."""

import re
from collections.abc import Sequence
from enum import IntFlag
from pathlib import Path
from typing import Any

import yaml

from claims.matching.reading import ClaimReading
from claims.matching.reading.quantities import Quantity
from claims.matching.reading.words import Word, lemma_of, list_names, split_words

_LEXICON: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "lexicon.yaml").read_text(encoding="utf-8"))
_SETS = {name: frozenset(words.split()) for name, words in _LEXICON.items() if isinstance(words, str)}
_CHANGE_LEMMAS = frozenset(map(lemma_of, _SETS["change_verbs"]))
MANY = 1000  # people, from which many are affected
MIN_BARE_FIGURE = 10  # without a unit, smaller numbers in words are no figures: "two of us"
MAX_ROLE_LENGTH = 1000  # characters: what follows is not read
MIN_WORDS = 4  # of a statement
_FUTURE_WORDS = frozenset(["will", "shall", "wo", "'ll"])
_PRESENT_OF_BE = frozenset(["is", "are", "am", "be", "'s", "being"])
_DETERMINERS = frozenset(["the", "a", "an", "this", "that", "my", "our", "your", "his", "her", "their", "its"])
_OFTEN = frozenset(["twice", "thrice"])
_MULTIPLES = frozenset(["twice", "thrice", "half", "times"])
_DENIED_SUBJECTS = frozenset(["no", "nobody", "none", "never"])
_PAST_AUXILIARIES = frozenset(["was", "were", "had", "did"])
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


class Feature(IntFlag):
    """What may be true of a statement. Stored as a number: the values never change, and new ones come last."""

    FIGURES = 1 << 0
    COMPARISON = 1 << 1
    CHANGE = 1 << 2
    SUPERLATIVE = 1 << 3
    MANY_PEOPLE = 1 << 4
    RULE = 1 << 5
    PREDICTION = 1 << 6
    PAST_EVENT = 1 << 7
    PERSONAL = 1 << 8
    OPINION = 1 << 9
    APPEAL = 1 << 10
    DIRECT = 1 << 11
    POSITION = 1 << 12
    REPEATED = 1 << 13
    CHECKED = 1 << 14
    ADDRESS = 1 << 15


CONTEXT_FEATURES = Feature.REPEATED | Feature.CHECKED  # what other rows tell of it, not its words
FEATURE_NAMES = {
    Feature.FIGURES: "figure",
    Feature.COMPARISON: "comparison",
    Feature.CHANGE: "rise or fall",
    Feature.SUPERLATIVE: "superlative",
    Feature.MANY_PEOPLE: "many people affected",
    Feature.RULE: "rule or policy",
    Feature.PREDICTION: "prediction",
    Feature.PAST_EVENT: "past event",
    Feature.PERSONAL: "personal experience",
    Feature.OPINION: "opinion words",
    Feature.APPEAL: "question or appeal",
    Feature.DIRECT: "direct quote",
    Feature.POSITION: "speaker's position",
    Feature.REPEATED: "repeated",
    Feature.CHECKED: "already checked",
    Feature.ADDRESS: "“we” or “you”",
}
FEATURE_READINGS = {
    Feature.FIGURES: "A number with a unit, a share, or a count from ten: “6.2 per cent”, “forty thousand”. Not dates.",
    Feature.COMPARISON: "One thing measured by another: “than”, “compared with”, “as high as”, “twice what”.",
    Feature.CHANGE: "Something rises, falls, doubles, improves or worsens.",
    Feature.SUPERLATIVE: "“The highest”, “the only”, “never before”, “no other”, a record.",
    Feature.MANY_PEOPLE: "A thousand people or more, or a group: citizens, families, patients, voters, workers.",
    Feature.RULE: "A law, ban, permission, treaty or policy, or what others must do.",
    Feature.PREDICTION: "“Will”, “going to”, “is expected to”, “forecasts”.",
    Feature.PAST_EVENT: "A verb in the past: what somebody did, or what happened.",
    Feature.PERSONAL: "The speaker's own experience: “I saw”, “my mother”. Not “I think”.",
    Feature.OPINION: "Words of judgement and feeling: “shameful”, “should”, “I hope”, “proud”.",
    Feature.APPEAL: "A question, command, greeting or thanks, or fewer than four words.",
    Feature.DIRECT: "Quoted word for word, in whole or in part.",
    Feature.POSITION: "An office in the role as written: minister, mayor, chief executive, spokeswoman. Never a name.",
    Feature.REPEATED: "Another article has a quote of the same claim.",
    Feature.CHECKED: "Its claim has a published verdict.",
    Feature.ADDRESS: "Speaks of the speaker's own side or to the listener: “we”, “our”, “you”.",
}


def read_features(text: str, *, is_direct: bool, role: str = "") -> Feature:
    """Returns the features of a statement by its words, its form and the speaker's role as written."""
    reading = ClaimReading(split_words(text, list_names(text)))
    lowers = [word.lower for word in reading.words]
    line = f" {' '.join(lowers)} "
    features = Feature(0)
    for feature, is_present in (
        (Feature.FIGURES, any(_is_figure(quantity, lowers) for quantity in reading.quantities)),
        (Feature.COMPARISON, _is_comparison(reading, lowers, line)),
        (Feature.CHANGE, _tells_change(reading.words)),
        (Feature.SUPERLATIVE, _is_superlative(lowers, line)),
        (Feature.MANY_PEOPLE, _affects_many(reading, lowers)),
        (Feature.RULE, _is_rule(reading.words, lowers)),
        (Feature.PREDICTION, _is_prediction(reading, lowers)),
        (Feature.PAST_EVENT, _is_past(reading.words)),
        (Feature.PERSONAL, _is_personal(lowers)),
        (Feature.OPINION, not _SETS["opinions"].isdisjoint(lowers) or _has_phrase(line, "opinion_phrases")),
        (Feature.APPEAL, _is_appeal(text, lowers, line)),
        (Feature.ADDRESS, any(_before_apostrophe(lower) in _SETS["address"] for lower in lowers)),
        (Feature.DIRECT, is_direct),
        (Feature.POSITION, bool(find_position(role))),
    ):
        if is_present:
            features |= feature
    return features


def find_position(role: str) -> str:
    """Returns the office that a role names, in small letters: "minister" of "Finance Minister"; "" if there is none."""
    words = [match[0].lower() for match in _WORD.finditer(role[:MAX_ROLE_LENGTH])]
    return next((word for word in words if word in _SETS["positions"]), "")


def _is_figure(quantity: Quantity, lowers: Sequence[str]) -> bool:
    if lowers[quantity.start] in _OFTEN:
        return lowers[quantity.end : quantity.end + 1] in (["as"], ["the"], ["what"])  # not "they met twice"
    return bool(quantity.dimension) or quantity.value >= MIN_BARE_FIGURE


def _is_comparison(reading: ClaimReading, lowers: Sequence[str], line: str) -> bool:
    if _has_phrase(line, "comparing_phrases"):
        return True
    bounds = {quantity.start - 1 for quantity in reading.quantities}  # "more than 40,000"
    for place, lower in enumerate(lowers):
        if lower == "than":
            if place not in bounds and (place == 0 or lowers[place - 1] not in _SETS["idle_before_than"]):
                return True
        elif lower in _SETS["comparing_words"]:
            return True
        elif lower == "as" and lowers[place + 2 : place + 3] == ["as"]:
            if lowers[place + 1] not in _SETS["not_compared"] or lowers[max(0, place - 1)] in _MULTIPLES:
                return True
        elif lower in _SETS["comparatives"] and not _DENIED_SUBJECTS.isdisjoint(lowers[: max(0, place - 1)]):
            return True  # "no athlete has won more"
    return False


def _tells_change(words: Sequence[Word]) -> bool:
    return any(
        word.lemma in _CHANGE_LEMMAS and not word.is_name and not (word.lemma == "grow" and _is_up(words, place + 1))
        for place, word in enumerate(words)
    )


def _is_up(words: Sequence[Word], place: int) -> bool:
    return place < len(words) and words[place].lower == "up"  # children grow up


def _is_superlative(lowers: Sequence[str], line: str) -> bool:
    if _has_phrase(line, "superlative_phrases"):
        return True
    return any(
        lower in _SETS["superlatives"]
        or (lower == "most" and lowers[place - 1 : place] == ["the"])
        or (lower.endswith("est") and len(lower) > 5 and lower not in _SETS["not_superlatives"])
        for place, lower in enumerate(lowers)
    )


def _affects_many(reading: ClaimReading, lowers: Sequence[str]) -> bool:
    if _SETS["people"].isdisjoint(lowers):
        return False
    counts = [quantity for quantity in reading.quantities if not quantity.dimension]
    return not counts or any(quantity.value >= MANY for quantity in counts)


def _is_rule(words: Sequence[Word], lowers: Sequence[str]) -> bool:
    is_punished = not _SETS["punishments"].isdisjoint(lowers)
    for place, lower in enumerate(lowers):
        if lower in _SETS["rules"] and lowers[max(0, place - 1)] != "-":  # not "brother-in-law"
            return True
        following = lowers[place + 1 : place + 2]
        if (lower == "act" and words[place].is_name) or (lower == "may" and following in (["not"], ["no"], ["only"])):
            return True
        is_duty = lower in _SETS["duties"] or (lower in {"have", "has"} and following == ["to"])
        if (is_duty or (is_punished and lower in {"can", "may"})) and not any(
            _before_apostrophe(before) in _SETS["own"] for before in lowers[max(0, place - 3) : place]
        ):
            return True
    return False


def _before_apostrophe(lower: str) -> str:
    return lower.partition("'")[0]


def _is_prediction(reading: ClaimReading, lowers: Sequence[str]) -> bool:
    for place, lower in enumerate(lowers):
        if lower in _FUTURE_WORDS or lower.endswith("'ll") or lower in _SETS["forecasts"]:
            return True
        if lower == "going" and lowers[place + 1 : place + 2] == ["to"] and place + 2 < len(lowers):
            following = reading.words[place + 2]
            if following.lower not in _DETERMINERS and not following.is_name:
                return True
    return False


def _is_past(words: Sequence[Word]) -> bool:
    for place, word in enumerate(words):
        before = words[place - 1].lower if place else ""
        if word.lower in _PAST_AUXILIARIES:
            return True
        is_past = word.lower == "used" or (word.is_verb_form and not word.lower.endswith(("ing", "s")))
        if is_past and before not in _PRESENT_OF_BE | {"to"}:
            return True
    return False


def _is_personal(lowers: Sequence[str]) -> bool:
    for place, lower in enumerate(lowers):
        if lower in _SETS["personal"] and lower != "i":
            return True
        if lower == "i" and _SETS["views"].isdisjoint(lowers[place + 1 : place + 4]):
            return True
    return False


def _is_appeal(text: str, lowers: Sequence[str], line: str) -> bool:
    words = [lower for lower in lowers if lower[0].isalnum()]
    if len(words) < MIN_WORDS or text.rstrip(" \"'”’»").endswith("?"):
        return True
    return words[0] in _SETS["appeals"] or _has_phrase(line, "appeal_phrases")


def _has_phrase(line: str, name: str) -> bool:
    return any(f" {phrase} " in line for phrase in _LEXICON[name])
