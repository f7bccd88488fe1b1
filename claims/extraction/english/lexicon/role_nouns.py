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
    archbishop barrister bishop constable detective goalkeeper inspector magistrate midfielder mp sheikh solicitor
    striker superintendent winger
    """
)
# A person by trade, part in a sport, rank or creed: "Referee Ann Moor".
TRADE_NOUNS = word_set(
    """
    abbot adjudicator advocate academic accountant admiral airman anthropologist archaeologist archbishop
    archdeacon architect archivist astronaut astronomer athlete auctioneer ayatollah backbencher bandleader barber
    barista baritone baroness barrister bassist batsman biochemist biographer biologist bishop blogger bodyguard
    botanist bowler boxer brigadier butcher butler cameraman campaigner caricaturist carpenter cartoonist cellist
    centre-half chancellor chaplain chef chemist chieftain choreographer cinematographer cleric climber co-founder
    co-pilot comedian comic commandant composer comptroller conductor constable coroner corporal countess courtier
    coxswain criminologist curate curator cyclist dancer deacon defector defenceman defenseman demographer dentist
    designer detective dietitian dissident dramatist drummer duchess economist educator electrician emir emperor
    engineer ensign entrepreneur epidemiologist ethicist farmer fighter film-maker filmmaker firefighter fisherman
    fisherwoman fly-half footballer frontbencher frontman full-back fundraiser gardener geneticist geographer
    geologist goalie goalkeeper goalscorer goaltender golfer gp guitarist gymnast gynaecologist hacker hairdresser
    headhunter headmaster headmistress headteacher hotelier housewife hydrologist hypnotist illusionist illustrator
    imam immunologist impresario industrialist influencer inspector inventor jockey jurist landlord librarian
    linguist lobbyist lyricist magician magistrate magnate marshal mathematician mechanic medic meteorologist
    midfielder midwife miner missionary monk monsignor mountaineer mullah musician naturalist neurologist
    neuroscientist newscaster newsreader novelist nun nurse nutritionist oceanographer oncologist optician painter
    paramedic parson pastor pathologist patriarch peer pensioner percussionist pharmacist philanthropist
    philosopher photographer photojournalist physicist physiotherapist pianist pilot pitcher playwright plumber
    poet policeman policewoman porter postman potter preacher presenter priest principal printmaker programme-maker
    promoter provost psychiatrist psychologist publican publicist quarterback quartermaster rabbi rancher ranger
    rapper receptionist referee registrar restaurateur rider ringleader saxophonist screenwriter sculptor seaman
    seismologist selector seminarian shepherd shopkeeper showrunner skipper sociologist soldier solicitor
    songwriter soprano sportsman sportswoman sprinter statesman statistician stonemason storyteller striker
    stuntman stylist subpostmaster superintendent surveyor swimmer tailor technician technologist tenor theologian
    therapist trader trainer trooper translator trumpeter tutor tycoon umpire undersecretary undersheriff
    undertaker urologist vicar viceroy violinist virologist viscount vlogger volunteer warden webmaster winemaker
    winger wrestler zoologist
    """
)
# Words of a title that stand only before a name or another title.
TITLE_WORDS = word_set(
    """
    mr mr. mrs mrs. ms ms. mx mx. dr dr. prof prof. sen sen. sens. rep rep. reps. gov gov. lt lt. col col. gen gen.
    maj maj. capt capt. adm adm. sgt sgt. rev rev. hon hon. sir dame lord lady madam president-elect vice foreign
    prime defense defence attorney acting former first deputy interior finance press state cllr cllr. comrade coun
    cmdr cmdr. cpl cpl. datin dato datuk dci det det. dj frau fr. haji hajji herr insp insp. maulana mep mp msp
    mullah pte sardar seri señor señora sheik sheikh shri smt smt. sultan supt supt. tengku ustad home shadow
    """
)
# "Minister of Defence", "Secretary of State for Health".
OFFICES = word_set(
    """
    ambassador archbishop bishop chair chairman chairwoman chancellor chief commander commissioner deputy director
    emir envoy governor head inspector king leader mayor minister premier president prince queen secretary sultan
    superintendent
    """
)
# Titles only as written: "PC Ann Moor", not "Pc" or "pc".
TITLE_ACRONYMS = frozenset({"DC", "DI", "DS", "KC", "PC", "PM", "QC"})
# After a name: "Ann Moor QC".
POSTNOMINALS = frozenset({"CBE", "DBE", "KBE", "KC", "MBE", "MEP", "MP", "MSP", "OBE", "QC"})
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
# Words and names of media, which pass on what others say: "the news agency", "the Daily Lamp", "Reuters".
MEDIA_WORDS = word_set(
    """
    abc aap afp agency agencies anadolu ani ansa ap axios bbc bloomberg bnr broadcaster bulletin cbs channel chronicle
    cnbc cnn courier daily dpa dw efe examiner express gazette globe guardian herald ians independent inquirer interfax
    itv jazeera journal kyodo magazine mail media mirror msnbc nbc network news newspaper newspapers npr observer outlet
    outlets paper papers pbs podcast politico portal post press programme pti radio ria reuters sky spiegel standard
    station sun tabloid tass telegraph television times tribune tv upi weekly website xinhua yonhap
    """
)
# Written sources: "according to the report", "a poll showed that".
DOCUMENT_NOUNS = word_set(
    """
    account accounts affidavit affidavits analysis article biography book complaint data document documents editorial
    email emails estimate estimates figures filing filings headline indictment interview investigation lawsuit letter
    memo message news notice poll polling polls post records release report reports review schedule sources speech
    statement statistics story studies study survey surveys testimony text transcript transcripts tweet tweets video
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
