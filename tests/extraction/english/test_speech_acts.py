"""The act of a quotation. In the texts, ^ ^ mark the source and | | the cue."""

import re

import pytest

from claims.extraction import Act, Document, Kind
from claims.extraction.english.candidates import Candidate, TokenRange
from claims.extraction.english.speech_acts import classify_act
from claims.extraction.text.tokens import TokenizedDocument, tokenize_document

INDIRECT = [
    ("^Ann Moor^ |said| it rains.", Act.SPEECH),
    ("^Ann Moor^ |has repeatedly said| it rains.", Act.SPEECH),
    ("It rains, |according to| ^Ann Moor^.", Act.SPEECH),
    ("^Ann Moor^ |wrote on Twitter| that it rains.", Act.SPEECH),
    ("^Ann Moor^|'s claim| that it rains", Act.SPEECH),
    ("^A poll^ |found| that it rains.", Act.SPEECH),
    ("^Ann Moor^|:| it rains", Act.SPEECH),
    ("^Ann Moor^ |quipped| that it rains.", Act.SPEECH),
    ("^The mayor^ |believes| it rains.", Act.THOUGHT),
    ("It |is expected| to rain.", Act.THOUGHT),
    ("^Ann Moor^ |wants| rain.", Act.OTHER),
    ("^Ann Moor^ |plans| to go.", Act.OTHER),
    ("^Ann Moor^ |asked for| rain.", Act.OTHER),
    ("^Ann Moor^ |has called for| rain.", Act.OTHER),
    ("^The town^ |endorsed| Ann Moor.", Act.OTHER),
    ("^Ann Moor^ |did not say| that it rains.", Act.OTHER),
    ("^Ann Moor^ did not |say| that it rains.", Act.OTHER),
    ("^Ann Moor^ |didn’t mention| that it rains.", Act.OTHER),
    ("^Ann Moor^ has never |believed| that it rains.", Act.OTHER),
    ("^Ann Moor^ |denied| that it rains.", Act.OTHER),
    ("^Nobody^ |said| that it rains.", Act.OTHER),
    ("^No one^ |said| that it rains.", Act.OTHER),
    ("^None of them^ |said| that it rains.", Act.OTHER),
    ("^No 10^ |said| that it rains.", Act.SPEECH),
    ("If ^Ann Moor^ |says| that it rains, we leave.", Act.OTHER),
    ("Did ^Ann Moor^ |say| that it rains?", Act.OTHER),
    ("^Who^ |said| that it rains?", Act.OTHER),
    ("It was Ann Moor ^who^ |said| that it rains.", Act.SPEECH),
    ("It was opened by Ann Moor, the mayor, ^who^ |said| that it rains.", Act.SPEECH),
    ("They met the mayor (^who^ |said| that it rains).", Act.SPEECH),
    ("Who came? ^Who^ |said| that it rains?", Act.OTHER),
    ("It was a step which ^Ann Moor^ |said| was late.", Act.SPEECH),
    ("It rained, which ^Ann Moor^ |said| was rare.", Act.SPEECH),
    ("Which ^minister^ |said| that it rains?", Act.OTHER),
    ("Rain, ^Ann Moor^ |demanded|.", Act.OTHER),
    ("Whether it rains, ^Ann Moor^ |questioned|.", Act.SPEECH),
    ("Why it rains, ^Ann Moor^ |demanded to know|.", Act.SPEECH),
]


def parse_marked_sentence(text: str) -> tuple[TokenizedDocument, Candidate]:
    """Return the text without its marks, and the marked candidate."""
    document = tokenize_document(Document.from_text(re.sub(r"[\^|]", "", text)))

    def between(sign: str) -> TokenRange | None:
        other = "|" if sign == "^" else "^"
        before, inside, *_ = [*text.replace(other, "").split(sign), ""]
        if not inside:
            return None
        start, end = len(before), len(before) + len(inside)
        inner = [i for i, word in enumerate(document.tokens) if start <= word.span.start and word.span.end <= end]
        return inner[0], inner[-1] + 1

    return document, Candidate([(0, 1)], between("|"), between("^"))


@pytest.mark.parametrize(("text", "expected"), INDIRECT)
def test_act_of_indirect_quotations(text: str, expected: Act) -> None:
    assert classify_act(*parse_marked_sentence(text), Kind.INDIRECT) is expected


@pytest.mark.parametrize("kind", [Kind.DIRECT, Kind.MIXED])
def test_quoted_content_is_speech_unless_its_cue_says_otherwise(kind: Kind) -> None:
    assert classify_act(*parse_marked_sentence('^Ann Moor^ |leaned over|: "It rains."'), kind) is Act.SPEECH
    assert classify_act(*parse_marked_sentence('^Ann Moor^ |believes|: "It rains."'), kind) is Act.THOUGHT
    assert classify_act(*parse_marked_sentence('^Ann Moor^ never |said|: "It rains."'), kind) is Act.OTHER


@pytest.mark.parametrize("verb", ["demanded", "questioned", "asked"])
def test_a_quoted_question_is_speech(verb: str) -> None:
    document, candidate = parse_marked_sentence(f'"Why?" ^Ann Moor^ |{verb}|.')
    candidate.content = [(0, 4)]
    assert classify_act(document, candidate, Kind.DIRECT) is Act.SPEECH


def test_a_demand_in_marks_is_no_speech() -> None:
    document, candidate = parse_marked_sentence('"Justice" is what ^Ann Moor^ |demanded|.')
    candidate.content = [(0, 3)]
    assert classify_act(document, candidate, Kind.DIRECT) is Act.OTHER
