"""Function words: pronouns, determiners, prepositions, auxiliaries, and the small words of dates and names."""

from claims.extraction.lexicon import word_set

MALE_PRONOUNS = word_set("he him his himself")
FEMALE_PRONOUNS = word_set("she her hers herself")
PERSONAL_PRONOUNS = MALE_PRONOUNS | FEMALE_PRONOUNS
PLURAL_PRONOUNS = word_set("they them their theirs themselves")
NEUTER_PRONOUNS = word_set("it its itself")
SINGULAR_PRONOUNS = PERSONAL_PRONOUNS | NEUTER_PRONOUNS
FIRST_PERSON_PRONOUNS = word_set("i me my mine myself we us our ours ourselves")
RELATIVE_PRONOUNS = word_set("who whom whose which that")
PRONOUNS = (
    MALE_PRONOUNS
    | FEMALE_PRONOUNS
    | PLURAL_PRONOUNS
    | NEUTER_PRONOUNS
    | FIRST_PERSON_PRONOUNS
    | RELATIVE_PRONOUNS
    | word_set("you your this these those one each both what")
)
POSSESSIVE_PRONOUNS = word_set("his her their its my our your whose")
DEFINITE_DETERMINERS = word_set("the this that these those")
INDEFINITE_DETERMINERS = word_set("a an one another any every each no")
PLURAL_QUANTIFIERS = word_set(
    """
    all both dozens eight fellow few five four hundreds many millions more most nine numerous other others seven
    several six some ten these those thousands three two various
    """
)
# "one of her aides", "those who know her".
COUNTING_PRONOUNS = word_set("one each both this that these those")
INDEFINITE_PERSON_PRONOUNS = word_set("someone somebody anyone anybody nobody")
INDEFINITE_GROUP_PRONOUNS = word_set("everyone everybody others some many few most")
SUBJECT_PRONOUNS = word_set("he she they who i we")
# Before the name of a place.
PLACE_PREPOSITIONS = word_set("in from near across throughout")
DETERMINERS = word_set(
    """
    the a an his her its their our my some many several two three four another other both most few every each no any
    more all nearly about
    """
)
CALENDAR_WORDS = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december today yesterday tonight jan. feb. mar. apr. aug. sept. sep. oct. nov. dec.
    """
)
# At the end of a source they say when it spoke: "Ann Moor today told".
DAY_WORDS = word_set("today yesterday tonight tomorrow later earlier now then")
NAME_PARTICLES = word_set("de del della der den di da du dos la le van von bin ibn al el ben ter ten abu y zu")
# May begin a surname by themselves: "van Dijk said", but "ten Danes said".
LEADING_NAME_PARTICLES = NAME_PARTICLES - {"den", "ten", "ben", "y"}
PREPOSITIONS = word_set(
    """
    in on at to of for from with by about during after before under over into against between among through without
    within near across around since until despite like behind per via
    """
)
# Begin a new clause.
SUBORDINATORS = word_set(
    """
    but and as when while because that if although though since which where than or so yet whether whereas unless what
    how why once until after before
    """
)
# May stand between a subject and its verb.
AUXILIARIES = word_set(
    """
    has have had did does do didn't didn’t doesn't doesn’t don't don’t not never will would can could may might must
    should all already also always both earlier even first however instead just later meanwhile now often once only
    again previously publicly recently repeatedly further separately simply still subsequently then there
    """
)
FORMS_OF_BE = word_set("is are was were be been being am 's ’s isn't isn’t aren't aren’t wasn't wasn’t weren't weren’t")
