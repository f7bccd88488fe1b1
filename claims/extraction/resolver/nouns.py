"""Words that tell what a noun phrase is: people, a person, an organization or a thing. All lower case."""

from claims.extraction.roles import DOCUMENTS, GROUPS, ORGANIZATIONS, ROLES, THINGS, TITLES


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HE = _words("he him his himself")
SHE = _words("she her hers herself")
THEY = _words("they them their theirs themselves")
IT = _words("it its itself")
ME = _words("i me my mine myself we us our ours ourselves")
RELATIVE = _words("who whom whose which that")
PRONOUNS = HE | SHE | THEY | IT | ME | RELATIVE | _words("you your this these those one each both what")
POSSESSIVES = _words("his her their its my our your whose")
DEFINITE = _words("the this that these those")
INDEFINITE = _words("a an one another any every each no")
MANY = _words(
    """
    all both dozens eight fellow few five four hundreds many millions more most nine numerous other others seven
    several six some ten these those thousands three two various
    """
)
# "one of her aides", "those who know her".
COUNTING = _words("one each both this that these those")
# "in his opinion"
OPINIONS = _words("opinion view words own")
SOMEBODY = _words("someone somebody anyone anybody nobody")
EVERYBODY = _words("everyone everybody others some many few most")
# Words of a party, an age or an order that stand before a name without being part of it.
BEFORE_NAMES = (
    ROLES
    | TITLES
    | _words(
        """
    chief del. democratic ex-president former gop incumbent lead majority minority president-elect rep.-elect
    republican rival secretary-general sen.-elect senior spox then-president then-secretary whip
    """
    )
)
# Roles that are surnames as well: "Larry King said", "the King said".
SURNAMES = _words("king prince pope judge fellow star page bishop chief baker cook major price justice worker")
SUFFIXES = _words("jr jr. sr sr. ii iii iv phd m.d. md")
HONORIFICS_HE = _words("mr mr. sir lord")
HONORIFICS_SHE = _words("mrs mrs. ms ms. miss dame lady madam")
HONORIFICS = HONORIFICS_HE | HONORIFICS_SHE
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
WEAK_TITLES = _words(
    """
    acting chief defence defense democratic deputy fellow finance first foreign former general gop interior lead
    majority minority press prime republican rival senior star state vice
    """
)
# Nouns that say whether their bearer is "he" or "she".
MALE = HONORIFICS_HE | _words(
    """
    actor anchorman assemblyman boy boyfriend brother businessman chairman congressman councilman dad ex-husband
    father fireman fisherman gentleman grandfather husband king man nephew policeman pope prince son spokesman uncle
    widower
    """
)
FEMALE = HONORIFICS_SHE | _words(
    """
    actress anchorwoman assemblywoman aunt businesswoman chairwoman congresswoman councilwoman daughter ex-wife girl
    girlfriend grandmother mom mother niece policewoman princess queen sister spokeswoman widow wife woman
    """
)
# Words that anyone quoted may be called by afterwards, whatever the document said they are.
ANYONE = _words(
    """
    analyst author businessman businesswoman congressman congresswoman critic diplomat economist expert journalist
    lawmaker observer official politician reporter researcher scholar scientist specialist spokesman spokesperson
    spokeswoman strategist veteran writer
    """
)
PEOPLE = GROUPS | _words(
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
COLLECTIONS = _words(
    "group groups number chorus crowd majority handful team panel couple dozen host half pair third percent"
)
PERSONS = (
    ROLES
    | ANYONE
    | MALE - HONORIFICS_HE
    | FEMALE - HONORIFICS_SHE
    | _words(
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
NOT_PEOPLE = (
    (DOCUMENTS - {"sources"})
    | THINGS
    | _words(
        """
    accord ad ads advertisement answers argument article articles averages chapters charter commentary comments
    concern crisis debate decision discussion effort errors evidence factors fears feature finding findings history
    idea law laws letter letters lines literature matters mind numbers offers opinion orders paper papers piece
    policy posters posts powers prayers problem question reception recording remarks request research results
    returns rules ruling spot standards submission tapes terms test tests theory treaty words world
    """
    )
)
ORGANIZATION_NOUNS = ORGANIZATIONS | _words(
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
MAKERS = ("ers", "ors", "ists", "ants")
# In capitals these end the name of a country or a union of them.
COUNTRIES = frozenset({"states", "nations"})
# How the people of a country or a creed are called: "Mexicans", "Europeans", "Italians".
PEOPLES = ("icans", "ians", "peans")


def is_people(word: str) -> bool:
    """Whether the word says that several people are meant."""
    return word.rsplit("-", 1)[-1] in PEOPLE or word.endswith(PEOPLES)
