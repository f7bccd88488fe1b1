"""Finds the cues of a sentence: verbs, adjectives and phrases by which somebody says something."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from claims.extraction.quotation import Act, MentionKind, Span
from claims.extraction.russian.cue_words import (
    BY_NOUNS,
    CERTAINTY,
    DOCUMENTS_CITED,
    OPINION_NOUNS,
    OPINION_VERBS,
    CueWord,
    Form,
    find_cue_word,
    word_set,
)
from claims.extraction.russian.mentions import (
    POSSESSIVES,
    SERVICE_NOUNS,
    THAT_ONE,
    THERE,
    Mention,
    build_mention,
    is_person_noun,
    lemma_of,
    may_be_in_case,
    may_be_of_relative,
    press_service_of_person,
)
from claims.extraction.russian.name_runs import ORGANIZATION, PERSON, PLACE, NameRun
from claims.extraction.russian.nouns import CARRIER_NOUNS, DOCUMENT_NOUNS, ORGANIZATION_NOUNS
from claims.extraction.russian.parsing.morphology import analyze, is_participle
from claims.extraction.russian.parsing.parsed_sentences import ParsedSentence
from claims.extraction.russian.subjects import find_subject, gender_without_subject, name_behind_role

# Statements although they are negated: «не исключил, что».
DOUBLE_NEGATIVES = word_set("исключить исключать скрывать сомневаться отрицать")
NOBODY = word_set("никто ничто")
# «по словам», «по мнению», but «согласно данным», «на взгляд», «с точки зрения».
BY_PREPOSITIONS = {
    "по": BY_NOUNS,
    "со": word_set("слов"),
    "на": word_set("взгляд"),
    "согласно": BY_NOUNS | DOCUMENTS_CITED,
    "точки": word_set("зрения"),
}
PASSIVE_VERBS = word_set(
    "говориться сообщаться отмечаться указываться подчёркиваться подчеркиваться утверждаться уточняться"
)
CITING_VERBS = word_set("цитировать процитировать")
QUOTING_VERBS = CITING_VERBS | word_set("приводить привести передавать передать")


class CueKind(StrEnum):
    VERB = "verb"
    ADJECTIVE = "adjective"
    OPINION = "opinion"
    BY = "by"


@dataclass(slots=True)
class Cue:
    """Words `start` to `end` (exclusive); `head` is the verb, or the noun of a phrase such as «по словам»."""

    sentence: ParsedSentence
    start: int
    end: int
    head: int
    kind: CueKind
    word: CueWord | None
    mention: Mention | None = None
    outlet: NameRun | None = None
    is_used: bool = False
    # The position of the colon by which it introduces speech; before that it may state something else.
    colon: int | None = None
    # Whether its subject is a person or an organization; «этот шаг» says nothing, unless a clause follows.
    has_speaker: bool = True

    @property
    def span(self) -> Span:
        return self.sentence.source.text_span(self.start, self.end)

    @property
    def position(self) -> int:
        return self.sentence.source.words[self.head].span.start

    @property
    def is_finite(self) -> bool:
        return self.word is not None and self.word.form in {Form.FINITE, Form.ADJECTIVE}

    @property
    def gender_without_subject(self) -> str:
        return gender_without_subject(self.sentence, self.head, self.word) if self.word and not self.mention else ""

    @property
    def is_manner(self) -> bool:
        return self.word is not None and self.word.is_manner and self.kind is CueKind.VERB

    @property
    def act(self) -> Act:
        if self.word is None:
            return Act.SPEECH
        if is_denied(self):
            return Act.OTHER
        return Act.SPEECH if self.kind is CueKind.OPINION else self.word.act


def find_cues(sentence: ParsedSentence) -> list[Cue]:
    """Return the cues of a sentence with their mentions, in order."""
    cues = [*_find_verbs(sentence), *_find_phrases(sentence)]
    for cue in cues:
        if cue.mention and not (cue.word and cue.word.lemma in CITING_VERBS):
            cue.mention = press_service_of_person(cue.mention) or cue.mention
    return sorted(cues, key=lambda cue: cue.start)


def is_denied(cue: Cue) -> bool:
    """Whether a sentence denies that something was said, leaves it open, or asks who said it."""
    sentence, lowers = cue.sentence, cue.sentence.lowers
    lemma = cue.word.lemma if cue.word else ""
    before = lowers[max(0, cue.start - 8) : cue.start]
    is_negated = before[-1:] == ["не"] or (before[-2:-1] == ["не"] and before[-1] in {"бы", "раз", "стал", "стала"})
    if lemma in DOUBLE_NEGATIVES:
        return not is_negated and lemma != "сомневаться"
    if is_negated or lowers[cue.end : cue.end + 1] == ["ли"] or (cue.mention and cue.mention.head in NOBODY):
        return True
    if "если" in before and "," not in before[before.index("если") :]:
        return True
    is_question = sentence.source.words[-1].text == "?"
    return is_question and cue.mention is not None and cue.mention.head == "кто" and cue.mention.start == 0


def _find_verbs(sentence: ParsedSentence) -> Iterator[Cue]:
    for index, lower in enumerate(sentence.lowers):
        word = find_cue_word(lower)
        # `— начала Мороз`: the tagger knows few verbs at the beginning.
        is_noun = sentence.parses[index].pos in {"NOUN", "PROPN", "ADP"} and not (
            sentence.source.interrupts and not index
        )
        if word is None or word.is_imperative or is_noun:
            continue
        if word.form is Form.ADJECTIVE and lower in CERTAINTY:
            kind, start, end = CueKind.ADJECTIVE, index, index + 1
        else:
            kind, start, end = CueKind.VERB, index, index + 1
            if word.lemma in OPINION_VERBS and (noun := _opinion_noun(sentence, index)) is not None:
                kind, start, end = CueKind.OPINION, min(index, noun), max(index, noun) + 1
        cue = Cue(sentence, start, end, index, kind, word)
        _add_mention(cue)
        if word.form is Form.INFINITIVE and not _follows_modal(sentence, index):
            continue
        cue.has_speaker = _may_be_speaker(cue.mention)
        if not word.is_third_person and (cue.mention is None or cue.mention.head not in {"я", "мы"}):
            continue
        yield cue


# They only begin to say: «поспешил заверить», «не забыл напомнить».
MODALS = word_set(
    "поспешить продолжить продолжать начать стать успеть забыть решить устать уставать пытаться попытаться взяться"
)


def _may_be_speaker(mention: Mention | None) -> bool:
    """Whether a noun can speak: a person or an organization does, «этот шаг» does not."""
    if mention is None:
        return True
    if mention.kind is not MentionKind.NOMINAL:
        return mention.head not in {"то", "те", "это", *THAT_ONE} or _is_that_one(mention)
    if mention.head in ORGANIZATION_NOUNS or mention.head in DOCUMENT_NOUNS or mention.head in SERVICE_NOUNS:
        return True
    is_animate = any("anim" in analysis.tag for analysis in analyze(mention.head)[:2])
    return is_animate or is_participle(mention.head) or "-" in mention.head


def _is_that_one(mention: Mention) -> bool:
    """Whether «тот» refers to somebody: in «тот, кто знает» it does not."""
    lowers = mention.sentence.lowers
    return mention.head in THAT_ONE and mention.end < len(lowers) and lowers[mention.end] != ","


def _follows_modal(sentence: ParsedSentence, infinitive: int) -> bool:
    head = sentence.parses[infinitive].head
    return head >= 0 and any(analysis.normal_form in MODALS for analysis in analyze(sentence.lowers[head]))


def _opinion_noun(sentence: ParsedSentence, verb: int) -> int | None:
    near: list[int] = [*range(verb + 1, verb + 6), *range(verb - 1, verb - 4, -1)]
    for index in near:
        if 0 <= index < len(sentence.lowers):
            if sentence.lowers[index] in {",", ".", "«"}:
                if index > verb:
                    continue
                return None
            lower = sentence.lowers[index]
            if lower in {"внимание", "внимания", "понять"} or lemma_of(lower) in OPINION_NOUNS:
                return index
    return None


def _add_mention(cue: Cue) -> None:
    """Find the subject of a cue. Of an agency that passes something on, it is whom the agency quotes."""
    sentence, word = cue.sentence, cue.word
    if word is None:
        return
    if word.lemma in PASSIVE_VERBS:
        cue.mention = _place_of_statement(sentence, cue.head)
        return
    subject = find_subject(sentence, cue.head, word)
    mention = build_mention(sentence, subject) if subject is not None else None
    if mention and mention.kind is MentionKind.NOMINAL and word.form is not Form.PARTICIPLE and subject is not None:
        named = name_behind_role(sentence, subject, mention, word)
        mention = build_mention(sentence, named) if named is not None else mention
    if mention and mention.kind is MentionKind.PRONOUN and mention.head.startswith("котор"):
        mention = _antecedent(sentence, mention.start) or mention
    if mention is None and word.is_plural:
        mention = _place_of_statement(sentence, cue.head) or _there(sentence, cue.head)
    if mention:
        _set_gender(mention, word)
    if mention and word.is_plural and mention.entity == PERSON:
        mention.is_plural = True
    # `цитирует пресс-служба мэра Сергея Громова`: he is whom it quotes
    if mention and mention.entity == PERSON and mention.case == "nomn" and word.lemma not in CITING_VERBS:
        mention = _without_owner(sentence, mention, word)
    cue.mention = mention
    if mention and (mention.entity == ORGANIZATION or mention.head in CARRIER_NOUNS):
        _find_quoted_by(cue, mention)


def _set_gender(mention: Mention, word: CueWord) -> None:
    """Take over the gender that a verb shows; the noun's says little: `объясняет врач`, who may be a woman."""
    if word.gender in {"masc", "femn"} and mention.kind is not MentionKind.PRONOUN:
        mention.gender = word.gender
    elif mention.kind is MentionKind.NOMINAL and is_person_noun(mention.head):
        mention.gender = ""


def _without_owner(sentence: ParsedSentence, mention: Mention, word: CueWord) -> Mention:
    """Return the noun before a name in the genitive that the tagger took for a nominative: `сказала дочь Сомова`."""
    before = mention.start - 1
    gender = word.gender if word.gender in {"masc", "femn"} else ""
    is_owner = not may_be_in_case(sentence, mention.run, "nomn", gender) or may_be_of_relative(sentence, mention.run)
    if not is_owner or before < 0 or not is_person_noun(sentence.lowers[before]):
        return mention
    start, head = sentence.phrase(before)[0], lemma_of(sentence.lowers[before])
    return Mention(sentence, start, mention.end, MentionKind.NOMINAL, head, gender=gender)


def _find_quoted_by(cue: Cue, agency: Mention) -> None:
    """`цитирует Ивана Лунина ТАСС`, `передаёт ТАСС со ссылкой на Минфин`, `приводит ТАСС слова Лунина`."""
    sentence, lowers = cue.sentence, cue.sentence.lowers
    lemma = cue.word.lemma if cue.word else ""
    found: tuple[int | None, str] = (None, "")
    for index in range(max(0, cue.head - 6), min(len(lowers) - 1, cue.head + 14)):
        if (lowers[index] == "ссылкой" and lowers[index + 1] == "на") or lowers[index] == "ссылаясь":
            found = _head_of_phrase(sentence, index + 2), "accs"
        elif lowers[index] in {"слова", "высказывание", "заявление"} and lemma in QUOTING_VERBS:
            found = _head_of_phrase(sentence, index + 1), "gent"
        if found[0] is not None:
            break
    if found[0] is None and lemma in CITING_VERBS:
        objects = (child for child in sentence.children[cue.head] if sentence.parses[child].rel in {"obj", "iobj"})
        found = next(objects, None), "accs"
    target, case = found
    if target is None or agency.start <= target < agency.end:
        return
    mention = build_mention(sentence, target, case=case)
    if mention.head in {"слово", "данные", "сообщение", "источник"} and mention.kind is MentionKind.NOMINAL:
        owner = _head_of_phrase(sentence, target + 1)
        mention = (
            build_mention(sentence, owner, case="gent") if owner is not None and mention.head != "источник" else mention
        )
    cue.outlet, cue.mention = agency.run, mention


def _place_of_statement(sentence: ParsedSentence, verb: int) -> Mention | None:
    """`в МЧС уточнили`, `говорится в сообщении Минфина`: the organization that the phrase with «в» or «на» names."""
    lowers = sentence.lowers
    prepositions = [i for i in range(len(lowers) - 1) if lowers[i] in {"в", "во", "на"} and abs(i - verb) <= 12]
    for index in sorted(prepositions, key=lambda index: (index > verb, abs(index - verb))):
        if not {",", ";", ":"}.isdisjoint(lowers[min(index, verb) + 1 : max(index, verb)]):
            continue
        head = _head_of_phrase(sentence, index + 1)
        owner = lowers[index + 1]
        if head == index + 2 and owner in POSSESSIVES and lemma_of(lowers[head]) in SERVICE_NOUNS:
            return _possessive_mention(sentence, index + 1)  # `говорится в её письме`
        run = sentence.name_at(head) if head is not None else None
        # The first word of a name in marks may be declined or not: `в «Лада Банке»`, `в «Эксперт РА»`.
        is_marked = run is not None and run.type == ORGANIZATION and run.start == index + 2 and lowers[index + 1] == "«"
        if head is not None and (is_marked or sentence.parses[head].feats.get("Case", "Loc") in {"Loc", "Acc"}):
            lemma = lemma_of(lowers[head])
            is_name = run is not None and (run.type == ORGANIZATION or (run.type == PLACE and run.start == index + 1))
            is_place = run is not None and run.type == PLACE and lowers[index] == "на"
            if (is_name and not is_place) or lemma in ORGANIZATION_NOUNS or lemma in SERVICE_NOUNS:
                return build_mention(sentence, head, case="loct")
    return None


def _there(sentence: ParsedSentence, verb: int) -> Mention | None:
    """`Там же пояснили`, `отметили там`: whoever spoke just before; of the present («там говорят»), it is a place."""
    lowers = sentence.lowers
    if not lowers[verb].endswith("ли"):
        return None
    before = verb - 2 if lowers[max(0, verb - 1) : verb] == ["же"] else verb - 1
    place = next((index for index in (before, verb + 1) if lowers[max(0, index) : index + 1] == [THERE]), None)
    return Mention(sentence, place, place + 1, MentionKind.PRONOUN, THERE) if place is not None else None


def _head_of_phrase(sentence: ParsedSentence, index: int) -> int | None:
    """Return the noun that the phrase beginning at a word is about."""
    for position in range(index, min(len(sentence.parses), index + 5)):
        pos = sentence.parses[position].pos
        behind = sentence.parses[position + 1].pos if position + 1 < len(sentence.parses) else ""
        if sentence.lowers[position] in POSSESSIVES and behind in {"NOUN", "PROPN", "ADJ"}:
            continue  # `по словам её директора`
        if pos in {"NOUN", "PROPN", "PRON"}:
            return position
        if sentence.lowers[position] == ",":  # `по словам местных, …`, but not `по предварительным данным, …`
            return position - 1 if position > index and sentence.parses[position - 1].pos == "ADJ" else None
        if pos not in {"ADJ", "DET", "NUM", "PUNCT", "PART"}:
            return None
    return None


def _antecedent(sentence: ParsedSentence, relative: int) -> Mention | None:
    """Return what a relative pronoun refers to: `Иванов, который сказал`."""
    lowers, parses = sentence.lowers, sentence.parses
    commas = [index for index in range(relative) if lowers[index] == ","]
    if not commas or commas[-1] == 0:
        return None
    head = commas[-1] - 1
    if run := sentence.name_at(head):
        return build_mention(sentence, run.start)
    while parses[head].rel in {"nmod", "amod"} and 0 <= parses[head].head < head:
        head = parses[head].head
    return build_mention(sentence, head) if parses[head].pos in {"NOUN", "PROPN"} else None


def _find_phrases(sentence: ParsedSentence) -> Iterator[Cue]:
    lowers = sentence.lowers
    for index, lower in enumerate(lowers[:-1]):
        if lowers[index : index + 2] == ["следует", "из"] and lowers[max(0, index - 1)] in {"как", ","}:
            start = index - 1 if lowers[index - 1] == "как" else index
            cue = Cue(sentence, start, index + 2, index, CueKind.BY, None)
            head = _head_of_phrase(sentence, index + 2)
            cue.mention = build_mention(sentence, head, case="gent") if head is not None else None
            if start < index or _may_be_speaker(cue.mention):
                yield cue
        nouns = BY_PREPOSITIONS.get(lower)
        if nouns is None:
            continue
        for noun in range(index + 1, min(len(lowers), index + 3)):
            if lowers[noun] not in nouns:
                continue
            start = index - 1 if lower == "точки" else index
            cue = Cue(sentence, start, noun + 1, noun, CueKind.BY, None)
            if lowers[noun] in DOCUMENTS_CITED and lowers[noun + 1 : noun + 2] == [","]:
                cue.mention = build_mention(sentence, noun, case="datv")
            else:
                cue.mention = _by_whom(sentence, index, noun)
            if cue.mention:
                yield cue
            break


def _possessive_mention(sentence: ParsedSentence, index: int) -> Mention:
    lower = sentence.lowers[index]
    kind, gender = MentionKind.PRONOUN, POSSESSIVES[lower]
    return Mention(sentence, index, index + 1, kind, lower, "gent", gender, is_plural=lower == "их")


def _by_whom(sentence: ParsedSentence, start: int, noun: int) -> Mention | None:
    lowers = sentence.lowers
    if noun == start + 2:
        possessive = lowers[start + 1]
        if possessive in POSSESSIVES:
            return _possessive_mention(sentence, start + 1)
        if sentence.parses[start + 1].pos not in {"ADJ", "DET"}:
            return None
    head = _head_of_phrase(sentence, noun + 1)
    if head is None:
        return None
    if lowers[head].startswith("котор"):
        return _antecedent(sentence, head)
    return build_mention(sentence, head, case="gent")
