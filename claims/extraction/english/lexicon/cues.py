"""Cues: words that introduce what somebody said or thought, or wanted, asked for or denied."""

from claims.extraction.lexicon import word_set

# Verbs that double their last consonant: "quipped".
_DOUBLED_CONSONANT_VERBS = frozenset({"quip", "admit", "dub", "slam", "snap", "chat"})


def _verb_set(entries: str) -> frozenset[str]:
    """Return all forms of verbs: derived for a regular verb, listed with slashes for an irregular one."""
    return frozenset(form for entry in entries.split() for form in _verb_forms(entry))


def _verb_forms(entry: str) -> list[str]:
    if "/" in entry:
        return entry.split("/")
    if entry.endswith("e"):
        return [entry, entry + "s", entry + "d", entry[:-1] + "ing"]
    if entry.endswith("y") and entry[-2] not in "aeo":
        return [entry, entry[:-1] + "ies", entry[:-1] + "ied", entry + "ing"]
    stem = entry + entry[-1] if entry in _DOUBLED_CONSONANT_VERBS else entry
    plural = entry + ("es" if entry.endswith(("s", "sh", "ch")) else "s")
    return [entry, plural, stem + "ed", stem + "ing"]


SPEECH_VERBS = _verb_set(
    """
    say/says/said/saying write/writes/wrote/written/writing swear/swears/swore/sworn/swearing
    tell/tells/told/telling speak/speaks/spoke/spoken/speaking begin/begins/began/beginning
    find/finds/found/finding put/puts/putting read/reads/reading go/goes/went accuse acknowledge add address admit
    affirm agree allege announce answer apologise apologize appeal argue ask assert assess assure attest blame blast
    boast brag calculate call caution chant charge cite claim clarify comment complain concede conclude confess
    confide confirm contend continue convey counter criticise criticize cry declare decry demonstrate denounce deride
    describe detail disclose discuss dub echo elaborate email emphasise emphasize estimate exclaim explain express
    fume highlight hint imply indicate inform insist interject intone joke lambast lament laugh list maintain mention
    mock muse name note observe offer opine outline pledge point post praise predict proclaim promise pronounce
    propose quip quote rebuke recite recount refer reiterate relate remark remind repeat reply report respond retort
    reveal ridicule rule scream shout show signal slam snap specify state stress suggest summarise summarize talk
    tease testify thunder tout tweet retweet underline underscore urge voice vow warn whisper yell
    """
)
SPEECH_NOUNS = word_set(
    """
    according per statement statements remark remarks word words claim claims comment comments interview tweet report
    reports letter speech message memo post headline caption testimony argument allegation allegations warning
    admission announcement promise promises confession
    """
)
THOUGHT_VERBS = _verb_set(
    """
    think/thinks/thought/thinking feel/feels/felt/feeling hold/holds/held know/knows/knew/known/knowing
    understand/understands/understood/understanding see/sees/saw/seen/seeing foresee/foresees/foresaw/foreseen
    mean/means/meant learn/learns/learned/learnt/learning assume believe consider deem expect fear figure guess hope
    imagine judge realise realize recall reckon recognise recognize regard remember suspect view wonder worry
    """
)
THOUGHT_NOUNS = word_set(
    "opinion view views belief beliefs mind thoughts fears hopes aware certain confident convinced sure"
)
# Somebody who wants, plans, backs, asks for or denies something does not assert that it is so.
NON_ASSERTIVE_VERBS = _verb_set(
    """
    want plan intend seek/seeks/sought/seeking decline refuse deny doubt wish demand back support endorse oppose
    reject vote decide ignore question
    """
)
SPEECH_CUES = SPEECH_VERBS | SPEECH_NOUNS
THOUGHT_CUES = THOUGHT_VERBS | THOUGHT_NOUNS
CUE_VERBS = SPEECH_VERBS | THOUGHT_VERBS
# With a subject of their own, these make a statement within another: "the suspect told police that …".
INNER_SPEECH_FORMS = word_set(
    """
    said says told tells added admitted alleged announced argued claimed complained confessed confirmed declared denied
    explained insisted maintained replied stated testified warned wrote
    """
)
