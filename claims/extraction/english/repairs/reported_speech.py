"""Repair rules for text outside quotation marks: where a statement begins and ends, and who makes it."""

from collections.abc import Sequence
from dataclasses import replace

from claims.extraction.english.candidates import Candidate
from claims.extraction.english.lexicon.cues import CUE_VERBS, INNER_SPEECH_FORMS
from claims.extraction.english.lexicon.function_words import AUXILIARIES, FORMS_OF_BE, NEUTER_PRONOUNS, SUBJECT_PRONOUNS
from claims.extraction.english.lexicon.role_nouns import NAMED_THINGS, OPINION_NOUNS
from claims.extraction.english.repairs.candidate_set import SENTENCE_END, CandidateSet
from claims.extraction.lexicon import word_set
from claims.extraction.quotation import Part
from claims.extraction.text.tokens import QuoteSide, Token

POSSESSIVE_DETERMINERS = word_set("his her their my our")
# A subordinate clause or phrase may precede a content in its sentence, if it begins with one of these.
LEAD_WORDS = word_set("although though while if when because since as after before unless despite in at on for but and")
MAX_LEAD_WORDS = 60
# In tokens: "said on Monday, commenting on".
MAX_INSERTION_DISTANCE = 8
# A statement after a name and a colon has at least this many words.
MIN_CLAUSE_WORDS = 4
COORDINATORS = word_set("and but")
# Their subject is hardly that of the clause before them: "said that Lee left and added that it rained".
STATEMENT_STARTS = word_set("that whether if against of he she it they there")
ADDING_VERBS = word_set("added adds stressed stresses warned warns insisted insists wonders wondered asks asked")
FLOATING_PRONOUNS = SUBJECT_PRONOUNS | word_set("all both")
DEMONSTRATIVES = word_set("this that these those")
PARTICIPLES = frozenset(form for form in CUE_VERBS if form.endswith(("ed", "id", "own", "ught", "lt", "ritten")))
# A content of these words only refers to what was said elsewhere.
EMPTY_WORDS = DEMONSTRATIVES | word_set("it so the a an such what which he she they them him her")


def confine_to_paragraph(candidates: CandidateSet) -> None:
    """Keep a content in the paragraph of its cue, in the next one after a colon, and in quotations that continue there.

    A quotation continues in the next paragraph if that opens it again, or is nothing but another quotation.
    """
    tokens = candidates.document.tokens
    first_tokens = {token.paragraph: token for token in reversed(tokens)}
    last_tokens = {token.paragraph: token for token in tokens}
    quotation_of = _quotations_by_token(candidates)
    for candidate in candidates.all:
        if candidate.is_transcript_turn or not candidate.cue:
            continue
        paragraph = tokens[candidate.cue[0]].paragraph
        paragraphs = {paragraph}
        next_token = first_tokens.get(paragraph + 1)
        if next_token and (
            last_tokens[paragraph].text == ":"
            or (next_token.side is QuoteSide.OPENS and last_tokens[paragraph + 1].side is not QuoteSide.OUTSIDE)
        ):
            paragraphs.add(paragraph + 1)
        content = set(candidate.content_tokens())
        quotations = {quotation_of.get(index) for index in content if tokens[index].paragraph in paragraphs} - {None}
        confined = {
            index for index in content if tokens[index].paragraph in paragraphs or quotation_of.get(index) in quotations
        }
        if confined:
            candidates.release(content - confined)


def _quotations_by_token(candidates: CandidateSet) -> dict[int, int]:
    """Return the number of the quotation that each token stands in; one that continues has the number of its start."""
    starts: list[int] = []
    quotation_of: dict[int, int] = {}
    for number, quoted in enumerate(candidates.document.quoted):
        starts.append(number if quoted.continues is None else starts[quoted.continues])
        quotation_of.update(dict.fromkeys(range(quoted.start, quoted.end), starts[number]))
    return quotation_of


def skip_inserted_phrases(candidates: CandidateSet) -> None:
    """`Moor said on Monday, commenting on the reports, that it rained`: begin the content with ", that"."""
    tokens = candidates.document.tokens
    for candidate in candidates.all:
        if not candidate.cue or not candidate.content or candidate.content[0][0] < candidate.cue[1]:
            continue
        inserted = next(
            (i for i in range(candidate.cue[0], candidate.content[0][0]) if _begins_insertion(tokens, i)), None
        )
        if inserted is None or inserted > candidate.cue[1] + MAX_INSERTION_DISTANCE:
            continue
        content = list(candidate.content_tokens())
        that = next((i for i in content if tokens[i].text == "that" and tokens[i - 1].text == ","), None)
        verbs = range(max(0, inserted - MAX_INSERTION_DISTANCE), inserted)
        verb = next((i for i in verbs if tokens[i].lower in INNER_SPEECH_FORMS), None)
        if that is not None and verb is not None:
            candidates.release({index for index in content if index < that})
            candidate.cue = (min(verb, candidate.cue[0]), verb + 1)


def _begins_insertion(tokens: Sequence[Token], index: int) -> bool:
    """Whether a token is the participle in "said on Monday, commenting on"."""
    word = tokens[index].text
    return index > 0 and tokens[index - 1].text == "," and word.islower() and word.endswith("ing")


def end_relative_clauses(candidates: CandidateSet) -> None:
    """`The plan, which critics say is too dear, was passed`: end the content with the relative clause."""
    tokens = candidates.document.tokens
    for candidate in candidates.all:
        attribution = min((part for part in (candidate.cue, candidate.source) if part), default=None)
        if attribution is None or not candidate.cue or not attribution[0]:
            continue
        which = attribution[0] - 1
        if tokens[which].text != "which" or tokens[which - 1].text != "," or which not in candidate.content_tokens():
            continue
        content = [index for index in candidate.content_tokens() if index > candidate.cue[1]]
        comma = next((i for i in content if tokens[i].text == "," and tokens[i].side is QuoteSide.OUTSIDE), None)
        if comma is not None:
            candidates.release({index for index in content if index >= comma})


def extend_to_sentence_start(candidates: CandidateSet) -> None:
    """`Although it rained, the river is low, said Moor`: add a leading clause to the content before a cue."""
    tokens = candidates.document.tokens
    for number, candidate in enumerate(candidates.all):
        attribution = min((part for part in (candidate.cue, candidate.source) if part), default=None)
        if attribution is None:
            continue
        start, end = candidate.content[0] if candidate.content else (0, 0)
        precedes_attribution = not any(tokens[index].is_word for index in range(end, attribution[0]))
        if tokens[start].side is not QuoteSide.OUTSIDE or not precedes_attribution:
            continue
        lead = _lead_start(candidates, start)
        if lead < start and tokens[lead].lower in LEAD_WORDS:
            candidates.assign(set(range(lead, start)), number)


def separate_coordinated_statements(candidates: CandidateSet) -> None:
    """`Moor said it rained and added that it was late`: end the content before "and added", which begins another."""
    tokens = candidates.document.tokens
    for candidate in list(candidates.all):
        if not candidate.cue or not candidate.source or candidate.is_transcript_turn:
            continue
        content = set(candidate.content_tokens())
        for index in sorted(content):
            verb = index + 1
            if tokens[index].lower not in COORDINATORS or index < candidate.cue[1]:
                continue
            while verb + 1 < len(tokens) and tokens[verb].lower in AUXILIARIES:
                verb += 1
            rest = {token for token in content if token > verb}
            # Without a rest, the text may end at its "and".
            is_cue = rest and tokens[verb].lower in ADDING_VERBS and verb not in candidates.by_cue_start
            if is_cue and tokens[min(rest)].lower in STATEMENT_STARTS:
                candidates.release({token for token in content if token >= index})
                added = replace(candidate, content=[], cue=(verb, verb + 1), repaired={Part.CUE})
                candidates.assign(rest, candidates.add(added))
                break


def _lead_start(candidates: CandidateSet, start: int) -> int:
    """Return where the sentence of token `start` begins; `start` itself if other attributions stand before it."""
    tokens = candidates.document.tokens
    lead = start
    while lead and tokens[lead - 1].paragraph == tokens[start].paragraph and start - lead < MAX_LEAD_WORDS:
        previous = tokens[lead - 1]
        if previous.text in SENTENCE_END or previous.side is not QuoteSide.OUTSIDE:
            break
        if lead - 1 in candidates.owners or lead - 1 in candidates.cue_and_source_tokens:
            return start
        lead -= 1
    return lead


def add_opinions(candidates: CandidateSet) -> None:
    """`In his opinion, …`: make the rest of the sentence a statement."""
    for index in range(len(candidates.document.tokens) - 4):
        noun = _find_opinion_noun(candidates, index)
        if noun is not None:
            candidates.replace_statement((index, noun + 1), (index + 1, noun), noun + 2)


def _find_opinion_noun(candidates: CandidateSet, index: int) -> int | None:
    """Return the "opinion" of an "In his opinion," that begins a sentence at `index`."""
    tokens = candidates.document.tokens
    preposition = tokens[index]
    if preposition.lower != "in" or preposition.side is not QuoteSide.OUTSIDE:
        return None
    if not candidates.starts_sentence(index):
        return None
    for noun in range(index + 2, min(index + 6, len(tokens) - 2)):
        if tokens[noun].lower in OPINION_NOUNS and tokens[noun + 1].text == ",":
            owner = tokens[noun - 1].lower
            return noun if owner in POSSESSIVE_DETERMINERS or owner.endswith("'s") else None
    return None


def add_labelled_statements(candidates: CandidateSet) -> None:
    """`Later, on the radio, Moor: it rains`: make the clause after a recurring name and a colon a statement."""
    tokens = candidates.document.tokens
    for colon in range(1, len(tokens) - MIN_CLAUSE_WORDS):
        next_token = tokens[colon + 1]
        if tokens[colon].text != ":" or tokens[colon].side is not QuoteSide.OUTSIDE or not next_token.text[0].islower():
            continue
        start = candidates.start_of_name_before(colon)
        is_label = start < colon and (tokens[start - 1].text == "," or candidates.starts_sentence(start))
        is_recurring = candidates.capitalized_counts[tokens[colon - 1].text] > 1
        if is_label and is_recurring and next_token.paragraph == tokens[colon].paragraph:
            candidates.replace_statement((colon, colon + 1), (start, colon), colon + 1)


def name_speaker_before_colon(candidates: CandidateSet) -> None:
    """`Moor: it rains`: make the name before the colon the source if there is no other."""
    tokens = candidates.document.tokens
    for candidate in candidates.all:
        if candidate.source or not candidate.cue or tokens[candidate.cue[0]].text != ":":
            continue
        end = candidate.cue[0]
        start = candidates.start_of_name_before(end)
        if start < end:
            candidate.source = (start, end)
            candidate.repaired.add(Part.MENTION)


def name_contracted_sources(candidates: CandidateSet) -> None:
    """`He's claiming`, `all agreed`: make the pronoun that the tagger took for part of the cue the source."""
    tokens = candidates.document.tokens
    for candidate in candidates.all:
        if not candidate.cue or candidate.cue[1] - candidate.cue[0] < 2:
            continue
        first = candidate.cue[0]
        pronoun, apostrophe, _ = tokens[first].lower.partition("'")
        is_contraction = bool(apostrophe) and pronoun in SUBJECT_PRONOUNS | NEUTER_PRONOUNS
        is_floating = candidate.source is None and pronoun in FLOATING_PRONOUNS
        if is_contraction or is_floating:
            candidate.source, candidate.cue = (first, first + 1), (first + 1, candidate.cue[1])
            candidate.repaired |= {Part.MENTION, Part.CUE}


def name_adjacent_subjects(candidates: CandidateSet) -> None:
    """`"Where?" I ask.`: make the pronoun before the cue the source, if that is of another paragraph."""
    tokens = candidates.document.tokens
    for candidate in candidates.all:
        if not candidate.cue or not candidate.source or not candidate.cue[0] or candidate.is_transcript_turn:
            continue
        before = candidate.cue[0] - 1
        is_subject = tokens[before].lower in SUBJECT_PRONOUNS and tokens[before].side is QuoteSide.OUTSIDE
        is_elsewhere = tokens[candidate.source[0]].paragraph != tokens[candidate.cue[0]].paragraph
        if is_subject and is_elsewhere and tokens[before].paragraph == tokens[candidate.cue[0]].paragraph:
            candidate.source = (before, candidate.cue[0])
            candidate.repaired.add(Part.MENTION)


def drop_expletive_sources(candidates: CandidateSet) -> None:
    """`It is reported that`: drop a source that is an expletive "it" or a demonstrative."""
    tokens = candidates.document.tokens
    for candidate in candidates.all:
        if candidate.source and candidate.cue and candidate.source[1] - candidate.source[0] == 1:
            source = tokens[candidate.source[0]].lower
            cue = {tokens[index].lower for index in range(*candidate.cue)}
            is_passive = bool(cue & FORMS_OF_BE and cue & PARTICIPLES)
            is_relative = _follows_noun(candidates, candidate.source[0]) and _is_quoted(candidates, candidate)
            is_demonstrative = source in DEMONSTRATIVES and not is_relative
            if is_demonstrative or (source == "it" and is_passive):
                candidate.source = None
                candidate.repaired.add(Part.MENTION)


def _follows_noun(candidates: CandidateSet, index: int) -> bool:
    """Whether a word precedes in the sentence, to which "that" refers: "a page that said"."""
    return not candidates.starts_sentence(index) and candidates.document.tokens[index - 1].is_word


def _is_quoted(candidates: CandidateSet, candidate: Candidate) -> bool:
    return any(candidates.document.tokens[start].side is QuoteSide.OPENS for start, _ in candidate.content)


def states_something(candidates: CandidateSet, candidate: Candidate) -> bool:
    """Whether the content is more than "this" or "it", and the source more than "according to the … formula"."""
    tokens = candidates.document.tokens
    if (
        candidate.source
        and candidate.cue
        and tokens[candidate.cue[0]].lower == "according"
        and tokens[candidate.source[1] - 1].lower in NAMED_THINGS
    ):
        return False
    return any(tokens[index].is_word and tokens[index].lower not in EMPTY_WORDS for index in candidate.content_tokens())
