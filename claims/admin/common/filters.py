"""Filters that several lists share."""

from typing import Any, ClassVar

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.admin.common.unfold_compat import DropdownFilter, DropdownForm, ModelAdmin, RadioFilter, Select
from claims.models import Anchor, MergeSuggestionState, Snapshot, Source
from claims.search.distinct_values import list_distinct_values

MAX_DROPDOWN_VALUES = 200  # in a dropdown; the search finds the others


class FastSelect(Select):
    """A choice of some hundred values, put together at once: unfold's templates take as long for it as for a list."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The choice, with the classes that make it one to be searched."""
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (key, SafeString(" selected") if str(key) == str(value or "") else "", text)
                for key, text in self.choices
            ),
        )
        given = flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        return format_html('<div class="grow relative max-w-2xl"><select{}>{}</select></div>', given, options)


class ValueFilterForm(DropdownForm):
    """The form of a filter by value."""

    widget = FastSelect(
        attrs={"data-theme": "admin-autocomplete", "class": "unfold-admin-autocomplete admin-autocomplete"}
    )


class SourceColumnFilter(DropdownFilter):
    """By a column of the source that holds few values and has an index; `path` is how the list's rows reach it."""

    form_class = ValueFilterForm
    column: ClassVar[str]
    path: ClassVar[str]

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """The values there are."""
        return [(value, value) for value in list_distinct_values(Source, self.column, MAX_DROPDOWN_VALUES)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those with this value."""
        return queryset.filter(**{self.path: self.value()}) if self.value() else queryset


class PublisherFilter(SourceColumnFilter):
    """Sources by their publisher."""

    title = parameter_name = column = path = "publisher"


class LanguageFilter(SourceColumnFilter):
    """Sources by their language."""

    title = parameter_name = column = path = "language"


class QuotePublisherFilter(PublisherFilter):
    """Quotes by their source's publisher."""

    path = "snapshot__source__publisher"


class ConfidenceFilter(RadioFilter):
    """In bands: how sure the extractor was."""

    title = "confidence"
    parameter_name = "confidence"
    BANDS: ClassVar = {"high": (0.9, 2.0), "medium": (0.7, 0.9), "low": (0.0, 0.7)}

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """The bands."""
        return [("high", "90 % and more"), ("medium", "70 to 90 %"), ("low", "below 70 %")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those within the band, its lower end included."""
        if (band := self.BANDS.get(self.value() or "")) is None:
            return queryset
        return queryset.filter(confidence__gte=band[0], confidence__lt=band[1])


class HasSpeakerFilter(RadioFilter):
    """Whether it is known who is quoted."""

    title = "speaker known"
    parameter_name = "has_speaker"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """Yes or no."""
        return [("yes", "Resolved"), ("no", "Unresolved")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those with, or without, a speaker."""
        known = {"yes": False, "no": True}.get(self.value() or "")
        return queryset if known is None else queryset.filter(speaker__isnull=known)


class MergedFilter(RadioFilter):
    """Speakers that speak for themselves, unless asked otherwise."""

    title = "merged"
    parameter_name = "merged"
    all_option: ClassVar = ["", "Current speakers"]

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """What else there is to see."""
        return [("merged", "Merged into another"), ("all", "All")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those who speak for themselves, those who do not, or both."""
        if self.value() == "all":
            return queryset
        return queryset.filter(merged_into__isnull=self.value() != "merged")


class MergeSuggestionFilter(RadioFilter):
    """Suggestions that wait for a decision, unless asked otherwise."""

    title = "state"
    parameter_name = "state"
    all_option: ClassVar = ["", "Waiting"]

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """What else there is to see."""
        return [*MergeSuggestionState.choices[1:], ("all", "All")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those that wait and can be decided, those decided so, or all."""
        if self.value() == "all":
            return queryset
        if self.value() in MergeSuggestionState.values:
            return queryset.filter(state=self.value())
        return queryset.waiting()  # type: ignore[attr-defined, no-any-return]  # of suggestions


class SourceVersionsFilter(RadioFilter):
    """Sources with quotes that wait to be found again in a later text."""

    title = "later texts"
    parameter_name = "lost"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """What to look for."""
        return [("waiting", "Quotes to find again"), ("several", "Several texts")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those with an anchor that an editor has to settle, or with more than one text."""
        if self.value() == "waiting":
            return queryset.filter(Exists(Anchor.objects.waiting().filter(snapshot__source=OuterRef("pk"))))
        if self.value() == "several":
            texts = Snapshot.objects.filter(source=OuterRef("pk")).order_by().values("source")
            return queryset.filter(Exists(texts.annotate(n=Count("pk")).filter(n__gt=1)))
        return queryset


class FoundByFilter(RadioFilter):
    """Who found the quote: the extractor, or an editor who selected it."""

    title = "found by"
    parameter_name = "found_by"
    EDITOR: ClassVar = "editor"  # as the extractor of a quote that a person found

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """Either."""
        return [("machine", "The extractor"), ("editor", "An editor")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those found so."""
        match self.value():
            case "machine":
                return queryset.exclude(extractor=self.EDITOR)
            case "editor":
                return queryset.filter(extractor=self.EDITOR)
        return queryset
