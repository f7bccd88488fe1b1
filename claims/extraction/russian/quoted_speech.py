"""Attributes speech that stands in marks or after dashes to the cues around it."""

import re
from collections.abc import Sequence

from claims.extraction.quotation import Act, Kind, MentionKind
from claims.extraction.russian.cue_words import Form
from claims.extraction.russian.cues import Cue, CueKind, is_denied
from claims.extraction.russian.mentions import Mention, build_mention
from claims.extraction.russian.name_runs import ORGANIZATION, PERSON
from claims.extraction.russian.parsing.parsed_sentences import ParsedSentence
from claims.extraction.russian.sentences import Speech
from claims.extraction.russian.statements import Pattern, Statement
from claims.extraction.russian.subjects import is_animate

BEHIND = re.compile(r"[\s,.!?…]*(?:[—–―-]|,)\s*")
MAX_WORDS_TO_CUE = 18
MAX_WORDS_WITHOUT_DASH = 6
LABEL_OF_ANSWERS = "ответ"
INITIALS = re.compile(r"([а-яё])\.([а-яё])\.?")
LABELS_OF_QUESTIONS = frozenset(
    ["вопрос", "корреспондент", "корр", "журналист", "ведущий", "ведущая", "автор", "редакция", "интервьюер"]
)
CLAUSE_WORDS = frozenset({"что", "который", "которые", "которую", "которая", "если"})


def attribute_speech(text: str, sentence: ParsedSentence, cues: Sequence[Cue]) -> list[Statement]:
    """Return the statements of the speech in a sentence, or that it interrupts; marks speech and cues as used."""
    if interrupted := sentence.source.interrupts:
        return _attribute_interrupted(sentence, interrupted, cues)
    statements: list[Statement] = []
    for speech in sentence.source.speeches:
        if speech.is_used or not speech.parts:
            continue
        if speech.is_label and sentence.lowers[0] in LABELS_OF_QUESTIONS:
            speech.is_used = True  # nobody states what is asked
            continue
        found = _find_attribution(text, sentence, speech, cues)
        if found is None:
            continue
        cue, mention, pattern = found
        last = statements[-1] if statements else None
        if last and cue and last.cue == cue.span:
            last.content += speech.parts
        else:
            statements.append(_build(sentence, speech, cue, mention, pattern))
        speech.is_used = True
        if cue:
            cue.is_used = True
            if pattern is Pattern.COLON and text[: speech.outer.start].rstrip().endswith(":"):
                cue.colon = text.rindex(":", 0, speech.outer.start)
    return statements


def _attribute_interrupted(sentence: ParsedSentence, speech: Speech, cues: Sequence[Cue]) -> list[Statement]:
    if speech.is_used or not speech.parts:
        return []
    cue = next(iter(cues), None)
    mention = cue.mention if cue and cue.mention else _subject_without_cue(sentence, 0)
    speech.is_used = True
    if cue:
        cue.is_used = True
    return [_build(sentence, speech, cue, mention, Pattern.INTERRUPTION)]


def _build(
    sentence: ParsedSentence, speech: Speech, cue: Cue | None, mention: Mention | None, pattern: Pattern
) -> Statement:
    # Who is quoted has spoken; only a denial leaves that open.
    act = Act.OTHER if cue and is_denied(cue) else Act.SPEECH
    outlet = sentence.source.text_span(cue.outlet.start, cue.outlet.end) if cue and cue.outlet else None
    statement = Statement(
        sentence, list(speech.parts), Kind.DIRECT, act, pattern, cue.span if cue else None, mention, outlet
    )
    statement.gender_without_subject = cue.gender_without_subject if cue else ""
    return statement


Attribution = tuple[Cue | None, Mention | None, Pattern]


def _find_attribution(text: str, sentence: ParsedSentence, speech: Speech, cues: Sequence[Cue]) -> Attribution | None:
    words = sentence.source.words
    behind = next((index for index, word in enumerate(words) if word.span.start >= speech.outer.end), len(words))
    if behind and words[behind - 1].text == ":":
        return _before_colon(sentence, behind, cues)
    match = BEHIND.match(text, speech.outer.end, sentence.source.span.end)
    free = [cue for cue in cues if not cue.is_used]
    if match and behind < len(words) and (found := _behind_dash(sentence, behind, free)):
        return found
    before = [cue for cue in free if cue.start < behind and behind - cue.start <= MAX_WORDS_TO_CUE]
    by = [cue for cue in before if cue.kind is CueKind.BY]
    if by and words[behind - 1].text == ",":
        return by[-1], by[-1].mention, Pattern.BY
    verbs = [cue for cue in before if cue.kind is not CueKind.BY]
    if verbs and (words[behind - 1].text in {",", "—", "–", "-", "что"} or verbs[-1].mention):
        return verbs[-1], verbs[-1].mention, Pattern.COLON if words[behind - 1].text != "что" else Pattern.THAT
    near = [cue for cue in free if behind <= cue.start <= behind + MAX_WORDS_WITHOUT_DASH and cue.mention]
    return (near[0], near[0].mention, Pattern.BEHIND) if near and not behind else None


def _behind_dash(sentence: ParsedSentence, behind: int, cues: Sequence[Cue]) -> Attribution | None:
    words = sentence.source.words
    first = next((index for index in range(behind, len(words)) if words[index].text[0].isalnum()), None)
    if first is None:
        return None
    for cue in cues:
        is_near = first <= cue.start <= first + MAX_WORDS_TO_CUE
        if is_near and CLAUSE_WORDS.isdisjoint(sentence.lowers[first : cue.start]):
            return cue, cue.mention, Pattern.BEHIND
    mention = _subject_without_cue(sentence, first)
    return (None, mention, Pattern.WITHOUT_CUE) if mention else None


def _before_colon(sentence: ParsedSentence, behind: int, cues: Sequence[Cue]) -> Attribution | None:
    usable = [cue for cue in cues if cue.start < behind and not cue.is_used]
    usable = [cue for cue in usable if cue.word is None or cue.word.form is not Form.PARTICIPLE] or usable
    if usable:
        cue = usable[-1]
        if _goes_on_from_clause(sentence, cue, behind - 1):
            return None
        others = (other.mention for other in reversed(usable) if other.mention)
        cue.mention = cue.mention or next(others, None) or _mention_before(sentence, cue.start)
        return cue, cue.mention, Pattern.COLON
    mention = _label_mention(sentence, behind - 1)
    if mention is None or mention.kind is MentionKind.NAME:
        mention = _mention_before(sentence, behind - 1) or mention
    return (None, mention, Pattern.LABEL) if mention else None


def _goes_on_from_clause(sentence: ParsedSentence, cue: Cue, colon: int) -> bool:
    """Whether speech goes on with what «по словам» introduces: `По словам Лунина, вода уходит: «Видно дно»`."""
    if cue.kind is not CueKind.BY or cue.mention is None:
        return False
    between = range(max(cue.end, cue.mention.end), colon)
    return any(sentence.parses[i].pos == "VERB" for i in between) and "," in sentence.lowers[between.start : colon]


def _label_mention(sentence: ParsedSentence, end: int) -> Mention | None:
    """Return the label of a turn in a transcript, which the tagger may not take for a name."""
    if not any(speech.is_label for speech in sentence.source.speeches) or not end:
        return None
    label = "".join(sentence.lowers[:end]).rstrip(":")
    if label == LABEL_OF_ANSWERS or INITIALS.fullmatch(label):
        return Mention(sentence, 0, end, MentionKind.NOMINAL, label, is_plural=True)
    entity = ORGANIZATION if sentence.lowers[0] == "«" else PERSON
    return Mention(sentence, 0, end, MentionKind.NAME, sentence.lowers[end - 1], entity=entity)


def _mention_before(sentence: ParsedSentence, end: int) -> Mention | None:
    """Return the speaker of `Глава района Иван Лунин: «…»`, or of a verb that is no usual cue."""
    run = sentence.name_at(end - 1) if end else None
    if run and run.type in {PERSON, ORGANIZATION}:
        return build_mention(sentence, run.start)
    for index in range(end):
        parse = sentence.parses[index]
        if parse.rel == "nsubj" and parse.feats.get("Case", "Nom") == "Nom":
            mention = build_mention(sentence, index)
            if mention.entity == PERSON or mention.head in {"он", "она"}:
                return mention
    return None


def _subject_without_cue(sentence: ParsedSentence, first: int) -> Mention | None:
    """Return the person behind the dash of speech, whose verb is no usual cue or missing."""
    parses = sentence.parses
    for index in range(first, min(len(parses), first + 12)):
        if sentence.source.words[index].text in {",", ";", ":"} and index > first + 1:
            break
        run = sentence.name_at(index)
        if run and run.type == PERSON and parses[run.start].feats.get("Case", "Nom") == "Nom":
            return build_mention(sentence, run.start)
        if parses[index].rel == "nsubj" and is_animate(sentence, index):
            return build_mention(sentence, index)
    return None
