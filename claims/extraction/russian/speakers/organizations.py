"""The organizations of a text: their names in the nominative, and which of them a noun such as «ведомство» means."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from claims.extraction.russian.cue_words import word_set
from claims.extraction.russian.mentions import CASES, GENDERS, lemma_of, name_words
from claims.extraction.russian.name_runs import NameRun
from claims.extraction.russian.orthography import with_capitals_of
from claims.extraction.russian.parsing.morphology import analyze, parse_word
from claims.extraction.russian.parsing.parsed_sentences import ParsedSentence

NAME_IN_MARKS = re.compile(r"[«\"„“]\s*([^«»\"„“”]+?)\s*[»\"“”]\s*$")
UNDECLINED = re.compile(r"(?:Мин|Рос|Гос|Глав)\w+[ыи]")  # abbreviations that keep their form: «Минприроды»
MIN_STEM, MAX_ENDING = 3, 2  # letters
NOTHING: Mapping[str, int] = {}
OPENING_MARKS = frozenset('«"„“')
# What kind of organization it is, by its name and the noun before that; the first that matches counts.
KINDS = {
    kind: re.compile(pattern)
    for kind, pattern in {
        "medium": r"\b(?:тасс|риа|рбк|интерфакс\w*|рейтер)\b|агентств\w+ новост|информагентств|газет|журнал|телеканал"
        r"|издани|портал|радио",
        "ministry": r"\bмин(?!ск|ерал|и)\w+|министерств|\b(?:мид|мчс|мвд)\b",
        "club": r"клуб|\b(?:п?фк|хк|бк|вк|жфк)\b|сборн",
        "university": r"университет|академи|\w+гу\b",
        "institute": r"институт|\bнии",
        "hospital": r"больниц|клиник|госпитал|\b(?:црб|гкб)\b",
        "bank": r"банк|\bцб\b",
        "party": r"парти[яиюе]",
        "fund": r"фонд",
        "union": r"союз|ассоциаци|федераци",
        "firm": r"компани|фирм|корпораци|концерн|холдинг|предприяти|завод|комбинат|фабрик|шахт|застройщик|оператор"
        r"|производител|разработчик|перевозчик|\b(?:ооо|зао|пао|оао|ао|гк|муп|гуп|фгуп)\b",
        "public body": r"прокуратур|следств|полици|департамент|комитет|комисси|управлени|служб|инспекци|главк|палат"
        r"|\bсуд\b|администраци|мэри|правительств|\bрос(?:\w*надзор|стат|реестр|гвард|авиац)|\bгосавтоинспекци"
        r"|\b(?:фсб|фас|фнс|фсин|фссп|фтс|ск|скр|гу|гибдд|цик)\b",
    }.items()
}
ABBREVIATION, IN_MARKS, OTHER = "abbreviation", "name in marks", "other name"  # of an unknown kind
SHORT_BODY = "abbreviated public body"
_STATE = frozenset({"ministry", "public body", SHORT_BODY, ABBREVIATION, OTHER})
_FIRMS = frozenset({"firm", "bank", ABBREVIATION, IN_MARKS, OTHER})
# The kinds that a noun may refer to. It also does to an organization that is called by it.
KINDS_OF_NOUNS = {
    "ведомство": _STATE,
    **dict.fromkeys(word_set("управление служба департамент комитет главк"), frozenset({SHORT_BODY, ABBREVIATION})),
    "министерство": frozenset({"ministry"}),
    **dict.fromkeys(
        word_set(
            "компания предприятие завод комбинат корпорация концерн холдинг фирма организация застройщик оператор "
            "авиакомпания госкорпорация"
        ),
        _FIRMS,
    ),
    "банк": frozenset({"bank", ABBREVIATION, IN_MARKS, OTHER}),
    "регулятор": frozenset({"bank", *_STATE}),
    **dict.fromkeys(word_set("клуб команда"), frozenset({"club", IN_MARKS, OTHER})),
    **dict.fromkeys(word_set("издание газета"), frozenset({"medium", IN_MARKS, OTHER})),
    "агентство": frozenset({"medium", "public body", SHORT_BODY, ABBREVIATION, IN_MARKS, OTHER}),
    "университет": frozenset({"university", ABBREVIATION}),
    "институт": frozenset({"institute", ABBREVIATION}),
    "больница": frozenset({"hospital"}),
    **dict.fromkeys(word_set("фонд федерация союз ассоциация"), frozenset({ABBREVIATION})),
    "партия": frozenset({"party", ABBREVIATION, IN_MARKS, OTHER}),
    "пресс-служба": frozenset({*KINDS, SHORT_BODY, ABBREVIATION, IN_MARKS, OTHER}) - {"medium"},
}


class Organization(NamedTuple):
    """An organization where a text names it: in word `start` of sentence `sentence`."""

    sentence: int
    start: int
    name: str
    kinds: frozenset[str]  # with the nouns that it is called by

    @property
    def place(self) -> tuple[int, int]:
        return self.sentence, self.start


def describe_organization(
    sentence: ParsedSentence, run: NameRun, *, is_nominative: bool = False, marked: Mapping[str, int] = NOTHING
) -> Organization:
    """Return the organization that a name means, with its kind.

    `marked` is what `count_words_in_marks` returns: «Ангаре» and «Ангары» are of «Ангара», not of «Ангар».
    """
    lowers = sentence.lowers
    is_marked = run.start > 0 and lowers[run.start - 1] in OPENING_MARKS
    before = run.start - 1 - is_marked
    noun = lowers[before] if before >= 0 and not lowers[before].startswith("пресс-служб") else ""
    name = organization_name(sentence, run, is_nominative=is_nominative, marked=marked)
    text = sentence.text_of(run)
    is_marked = is_marked or NAME_IN_MARKS.search(text) is not None
    kinds = _kinds_of(f"{noun} {text.lower()}", name, is_marked=is_marked)
    return Organization(sentence.number, run.start, name, kinds)


def _kinds_of(description: str, name: str, *, is_marked: bool) -> frozenset[str]:
    kind = next((kind for kind, pattern in KINDS.items() if pattern.search(description)), "")
    if kind == "public body" and name.isupper():
        kind = SHORT_BODY
    kind = kind or (IN_MARKS if is_marked else ABBREVIATION if name.isupper() else OTHER)
    return frozenset({kind, *map(lemma_of, name_words(description))})


def find_referent(noun: str, named: Sequence[Organization], last: Organization | None) -> Organization | None:
    """Return the organization that a noun refers to, of those named before it in the order of the text.

    That is the only one of its kind or, of several, the last speaker if no other of its kind was named since.
    """
    kinds = KINDS_OF_NOUNS[noun] | {noun}
    fitting = [organization for organization in (*named, *([last] if last else [])) if organization.kinds & kinds]
    if not fitting:
        return None
    if last is not None and last in fitting:
        since = (other for other in fitting if other.place > last.place)
        return last if all(is_same_organization(other, last) for other in since) else None
    return fitting[-1] if all(is_same_organization(other, fitting[-1]) for other in fitting) else None


def is_same_organization(one: Organization, other: Organization) -> bool:
    """Whether two names may be of one organization: `МЧС` and `МЧС России`, `Звезды` and `Звезда`."""
    short, long = sorted((one.name.lower().split(), other.name.lower().split()), key=len)
    parts = long[: len(short)], long[-len(short) :]
    return any(all(map(_may_be_forms_of_one, short, part)) for part in parts)


def _may_be_forms_of_one(word: str, other: str) -> bool:
    stem = max(MIN_STEM, len(word) - MAX_ENDING, len(other) - MAX_ENDING)
    return word == other or (word[:stem] == other[:stem] and min(len(word), len(other)) >= stem)


def count_words_in_marks(sentences: Iterable[ParsedSentence]) -> Counter[str]:
    """Count of how many words that stand alone in marks a noun is the dictionary form; itself it counts twice."""
    words = {
        sentence.lowers[index]
        for sentence in sentences
        for index in range(1, len(sentence.lowers) - 1)
        if sentence.lowers[index - 1] == "«" and sentence.lowers[index + 1] == "»"
    }
    lemmas = ({reading.normal_form for reading in analyze(word) if "sing" in reading.tag} for word in words)
    return Counter(lemma for found in lemmas for lemma in found) + Counter(words)


def organization_name(
    sentence: ParsedSentence, run: NameRun, *, is_nominative: bool = False, marked: Mapping[str, int] = NOTHING
) -> str:
    """Return an organization's name in the nominative: its first noun, and the adjectives before that.

    Of a name in marks behind a noun, it is what stands in the marks: `банк «Енисей»`.
    """
    text = sentence.text_of(run)
    match = NAME_IN_MARKS.search(text)
    if match:
        return match[1]
    texts = text.split()
    head = next((i for i in range(run.start, run.end) if sentence.parses[i].pos in {"NOUN", "PROPN"}), run.start)
    parse = sentence.parses[head]
    place = min(head - run.start, len(texts) - 1)
    if is_nominative:
        return text
    if parse.feats.get("Case", "Nom") == "Nom" or _is_undeclined(sentence.lowers[head], parse.feats["Case"]):
        # `в «Альтаир Капитале»`: of such names the last word alone is declined.
        is_last_declined = len(texts) == run.end - run.start == 2 and _is_oblique(sentence, run)
        return " ".join([texts[0], _to_nominative(texts[1], "", is_head=True)]) if is_last_declined else text
    is_plural = parse.feats.get("Number") == "Plur"
    gender = "" if is_plural else GENDERS.get(parse.feats.get("Gender", ""), "")
    for index in range(place + 1):
        texts[index] = _to_nominative(texts[index], gender, is_head=index == place, marked=marked)
    return " ".join(texts)


def _is_undeclined(lower: str, case: str) -> bool:
    """Whether the tagger took a nominative for another case that the word has no form of: `в «Альтаир Капитале»`."""
    tags = [reading.tag for reading in analyze(lower) if "NOUN" in reading.tag]
    other = next((tag for tag, feature in CASES.items() if feature == case), "")
    return any("nomn" in tag for tag in tags) and not any(other in tag for tag in tags)


def _is_oblique(sentence: ParsedSentence, run: NameRun) -> bool:
    """Whether the last word of a name in marks is in another case than the first, which is in the nominative."""
    last = sentence.parses[run.end - 1]
    is_marked = run.start > 0 and sentence.lowers[run.start - 1] in OPENING_MARKS
    return is_marked and last.pos in {"NOUN", "PROPN"} and last.feats.get("Case") in {"Loc", "Dat", "Ins"}


def _to_nominative(text: str, gender: str, *, is_head: bool, marked: Mapping[str, int] = NOTHING) -> str:
    if text.isupper() or text.isascii() or not text[0].isalpha() or UNDECLINED.fullmatch(text):
        return text
    agreement = {"nomn"} if is_head or not gender else {"nomn", "sing", gender}
    lower, part_of_speech = text.lower(), {"NOUN"} if is_head else {"ADJF", "PRTF"}
    forms = [
        (marked.get(reading.normal_form, 0), reading.score, form.word)
        for reading in parse_word(lower)
        if reading.tag.POS in part_of_speech and (form := reading.inflect(agreement))
    ]
    if not forms:
        return text
    best = max(form[:-1] for form in forms)
    equals = [form[-1] for form in forms if form[:-1] == best]
    # `в «Альтаир Капитале»`: «Капитал» rather than «Капиталь», which is as likely.
    return with_capitals_of(text, next((form for form in equals if lower[:-1] == form), equals[0]))
