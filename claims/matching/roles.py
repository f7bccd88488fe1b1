"""Compares who does what to whom: the participants of a verb that both claims have, in each of its clauses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.matching.alignment import Alignment
from claims.matching.lexicon import word_set
from claims.matching.reading.polarity import CONVERSE_PAIRS
from claims.matching.reading.words import Word, lemma_of

MIN_VERB_LIKENESS = 0.55  # cosine from which two verbs name one action
_PARTICLES = frozenset(["over", "on", "at", "against"])  # after a verb, whose object follows
_CIRCUMSTANCES, _DETERMINERS = word_set("circumstances"), word_set("determiners")
_AUXILIARIES = word_set("auxiliaries")
_RELATIVE_PRONOUNS = frozenset(["that", "which", "who", "whom"])
_CONJUNCTIONS = word_set("conjunctions")
_PRONOUNS = {word: number for number, words in enumerate([("he", "him"), ("she",), ("they", "them")]) for word in words}
_RECIPROCAL = frozenset(map(lemma_of, word_set("reciprocal_verbs")))
_TARGETS = frozenset(["", "to", "from", "against", "over", "on", "at"])  # prepositions of who is acted upon

Places = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb with the places of those who act and of those who are acted upon."""

    agents: frozenset[int]
    patients: frozenset[int]


def find_exchanged(first: Sequence[Word], second: Sequence[Word], alignment: Alignment) -> tuple[Places, Places] | None:
    """Returns the places of participants that have exchanged their roles, in both claims."""
    pairs = {**alignment.pairs, **dict.fromkeys(_pronoun_pairs(first, second), 1.0)}
    for (verb, other_verb), is_converse in _verb_pairs(first, second, alignment):
        if {first[verb].lemma, second[other_verb].lemma} & _RECIPROCAL:
            continue
        targets = _TARGETS if (verb, other_verb) not in alignment.guesses else frozenset([""])
        one, other = read_predicate(first, verb, targets), read_predicate(second, other_verb, targets)
        kept = _match(pairs, one.agents, other.agents), _match(pairs, one.patients, other.patients)
        swapped = _match(pairs, one.agents, other.patients), _match(pairs, one.patients, other.agents)
        if is_converse:
            kept, swapped = swapped, kept
        if (
            first[verb].lemma == second[other_verb].lemma
            and kept[1]
            and _is_other_agent(pairs, one.agents, other.agents)
        ):
            return (min(one.agents), verb), (min(other.agents), other_verb)
        if all(swapped) and not all(kept):
            agent, patient = swapped[0][0], swapped[1][0]
            return (agent[0], patient[0]), (patient[1], agent[1])
    return None


def _is_other_agent(pairs: dict[tuple[int, int], float], agents: frozenset[int], others: frozenset[int]) -> bool:
    """Whether who acts in one claim does something else in the other, and so the other way round."""
    in_both, others_in_both = agents & {one for one, _ in pairs}, others & {other for _, other in pairs}
    return bool(in_both and others_in_both) and not _match(pairs, agents, others)


def _match(
    pairs: dict[tuple[int, int], float], places: frozenset[int], others: frozenset[int]
) -> list[tuple[int, int]]:
    return [(place, other) for place in sorted(places) for other in sorted(others) if (place, other) in pairs]


def _pronoun_pairs(first: Sequence[Word], second: Sequence[Word]) -> Iterator[tuple[int, int]]:
    for place, word in enumerate(first):
        for other_place, other in enumerate(second):
            if word.lower in _PRONOUNS and _PRONOUNS.get(other.lower) == _PRONOUNS[word.lower]:
                yield place, other_place


def _verb_pairs(
    first: Sequence[Word], second: Sequence[Word], alignment: Alignment
) -> Iterator[tuple[tuple[int, int], bool]]:
    """Yields the verbs that name one action, or one action seen from both sides."""
    for verb, word in enumerate(first):
        for other_verb, other in enumerate(second):
            is_converse = frozenset((word.lemma, other.lemma)) in CONVERSE_PAIRS
            likeness = alignment.pairs.get((verb, other_verb), 0.0)
            if (
                (is_converse or word.lemma == other.lemma or likeness >= MIN_VERB_LIKENESS)
                and is_predicate(first, verb)
                and is_predicate(second, other_verb)
            ):
                yield (verb, other_verb), is_converse


def is_predicate(words: Sequence[Word], place: int) -> bool:
    """Whether a word is a verb here, as far as its form and its neighbours tell."""
    word = words[place]
    if word.is_name or not word.is_content or not word.lower[0].isalpha():
        return False
    before = words[place - 1].lower if place else ""
    if before in _DETERMINERS and before != "that":
        return False
    if word.is_verb_form or before in _AUXILIARIES:
        return True
    after = words[place + 1] if place + 1 < len(words) else None
    follows_subject = place > 0 and (words[place - 1].is_content or before in _PRONOUNS or before in _RELATIVE_PRONOUNS)
    if not follows_subject or after is None:
        return False
    begins_object = after.lower in _DETERMINERS or after.lower[0].isdigit() or after.lower in _PRONOUNS
    return begins_object or (after.is_name and (words[place - 1].is_name or word.lower.endswith("s")))


def is_verb(words: Sequence[Word], place: int) -> bool:
    """Whether a word of a verb's form is a verb: not "in farming", "unmarried women"."""
    before = words[place - 1].lower if place else "the"
    is_attributive = before in _DETERMINERS and place + 1 < len(words) and words[place + 1].is_content
    return words[place].is_verb_form and not is_attributive and preposition_of(words, place) == ""


def read_predicate(words: Sequence[Word], verb: int, targets: frozenset[str] = _TARGETS) -> Predicate:
    """Reads the participants of a verb; those acted upon stand after one of the `targets`, prepositions."""
    subjects, antecedents = _read_left(words, verb)
    objects, agents = _read_right(words, verb, targets)
    if antecedents and subjects:  # "the bank that Mercer sued"
        objects |= antecedents
    subjects = subjects or antecedents  # "the bank that sued Mercer"
    if _is_passive(words, verb, has_agent=bool(agents)):
        return Predicate(agents, subjects | objects)
    return Predicate(subjects, objects)


def _read_left(words: Sequence[Word], verb: int) -> tuple[frozenset[int], frozenset[int]]:
    """Returns the subject of a verb, and what the relative clause that it stands in explains."""
    subjects: set[int] = set()
    for place in range(verb - 1, -1, -1):
        word = words[place]
        is_relative = word.lower in _RELATIVE_PRONOUNS and place > 0
        if is_relative and (words[place - 1].is_verb_form or words[place - 1].lower in {"be", "is", "was"}):
            break  # "said that"
        if is_relative and not (place + 1 < len(words) and word.lower == "that" and words[place - 1].lower == "of"):
            return frozenset(subjects), _noun_phrase_before(words, place)
        if word.lower in {";", ":", "."} or (word.lower in _CONJUNCTIONS and subjects):
            break
        if subjects and word.is_verb_form and place and words[place - 1].lower not in _DETERMINERS:
            break
        if _is_participant(words, place):
            preposition = preposition_of(words, place)
            if preposition == "" or (preposition in _CONJUNCTIONS and not subjects):  # "after the teacher had"
                subjects.add(place)
    return frozenset(subjects), frozenset()


def _noun_phrase_before(words: Sequence[Word], end: int) -> frozenset[int]:
    places: set[int] = set()
    for place in range(end - 1, -1, -1):
        word = words[place]
        if word.lower in _DETERMINERS or word.lower in _CIRCUMSTANCES or word.is_verb_form:
            break
        if _is_participant(words, place):
            places.add(place)
    return frozenset(places)


def _read_right(words: Sequence[Word], verb: int, targets: frozenset[str]) -> tuple[frozenset[int], frozenset[int]]:
    """Returns whom a verb acts upon, and those that stand after "by"."""
    objects: set[int] = set()
    agents: set[int] = set()
    for place in range(verb + 1, len(words)):
        word = words[place]
        if word.lower in {";", ":", "."} or word.lower in _RELATIVE_PRONOUNS or word.lower in _CONJUNCTIONS:
            break
        if place > verb + 1 and is_predicate(words, place) and (objects or agents):
            break
        if not _is_participant(words, place):
            continue
        preposition = preposition_of(words, place)
        if preposition == "by" or (preposition == "of" and agents):
            agents.add(place)
        elif preposition in targets:
            objects.add(place)
    return frozenset(objects), frozenset(agents)


def _is_participant(words: Sequence[Word], place: int) -> bool:
    word = words[place]
    if word.lower in _PRONOUNS:
        return True
    return word.is_content and word.lower[0].isalpha() and not (word.is_verb_form and not word.is_name)


def _is_passive(words: Sequence[Word], verb: int, *, has_agent: bool) -> bool:
    """Whether a verb is a participle after a form of "be", or before "by"."""
    for place in range(verb - 1, max(-1, verb - 4), -1):
        if words[place].lemma == "be" or words[place].lower in {"got", "gets", "get"}:
            return not words[verb].lower.endswith("ing")
        if words[place].lower not in {"not", "n't", "never", "also", "been"} and not words[place].lower.endswith("ly"):
            break
    return has_agent and words[verb].is_verb_form and not words[verb].lower.endswith("ing")


def find_exchanged_words(first: Sequence[Word], second: Sequence[Word]) -> tuple[Places, Places] | None:
    """Returns the places of two parts of a claim that have exchanged their places in words that are all the same."""
    lemmas, other_lemmas = [word.lemma for word in first], [word.lemma for word in second]
    if lemmas == other_lemmas or sorted(lemmas) != sorted(other_lemmas):
        return None
    changed = [place for place, pair in enumerate(zip(lemmas, other_lemmas, strict=True)) if pair[0] != pair[1]]
    if len(changed) > 2 and len({frozenset((lemmas[place], other_lemmas[place])) for place in changed}) == 1:
        return tuple(changed), tuple(changed)  # "Chile sells more to Peru than Peru to Chile"
    start = next(place for place, lemma in enumerate(lemmas) if lemma != other_lemmas[place])
    end = next(place for place in range(len(lemmas), 0, -1) if lemmas[place - 1] != other_lemmas[place - 1])
    for left in range(start + 1, end):
        for right in range(left + 1, end):
            is_exchanged = lemmas[start:end] == [
                *other_lemmas[end - (left - start) : end],
                *other_lemmas[start + end - right : end - (left - start)],
                *other_lemmas[start : start + end - right],
            ]
            if is_exchanged and _tells_apart(first, range(start, left), range(left, right), range(right, end)):
                return tuple(range(start, end)), tuple(range(start, end))
    return None


def _tells_apart(words: Sequence[Word], before: range, middle: range, after: range) -> bool:
    """Whether what stands between two parts makes a difference of their order: no "and", no verb as "met"."""
    if any(words[place].lemma in _RECIPROCAL or words[place].lower in {"and", "or", ","} for place in middle):
        return False
    return all(any(words[place].is_content for place in part) for part in (before, middle, after))


def find_exchanged_comparison(
    first: Sequence[Word], second: Sequence[Word]
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Returns the places of what is compared with what, where it stands on the other side of "than" in the second."""
    sides, other_sides = _split_comparison(first), _split_comparison(second)
    if sides is None or other_sides is None:
        return None
    (before, after), (other_before, other_after) = sides, other_sides
    left = before.keys() & other_after.keys() - after.keys() - other_before.keys()
    right = after.keys() & other_before.keys() - before.keys() - other_after.keys()
    if not (left and right):
        return None
    one, other = min(left, key=before.__getitem__), min(right, key=after.__getitem__)
    return (before[one], after[other]), (other_before[other], other_after[one])


def _split_comparison(words: Sequence[Word]) -> tuple[dict[str, int], dict[str, int]] | None:
    than = next((place for place, word in enumerate(words) if word.lower == "than"), None)
    if than is None:
        return None
    places = {word.lemma: place for place, word in enumerate(words) if word.is_content}
    before = {word.lemma: place for place, word in enumerate(words[:than]) if word.is_content}
    return before, {lemma: place for lemma, place in places.items() if place > than}


def preposition_of(words: Sequence[Word], place: int) -> str:
    """Returns the preposition that a noun stands after, "" if it stands after none."""
    after = words[place + 1].lemma if place + 1 < len(words) else ""
    if after in {"be", "have"} and words[0].lower in _CIRCUMSTANCES:
        return ""  # "In the final Ghana was beaten": the subject
    begins = False  # whether the noun phrase begins with the word just read
    for previous in range(place - 1, max(-1, place - 8), -1):
        word = words[previous]
        if begins and word.is_name:
            return ""  # "at Kobane the Kurds"
        begins = word.lower in {"the", "a", "an"}
        before = words[previous - 1] if previous else None
        if before is not None and before.is_name and word.lower in {"of", "and"}:
            continue  # "by the University of Oxford and the state"
        if before is not None and before.is_verb_form and word.lower in _PARTICLES:
            is_passive = previous > 1 and words[previous - 2].lemma == "be"
            return word.lower if is_passive else ""  # "took over the bank"
        if word.lower in _CIRCUMSTANCES or word.lower in {"by", "to", "from", "than"}:
            return word.lower
        if word.lower == "," and previous and words[previous - 1].is_name and previous + 1 < place:
            continue  # "by Ana Belloso, the president"
        if (
            word.lower in _DETERMINERS
            or word.is_name
            or (word.is_content and word.lower.isalpha() and not _ends_noun(words, previous))
        ):
            continue
        return ""
    return ""


def _ends_noun(words: Sequence[Word], place: int) -> bool:
    """Whether what follows a word begins another noun phrase."""
    following = words[place + 1].lower if place + 1 < len(words) else ""
    return following in _DETERMINERS and following != "'s"
