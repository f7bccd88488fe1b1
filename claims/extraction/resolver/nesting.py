"""Who reports whom: sayings whose source stands in what somebody else said."""

from collections.abc import Sequence

from claims.extraction.resolver.utterances import Utterance

# Deeper nesting than this is not followed.
MAX_NESTING = 4


def enclosing_utterances(sayings: Sequence[Utterance], places: Sequence[int | None]) -> list[int | None]:
    """For each saying the innermost one whose content holds its source; `places` are where the sources stand."""
    contents = sorted(
        (span.start, span.end, number) for number, saying in enumerate(sayings) for span in saying.content
    )
    order = sorted((place, number) for number, place in enumerate(places) if place is not None)
    found: list[int | None] = [None] * len(sayings)
    opened: list[tuple[int, int]] = []
    following = 0
    for place, number in order:
        while following < len(contents) and contents[following][0] <= place:
            opened.append((contents[following][1], contents[following][2]))
            following += 1
        while opened and opened[-1][0] <= place:
            opened.pop()
        holders = (outer for end, outer in reversed(opened[-MAX_NESTING:]) if end > place and outer != number)
        found[number] = next(holders, None)
    return found
