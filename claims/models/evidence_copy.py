"""EvidenceCopy: the page of a piece of evidence as it was read, and the checks whether it is still there."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Substr

from claims.models.evidence import Evidence
from claims.models.page_check import PageCheck
from claims.models.raw_content import RawContent

_SLICE = Substr("text", F("start") + 1, F("end") - F("start"))


class EvidenceCopy(PageCheck):
    """The page of a piece of evidence, kept with its text. `url` is the address that was copied.

    `raw` has the bytes of the page, `text` what was read from them; it is empty where they are no text that can be
    read. `sha256` is that of the text in UTF-8 (lowercase hex). Neither is changed afterwards: later checks only find
    out whether the page is still there.

    `excerpt` is the evidence's excerpt as it was last looked for in the text. If it was found, `exact` are the
    characters from `start` to `end` (exclusive) of the text, and `prefix` and `suffix` those around them, as of a
    quote; `start` is null if it was not.
    """

    evidence = models.OneToOneField(Evidence, on_delete=models.CASCADE, related_name="copy")
    url = models.CharField("URL", max_length=2000, editable=False)
    title = models.CharField(max_length=500, blank=True, editable=False)
    text = models.TextField(blank=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    raw = models.ForeignKey(
        RawContent, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence_copies", editable=False
    )
    retrieved_at = models.DateTimeField(null=True, blank=True, editable=False)
    excerpt = models.TextField(blank=True, editable=False)
    start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    end = models.PositiveIntegerField(null=True, blank=True, editable=False)
    exact = models.TextField(blank=True, editable=False)
    prefix = models.TextField(blank=True, editable=False)
    suffix = models.TextField(blank=True, editable=False)

    class Meta(PageCheck.Meta):
        verbose_name_plural = "evidence copies"
        constraints: ClassVar = [
            *PageCheck.Meta.constraints,
            models.CheckConstraint(
                condition=Q(raw=None, retrieved_at=None, text="") | Q(raw__isnull=False, retrieved_at__isnull=False),
                name="evidence_copy_has_its_bytes",
            ),
            models.CheckConstraint(
                condition=Q(text="", sha256="") | (~Q(text="") & Q(sha256__regex=r"^[0-9a-f]{64}$")),
                name="evidence_copy_sha256_is_lowercase_hex",
            ),
            models.CheckConstraint(
                condition=Q(start=None, end=None, exact="", prefix="", suffix="")
                | Q(start__isnull=False, end__isnull=False, end__gt=F("start"), exact=_SLICE),
                name="evidence_copy_exact_is_slice",
            ),
        ]

    def __str__(self) -> str:
        return f"Copy of {self.url}"
