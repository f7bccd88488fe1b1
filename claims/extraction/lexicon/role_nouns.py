"""Nouns that can be speakers: roles, groups, organizations and documents."""

from claims.extraction.lexicon import word_set

# A person by office or part: "the minister", "a spokesman for the ministry".
ROLE_NOUNS = word_set(
    """
    activist actor actress adviser advisor aide ambassador analyst anchor assistant attorney author billionaire blogger
    boss broadcaster brother businessman businesswoman candidate captain ceo cfo chair chairman chairperson chairwoman
    challenger chancellor chief coach colonel columnist commander commentator commissioner congressman congresswoman
    consultant contender coordinator correspondent councillor counsel critic daughter defender delegate democrat deputy
    diplomat director doctor economist editor envoy executive expert father fellow founder friend general governor head
    historian host husband interpreter investigator journalist judge justice king lawmaker lawyer leader legislator
    lieutenant man manager master mayor member minister moderator mother negotiator nominee officer official operative
    organizer owner parliamentarian participant physician politician pollster pope premier president prince princess
    producer professor prosecutor queen rapporteur rector reporter representative republican researcher reverend rival
    scholar scientist secretary senator sergeant sheriff singer sister socialist son source speaker specialist
    spokesman spokesperson spokeswoman staffer star strategist student supervisor surgeon surrogate teacher treasurer
    veteran vice-president victim viewer voter whistleblower wife witness woman worker writer
    """
)
# Words of a title that stand only before a name or another title.
TITLE_WORDS = word_set(
    """
    mr mr. mrs mrs. ms ms. mx mx. dr dr. prof prof. sen sen. sens. rep rep. reps. gov gov. lt lt. col col. gen gen. maj
    maj. capt capt. adm adm. sgt sgt. rev rev. hon hon. sir dame lord lady madam president-elect vice foreign prime
    defense defence attorney acting former first deputy interior finance press state
    """
)
# Several people, or people without a name.
GROUP_NOUNS = word_set(
    """
    activists advisers advisors aides allies americans analysts attorneys authorities authors backers candidates
    colleagues community conservatives couple critics crowd democrats deputies diplomats economists editors electorate
    executives experts family fans half historians immigrants investigators journalists lawmakers lawyers leaders
    liberals lots majority many media members men millions ministers moderators most negotiators observers officers
    officials opponents organizers others parents participants people percent police politicians pollsters prosecutors
    protesters public reporters representatives republicans researchers residents respondents rivals scholars
    scientists senators some sources specialists spokesmen staffers strategists students supporters surrogates
    thousands troops users veterans viewers voters witnesses women workers writers
    """
)
# "the ministry", "Moor's campaign"; also last words of organization names.
ORGANIZATION_WORDS = word_set(
    """
    administration agency alliance army association authority bank board broadcaster bureau cabinet campaign center
    centre channel church club college commission committee company congress corporation council court daily
    delegation department division embassy federation firm force foundation fund government group headquarters house
    institute institution journal kremlin league magazine ministry mission nation navy network news newspaper office
    organisation organization outlet parliament party pentagon post press school secretariat senate service site
    society station team times tribunal tribune union university website
    """
)
# Written sources: "according to the report", "a poll showed that".
DOCUMENT_NOUNS = word_set(
    """
    account accounts analysis article biography book complaint data document documents editorial email emails estimate
    estimates figures filing filings headline indictment interview investigation lawsuit letter memo message news
    notice poll polling polls post records release report reports review schedule sources speech statement statistics
    story studies study survey surveys testimony text transcript transcripts tweet tweets video
    """
)
# "in his opinion".
OPINION_NOUNS = word_set("opinion view words estimation assessment judgment estimate")
# Things with a title in quotation marks that nobody says: the film "…", the "…" formula.
NAMED_THINGS = word_set(
    """
    album anthem bill book campaign column documentary doctrine essay film formula game magazine movie newspaper novel
    operation painting phrase plan play podcast poem program programme project ship show slogan song term track word
    """
)
