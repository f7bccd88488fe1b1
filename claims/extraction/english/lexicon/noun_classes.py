"""Words that tell whether a noun phrase means people, a person, an organization or a thing."""

from claims.extraction.english.lexicon.role_nouns import (
    DOCUMENT_NOUNS,
    GROUP_NOUNS,
    NAMED_THINGS,
    ORGANIZATION_WORDS,
    ROLE_NOUNS,
    TITLE_WORDS,
    TRADE_NOUNS,
)
from claims.extraction.lexicon import word_set

# "in his opinion"
VIEWPOINT_NOUNS = word_set("opinion view words own")
# Stand before a name without being part of it: words for a party, an age or a rank.
NAME_PREMODIFIERS = (
    ROLE_NOUNS
    | TRADE_NOUNS
    | TITLE_WORDS
    | word_set(
        """
    agent champion chief contributor del. demonstrator democratic employee entrepreneur ex ex-president former gop
    incumbent insider investor lead majority minority neighbor neighbour opponent plaintiff player president-elect
    protester relative resident rep.-elect republican rival secretary-general sen.-elect senior spox student
    supporter suspect tory then-president then-secretary whip
    """
    )
)
# Roles that are also surnames: "Larry King said", "the King said".
ROLE_SURNAMES = word_set(
    """
    abbot baker barber bishop boxer brewer broker butcher butler carpenter chief constable cook dancer deacon farmer
    fellow fisher friend gardener guy judge justice king major marshal painter page parson poet pope porter potter price
    priest prince ranger rider shepherd singer skipper star trader warden worker
    """
)
NAME_SUFFIXES = word_set("jr jr. sr sr. ii iii iv phd m.d. md")
MALE_HONORIFICS = word_set("mr mr. sir lord")
FEMALE_HONORIFICS = word_set("mrs mrs. ms ms. miss dame lady madam")
HONORIFICS = MALE_HONORIFICS | FEMALE_HONORIFICS
# Short titles and the nouns they stand for.
TITLE_NOUNS = {
    "gov.": "governor",
    "gov": "governor",
    "sen.": "senator",
    "sen": "senator",
    "rep.": "representative",
    "rep": "representative",
    "gen.": "general",
    "gen": "general",
    "prof.": "professor",
    "dr.": "doctor",
    "dr": "doctor",
    "lt.": "lieutenant",
    "col.": "colonel",
    "sgt.": "sergeant",
    "justice": "judge",
    "adm.": "admiral",
}
# "Health Secretary": a minister.
CABINET_WORDS = word_set("business culture defence education energy environment health home housing justice transport")
# Offices known by their initials.
OFFICE_INITIALS = {
    "ceo": {"chief", "executive"},
    "cfo": {"chief", "financial"},
    "cm": {"chief", "minister"},
    "pm": {"prime", "minister"},
}
# Words of a title that also begin names of things: "First Amendment", "General Assembly".
WEAK_TITLES = word_set(
    """
    acting chief defence defense democratic deputy fellow finance first foreign former general gop home interior lead
    majority minority press prime republican rival senior shadow star state vice
    """
)
# Nouns that imply "he" or "she".
MALE_NOUNS = MALE_HONORIFICS | word_set(
    """
    actor anchorman assemblyman boy boyfriend brother businessman chairman congressman councilman dad ex-husband
    father fireman fisherman gentleman grandfather husband king man nephew policeman pope prince son spokesman uncle
    widower
    """
)
FEMALE_NOUNS = FEMALE_HONORIFICS | word_set(
    """
    actress anchorwoman assemblywoman aunt businesswoman chairwoman congresswoman councilwoman daughter ex-wife girl
    girlfriend grandmother mom mother niece policewoman princess queen sister spokeswoman widow wife woman
    """
)
# A later mention of anybody quoted may use these, whatever role the document gave them.
GENERIC_PERSON_NOUNS = word_set(
    """
    analyst author businessman businesswoman congressman congresswoman critic diplomat economist expert journalist
    lawmaker observer official politician reporter researcher scholar scientist specialist spokesman spokesperson
    spokeswoman strategist veteran writer
    """
)
PEOPLE_NOUNS = GROUP_NOUNS | word_set(
    """
    advocates agents aides americans attendees attorneys banks blacks boys brothers businessmen campaigners
    candidates catholics celebrities children christians citizens clients colleges commentators communities
    companies consumers contenders contributors countries crowds democrats demonstrators doctors donors drivers duo
    employees employers enemies engineers europeans evangelicals ex-officials executives families fellows females
    figures firms folks friends generals girls governments governors groups guests guys hackers hispanics holders
    individuals insiders intellectuals investors jews judges jurors kids kurds latinos lobbyists loyalists males
    managers mayors migrants millennials ministers moderators mothers muslims neighbors nurses operatives opponents
    outlets owners pair panelists parties partners patients physicians pilots players presidents professors
    progressives pundits quartet rebels refugees regulators relatives republicans rulers russians sheriffs sisters
    soldiers speakers spectators speechwriters spokespeople staff taxpayers teachers teens terrorists traders trio
    unions universities victims villagers volunteers whites wives youths
    """
)
# "a group of black parents": the noun after "of" says who.
COLLECTIVE_NOUNS = word_set(
    "group groups number chorus crowd majority handful team panel couple dozen host half pair third percent"
)
PERSON_NOUNS = (
    ROLE_NOUNS
    | TRADE_NOUNS
    | GENERIC_PERSON_NOUNS
    | MALE_NOUNS - MALE_HONORIFICS
    | FEMALE_NOUNS - FEMALE_HONORIFICS
    | word_set(
        """
    agent counterpart
    lady gentleman aide announcer architect artist attendee baker bishop builder chef citizen clerk congressperson
    contributor critic customer democrat demonstrator developer donor driver employee employer engineer entrepreneur
    farmer fisherman friend guest guide immigrant informant insider instructor investor juror lobbyist loyalist
    migrant narrator neighbor neighbour nurse opponent organizer pastor patient person philosopher pilot plaintiff
    player pollster protester psychologist pundit refugee relative republican researcher resident senator shopper
    soldier somebody staff-member student supporter suspect taxpayer teenager tourist trader uncle vendor volunteer
    """
    )
)
# Things that can be a source or stand in a source phrase, but are no person.
THING_NOUNS = (
    (DOCUMENT_NOUNS - {"sources"})
    | NAMED_THINGS
    | word_set(
        """
    accord ad ads advertisement answers argument article articles averages chapters charter commentary comments
    concern crisis debate decision discussion effort errors evidence factors fears feature finding findings history
    idea law laws letter letters lines literature matters mind numbers offers opinion orders paper papers piece
    policy posters posts powers prayers problem question reception recording remarks request research results
    returns rules ruling spot standards submission tapes terms test tests theory treaty words world
    """
    )
)
ORGANIZATION_NOUNS = ORGANIZATION_WORDS | word_set(
    """
    academy act airline airlines assembly associates authority beast bureau caller caucus chamber charity chronicle
    co co. coalition commission consortium convention corp corp. council department examiner exchange fed foundation
    gazette globe guardian herald hospital hotel inc inc. independent industries initiative laboratory llc lobby ltd
    ltd. media mirror mosque museum observer organization platform police policy politics press project radio regime
    register reserve review senate standard startup store street summit sun tank telegraph television think tower
    trust tv watch watchdog wing zoo
    """
) - {"policy", "think", "standard", "wing", "tower", "street", "independent", "platform"}
# Endings of nouns for people: "creditors", "environmentalists".
AGENT_SUFFIXES = ("ers", "ors", "ists", "ants")
# Capitalized, these end the name of a country or of a union of countries.
COUNTRY_NAME_ENDINGS = frozenset({"states", "nations"})
# Endings of names for the people of a country or creed: "Mexicans", "Europeans", "Italians".
DEMONYM_SUFFIXES = ("icans", "ians", "peans")


def denotes_people(word: str) -> bool:
    """Whether the word is a plural or collective noun for people."""
    return word.rsplit("-", 1)[-1] in PEOPLE_NOUNS or word.endswith(DEMONYM_SUFFIXES)
