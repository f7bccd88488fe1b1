"""Finds statements around a cue that stands in parenthesis: `…, сообщает ТАСС`, `как сообщил X, …`, `по словам X`."""

from collections.abc import Sequence

from claims.extraction.quotation import Act, MentionKind, Span
from claims.extraction.russian.cue_words import word_set
from claims.extraction.russian.cues import Cue, CueKind
from claims.extraction.russian.parsing.parsed_sentences import ParsedSentence
from claims.extraction.russian.reported.clauses import COORDINATORS, THAT_WORDS
from claims.extraction.russian.reported.contents import build, sentence_end, trim
from claims.extraction.russian.statements import Pattern, Statement

# They join a sentence to the one before and say nothing.
LINKS = word_set(
    "при этом кроме того однако также между тем впрочем но а и более того теперь ранее сейчас в то же время так тем не "
    "менее вместе с позже затем потом наконец сегодня вчера напротив наоборот поэтому итак"
)
BETWEEN_HOW_AND_CUE = word_set("ранее уже позже и вчера сегодня накануне сам сама нам ему")
COMMAS = frozenset({",", "—", "–", "-", "("})
CLOSING_COMMAS = frozenset({",", "—", "–", ")"})
MAX_GROUP_WORDS = 12
MIN_CLAUSE_WORDS = 2
MAX_WORDS_TO_COMMA = 14
MIN_TAIL_WORDS = 3


def find_parenthesis(text: str, cue: Cue, earlier: Sequence[Cue]) -> Statement | None:
    sentence, lowers, mention = cue.sentence, cue.sentence.lowers, cue.mention
    start, is_marked = _group_start(cue)
    if start is None or mention is None or not cue.is_finite:
        return None
    # `Мэр поручил проверить склады, сообщила его пресс-служба`: what was ordered is a part of that.
    is_second = any(
        other.is_used and other.kind is not CueKind.BY and other.start < start
        for other in earlier
        if other.act is not Act.OTHER or sentence.source.speeches
    )
    comma = _next_comma(sentence, max(cue.end, mention.end))
    introduces_clause = comma is not None and not THAT_WORDS.isdisjoint(lowers[comma + 1 : comma + 2])
    if introduces_clause or (is_second and not is_marked):
        return None
    begin, end = sentence.source.span.start, sentence_end(sentence)
    words = sentence.source.words
    before = [lower for lower in lowers[:start] if lower.isalnum()]
    if lowers[start - 1 : start] == [":"] or all(lower in LINKS for lower in before):
        # `Как сообщил X, …`, `Между тем, утверждает X, …`, `…: как сообщил X, …`
        is_first = comma is not None and (is_marked or (start > 0 and lowers[start - 1] in COMMAS))
        return build(text, cue, words[comma].span.start, end, Pattern.PARENTHESIS) if is_first and comma else None
    is_short_clause = not is_marked and len(before) < MIN_CLAUSE_WORDS
    if lowers[start - 1] not in COMMAS or (is_short_clause and comma is None):
        return None
    if comma is None or (not is_short_clause and _ends_with_group(sentence, comma, is_marked=is_marked)):
        return build(text, cue, begin, words[start - 1].span.start, Pattern.PARENTHESIS)
    is_short = is_marked or comma - start <= MAX_GROUP_WORDS
    return _build_around(text, cue, start, comma) if is_short else None


def _build_around(text: str, cue: Cue, start: int, comma: int) -> Statement | None:
    """Return the statement around a parenthesis, from whose first word to the comma nothing belongs to it."""
    words = cue.sentence.source.words
    before = Span(cue.sentence.source.span.start, words[start - 1].span.start)
    behind = trim(text, Span(words[comma].span.end, sentence_end(cue.sentence)))
    statement = build(text, cue, before.start, sentence_end(cue.sentence), Pattern.PARENTHESIS)
    first = trim(text, before)
    if statement is None or first is None or behind is None or len(statement.content) > 1:
        return statement
    statement.content = [first, behind]
    return statement


def _group_start(cue: Cue) -> tuple[int | None, bool]:
    """Return the first word of the parenthesis, and whether «как» or «о чём» marks it as one."""
    lowers, mention = cue.sentence.lowers, cue.mention
    if mention is None:
        return None, False
    start = min(cue.start, mention.role[0] if mention.role else mention.start)
    if "," in lowers[start : cue.start]:
        start = cue.start
    for position in range(start - 1, max(-1, start - 4), -1):
        if lowers[position] == "как":
            return position, True
        if lowers[position] in {"чём", "чем"} and position and lowers[position - 1] == "о":
            return position - 1, True
        if lowers[position] not in BETWEEN_HOW_AND_CUE:
            break
    if mention.start < cue.start and mention.kind is not MentionKind.PRONOUN:
        # `…, ТАСС сообщает.`: more often, what precedes a subject is a clause of its own.
        is_last = cue.end >= len(lowers) - 1 and mention.end == cue.start
        return (start if is_last else None), False
    return start, False


def _next_comma(sentence: ParsedSentence, index: int) -> int | None:
    words = sentence.source.words
    return next((i for i in range(index, len(words)) if words[i].text in CLOSING_COMMAS), None)


def _ends_with_group(sentence: ParsedSentence, comma: int, *, is_marked: bool) -> bool:
    """Whether nothing behind a parenthesis belongs to the statement: the end, or more about who said it."""
    tail = sentence.lowers[comma + 1 :]
    count = sum(lower.isalnum() for lower in tail)
    if count == 0:
        return True
    if is_marked:
        return False
    parse = sentence.parses[comma + 1]
    is_addition = parse.feats.get("VerbForm") in {"Conv", "Part"} or any(
        lower.startswith("котор") for lower in tail[:3]
    )
    return count < MIN_TAIL_WORDS or is_addition


def find_according_to(text: str, cue: Cue, cues: Sequence[Cue]) -> Statement | None:
    """`По словам X, …`, `…, по словам X`; `…, по мнению X, …` is a part of its own content."""
    sentence, words, lowers = cue.sentence, cue.sentence.source.words, cue.sentence.lowers
    mention = cue.mention
    is_behind_colon = cue.start > 0 and lowers[cue.start - 1] == ":"
    if mention is None or (not is_behind_colon and any(other.is_used and other.start < cue.start for other in cues)):
        return None
    begin, end = sentence.source.span.start, sentence_end(sentence)
    if mention.start < cue.start and lowers[cue.end : cue.end + 1] and lowers[cue.end].startswith("котор"):
        # `X, по словам которого, …`
        return build(text, cue, words[min(len(words), cue.end + 1) - 1].span.end, end, Pattern.BY)
    last = max(cue.end, mention.end)
    near = range(last, min(len(words), last + MAX_WORDS_TO_COMMA))
    comma = next((i for i in near if words[i].text in {",", "—", "–"}), None)
    before = [lower for lower in lowers[: cue.start] if lower.isalnum()]
    # `…, и, по словам X, …`: another clause than the one before.
    begins_clause = lowers[cue.start - 1 : cue.start] == [","] and not COORDINATORS.isdisjoint(
        lowers[max(0, cue.start - 2) : cue.start]
    )
    if all(lower in LINKS for lower in before) or ((is_behind_colon or begins_clause) and comma is not None):
        # Without a comma: `По данным ведомства на дороге застряли сорок машин`.
        first = comma if comma is not None else last
        return build(text, cue, words[first].span.start, end, Pattern.BY) if first < len(words) - 1 else None
    if comma is None or comma >= len(words) - 2:
        return build(text, cue, begin, words[cue.start - 1].span.end, Pattern.BY)
    return build(text, cue, begin, end, Pattern.BY)
