"""Finds statements in subordinate clauses: `X заявил, что …`, `рассказал, как …`, `пообещал построить …`."""

import re
from collections.abc import Sequence

from claims.extraction.russian.cue_words import CARRIER_VERBS, Form, word_set
from claims.extraction.russian.cues import PASSIVE_VERBS, Cue, CueKind
from claims.extraction.russian.name_runs import ORGANIZATION, PERSON
from claims.extraction.russian.parsing.parsed_sentences import ParsedSentence
from claims.extraction.russian.reported.contents import build, sentence_end
from claims.extraction.russian.statements import Pattern, Statement

THAT_WORDS = word_set("что будто")
# They belong to the content.
PURPOSE_WORDS = word_set("чтобы якобы")
QUESTION_WORDS = word_set(
    "как почему зачем когда где куда откуда сколько кто какой какая какое какие чем насколько каким какую чего"
)
QUESTION_VERBS = word_set(
    """
    рассказать рассказывать объяснить объяснять пояснить пояснять сообщить сообщать уточнить уточнять описать описывать
    напомнить поведать спросить спрашивать поинтересоваться интересоваться раскрыть разъяснить сказать назвать говорить
    """
)
INFINITIVE_VERBS = word_set(
    """
    обещать пообещать пригрозить грозить угрожать клясться поклясться попросить просить призвать призывать посоветовать
    советовать рекомендовать порекомендовать потребовать требовать предложить предлагать велеть приказать поручить
    поручать намерен намерена намерены надеяться рассчитывать
    """
)
BEFORE_INFINITIVE = word_set("не обязательно скоро никогда вскоре лично ничего никого никому")
SUBORDINATORS = word_set("хотя когда поскольку если пока")
# They begin what the reporter concludes or adds.
CONCLUSIONS = re.compile(r",\s+(?=так что\b|хотя\b)|,\s+(?=а (?:по|согласно) )")
COORDINATORS = frozenset({"и", "а", "но"})
MAX_WORDS_TO_CLAUSE = 40
MAX_WORDS_TO_INFINITIVE = 12


def find_clause(text: str, cue: Cue, following: Sequence[Cue]) -> Statement | None:
    if cue.kind is CueKind.BY:
        return None
    conjunction = _find_conjunction(cue, following)
    words, lowers = cue.sentence.source.words, cue.sentence.lowers
    if conjunction is None:
        return None
    start = words[conjunction].span.end if lowers[conjunction] in THAT_WORDS else words[conjunction].span.start
    return build(text, cue, start, _clause_end(text, cue, conjunction, following), Pattern.THAT)


def _find_conjunction(cue: Cue, following: Sequence[Cue]) -> int | None:
    sentence, lowers = cue.sentence, cue.sentence.lowers
    next_cue = min(
        (other.start for other in following if other.is_finite and other.start >= cue.end), default=len(lowers)
    )
    asks = cue.word is not None and cue.word.lemma in QUESTION_VERBS
    for index in range(cue.end, min(len(lowers) - 1, cue.end + MAX_WORDS_TO_CLAUSE, next_cue)):
        lower = lowers[index]
        if lower in {";", "?", "!"}:
            return None
        if index > cue.end and lowers[index - 1] not in {",", "том", "то", "—"}:
            continue
        is_that = lower in THAT_WORDS or lower in PURPOSE_WORDS
        is_question = asks and (lower in QUESTION_WORDS or lowers[index + 1] == "ли")
        if (is_that or is_question) and (index <= cue.end + 1 or _introduces(sentence, cue, index, is_that=is_that)):
            return index
    return None


def _introduces(sentence: ParsedSentence, cue: Cue, index: int, *, is_that: bool) -> bool:
    """Whether a conjunction some words behind a cue begins its clause, not that of another verb."""
    if cue.head in sentence.ancestors(index):
        return True
    between = sentence.parses[cue.end : index]
    return is_that and not any(p.pos == "VERB" and p.feats.get("VerbForm") == "Fin" for p in between)


def _clause_end(text: str, cue: Cue, conjunction: int, following: Sequence[Cue]) -> int:
    """Return where the clause behind a conjunction ends: with the sentence, or before what goes on without it."""
    sentence, words = cue.sentence, cue.sentence.source.words
    is_subordinate = not SUBORDINATORS.isdisjoint(sentence.lowers[max(0, cue.start - 6) : cue.start])
    is_relative = any(lower.startswith("котор") for lower in sentence.lowers[max(0, cue.start - 4) : cue.start])
    if is_subordinate or is_relative or (cue.word and cue.word.form in {Form.PARTICIPLE, Form.GERUND}):
        end = _end_before_main_clause(cue, conjunction)
        if end is not None:
            return end
    for other in following:
        if other.start > conjunction and other.kind is CueKind.BY and sentence.lowers[other.start - 1] == ":":
            return words[other.start - 1].span.start  # `сомневается, что …: по его мнению, …`
        if other.start > conjunction and (_is_joined(cue, other) or is_carrier(other)):
            cut = _start_of_group(sentence, other, conjunction)
            if cut > conjunction + 1:
                return words[cut - 1].span.start
    end = sentence_end(sentence)
    conclusion = CONCLUSIONS.search(text, words[conjunction].span.end, end)
    return conclusion.start() if conclusion else end


def _end_before_main_clause(cue: Cue, conjunction: int) -> int | None:
    """`Министр, заявивший, что …, уехал`: the clause ends with what depends on its cue."""
    sentence, words = cue.sentence, cue.sentence.source.words
    inside = [index for index in range(conjunction, len(words)) if cue.head in sentence.ancestors(index)]
    if not inside:
        return None
    rest = range(inside[-1] + 1, len(words))
    comma = next((index for index in rest if words[index].text in ",—–"), None)
    has_main_verb = any(
        sentence.parses[index].pos == "VERB" and sentence.parses[index].feats.get("VerbForm") == "Fin" for index in rest
    )
    return words[comma].span.start if comma is not None and has_main_verb else None


def _is_joined(cue: Cue, other: Cue) -> bool:
    """Whether another cue is beside the first, not within what it introduces: `заявил, что …, и добавил, что …`."""
    if not other.is_finite:
        return False
    sentence, parse = cue.sentence, cue.sentence.parses[other.head]
    if COORDINATORS.isdisjoint(sentence.lowers[max(0, other.start - 3) : other.start]):
        return False
    shares = other.mention is not None and cue.mention is not None and other.mention.start == cue.mention.start
    return shares or (parse.head == cue.head and parse.rel == "conj") or _begins_with_another(other)


def _begins_with_another(cue: Cue) -> bool:
    """Whether somebody else speaks after the comma: `заявил, что …, а Иванов усомнился в этом`."""
    mention, lowers = cue.mention, cue.sentence.lowers
    if mention is None or mention.entity not in {PERSON, ORGANIZATION} or mention.start >= cue.start:
        return False
    first = mention.role[0] if mention.role else mention.start
    return lowers[max(0, first - 2) : first] in ([",", "а"], [",", "но"])


def is_carrier(cue: Cue) -> bool:
    """Whether a cue behind a comma names who passes something on: `…, сообщает ТАСС`."""
    if cue.word is None or cue.word.lemma not in CARRIER_VERBS | PASSIVE_VERBS or cue.mention is None:
        return False
    return _is_in_parenthesis(cue)


def _is_in_parenthesis(cue: Cue) -> bool:
    before = cue.sentence.lowers[max(0, cue.start - 2) : cue.start]
    follows = cue.mention is not None and cue.start <= cue.mention.start <= cue.end + 3
    return follows and not {",", "—", "–"}.isdisjoint(before)


def _start_of_group(sentence: ParsedSentence, cue: Cue, conjunction: int) -> int:
    """Return the first word of what another cue begins: behind its «и», or behind the comma."""
    lowers = sentence.lowers
    near = [i for i in range(max(conjunction + 1, cue.start - 4), cue.start) if lowers[i] in COORDINATORS]
    cut = cue.start
    while cut > conjunction + 1 and lowers[cut - 1] not in {",", "—", "–", ";"}:
        cut -= 1
    return near[-1] + 1 if near and near[-1] > cut else cut


def find_infinitive(text: str, cue: Cue, following: Sequence[Cue]) -> Statement | None:
    if cue.word is None or cue.word.lemma not in INFINITIVE_VERBS or not cue.is_finite or cue.mention is None:
        return None
    if cue.word.form is Form.ADJECTIVE and any(_is_in_parenthesis(other) for other in following):
        return None  # `Защита намерена обжаловать приговор, добавил Лунин`
    sentence, lowers = cue.sentence, cue.sentence.lowers
    near = range(cue.end, min(len(lowers), cue.end + MAX_WORDS_TO_INFINITIVE))
    infinitive = next((i for i in near if sentence.parses[i].feats.get("VerbForm") == "Inf"), None)
    if infinitive is None or not {",", ":", "«"}.isdisjoint(lowers[cue.end : infinitive]):
        return None
    while infinitive > cue.end and lowers[infinitive - 1] in BEFORE_INFINITIVE:
        infinitive -= 1
    start = sentence.source.words[infinitive].span.start
    return build(text, cue, start, _clause_end(text, cue, infinitive, following), Pattern.INFINITIVE)
