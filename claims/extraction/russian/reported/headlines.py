"""Finds what a headline says that somebody said: `Ильюшина: ставка останется прежней`, `Ставка не изменится — ЦБ`."""

from claims.extraction.quotation import Act, MentionKind, Span
from claims.extraction.russian.mentions import Mention, build_mention
from claims.extraction.russian.name_runs import ORGANIZATION, PERSON
from claims.extraction.russian.parsing.morphology import analyze
from claims.extraction.russian.parsing.parsed_sentences import ParsedSentence
from claims.extraction.russian.reported.contents import classify, sentence_end, trim
from claims.extraction.russian.statements import Pattern, Statement

MAX_WORDS = 20
MAX_SPEAKER_WORDS = 5
MIN_CONTENT_WORDS = 3
SENTENCE_MARKS = frozenset(".!?…")


def is_headline(words: list[str]) -> bool:
    """Whether a line may name a speaker and what was said, and ends without a full stop."""
    if not MIN_CONTENT_WORDS < len(words) <= MAX_WORDS or words[-1] in SENTENCE_MARKS:
        return False
    return ":" in words[1 : MAX_SPEAKER_WORDS + 1] or not {"—", "–"}.isdisjoint(words[-MAX_SPEAKER_WORDS - 1 :])


def find_headline(text: str, sentence: ParsedSentence) -> list[Statement]:
    words = sentence.source.words
    texts = [word.text for word in words]
    if not is_headline(texts) or sentence.source.speeches:
        return []
    if ":" in texts[1 : MAX_SPEAKER_WORDS + 1]:
        mark = texts.index(":")
        mention = _mention_within(sentence, 0, mark)
        content = trim(text, Span(words[mark].span.end, sentence_end(sentence)))
    else:
        mark = max(index for index, word in enumerate(texts) if word in {"—", "–"})
        mention = _mention_within(sentence, mark + 1, len(texts))
        content = trim(text, Span(sentence.source.span.start, words[mark].span.start))
    if mention is None or content is None or len(content.of(text).split()) < MIN_CONTENT_WORDS:
        return []
    kind, spans = classify(text, [], content)
    cue = words[mark].span
    return [Statement(sentence, spans, kind, Act.SPEECH, Pattern.LABEL, cue, mention)]


def _mention_within(sentence: ParsedSentence, start: int, end: int) -> Mention | None:
    """Return the name, or the noun for people, that all of these words are."""
    if start >= end:
        return None
    run = next((run for run in sentence.names if start <= run.start and run.end == end), None)
    if run and run.type in {PERSON, ORGANIZATION}:
        return build_mention(sentence, run.start)
    lower = sentence.lowers[start]
    if end - start == 1 and any("Surn" in reading.tag for reading in analyze(lower)):
        return Mention(sentence, start, end, MentionKind.NAME, lower, entity=PERSON)
    heads = [index for index in range(start, end) if sentence.parses[index].feats.get("Animacy") == "Anim"]
    if not heads or sentence.parses[heads[0]].feats.get("Case") != "Nom":
        return None
    mention = build_mention(sentence, heads[0])
    return mention if mention.end == end else None
