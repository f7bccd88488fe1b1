"""Finds the subject of a cue: whom a verb is about."""

from claims.extraction.russian.cue_words import CueWord, Form, word_set
from claims.extraction.russian.mentions import PERSONAL_PRONOUNS, Mention
from claims.extraction.russian.name_runs import ORGANIZATION, PERSON, NameRun
from claims.extraction.russian.names import Case, Gender, nominative
from claims.extraction.russian.parsing.morphology import analyze
from claims.extraction.russian.parsing.parsed_sentences import ParsedSentence

JOINED = frozenset({"conj", "xcomp", "advcl"})
MAX_WORDS_TO_SUBJECT = 8
QUANTITIES = word_set("большинство меньшинство часть ряд половина треть четверть множество")  # also of a plural verb
WEEKDAYS = word_set("понедельник вторник среду четверг пятницу субботу воскресенье")
NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
# A word with one of these relations belongs to another phrase.
DEPENDENT = frozenset({"nmod", "amod", "case", "det", "appos", "flat:name", "flat", "obl", "iobj"})


def find_subject(sentence: ParsedSentence, cue: int, word: CueWord) -> int | None:
    """Return the word that is the subject of a cue."""
    if word.form is Form.PARTICIPLE:
        return _described_noun(sentence, cue)
    candidates = [cue] if word.form is Form.FINITE else [cue, *sentence.ancestors(cue)]
    for index in candidates:
        if (subject := _own_subject(sentence, index, word)) is not None:
            return subject
    if (subject := _shared_subject(sentence, cue, word)) is not None or word.form is Form.INFINITIVE:
        return subject
    nearest = _nearest_nominative(sentence, cue, word)
    return nearest if nearest is not None else _earlier_subject(sentence, cue, word)


def gender_without_subject(sentence: ParsedSentence, cue: int, word: CueWord) -> str:
    """Return the gender of a verb whose sentence leaves out the subject (`Также отметила, что …`), else nothing."""
    if word.form is not Form.FINITE or word.gender not in {"masc", "femn"} or cue > MAX_WORDS_TO_SUBJECT:
        return ""
    end = next((i for i in range(cue, len(sentence.lowers)) if sentence.lowers[i] in {",", ":", "«"}), cue)
    is_left_out = not any(
        sentence.name_at(index) is not None
        or sentence.lowers[index] in PERSONAL_PRONOUNS
        or (parse.pos != "DET" and parse.feats.get("Case") == "Nom")
        for index, parse in enumerate(sentence.parses[:end])
    )
    return word.gender if is_left_out else ""


def is_animate(sentence: ParsedSentence, index: int) -> bool:
    lower = sentence.lowers[index]
    if sentence.name_at(index) is not None or lower in PERSONAL_PRONOUNS:
        return True
    return any({"anim", "NOUN"} <= reading.tag for reading in analyze(lower)[:2])


def _described_noun(sentence: ParsedSentence, participle: int) -> int | None:
    """`Иванов, заявивший`: what a participle belongs to."""
    head = sentence.parses[participle].head
    if 0 <= head < participle and sentence.parses[head].pos in NOUNS:
        return head
    before = participle - (2 if participle and sentence.lowers[participle - 1] == "," else 1)
    if before < 0 or sentence.parses[before].pos not in NOUNS:
        return None
    run = sentence.name_at(before)
    return run.start if run else before


def _shared_subject(sentence: ParsedSentence, cue: int, word: CueWord) -> int | None:
    """Of verbs that are joined, the first has the subject: `Иванов приехал и заявил`."""
    seen = cue
    for index in sentence.ancestors(cue):
        if sentence.parses[seen].rel not in JOINED or (index > cue and sentence.parses[seen].rel == "conj"):
            return None
        number = sentence.parses[index].feats.get("Number")
        if word.form is Form.FINITE and number and (number == "Plur") != word.is_plural:
            return None
        if (subject := _own_subject(sentence, index, word)) is not None:
            return subject
        seen = index
    return None


def _earlier_subject(sentence: ParsedSentence, cue: int, word: CueWord) -> int | None:
    """Return the subject of an earlier verb that agrees with a cue behind «и» or «:»: `спустился щёголь … и сказал`."""
    if {"и", "а", "но", "затем", "потом", ":"}.isdisjoint(sentence.lowers[max(0, cue - 3) : cue]):
        return None
    for index in range(cue - 1, -1, -1):
        is_subject = sentence.parses[index].rel == "nsubj" and is_animate(sentence, index)
        if is_subject and _agrees(sentence, index, word):
            return index
    return None


def _own_subject(sentence: ParsedSentence, index: int, word: CueWord) -> int | None:
    subjects = [
        child
        for child in sentence.children[index]
        if sentence.parses[child].rel in {"nsubj", "nsubj:pass"}
        and "что" not in sentence.lowers[index:child]
        and _agrees(sentence, child, word)
    ]
    return min(subjects, key=lambda child: abs(child - index), default=None)


def _agrees(sentence: ParsedSentence, index: int, word: CueWord) -> bool:
    """Whether a noun agrees with a cue as its subject does."""
    parse, lower = sentence.parses[index], sentence.lowers[index]
    if not (parse.pos in {*NOUNS, "ADJ", "DET", "NUM"} or parse.feats.get("VerbForm") == "Part") or (
        lower in {"что", "это", "то", "всё", "все"} and parse.pos != "NOUN"
    ):
        return False
    run = sentence.name_at(index)
    is_declined = parse.pos in {"NOUN", "ADJ", "VERB"} or (run is not None and run.type == ORGANIZATION)
    if is_declined and parse.feats.get("Case", "Nom") != "Nom" and not _is_same_as_nominative(sentence, index):
        return False
    if lower in PERSONAL_PRONOUNS and word.gender:
        return PERSONAL_PRONOUNS[lower] in {"", word.gender}
    if word.form is not Form.FINITE or (run and not (run.type == ORGANIZATION and word.is_plural)):
        return True
    is_plural = parse.feats.get("Number") == "Plur"
    is_joined = any(sentence.parses[child].rel == "conj" for child in sentence.children[index])
    if word.is_plural:
        return is_plural or lower in QUANTITIES or is_joined or parse.pos == "NUM" or parse.feats.get("Number") is None
    return not is_plural


def _is_same_as_nominative(sentence: ParsedSentence, index: int) -> bool:
    """Whether the tagger took for an accusative what the parser knows for a subject: `резюмирует журнал`."""
    parse = sentence.parses[index]
    is_subject = parse.rel == "nsubj" and parse.feats.get("Case") == "Acc"
    return is_subject and any({"NOUN", "nomn"} <= reading.tag for reading in analyze(sentence.lowers[index]))


def _nearest_nominative(sentence: ParsedSentence, cue: int, word: CueWord) -> int | None:
    """Return a name, a pronoun or a noun beside a cue that can be its subject where the parser found none."""
    for step in (1, -1):
        for index in range(cue + step, cue + step * (MAX_WORDS_TO_SUBJECT + 1), step):
            if not 0 <= index < len(sentence.parses) or _ends_clause(sentence, index):
                break
            parse, run = sentence.parses[index], sentence.name_at(index)
            is_nominative = parse.pos in NOUNS and parse.feats.get("Case") == "Nom"
            is_name = run is not None and (
                parse.rel != "nmod" if run.type == PERSON else _is_behind_verb(sentence, run, cue, word)
            )
            if _is_described(sentence, index, word):
                return index
            if is_nominative and (is_name or parse.rel not in DEPENDENT) and _agrees(sentence, index, word):
                return run.start if run else index
            if run and run.type == PERSON and not is_nominative and _can_be_nominative(sentence, run, word):
                return run.start
    return None


def _is_behind_verb(sentence: ParsedSentence, run: NameRun, cue: int, word: CueWord) -> bool:
    """Whether an organization stands behind a verb, next to it or in marks: `объявило в среду «Динамо»`."""
    if run.type != ORGANIZATION or word.is_plural or run.start <= cue:
        return False
    before = run.start - 2 if sentence.lowers[run.start - 1] == "«" else run.start - 1
    return before == cue or sentence.parses[before].pos == "ADV" or sentence.lowers[before] in WEEKDAYS


def _is_described(sentence: ParsedSentence, index: int, word: CueWord) -> bool:
    """Whether a participle stands for the person who spoke, without a noun: `призналась после матча разыгрывающая`."""
    forms = [reading.tag for reading in analyze(sentence.lowers[index])]
    is_before_noun = index + 1 < len(sentence.parses) and sentence.parses[index + 1].pos in {"NOUN", "PROPN", "ADJ"}
    return (
        bool(word.gender)
        and bool(forms)
        and all({"PRTF", "nomn", word.gender} <= form for form in forms)
        and not is_before_noun
    )


def _ends_clause(sentence: ParsedSentence, index: int) -> bool:
    return sentence.source.words[index].text in ",:;.!?…—–()" or sentence.parses[index].pos in {"VERB", "SCONJ"}


def _can_be_nominative(sentence: ParsedSentence, run: NameRun, word: CueWord) -> bool:
    """Whether a name that the tagger took for another case can be the subject: `заверила нас Власова`."""
    before = sentence.parses[run.start - 1] if run.start else None
    if before and before.pos == "ADP":
        return False
    if before and before.feats.get("Case", "Nom") != "Nom" and sentence.parses[run.start].head == run.start - 1:
        return False
    words = [word.text for word in sentence.source.words[run.start : run.end]]
    gender = Gender(word.gender) if word.gender in {"masc", "femn"} else None
    name = nominative(words, case=Case.NOMINATIVE, gender=gender)
    return name.text.lower().split() == " ".join(words).replace(" .", ".").lower().split()


def name_behind_role(sentence: ParsedSentence, head: int, mention: Mention, word: CueWord) -> int | None:
    """Return a full name that ends a role, and could be the nominative: `профессор института Наиля Юсупова`."""
    run = next((run for run in sentence.names if head < run.start and run.end == mention.end), None)
    run = run or next((run for run in sentence.names if run.start == mention.end), None)
    if run is None or run.type != PERSON:
        return None
    if run.start - 1 == head:  # `водитель Бахтиёр`, whose case the tagger mistook
        return run.start if _can_be_nominative(sentence, run, word) else None
    if run.end - run.start < 2 or run.start - 1 < head:
        return None
    if is_animate(sentence, run.start - 1) or not is_animate(sentence, head):
        return None
    readings = [reading.tag for reading in analyze(sentence.lowers[run.start]) if "Name" in reading.tag]
    genders = {"masc", "femn"} & {word.gender}
    is_nominative = any("nomn" in tag and genders <= tag for tag in readings)
    return run.start if is_nominative or _can_be_nominative(sentence, run, word) else None
