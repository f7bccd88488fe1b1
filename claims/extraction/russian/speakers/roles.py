"""Which people a role may mean: whom the text calls so, and whom no other role excludes."""

from importlib.resources import files

import yaml

from claims.extraction.russian.cue_words import word_set
from claims.extraction.russian.mentions import Mention, is_adjectival, is_person_noun, masculine_of
from claims.extraction.russian.parsing.morphology import analyze, is_participle
from claims.extraction.russian.speakers.nationalities import nation_of_noun
from claims.extraction.russian.speakers.people import Person

# Anybody of that gender can be called so, who spoke or was named just before.
INTERLOCUTORS = word_set("собеседник собеседница")
COMMON_NOUNS = word_set("женщина мужчина девушка юноша") | INTERLOCUTORS
# Who holds one of these offices seldom holds another. Nouns in one line may be of one person; some are in several.
OFFICES = [
    frozenset(nouns.split())
    for nouns in """
    прокурор гособвинитель обвинитель
    адвокат защитник
    судья
    следователь
    обвиняемый подсудимый подозреваемый осуждённый
    потерпевший
    истец
    ответчик
    министр
    губернатор
    заместитель замминистра вице-губернатор
    мэр градоначальник
    депутат парламентарий
    сенатор парламентарий
    спикер
    премьер премьер-министр
    посол
    ректор
    тренер наставник
    вратарь голкипер футболист хоккеист гандболист игрок спортсмен
    форвард нападающий футболист хоккеист игрок спортсмен
    защитник футболист хоккеист игрок спортсмен
    полузащитник хавбек футболист игрок спортсмен
    врач доктор
    пациент
    режиссёр
    продюсер
    """.strip().splitlines()
]
# Of women as of men, where the verb does not show whom.
GENERAL_ROLES = word_set(
    "специалист эксперт юрист предприниматель бизнесмен политик чиновник руководитель аналитик учёный педагог врач "
    "медик автор исследователь депутат общественник активист благотворитель собственник"
)
# Whoever they are is somebody else than whom the text just spoke of: that one's advocate, the prosecutor in that case.
ROLES_BESIDE_SOMEBODY = word_set(
    "адвокат защитник прокурор гособвинитель судья следователь представитель представительница помощник помощница "
    "пресс-секретарь заместитель советник истец ответчик преемник преемница предшественник предшественница"
)
_FIELDS: dict[str, str] = yaml.safe_load(files(__package__).joinpath("fields.yaml").read_text("utf-8"))
FIELDS = {field: word_set(nouns) for field, nouns in _FIELDS.items()}
MIN_STEM, ENDING = 3, 2  # letters of an adjective


def is_called(person: Person, head: str) -> bool:
    """Whether the text calls a person by a role, by the noun for either gender or by a form of an adjective."""
    if is_adjectival(head):
        stem = head[:-ENDING]
        return len(stem) >= MIN_STEM and any(
            word[:-ENDING] == stem for word in person.role_words if is_adjectival(word)
        )
    return masculine_of(head) in map(masculine_of, person.roles)


def gender_of_role(mention: Mention, *, has_cue: bool) -> str:
    """Return the gender of the verb or, where it shows none, of a noun that has a form for women."""
    if mention.gender in {"masc", "femn"} and has_cue and mention.case == "nomn":
        return mention.gender
    is_female = any("femn" in reading.tag for reading in analyze(mention.head)[:1])
    if mention.head in COMMON_NOUNS or is_adjectival(mention.head):
        return "femn" if is_female else "masc"
    return "femn" if is_female else ""


def may_be_role(head: str) -> bool:
    """Whether somebody may be called so whom the text calls otherwise: of participles, but not of adjectives."""
    return is_person_noun(head) or is_participle(head)


def may_hold(person: Person, noun: str) -> bool:
    """Whether a person whom the text does not call so may be meant by a role: an advocate is no prosecutor."""
    nation = nation_of_noun(noun)
    if nation and person.nations and nation not in person.nations:
        return False
    roles, noun = set(map(masculine_of, person.roles)), masculine_of(noun)
    held = [office for office in OFFICES if not office.isdisjoint(roles)]
    if any(noun in office for office in held):
        return True
    if noun in ROLES_BESIDE_SOMEBODY or (held and any(noun in office for office in OFFICES)):
        return False
    fields, known = _fields_of(noun), {field for role in roles for field in _fields_of(role)}
    return not (fields and known) or not fields.isdisjoint(known)


def _fields_of(role: str) -> frozenset[str]:
    """Return the fields of a role; none of one that people of any field may have, and of those not listed."""
    return frozenset(field for field, nouns in FIELDS.items() if role in nouns)
