"""Quotes of a claim by story: the same words in copies of one article, and in its translation, are one."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.articles.near_duplicates import comparable_words
from claims.pages.common.rows import APIRow
from claims.templatetags.pages import outlet_name


@dataclass(slots=True)
class Story:
    """A quote, and the same words in copies of its article."""

    quote: APIRow
    copies: list[APIRow] = field(default_factory=list)

    @property
    def outlet_count(self) -> int:
        return len({outlet_name(quote["source"]) for quote in (self.quote, *self.copies)})

    def repeats(self, quote: APIRow) -> bool:
        """Whether the quote has the same words in an article that an editor found to be a copy."""
        is_copy = any(quote["source"]["id"] in known["related_sources"] for known in (self.quote, *self.copies))
        return is_copy and comparable_words(quote["text"]) == comparable_words(self.quote["text"])

    def shows_as_counterpart(self, quote: APIRow) -> bool:
        """Whether the quote stands below this one, as its original or its translation."""
        return any(other["id"] == quote["id"] for other in self.quote["counterparts"])


def group_by_story(quotes: Sequence[APIRow]) -> list[Story]:
    """Groups the quotes, in their order; each has the ids of its `related_sources`."""
    stories: list[Story] = []
    for quote in quotes:
        if any(story.shows_as_counterpart(quote) for story in stories):
            continue
        story = next((story for story in stories if story.repeats(quote)), None)
        if story:
            story.copies.append(quote)
        else:
            stories.append(Story(quote))
    return stories
