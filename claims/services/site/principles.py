"""What the fact-checkers' code of principles asks of a site, and how far this one has it.

The commitments are those that signatories of the International Fact-Checking Network publish, in our own words. The
check-list finds what is missing; whether a text says what it should is for people to judge.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone

from claims.models import ErrorReport, Evidence, Rating, SitePage, SitePageSlug, Verification

ANSWER_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Check:
    """Something that a commitment needs. `place` is where it is put right; empty if the software sees to it."""

    label: str
    is_met: bool
    place: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Commitment:
    title: str
    promise: str
    checks: tuple[Check, ...]


def check_principles() -> list[Commitment]:
    written = {page.slug for page in SitePage.objects.exclude(text="") if page.text.strip()}
    evidence = Evidence.objects.filter(verification=OuterRef("pk"))
    has_bare_verdicts = Verification.objects.released().filter(~Exists(evidence)).exists()
    overdue = ErrorReport.objects.new().filter(created_at__lt=timezone.now() - ANSWER_WITHIN)
    return [
        Commitment(
            "Nonpartisanship and fairness",
            "Claims of every side are checked by the same standard, and the evidence decides.",
            (
                _text_check(written, SitePageSlug.METHODOLOGY, "How you choose what to check"),
                Check("Every rating has a definition", not Rating.objects.filter(explanation="").exists(), "ratings"),
                Check("Every verdict is approved by a second person", is_met=True),
            ),
        ),
        Commitment(
            "Transparency of sources",
            "Readers can follow the evidence and check it themselves.",
            (
                Check("Every published verdict has evidence", not has_bare_verdicts, "verifications"),
                Check("Every quote shows its source and its place there", is_met=True),
            ),
        ),
        Commitment(
            "Transparency of funding and organization",
            "Readers know who runs the site, who pays for it, and how to reach you.",
            (
                _text_check(written, SitePageSlug.ABOUT, "Who you are, who funds you, and who is responsible"),
                Check(
                    "The publisher is named",
                    settings.FACTBASE_PUBLISHER not in {"", "factbase"},
                    "settings",
                    "Set FACTBASE_PUBLISHER.",
                ),
                Check(
                    "There is an address to write to",
                    bool(settings.FACTBASE_CONTACT),
                    "settings",
                    "Set FACTBASE_CONTACT.",
                ),
            ),
        ),
        Commitment(
            "Transparency of methodology",
            "Readers know how you research, write, edit and publish, and can suggest what you should check.",
            (
                _text_check(written, SitePageSlug.METHODOLOGY, "How you research, write and edit"),
                Check("The rating scale is published with its definitions", is_met=True),
            ),
        ),
        Commitment(
            "Open and honest corrections",
            "Mistakes are corrected quickly and visibly, by a policy that readers can look up.",
            (
                _text_check(written, SitePageSlug.CORRECTIONS, "Your corrections policy"),
                Check("Corrections are public, with what stood there before", is_met=True),
                Check(
                    f"No reader has waited more than {ANSWER_WITHIN.days} days for an answer",
                    not overdue.exists(),
                    "reports",
                ),
            ),
        ),
    ]


def _text_check(written: set[str], slug: SitePageSlug, label: str) -> Check:
    advice = "" if slug in written else "Readers see the default text, which knows nothing of your newsroom."
    return Check(f"{label}: “{slug.label}” in your own words", slug in written, slug, advice)
