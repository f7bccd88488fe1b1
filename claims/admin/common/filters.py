from typing import ClassVar

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.admin.common.unfold_compat import DropdownFilter, DropdownForm, ModelAdmin, RadioFilter, Select
from claims.models import SET_BY_EDITOR, Anchor, MentionKind, MergeSuggestionState, Snapshot, Source
from claims.search.known_values import list_distinct_values
from claims.search.language_support import in_read_language, in_unread_language
from claims.services.speakers.common_nouns import named_by_common_noun
from claims.worthiness import points_of_percent

MAX_DROPDOWN_VALUES = 200  # other values can be found by searching


class FastSelect(Select):
    """A searchable dropdown without templates: unfold's take as long for 200 options as for a changelist."""

    def render(
        self, name: str, value: object, attrs: dict[str, object] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, " selected" if str(key) == str(value or "") else "", label) for key, label in self.choices),
        )
        select_attrs = flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        return format_html('<div class="grow relative max-w-2xl"><select{}>{}</select></div>', select_attrs, options)


class ValueFilterForm(DropdownForm):
    widget = FastSelect(
        attrs={"data-theme": "admin-autocomplete", "class": "unfold-admin-autocomplete admin-autocomplete"}
    )


class SourceColumnFilter(DropdownFilter):
    """Filters by an indexed column of sources with few values; `path` is the lookup from the list's model to it."""

    form_class = ValueFilterForm
    column: ClassVar[str]
    path: ClassVar[str]

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [(value, value) for value in list_distinct_values(Source, self.column, MAX_DROPDOWN_VALUES)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        return queryset.filter(**{self.path: self.value()}) if self.value() else queryset


class PublisherFilter(SourceColumnFilter):
    title = parameter_name = column = path = "publisher"


class LanguageFilter(SourceColumnFilter):
    title = parameter_name = column = path = "language"


class LanguageSupportFilter(RadioFilter):
    """Filters sources by whether extraction reads their language."""

    title = "extraction"
    parameter_name = "read"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [
            ("yes", "Language read"),
            ("no", "Language not read"),
            ("doubt", "Text in another language than stated"),
            ("unknown", "Language unknown"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        stated, detected = "language", "detected_language"
        match self.value():
            case "yes":
                return queryset.filter(in_read_language(stated))
            case "no":
                return queryset.filter(in_unread_language(stated))
            case "doubt":
                return queryset.filter(
                    (in_read_language(stated) & in_unread_language(detected))
                    | (in_unread_language(stated) & in_read_language(detected))
                )
            case "unknown":
                return queryset.filter(language="")
        return queryset


class SourceWarningsFilter(RadioFilter):
    """Filters sources by whether the reader of their text has warnings."""

    title = "warnings"
    parameter_name = "warnings"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", "With warnings"), ("no", "Without warnings")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        match self.value():
            case "yes":
                return queryset.exclude(warnings=[])
            case "no":
                return queryset.filter(warnings=[])
        return queryset


class QuotePublisherFilter(PublisherFilter):
    path = "snapshot__source__publisher"


class ConfidenceFilter(RadioFilter):
    """Filters quotes by the extractor's confidence, in bands that include their lower bound."""

    title = "confidence"
    parameter_name = "confidence"
    BANDS: ClassVar = {"high": (0.9, 2.0), "medium": (0.7, 0.9), "low": (0.0, 0.7)}
    LABELS: ClassVar = {"high": "High (90% or more)", "medium": "Medium (70% to 90%)", "low": "Low (below 70%)"}

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return list(self.LABELS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        if (band := self.BANDS.get(self.value() or "")) is None:
            return queryset
        return queryset.filter(confidence__gte=band[0], confidence__lt=band[1])


class WorthFilter(RadioFilter):
    """Filters quotes by their check-worthiness, in bands that include their lower bound."""

    title = "check-worthiness"
    parameter_name = "worth"
    BANDS: ClassVar = {"high": (70, 101), "medium": (40, 70), "low": (0, 40)}
    LABELS: ClassVar = {"high": "High (70 or more)", "medium": "Medium (40 to 69)", "low": "Low (below 40)"}

    @classmethod
    def condition(cls, band: str) -> Q:
        """The condition that a quote is in a band."""
        lower, upper = cls.BANDS[band]
        at_least = Q(worth_points__gte=points_of_percent(lower)) if lower else Q()
        return at_least & (Q(worth_points__lt=points_of_percent(upper)) if upper < 100 else Q())

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return list(self.LABELS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        return queryset.filter(self.condition(band)) if (band := self.value() or "") in self.BANDS else queryset


class SpeakerFoundByFilter(RadioFilter):
    """Filters quotes with a speaker by how the extractor found that, or by whether an editor set it."""

    title = "speaker found by"
    parameter_name = "speaker_by"
    EDITOR: ClassVar = "editor"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [*MentionKind.choices, (self.EDITOR, "Editor")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        if self.value() == self.EDITOR:
            return queryset.filter(speaker_confidence=SET_BY_EDITOR)
        if self.value() in MentionKind.values:
            return queryset.filter(mention_kind=self.value(), speaker_confidence__lt=SET_BY_EDITOR)
        return queryset


class HasSpeakerFilter(RadioFilter):
    title = "speaker"
    parameter_name = "has_speaker"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", "Known"), ("no", "Unknown")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        is_null = {"yes": False, "no": True}.get(self.value() or "")
        return queryset if is_null is None else queryset.filter(speaker__isnull=is_null)


class ChangedSourceFilter(RadioFilter):
    """Filters quotes that the newest snapshot of their source lacks."""

    title = "source"
    parameter_name = "changed"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", "Changed: the newest version lacks the quote")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        if self.value() != "yes":
            return queryset
        return queryset.missing_from_newest_snapshot()  # type: ignore[attr-defined, no-any-return]  # of quotes


class MergedFilter(RadioFilter):
    """Shows current speakers by default, or those merged into others."""

    title = "merged"
    parameter_name = "merged"
    all_option: ClassVar = ["", "Current speakers"]

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("merged", "Merged into another"), ("all", "All")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        if self.value() == "all":
            return queryset
        return queryset.filter(merged_into__isnull=self.value() != "merged")


class CommonNounFilter(RadioFilter):
    """Shows the speakers that are named by a common noun ("The company"), whose quotes need their speaker."""

    title = "name"
    parameter_name = "named"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("common-noun", "Common noun")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        return queryset.filter(pk__in=named_by_common_noun().values("pk")) if self.value() else queryset


class MergeSuggestionFilter(RadioFilter):
    """Shows open suggestions by default, or those decided."""

    title = "state"
    parameter_name = "state"
    all_option: ClassVar = ["", "Open"]

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [*MergeSuggestionState.choices[1:], ("all", "All")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        if self.value() == "all":
            return queryset
        if self.value() in MergeSuggestionState.values:
            return queryset.filter(state=self.value())
        return queryset.pending()  # type: ignore[attr-defined, no-any-return]  # of suggestions


class SourceVersionsFilter(RadioFilter):
    """Filters sources that have several snapshots, or quotes to locate in the newest one."""

    title = "newer versions"
    parameter_name = "lost"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("waiting", "Quotes to check"), ("several", "Several versions")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        if self.value() == "waiting":
            return queryset.filter(Exists(Anchor.objects.unresolved().filter(snapshot__source=OuterRef("pk"))))
        if self.value() == "several":
            snapshots = Snapshot.objects.filter(source=OuterRef("pk")).order_by().values("source")
            return queryset.filter(Exists(snapshots.annotate(n=Count("pk")).filter(n__gt=1)))
        return queryset


class FoundByFilter(RadioFilter):
    title = "origin"
    parameter_name = "found_by"
    EDITOR: ClassVar = "editor"  # the extractor of a quote that a person added

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("machine", "Extractor"), ("editor", "Editor")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        match self.value():
            case "machine":
                return queryset.exclude(extractor=self.EDITOR)
            case "editor":
                return queryset.filter(extractor=self.EDITOR)
        return queryset
