"""What generated texts are made of: frames with slots, and what fills the slots.

A frame is text with slots in braces and marked parts: `[c …]` a content, `[q …]` its cue, `[s …]` its source; a number
after the letter tells the attributions of a frame apart.
"""

from claims.extraction.english.training.varied_names import word_list

FRAMES = (
    # Wire: told whom, when, by whom reported.
    "[c “{quote},”] [s {person}] [q told] {outlet}.",
    "[c “{quote},”] [s {person}] [q told] {outlet} on {day}. [c “{quote}.”]",
    "[s {person}] [q told] {outlet} [c that {clause}].",
    "[c “{quote},”] [s {person}] [q was quoted as saying] by {outlet}.",
    "[s {person}] [q was quoted] by {outlet} [q as saying] [c that {clause}].",
    "{outlet} quoted [s {person}] [q as saying] [c “{quote}.”]",
    "[c “{quote},”] [s {name}] [q said] at a briefing, according to {outlet}.",
    "[c “{quote},”] [q according to] [s {person}].",
    "[q According to] [s {person}], [c {clause}].",
    "[c {Clause}], [q according to] [s {person}].",
    "[c {Clause}], [s {name}] [q said] on {day}.",
    "[s {person}] [q said] on {day} [c that {clause}] and [c that {clause}].",
    "Speaking to {outlet}, [s {name}] [q said] [c {clause}].",
    "[s {name}] [q has said] [c {clause}].",
    "[c {Clause}], [s the {org}] [q said in a statement].",
    "[s The {org}] [q said] [c it {predicate}].",
    "[s {person}] [q said]: [c {Clause}].",
    "[s {person}] [q said] [c {clause}]: [c “{quote}.”]",
    "[c {Clause}], [q said] [s {person}]. [c “{quote}.”]",
    "[s {person}] [q {verb}]: [c “{quote}.”]",
    "And from [s {person}][q :] [c “{quote}.”]",
    "[s {name}] also [q said]:\n\n• [c {Clause}]\n\n• [c {Clause}]\n\n• [c {Clause}]",
    "[s {person}] [q listed] three reasons:\n\n- [c {Clause}.]\n\n- [c {Clause}.]",
    # Who speaks beside a description, a relative clause, a name after the verb.
    "[c “{quote},”] [q said] [s {person}].",
    "[c “{quote},”] [q said] [s {person}]. [c “{quote}.”]",
    "[c “{quote},”] [q said] [s {person}], {age}, who lives in {place}.",
    "[c “{quote},”] [q {verb}] [s {name}].",
    "[c “{quote},”] [s {name}], {age}, [q {verb}]. [c “{quote}.”]",
    "[s {name}], {age}, a farmer from {place}, [q said] [c {clause}].",
    "The claim came from {person}, [s who] [q said] [c that {clause}].",
    "The visit was welcomed by {person}, [s who] [q told] {outlet} [c {clause}].",
    "{person} praised the plan, a step which [s {pronoun}] [q said] [c {predicate}].",
    "It was a decision that [s {name}] [q said] [c {predicate}].",
    "[c “{quote},”] [s {pronoun}] [q {verb}].",
    "[s {Pronoun}] [q added]: [c “{quote}.”]",
    "[c “{question}?”] [s {name}] [q {asked}].",
    "[c “{question}?”] [q {asked}] [s {person}].",
    "[c “{question}?”] [s {pronoun}] [q {asked}]. [c “{quote}.”]",
    "[s {person}] [q asked] [c whether {clause}].",
    "[c “{exclaimed}!”] [q shouted] [s one fan].",
    "[c “{quote},”] [q said] [s one resident], who did not want to be named.",
    "[s A spokesman for the {org}] [q said]: [c “{quote}.”]",
    "[s A spokeswoman] [q said] [c {clause}].",
    "[s The {role}] [q said] [c {clause}].",
    # Two speakers in a row, and against each other.
    "[c “{quote},”] [q said] [s {person}]. [c2 “{quote},”] [s2 {person2}] [q2 said].",
    "[s {name}] [q said] [c {clause}], while [s2 {person2}] [q2 insisted] [c2 that {clause}].",
    "[s {name}] [q said] [c {clause}]. [s2 {person2}] [q2 disagreed]: [c2 “{quote}.”]",
    "[c “{quote},”] [s {name}] [q said], but [s2 {name2}] [q2 replied], [c2 “{quote}.”]",
    "When [s {name}] [q said] [c {clause}], [s2 {name2}] [q2 retorted]: [c2 “{quote}.”]",
    # Courts and crime.
    "[s Prosecutors] [q allege] [c that {clause}].",
    "[s Police] [q said] [c {clause}].",
    "[c {Clause}], [s police] [q said].",
    "[s The court] [q heard] [c that {clause}].",
    "[s Judge {name}] [q ruled] [c that {clause}].",
    "[s {name}, defending,] [q told] the court [c that {clause}].",
    "[c “{quote},”] [s the judge] [q told] {name2}.",
    "[c {Clause}], [q according to] [s court documents].",
    "[s Witnesses] [q told] {outlet} they [c saw the {role} leave before dawn].",
    "[s The indictment] [q says] [c {clause}].",
    "[s A neighbour] [q recalled] [c that {clause}].",
    # Sports and business.
    "[c “{quote},”] [s the {role}] [q told] {outlet} after the match.",
    "[c “{quote},”] [s {name}] [q told] the club’s website.",
    "[c “{quote},”] [s the {age}-year-old] [q said].",
    "[s {name}, whose side lost on {day},] [q admitted] [c {clause}].",
    "[s Analysts at {org}] [q expect] [c profits to fall by {age} per cent].",
    "[c “{quote},”] [s {org} chief executive {name}] [q said in a statement].",
    "[s The company] [q reported] [c sales of ${age} million for the quarter].",
    "[c Sales rose by {age} per cent], [s {org}] [q reported] on {day}.",
    # Headlines.
    "[c {Clause}], [q says] [s {name}]",
    "[s {name}][q :] [c {Clause}]",
    "[c {Clause}] [q –] [s {name}]",
    # Nobody says it.
    "The play “{title}” opens in {place} on {day}.",
    "{first} “{nick}” {name2} was born in {place}.",
    "The {org} is showing “{title}” until {day}.",
    "The {role}, known as “{nick}”, arrived in {place} with {person2}.",
    "{person} met {person2} in {place} on {day} and left without a word.",
)
# Short contents of other news than politics.
CLAUSES = (
    "the bridge had been closed since the flood",
    "the second goal should not have stood",
    "the driver was treated for minor injuries",
    "profits would fall short of forecasts this year",
    "the patients were moved before the fire spread",
    "the vaccine had been tested on 3,000 volunteers",
    "nobody had seen the boy since Saturday evening",
    "the strike would go ahead unless wages rose",
    "he had found the door open and the safe empty",
    "she never signed the contract",
    "the factory would hire another 200 workers",
    "the keeper could be out for six weeks",
    "the river was still rising in the north of the town",
    "rents had doubled within five years",
    "two men in a white van had followed her home",
    "the telescope had picked up a faint signal",
    "the airline was looking into the delay",
    "the film would be shown in 40 countries",
    "the harvest was the worst in a decade",
    "the pitch was too wet to play on",
)
PREDICATES = (
    "would cut waiting times by a third",
    "had cost the club its place in the league",
    "could put 500 jobs at risk",
    "was the right thing to do",
    "would sell its stake by the end of June",
    "had lost the trust of the town",
    "expected to open three more branches",
    "will make streets safer",
)
QUESTIONS = (
    "Why did nobody call us",
    "Where is the money",
    "Who is going to pay for this",
    "How can a bus be an hour late every day",
    "Do you think I would lie to a court",
    "What more do they want from us",
    "Is that what you call a penalty",
)
EXCLAIMED = ("Come on, you Reds", "Get out", "Open the gates", "What a goal", "Stop the car", "We are still here")
ROLES = word_list(
    "striker goalkeeper coach referee captain detective inspector surgeon nurse headteacher fisherman farmer baker "
    "bus_driver shopkeeper chief_executive economist analyst judge prosecutor coroner scientist engineer pilot "
    "conductor curator mayor minister ambassador union_leader shop_owner police_chief harbour_master team_manager"
)
ORGANIZATIONS = (
    "harbour authority",
    "football association",
    "hospital trust",
    "water company",
    "central bank",
    "fire service",
    "transport ministry",
    "university",
    "supermarket chain",
    "charity",
    "airline",
    "teachers’ union",
    "city council",
    "carmaker",
)
VERBS = word_list(
    "said said says added insisted admitted joked recalled explained warned conceded quipped fumed lamented remarked "
    "replied claimed declared stressed"
)
ASKED = word_list("asked demanded wondered inquired shouted")
TITLES = ("The Long Night", "A Winter of Salt", "Three Sisters", "No Way Home", "The Lighthouse", "Red Dust")
NICKNAMES = ("the Wall", "Sonny", "the Professor", "Lucky", "the Cat", "Big Joe")
DAYS = word_list("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
