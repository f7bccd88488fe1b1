"""Finds utterances within utterances: those whose source stands in the content of another."""

from collections.abc import Sequence

from claims.extraction.resolver.utterances import Utterance

MAX_NESTING = 4


def enclosing_utterances(utterances: Sequence[Utterance], source_offsets: Sequence[int | None]) -> list[int | None]:
    """Return for each utterance the index of the innermost other one whose content holds its source, if any."""
    contents = sorted(
        (span.start, span.end, number) for number, utterance in enumerate(utterances) for span in utterance.content
    )
    sources = sorted((offset, number) for number, offset in enumerate(source_offsets) if offset is not None)
    enclosing: list[int | None] = [None] * len(utterances)
    open_contents: list[tuple[int, int]] = []
    next_content = 0
    for offset, number in sources:
        while next_content < len(contents) and contents[next_content][0] <= offset:
            open_contents.append(contents[next_content][1:])
            next_content += 1
        while open_contents and open_contents[-1][0] <= offset:
            open_contents.pop()
        innermost_first = reversed(open_contents[-MAX_NESTING:])
        enclosing[number] = next((outer for end, outer in innermost_first if end > offset and outer != number), None)
    return enclosing
