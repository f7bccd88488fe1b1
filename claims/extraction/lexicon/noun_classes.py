"""Words that tell what a noun phrase is: people, a person, an organization or a thing. All lower case."""

from claims.extraction.lexicon.role_nouns import (
    DOCUMENT_NOUNS,
    GROUP_NOUNS,
    NAMED_THINGS,
    ORGANIZATION_WORDS,
    ROLE_NOUNS,
    TITLE_WORDS,
)


def _word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


MALE_PRONOUNS = _word_set("he him his himself")
FEMALE_PRONOUNS = _word_set("she her hers herself")
PLURAL_PRONOUNS = _word_set("they them their theirs themselves")
NEUTER_PRONOUNS = _word_set("it its itself")
FIRST_PERSON_PRONOUNS = _word_set("i me my mine myself we us our ours ourselves")
RELATIVE_PRONOUNS = _word_set("who whom whose which that")
PRONOUNS = (
    MALE_PRONOUNS
    | FEMALE_PRONOUNS
    | PLURAL_PRONOUNS
    | NEUTER_PRONOUNS
    | FIRST_PERSON_PRONOUNS
    | RELATIVE_PRONOUNS
    | _word_set("you your this these those one each both what")
)
POSSESSIVE_PRONOUNS = _word_set("his her their its my our your whose")
DEFINITE_DETERMINERS = _word_set("the this that these those")
INDEFINITE_DETERMINERS = _word_set("a an one another any every each no")
PLURAL_QUANTIFIERS = _word_set(
    """
    all both dozens eight fellow few five four hundreds many millions more most nine numerous other others seven
    several six some ten these those thousands three two various
    """
)
# "one of her aides", "those who know her".
COUNTING_PRONOUNS = _word_set("one each both this that these those")
# "in his opinion"
VIEWPOINT_NOUNS = _word_set("opinion view words own")
INDEFINITE_PERSON_PRONOUNS = _word_set("someone somebody anyone anybody nobody")
INDEFINITE_GROUP_PRONOUNS = _word_set("everyone everybody others some many few most")
# Words of a party, an age or an order that stand before a name without being part of it.
NAME_PREMODIFIERS = (
    ROLE_NOUNS
    | TITLE_WORDS
    | _word_set(
        """
    chief del. democratic ex-president former gop incumbent lead majority minority president-elect rep.-elect
    republican rival secretary-general sen.-elect senior spox then-president then-secretary whip
    """
    )
)
# Roles that are surnames as well: "Larry King said", "the King said".
ROLE_SURNAMES = _word_set("king prince pope judge fellow star page bishop chief baker cook major price justice worker")
NAME_SUFFIXES = _word_set("jr jr. sr sr. ii iii iv phd m.d. md")
MALE_HONORIFICS = _word_set("mr mr. sir lord")
FEMALE_HONORIFICS = _word_set("mrs mrs. ms ms. miss dame lady madam")
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
# Words of a title that as well begin the name of a thing: "First Amendment", "General Assembly".
WEAK_TITLES = _word_set(
    """
    acting chief defence defense democratic deputy fellow finance first foreign former general gop interior lead
    majority minority press prime republican rival senior star state vice
    """
)
# Nouns that say whether their bearer is "he" or "she".
MALE_NOUNS = MALE_HONORIFICS | _word_set(
    """
    actor anchorman assemblyman boy boyfriend brother businessman chairman congressman councilman dad ex-husband
    father fireman fisherman gentleman grandfather husband king man nephew policeman pope prince son spokesman uncle
    widower
    """
)
FEMALE_NOUNS = FEMALE_HONORIFICS | _word_set(
    """
    actress anchorwoman assemblywoman aunt businesswoman chairwoman congresswoman councilwoman daughter ex-wife girl
    girlfriend grandmother mom mother niece policewoman princess queen sister spokeswoman widow wife woman
    """
)
# Words that anyone quoted may be called by afterwards, whatever the document said they are.
GENERIC_PERSON_NOUNS = _word_set(
    """
    analyst author businessman businesswoman congressman congresswoman critic diplomat economist expert journalist
    lawmaker observer official politician reporter researcher scholar scientist specialist spokesman spokesperson
    spokeswoman strategist veteran writer
    """
)
PEOPLE_NOUNS = GROUP_NOUNS | _word_set(
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
# What has a number of people in it before it says who: "a group of black parents".
COLLECTIVE_NOUNS = _word_set(
    "group groups number chorus crowd majority handful team panel couple dozen host half pair third percent"
)
PERSON_NOUNS = (
    ROLE_NOUNS
    | GENERIC_PERSON_NOUNS
    | MALE_NOUNS - MALE_HONORIFICS
    | FEMALE_NOUNS - FEMALE_HONORIFICS
    | _word_set(
        """
    agent lady gentleman aide announcer architect artist attendee baker bishop builder chef citizen clerk congressperson
    contributor critic customer democrat demonstrator developer donor driver employee employer engineer entrepreneur
    farmer fisherman friend guest guide immigrant informant insider instructor investor juror lobbyist loyalist
    migrant narrator neighbor neighbour nurse opponent organizer pastor patient person philosopher pilot plaintiff
    player pollster protester psychologist pundit refugee relative republican researcher resident senator shopper
    soldier somebody staff-member student supporter suspect taxpayer teenager tourist trader uncle vendor volunteer
    """
    )
)
# Who speaks for somebody whom the phrase names: nobody is known by being this.
THING_NOUNS = (
    (DOCUMENT_NOUNS - {"sources"})
    | NAMED_THINGS
    | _word_set(
        """
    accord ad ads advertisement answers argument article articles averages chapters charter commentary comments
    concern crisis debate decision discussion effort errors evidence factors fears feature finding findings history
    idea law laws letter letters lines literature matters mind numbers offers opinion orders paper papers piece
    policy posters posts powers prayers problem question reception recording remarks request research results
    returns rules ruling spot standards submission tapes terms test tests theory treaty words world
    """
    )
)
ORGANIZATION_NOUNS = ORGANIZATION_WORDS | _word_set(
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
# In capitals these end the name of a country or a union of them.
COUNTRY_NAME_ENDINGS = frozenset({"states", "nations"})
# How the people of a country or a creed are called: "Mexicans", "Europeans", "Italians".
DEMONYM_SUFFIXES = ("icans", "ians", "peans")


def denotes_people(word: str) -> bool:
    """Whether the word says that several people are meant."""
    return word.rsplit("-", 1)[-1] in PEOPLE_NOUNS or word.endswith(DEMONYM_SUFFIXES)
