"""Joins words that stand for one: "turned down", "United States", and "cease-fire" beside "ceasefire"."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from claims.matching.lexicon import LEXICON, word_set
from claims.matching.reading.words import Word, joined_span, lemma_of

_PARTICLES, _DETERMINERS = word_set("particles"), word_set("determiners")
_MAX_OBJECT = 4  # words between a verb and its particle: "turned the offer down"
_IN_NAMES = frozenset(["of", "for", "and", "the", "on", "de"])


def _read_phrases() -> dict[str, list[tuple[list[str], str]]]:
    """By the lemma of the first word: the words after it and the lemma of all."""
    phrases: dict[str, list[tuple[list[str], str]]] = {}
    for lemma, members in LEXICON["phrases"].items():
        for first, *rest in map(str.split, members):
            phrases.setdefault(lemma_of(first), []).append((rest, lemma_of(lemma)))
    for candidates in phrases.values():
        candidates.sort(key=lambda candidate: -len(candidate[0]))
    return phrases


_PHRASES = _read_phrases()


def join_phrases(words: Sequence[Word], others: Iterable[Word]) -> list[Word]:
    """Returns the words with those joined that stand for one, in English or because one of `others` does."""
    singles = {word.lower for word in others}
    acronyms = {word.text.replace(".", "") for word in others if word.text.isupper() and len(word.text) > 1}
    joined: list[Word] = []
    particles: set[int] = set()
    place = 0
    while place < len(words):
        end, word = place + 1, words[place]
        if place in particles:
            place += 1
            continue
        if phrase := _phrase_at(words, place):
            end, lemma, particle = phrase
            word = Word(word.text, joined_span(words[place:end]), lemma, is_name=word.is_name, is_phrase=True)
            particles.update(particle)
        elif compound := _compound_at(words, place, singles):
            end, word = place + compound, _join(words[place : place + compound])
        elif word.is_name and (length := _acronym_at(words, place, acronyms)):
            end = place + length
            initials = "".join(each.text[0] for each in words[place:end] if each.is_name)
            word = replace(word, span=joined_span(words[place:end]), lemma=lemma_of(initials))
        joined.append(word)
        place = end
    return joined


def _phrase_at(words: Sequence[Word], place: int) -> tuple[int, str, list[int]] | None:
    """Returns where a phrase that begins here ends, its lemma, and the place of its particle if it stands apart."""
    for rest, lemma in _PHRASES.get(words[place].lemma, ()):
        end = place + 1 + len(rest)
        following = [word.lower for word in words[place + 1 : end]]
        if len(following) == len(rest) and all(map(_fits, rest, following)):
            return end, lemma, []
        if len(rest) == 1 and rest[0] in _PARTICLES and (particle := _particle_apart(words, place, rest[0])):
            return place + 1, lemma, [particle]
    return None


def _fits(part: str, lower: str) -> bool:
    return part == lower or (part == "*" and lower in _DETERMINERS)


def _particle_apart(words: Sequence[Word], verb: int, particle: str) -> int | None:
    """Returns the place of a particle behind the object: "turned the offer down"."""
    for place in range(verb + 2, min(len(words), verb + 2 + _MAX_OBJECT)):
        before, after = words[place - 1], words[place + 1] if place + 1 < len(words) else None
        if before.is_verb_form or not before.text[0].isalnum():
            return None
        if words[place].lower == particle:
            is_last = after is None or not (after.is_content or after.lower in _DETERMINERS)
            return place if is_last and words[verb + 1].lower in {*_DETERMINERS, "it", "them", "him"} else None
    return None


def _compound_at(words: Sequence[Word], place: int, singles: set[str]) -> int:
    """Returns how many words from here are one in the other claim: cease-fire, health care."""
    for length in (3, 2):
        parts = [word.lower for word in words[place : place + length]]
        if len(parts) == length and (length == 2 or parts[1] == "-") and "".join(parts[:: length - 1]) in singles:
            return length
    return 0


def _join(words: Sequence[Word]) -> Word:
    text = words[0].lower + words[-1].lower
    return Word(text, joined_span(words), lemma_of(text), is_name=words[0].is_name)


def _acronym_at(words: Sequence[Word], place: int, acronyms: set[str]) -> int:
    """Returns how many words from here are a name with these initials: World Health Organization, WHO."""
    initials = ""
    for number, word in enumerate(words[place:]):
        if word.is_name:
            initials += word.text[0]
            if initials in acronyms and len(initials) > 1:
                return number + 1
        elif word.lower not in _IN_NAMES:
            break
    return 0
