"""How a sentence calls a speaker: by a name, a pronoun or a noun."""

import re
from dataclasses import dataclass

from claims.extraction.quotation import MentionKind, Span
from claims.extraction.russian.cue_words import word_set
from claims.extraction.russian.latin_names import is_latin, is_organization_kind
from claims.extraction.russian.name_runs import ORGANIZATION, PERSON, PLACE, NameRun, is_family
from claims.extraction.russian.names.readings import forms_of_given_name
from claims.extraction.russian.parsing.morphology import analyze, is_known_word
from claims.extraction.russian.parsing.parsed_sentences import ParsedSentence

PERSONAL_PRONOUNS = {"он": "masc", "она": "femn", "они": "", "оно": "neut", "я": "", "мы": "", "ты": "", "вы": ""}
POSSESSIVES = {"его": "masc", "её": "femn", "ее": "femn", "их": "", "него": "masc", "нее": "femn", "неё": "femn"}
PRONOUNS = {**POSSESSIVES, **PERSONAL_PRONOUNS}
PLURAL_PRONOUNS = word_set("они их мы вы")
OTHER_PRONOUNS = word_set(
    "который которая которое которые кто никто некто все многие некоторые другие один одна одни это то тот та те сам "
    "сама сами"
)
THERE = "там"
THAT_ONE = {"тот": "masc", "та": "femn"}
# They speak for the organization that they belong to.
SERVICE_NOUNS = word_set(
    "пресс-служба сообщение пресс-релиз заявление управление департамент отчёт отчет сводка публикация материал канал "
    "телеграм-канал сайт аккаунт страница доклад документ релиз письмо статья комментарий блог главк обращение"
)
CASES = {"nomn": "Nom", "gent": "Gen", "datv": "Dat", "accs": "Acc", "ablt": "Ins", "loct": "Loc"}
SAME_FORMS = {"gent": ("Acc",), "accs": ("Gen",)}  # of men: `Дениса`
GENDERS = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}
# Who they are is often said by a name in the genitive: `дочь Глеба Сомова`.
RELATIVES = {
    **dict.fromkeys(word_set("жена мать дочь сестра вдова бабушка тётя супруга невеста соседка подруга"), "femn"),
    **dict.fromkeys(word_set("муж отец сын брат дед дедушка дядя супруг жених сосед друг"), "masc"),
}
FEMININE_ROLES = (("тельница", "тель"), ("ница", "ник"), ("ица", "ец"), ("ка", ""))
GENITIVE_OR_FEMININE = re.compile(r"(?:[оеё]в|[иы]н)а$")
PRESS_SERVICE = "пресс-служба"
MAX_OFFICE_WORDS = 8  # `пресс-служба заместителя главы администрации Ивана Лунина`
MARKS = frozenset('«»„“”"')
MAX_APPOSITION_WORDS = 10
MAX_DESCRIPTION_WORDS = 16
NAME_PIECE = re.compile(r"[^\s«»\"“”„,()]+")


@dataclass(slots=True)
class Mention:
    """How a sentence calls a speaker: words `start` to `end` (exclusive).

    `case` and `gender` are what the sentence shows, in the terms of OpenCorpora; empty if it shows none. `entity` is
    the type of a name. `head` is the lemma of a noun phrase's head.
    """

    sentence: ParsedSentence
    start: int
    end: int
    kind: MentionKind
    head: str
    case: str = "nomn"
    gender: str = ""
    is_plural: bool = False
    entity: str = ""
    role: tuple[int, int] | None = None

    @property
    def span(self) -> Span:
        return self.sentence.source.text_span(self.start, self.end)

    @property
    def run(self) -> NameRun:
        return NameRun(self.start, self.end, self.entity)


def build_mention(sentence: ParsedSentence, head: int, *, case: str = "nomn") -> Mention:
    """Return how the phrase with this head calls the speaker: by the name in it, if it has one in its own case."""
    parse, lower = sentence.parses[head], sentence.lowers[head]
    if lower in PERSONAL_PRONOUNS or (lower in POSSESSIVES and parse.pos in {"PRON", "DET"}):
        is_plural = lower in PLURAL_PRONOUNS
        return Mention(sentence, head, head + 1, MentionKind.PRONOUN, lower, case, PRONOUNS[lower], is_plural=is_plural)
    if lower in OTHER_PRONOUNS or parse.pos == "PRON":
        return Mention(sentence, head, head + 1, MentionKind.PRONOUN, lower, case, gender_of(sentence, head))
    start, end = sentence.phrase(head)
    children = sentence.children[head]
    run = sentence.name_at(head) or _name_beside(sentence, head, end, case)
    run = (_person_behind(sentence, run) if run else None) or run
    if run and (run.type != PLACE or run.start <= head < run.end):
        # The tagger's gender of a surname is a guess.
        gender = "" if run.type == PERSON else gender_of(sentence, run.start)
        role = (start, run.start) if start < run.start else None
        name, kind = sentence.lowers[run.end - 1], MentionKind.NAME
        # `руководитель экспедиции, доктор наук Раиса Ткач` is one person.
        is_joined = any(
            sentence.parses[child].rel == "conj" and child >= run.end
            for child in (*children, *sentence.children[run.start])
        )
        return Mention(sentence, run.start, run.end, kind, name, case, gender, is_joined, run.type, role)
    if parse.pos not in {"NOUN", "PROPN"}:  # `разыгрывающая после матча`
        end = next((index for index in range(head + 1, end) if sentence.parses[index].pos == "ADP"), end)
    is_joined = any(sentence.parses[child].rel == "conj" and child > head for child in children)
    is_plural = is_joined or parse.feats.get("Number") == "Plur"
    gender = gender_of(sentence, head)
    if (parse.feats.get("Animacy") == "Anim" or lemma_of(lower) == "источник") and not is_plural:
        end = _end_of_description(sentence, end, parse.feats.get("Case", ""))
    return Mention(sentence, start, end, MentionKind.NOMINAL, lemma_of(lower), case, gender, is_plural)


def _end_of_description(sentence: ParsedSentence, end: int, case: str) -> int:
    """Return the end of what stands in commas behind a noun and describes it: `источник, знакомый с делом, …`."""
    lowers, parses = sentence.lowers, sentence.parses
    if lowers[end : end + 1] != [","] or end + 1 >= len(lowers):
        return end
    first = parses[end + 1]
    describes = first.pos == "ADJ" or first.feats.get("VerbForm") == "Part"
    if not describes or first.feats.get("Case") != case or first.feats.get("Number") == "Plur":
        return end
    near = range(end + 2, min(len(lowers), end + MAX_DESCRIPTION_WORDS))
    comma = next((index for index in near if lowers[index] in {",", ".", "—"}), None)
    is_statement = comma is not None and lowers[comma + 1 : comma + 2] in (["что"], ["чтобы"])
    return end if comma is None or is_statement else comma


def is_person_noun(lower: str) -> bool:
    """Whether a word is a noun for a person, and not a name."""
    return any(
        {"NOUN", "anim"} <= reading.tag and not reading.tag & {"Name", "Surn", "Patr"} for reading in analyze(lower)[:2]
    )


def masculine_of(noun: str) -> str:
    """Return what a man is called in the same role, or the noun itself: `галерист`, `учитель`, `защитник`."""
    for feminine, masculine in FEMININE_ROLES:
        role = noun.removesuffix(feminine) + masculine
        if noun.endswith(feminine) and is_person_noun(role) and (is_known_word(role) or role.endswith("ист")):
            return role
    return noun


def is_adjectival(head: str) -> bool:
    """Whether a word calls a person by a participle or an adjective: `пострадавшая`, `рулевая`."""
    readings = analyze(head)
    is_other = bool(readings) and not readings[0].tag.isdisjoint({"Apro", "Anum"})
    return bool(readings) and not readings[0].tag.isdisjoint({"PRTF", "ADJF"}) and not is_other


def gender_of(sentence: ParsedSentence, index: int) -> str:
    return GENDERS.get(sentence.parses[index].feats.get("Gender", ""), "")


def lemma_of(lower: str) -> str:
    """Return the dictionary form of a noun."""
    readings = analyze(lower)
    noun = next((reading for reading in readings if "NOUN" in reading.tag), readings[0] if readings else None)
    return noun.normal_form if noun and "PRTF" not in noun.tag else lower


def press_service_of_person(mention: Mention) -> Mention | None:
    """Return the press service that is called by whom it serves: `пресс-служба мэра Ивана Лунина`."""
    sentence, lowers = mention.sentence, mention.sentence.lowers
    place = mention.start - 1
    while place >= 0 and lemma_of(lowers[place]) != PRESS_SERVICE:
        if mention.start - place > MAX_OFFICE_WORDS or sentence.parses[place].pos not in {"NOUN", "PROPN", "ADJ"}:
            return None
        place -= 1
    before = place - 1
    while before >= 0 and sentence.parses[before].pos == "ADJ":
        before -= 1
    is_office = place >= 0 and not (before >= 0 and is_person_noun(lowers[before]))  # `руководитель пресс-службы Лунин`
    if mention.entity == PERSON:
        is_office = is_office and may_be_in_case(sentence, mention.run, "gent")
    elif mention.kind is not MentionKind.NOMINAL or not is_person_noun(mention.head):
        is_office = False
    if not is_office:
        return None
    return Mention(sentence, place, mention.end, MentionKind.NOMINAL, PRESS_SERVICE, mention.case)


def _name_beside(sentence: ParsedSentence, head: int, end: int, case: str) -> NameRun | None:
    """Return the name that stands beside a noun as another word for the same: `министр обороны Иван Лунин`."""
    words = sentence.source.words
    is_service = lemma_of(sentence.lowers[head]) in SERVICE_NOUNS
    is_source = lemma_of(sentence.lowers[head]) == "источник"  # `источник «Известий»`, who is no paper
    near = [run for run in sentence.names if head < run.start <= end + MAX_APPOSITION_WORDS]
    for run in near:
        if run.type == PERSON and _is_same(sentence, head, end, run, case):
            return run
    for run in near:
        if is_service and run.type in {ORGANIZATION, PERSON} and run.start < end:
            return run
        is_person = sentence.parses[head].feats.get("Animacy") == "Anim"
        if (
            run.type == ORGANIZATION
            and not (is_person or is_source)
            and (words[head + 1].text in MARKS or _is_latin_name_of_kind(sentence, head))
            and run.start in {head + 1, head + 2}
        ):
            return run
    return None


def _person_behind(sentence: ParsedSentence, run: NameRun) -> NameRun | None:
    """`рассказала Bloomberg Anna Frost`: of two names in Latin letters, which show no case, the person's."""
    if run.type != ORGANIZATION or not is_latin(sentence.source.words[run.start].text):
        return None
    return next((other for other in sentence.names if other.start == run.end and other.type == PERSON), None)


def _is_latin_name_of_kind(sentence: ParsedSentence, head: int) -> bool:
    """`компания Apple`: foreign names in Latin letters stand without marks."""
    return is_latin(sentence.source.words[head + 1].text) and is_organization_kind(sentence.lowers[head])


def _is_same(sentence: ParsedSentence, head: int, end: int, run: NameRun, case: str) -> bool:
    """Whether a person's name is another word for a noun before it, in the same case."""
    parses = sentence.parses
    # Of `аналитика Чиомы Окафор`, the tagger takes the name for a nominative, and the parser knows what it belongs to.
    is_apposed = case == "gent" and parses[run.start].rel == "appos" and parses[run.start].head == head
    name_case = parses[run.start].feats.get("Case")
    if name_case not in {CASES[case], None, *SAME_FORMS.get(case, ())} and not (is_apposed and name_case == "Nom"):
        return False
    if not may_be_in_case(sentence, run, case, RELATIVES.get(lemma_of(sentence.lowers[head]), "")):
        return False
    if run.start <= end:
        own = range(run.start, run.end)
        depends = any(parses[index].head == head and parses[index].rel == "nmod" for index in own)
        return not (depends and case != "gent")
    # `Соавтор работы, химик Вахтанг Ломидзе`
    while end < run.start and is_family(sentence.lowers[end]):
        end += 1
    between = [word.text for word in sentence.source.words[end : run.start]]
    if all(sentence.name_at(index) or word in MARKS for index, word in enumerate(between, start=end)):
        return True  # `тренер «Волны» Денис Грач`
    has_clause = not between or any(parses[index].pos in {"VERB", "SCONJ", "ADP"} for index in range(end, run.start))
    return between[0] == "," and between.count(",") == 1 and not has_clause and case == "nomn"


def may_be_in_case(sentence: ParsedSentence, run: NameRun, case: str, gender: str = "") -> bool:
    """Whether a person's name can be of a case and, if one is given, of a gender: `Глеба Сомова` is no nominative."""
    lower = sentence.lowers[run.start]
    forms = forms_of_given_name(lower)
    if any(form[0] == "gent" for form in forms):
        return any(form[0] == case and gender in {"", form[1]} for form in forms)
    is_alone = run.end - run.start == 1 and not forms
    return not (is_alone and case == "nomn" and gender == "masc" and GENITIVE_OR_FEMININE.search(lower))


def may_be_of_relative(sentence: ParsedSentence, run: NameRun) -> bool:
    """Whether a surname behind a relative can be the genitive: `жена Сомова` is that of Сомов, or her own name."""
    is_alone = run.end - run.start == 1 and not forms_of_given_name(sentence.lowers[run.start])
    is_behind = run.start > 0 and lemma_of(sentence.lowers[run.start - 1]) in RELATIVES
    lower = sentence.lowers[run.start]
    is_genitive = any({"Surn", "gent"} <= reading.tag for reading in analyze(lower))
    return is_alone and is_behind and (is_genitive or bool(GENITIVE_OR_FEMININE.search(lower)))


def name_words(text: str) -> list[str]:
    """Return the words of a name as it is written, without marks."""
    return NAME_PIECE.findall(text)
