"""`feed`: adds, lists, polls, pauses and removes feeds, and exchanges lists of them with feed readers."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.articles import ArticleValueError, parse_language, parse_line
from claims.models import Feed, FeedState, Topic
from claims.services.errors import RefusedError
from claims.services.feeds import feed_list
from claims.services.feeds.polling import PollResult, poll_due_feeds, poll_feed

STDIN = "-"


class Command(BaseCommand):
    help = "Keep the list of feeds (RSS, Atom, JSON Feed, sitemaps), and poll them: what is new becomes deliveries."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        add = actions.add_parser("add", help="add feeds and poll them")
        add.add_argument("urls", nargs="+", metavar="URL", help="address of a feed, or of a page that names its feed")
        add.add_argument("--publisher", default="", help="publisher of articles that do not name theirs")
        add.add_argument("--language", default="", help="language of articles that do not state theirs, such as en")
        add.add_argument("--topic", metavar="SLUG", default="", help="topic of the claims proposed from its articles")
        actions.add_parser("list", help="list all feeds with their state and the result of the last poll")
        for name, description in {
            "remove": "forget feeds; their articles stay",
            "pause": "stop polling feeds until they are resumed",
            "resume": "poll paused or ended feeds again",
        }.items():
            add_feed_arguments(actions.add_parser(name, help=description), nargs="+")
        poll = actions.add_parser("poll", help="poll the feeds that are due, or these feeds at once")
        add_feed_arguments(poll, nargs="*")
        import_ = actions.add_parser("import", help="add the feeds that an OPML file lists")
        import_.add_argument("file", metavar="FILE", help="the file, or - for standard input")
        actions.add_parser("export", help="print all feeds as OPML")

    def handle(self, *, action: str, **options: Any) -> None:
        try:
            getattr(self, f"_{action}")(**options)
        except RefusedError as error:
            raise CommandError(str(error)) from error

    def _add(self, *, urls: list[str], publisher: str, language: str, topic: str, **_: object) -> None:
        chosen = Topic.objects.filter(slug=topic).first()
        if topic and chosen is None:
            raise CommandError(f"There is no topic {topic!r}.")
        try:
            publisher, language = parse_line("publisher", publisher), language and parse_language(language)
        except ArticleValueError as error:
            raise CommandError(f"{error}.") from error
        added = [feed_list.add_feed(url=url, publisher=publisher, language=language, topic=chosen) for url in urls]
        self._report(poll_feed(feed.pk, at_once=True) for feed in added)

    def _list(self, **_: object) -> None:
        for feed in Feed.objects.all():
            next_poll = f"{feed.next_poll_at:%Y-%m-%d %H:%M}" if feed.state == FeedState.ACTIVE else "-"
            line = f"{feed.pk:>5}  {feed.state:<6}  {feed.kind or '-':<13}  {next_poll:<16}  {feed.url}"
            self.stdout.write(f"{line}  {feed.reason}" if feed.reason else f"{line}  {feed.title}".rstrip())

    def _remove(self, *, feed: list[str], **_: object) -> None:
        for row in find_feeds(feed):
            feed_list.remove_feed(feed=row)
            self.stdout.write(f"removed {row}")

    def _pause(self, *, feed: list[str], **_: object) -> None:
        for row in find_feeds(feed):
            self.stdout.write(f"paused {feed_list.pause_feed(feed=row)}")

    def _resume(self, *, feed: list[str], **_: object) -> None:
        for row in find_feeds(feed):
            self.stdout.write(f"resumed {feed_list.resume_feed(feed=row)}")

    def _poll(self, *, feed: list[str], **_: object) -> None:
        if not feed:
            return self._report(poll_due_feeds())
        rows = find_feeds(feed)
        if idle := [row for row in rows if row.state != FeedState.ACTIVE]:
            raise CommandError(f"“{idle[0]}” is {idle[0].state}. Resume it first.")
        return self._report(poll_feed(row.pk, at_once=True) for row in rows)

    def _import(self, *, file: str, **_: object) -> None:
        try:
            opml = sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        result = feed_list.import_feeds(opml=opml)
        for refusal in result.refused:
            self.stderr.write(self.style.ERROR(f"refused {refusal}"))
        self.stdout.write(f"Feeds: {result.added} added, {result.known} known, {len(result.refused)} refused.")
        if result.refused:
            raise CommandError("Some feeds were refused; the others are added.")

    def _export(self, **_: object) -> None:
        self.stdout.write(feed_list.export_feeds().decode())

    def _report(self, results: Iterable[PollResult | None]) -> None:
        """Prints the results as they come. Raises CommandError if a poll failed or was put off."""
        polled = new = missed = 0
        for result in results:
            polled += 1
            if result is None:
                missed += 1
                self.stderr.write(self.style.WARNING("put off: another request to the site is running"))
            elif result.failure:
                missed += 1
                self.stderr.write(self.style.ERROR(f"failed  {result.feed.url}: {result.failure}"))
            else:
                new += result.new
                self.stdout.write(f"{result.new:>3} new  {result.feed.url}")
        self.stdout.write(f"Feeds polled: {polled - missed}. New articles on their way: {new}.")
        if missed:
            raise CommandError(f"{missed} of {polled} feeds could not be polled. They are tried again later.")


def add_feed_arguments(parser: argparse.ArgumentParser, *, nargs: str) -> None:
    parser.add_argument("feed", nargs=nargs, metavar="FEED", help="number or address of a feed")


def find_feeds(names: list[str]) -> list[Feed]:
    """The feeds of these numbers or addresses. Raises CommandError for an unknown one."""
    return [find_feed(name) for name in names]


def find_feed(name: str) -> Feed:
    feed = Feed.objects.of_address(name).first()
    if feed is None and name.isascii() and name.isdigit() and len(name) < 18:
        feed = Feed.objects.filter(pk=int(name)).first()
    if feed is None:
        raise CommandError(f"There is no feed {name!r}. `feed list` lists all.")
    return feed
