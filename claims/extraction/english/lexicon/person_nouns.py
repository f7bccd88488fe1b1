"""Nouns for one person: what may stand for somebody named before ("the defender"), and what may not ("the judge")."""

import re
from functools import lru_cache

from claims.extraction.english.lexicon.noun_classes import PERSON_NOUNS
from claims.extraction.lexicon import word_set

# Say nothing but gender and age: they introduce people without a name, and never stand for a name.
BARE_PERSON_NOUNS = word_set(
    """
    baby boy child female gentleman girl guy kid lady male man passer-by patient pedestrian person somebody stranger
    teen teenager toddler tourist woman youngster youth
    """
)
# Roles in an event: the text need not have named who has them.
EVENT_NOUNS = word_set(
    """
    accused attacker burglar caller claimant complainant defendant deceased driver eyewitness gunman hostage intruder
    juror killer owner passenger plaintiff robber source survivor suspect thief victim witness
    """
)
FAMILY_NOUNS = word_set(
    """
    aunt boyfriend brother cousin dad daughter ex-husband ex-wife father fiance fiancee friend girlfriend grandfather
    grandmother grandson husband mom mother mum nephew niece parent partner sister son stepfather stepmother uncle widow
    widower wife
    """
)
# Offices: readers know that there is one without being told who has it. Only the same noun beside a name tells.
OFFICE_NOUNS = word_set(
    """
    ambassador archbishop ceo cfo chairman chairperson chairwoman chancellor cm commissioner coroner emperor general
    governor judge king magistrate mayor minister ombudsman pm pope premier president prime-minister prince princess
    prosecutor queen recorder secretary speaker sultan vice-president
    """
)
# Also modify another noun: a chief minister is no chief.
MODIFYING_NOUNS = word_set("chief deputy general head")
# The nouns of a field. One stands for a person only if nothing beside the name speaks of another field.
POLITICS_NOUNS = OFFICE_NOUNS - word_set(
    "archbishop ceo chairman chairperson chairwoman coroner judge magistrate prosecutor recorder pope"
) | word_set(
    """
    assemblyman candidate congressman congresswoman councillor councilman councilwoman delegate democrat deputy diplomat
    envoy lawmaker legislator mep mla mp msp nominee parliamentarian peer politician representative republican senator
    """
)
COURT_NOUNS = word_set(
    """
    advocate attorney barrister counsel coroner judge justice kc lawyer magistrate prosecutor qc recorder sheriff
    solicitor
    """
)
POLICE_NOUNS = word_set(
    """
    commander constable cop detective firefighter inspector investigator officer policeman policewoman sergeant
    superintendent
    """
)
MEDICAL_NOUNS = word_set("consultant doctor dr gp medic midwife nurse paramedic pathologist physician surgeon")
PLAYER_NOUNS = word_set(
    """
    all-rounder batsman batter bowler boxer captain centre-back champion cricketer cyclist defender fighter finalist
    fly-half footballer forward fullback goalkeeper golfer gymnast half-back international jockey keeper medallist
    midfielder olympian pitcher playmaker quarterback rookie runner scorer scrum-half seamer skier skipper
    spinner sportsman sprinter striker swimmer winger wicketkeeper
    """
)
COACHING_NOUNS = word_set("boss coach manager trainer")
ARTS_NOUNS = word_set(
    """
    actor actress artist author composer comedian director dj drummer filmmaker guitarist musician novelist painter
    performer playwright poet rapper sculptor singer songwriter star
    """
)
SCIENCE_NOUNS = word_set(
    """
    academic astronomer biologist chemist economist geologist historian physicist professor researcher scholar
    scientist
    """
)
BUSINESS_NOUNS = word_set(
    "banker billionaire boss ceo chairman chairwoman entrepreneur executive industrialist magnate millionaire tycoon"
)
REFEREE_NOUNS = word_set("linesman referee umpire")
# People like everybody, as against those who speak for their office.
ORDINARY_NOUNS = word_set(
    """
    bystander commuter customer farmer fisherman holidaymaker mechanic miner motorist neighbor neighbour pensioner
    pupil resident retiree shopkeeper shopper student villager worker
    """
)
FIELDS = (
    *(POLITICS_NOUNS, COURT_NOUNS, POLICE_NOUNS, MEDICAL_NOUNS, PLAYER_NOUNS),
    *(COACHING_NOUNS, ARTS_NOUNS, SCIENCE_NOUNS, BUSINESS_NOUNS, REFEREE_NOUNS, ORDINARY_NOUNS),
)
# They stand for a person only if the text says something of that field beside the name.
FIELD_NOUNS = (
    COURT_NOUNS | POLICE_NOUNS | MEDICAL_NOUNS | COACHING_NOUNS | REFEREE_NOUNS | word_set("reporter teacher")
) - {"consultant"}
OTHER_PERSON_NOUNS = word_set(
    """
    adventurer campaigner chairperson explorer frontman insider lecturer newcomer peacemaker philanthropist
    presenter runner-up teenager winner
    """
)
ALL_PERSON_NOUNS = (PERSON_NOUNS | BARE_PERSON_NOUNS | EVENT_NOUNS | FAMILY_NOUNS | OTHER_PERSON_NOUNS).union(*FIELDS)
# Members of a party: "the Conservative said".
PARTISANS = word_set("conservative democrat liberal republican socialist tory")
# Newspapers that begin with "The" as well.
NEWSPAPER_DEMONYMS = frozenset({"australian", "scotsman"})
# "the 25-year-old"
AGE_PATTERN = re.compile(r"[\w-]+-year-olds?")
# "the mother-of-two", "the mother of four"
PARENT_PATTERN = re.compile(r"(?:grand)?(?:father|mother|dad|mum|mom)[- ]of[- ]\w+")
# "the physiotherapist", "the Welshman".
PERSON_SUFFIXES = ("ologist", "icist", "crat", "sman", "swoman", "chman", "shman", "shwoman", "nman", "rman", "tman")
# Words for the people of a country whose adjective is another: "the Dutchman" is a "Dutch striker".
ADJECTIVES_BY_DEMONYM = {
    "briton": "british",
    "dane": "danish",
    "dutchman": "dutch",
    "dutchwoman": "dutch",
    "englishman": "english",
    "englishwoman": "english",
    "filipino": "philippine",
    "finn": "finnish",
    "frenchman": "french",
    "frenchwoman": "french",
    "irishman": "irish",
    "irishwoman": "irish",
    "pole": "polish",
    "scot": "scottish",
    "scotsman": "scottish",
    "serb": "serbian",
    "croat": "croatian",
    "spaniard": "spanish",
    "swede": "swedish",
    "turk": "turkish",
    "ulsterman": "ulster",
    "welshman": "welsh",
    "welshwoman": "welsh",
    "kiwi": "new",
    "aussie": "australian",
}
DEMONYMS = frozenset(ADJECTIVES_BY_DEMONYM) | word_set(
    """
    algerian american angolan argentine argentinian australian austrian bangladeshi belgian bolivian bosnian
    brazilian bulgarian cameroonian canadian chilean chinese colombian congolese croatian cuban czech dominican
    ecuadorian egyptian estonian ethiopian fijian gambian georgian german ghanaian greek hungarian
    icelander indian indonesian
    iranian iraqi israeli italian ivorian jamaican japanese jordanian kenyan korean latvian lebanese liberian
    lithuanian malaysian malian mexican montenegrin moroccan namibian nepali nigerian norwegian pakistani
    palestinian panamanian paraguayan peruvian portuguese romanian russian rwandan samoan saudi senegalese serbian
    singaporean slovak slovenian somali sudanese swiss syrian tanzanian thai tunisian ugandan ukrainian uruguayan
    venezuelan vietnamese zambian zimbabwean
    """
)
# A modifier that does not tell who is meant: "the former minister", "the veteran striker".
LOOSE_MODIFIERS = word_set(
    """
    ailing beleaguered celebrated controversial current disgraced embattled experienced fellow former ill-fated injured
    leading long-serving long-time longtime new old outgoing popular retired senior seasoned star teenage then top
    two-time three-time veteran young
    """
)


@lru_cache(maxsize=10_000)  # Asked of every word of a text; the answer depends on the word and closed lists alone.
def is_person_noun(word: str) -> bool:
    """Whether a word in lower case is a noun for one person."""
    word = word.removeprefix("co-").removeprefix("ex-")
    return (
        word in ALL_PERSON_NOUNS
        or word in DEMONYMS | PARTISANS
        or word.endswith(PERSON_SUFFIXES)
        or (AGE_PATTERN.fullmatch(word) or PARENT_PATTERN.fullmatch(word)) is not None
    )
