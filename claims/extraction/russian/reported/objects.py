"""Finds statements in objects of verbs: `ожидает роста цен`, `заявил о нарушениях`, `считает решение ошибкой`."""

from collections.abc import Iterator, Sequence

from claims.extraction.russian.cue_words import word_set
from claims.extraction.russian.cues import Cue
from claims.extraction.russian.mentions import lemma_of
from claims.extraction.russian.parsing.parsed_sentences import ParsedSentence
from claims.extraction.russian.reported.contents import build
from claims.extraction.russian.statements import Pattern, Statement
from claims.extraction.russian.subjects import is_animate

# With «о»; what somebody tells about («рассказал о детстве») is a topic, no statement.
ABOUT_VERBS = word_set("заявить заявлять предупредить предупреждать")
OBJECT_VERBS = word_set(
    """
    ожидать прогнозировать спрогнозировать предсказать предсказывать опасаться исключить исключать подтвердить
    подтверждать опровергнуть опровергать отрицать обещать пообещать пророчить гарантировать
    """
)
# People wait for trains as well; who waits for one of these expects it.
WAITING_VERBS = word_set("ждать")
CHANGES = word_set(
    """
    рост падение снижение повышение увеличение сокращение ускорение замедление подорожание удорожание удешевление
    укрепление ослабление спад подъём подъем ухудшение улучшение потепление похолодание обострение скачок приток отток
    дефицит кризис
    """
)
NAMING_VERBS = word_set("считать счесть посчитать полагать признать признавать")
ABOUT = frozenset({"о", "об", "обо"})
OBJECT_RELATIONS = frozenset({"obj", "iobj", "obl", "xcomp"})
OBJECT_CASES = frozenset({"Acc", "Gen"})
# «сообщил об этом» refers to what was said before; «подтвердил своё участие» is left to the words in marks.
REFERRING_WORDS = word_set("этом том чем чём нём всём всем себе нем это то")
ENDS = frozenset({":", ";", "«", "»", "—", "–", "(", '"', "“", "”"})


def find_object(text: str, cue: Cue, following: Sequence[Cue]) -> Statement | None:
    lemma = cue.word.lemma if cue.word else ""
    if cue.mention is None or not cue.has_speaker:
        return None
    sentence = cue.sentence
    if lemma in ABOUT_VERBS:
        heads = list(_objects(sentence, cue, with_about=True))[:1]
    elif lemma in OBJECT_VERBS:
        heads = [head for head in _objects(sentence, cue) if sentence.parses[head].feats.get("Case") in OBJECT_CASES]
        heads = [head for head in heads if not is_animate(sentence, head)][:1]
    elif lemma in WAITING_VERBS:
        heads = [head for head in _objects(sentence, cue) if lemma_of(sentence.lowers[head]) in CHANGES][:1]
    elif lemma in NAMING_VERBS:
        heads = list(_objects(sentence, cue))
        cases = {sentence.parses[head].feats.get("Case") for head in heads}
        heads = heads if "Ins" in cases and cases & OBJECT_CASES else []
    else:
        return None
    if not heads:
        return None
    start, end = _extent(sentence, cue, heads, following)
    if start >= end:
        return None
    words = sentence.source.words
    return build(text, cue, words[start].span.start, words[end - 1].span.end, Pattern.OBJECT)


def _objects(sentence: ParsedSentence, cue: Cue, *, with_about: bool = False) -> Iterator[int]:
    """Yield the nouns and adjectives behind a cue that depend on it, with «о» or without a preposition."""
    for child in sentence.children[cue.head]:
        parse, lower = sentence.parses[child], sentence.lowers[child]
        if child < cue.end or parse.rel not in OBJECT_RELATIONS or parse.pos not in {"NOUN", "PROPN", "ADJ"}:
            continue
        if lower in REFERRING_WORDS or (cue.mention and cue.mention.start <= child < cue.mention.end):
            continue
        prepositions = {sentence.lowers[i] for i in sentence.children[child] if sentence.parses[i].rel == "case"}
        if bool(prepositions & ABOUT) if with_about else not prepositions:
            yield child


def _extent(sentence: ParsedSentence, cue: Cue, heads: Sequence[int], following: Sequence[Cue]) -> tuple[int, int]:
    """Return the words that depend on the heads, up to where another cue or speech begins."""
    lowers = sentence.lowers
    limit = min((other.start for other in following if other.start > cue.end), default=len(lowers))
    mention = cue.mention
    inside = [
        index
        for index in range(cue.end, limit)
        if (index in heads or not set(heads).isdisjoint(sentence.ancestors(index)))
        and lowers[index] not in ABOUT
        and not (mention and mention.start <= index < mention.end)
    ]
    start = min(inside)
    end = start
    while end < limit and lowers[end] not in ENDS and (end <= max(inside) or lowers[end] == "."):
        end += 1
    return start, end
