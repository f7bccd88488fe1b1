"""Institutions that a text calls by what they are: `прокуратура края`, `областное управление дорог`."""

from claims.extraction.russian.cue_words import word_set
from claims.extraction.russian.mentions import SERVICE_NOUNS, Mention, lemma_of
from claims.extraction.russian.name_runs import ORGANIZATION, NameRun
from claims.extraction.russian.speakers.organizations import Organization, describe_organization

# They name one institution where a text does not say which: `прокуратура`, `суд`, `краевая полиция`.
INSTITUTIONS = word_set(
    """
    прокуратура полиция мэрия суд следствие правительство администрация дума парламент минздрав минобороны минфин мид
    мчс фсб мвд цик цб кремль посольство консульство облдума горсовет минобрнауки минэнерго роспотребнадзор госдума
    горадминистрация
    """
)
# They do so with a word for what they are in charge of: `министерство культуры`, `областное управление дорог`.
PUBLIC_BODIES = word_set(
    "министерство управление департамент комитет комиссия служба совет палата инспекция главк пресс-служба"
)
VAGUE_WORDS = word_set("один одна одно некий некая какой-то многие некоторые другой другая")


def describe_institution(mention: Mention) -> Organization | None:
    """Return the institution that a noun phrase is the name of; None if it names none."""
    sentence = mention.sentence
    start, end = mention.start, mention.end
    head = next((i for i in range(start, end) if lemma_of(sentence.lowers[i]) == mention.head), start)
    if mention.head in SERVICE_NOUNS:
        nouns = (i for i in range(head + 1, end) if sentence.parses[i].pos in {"NOUN", "PROPN"})
        served = next(nouns, None)
        if served is not None and lemma_of(sentence.lowers[served]) in INSTITUTIONS | PUBLIC_BODIES:
            start, head = head + 1, served  # the press service speaks for it
    lemma = lemma_of(sentence.lowers[head])
    is_named = lemma in INSTITUTIONS or (lemma in PUBLIC_BODIES and end - start > 1)
    if (
        not is_named
        or sentence.parses[head].feats.get("Number") == "Plur"
        or not VAGUE_WORDS.isdisjoint(sentence.lowers[start:end])
    ):
        return None
    institution = describe_organization(sentence, NameRun(start, end, ORGANIZATION))
    name = institution.name
    return institution._replace(name=name[:1].lower() + name[1:] if start == 0 and name[1:2].islower() else name)
