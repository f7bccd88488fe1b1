"""Suggestions to merge, and merges that were made."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.admin.common.base import current_user, selected_ids
from claims.admin.common.filters import MergeSuggestionFilter
from claims.admin.common.formatting import label, shortened, stack_lines
from claims.admin.common.list_columns import count_related, quote_count_links
from claims.admin.common.list_exports import EXPORT_ACTIONS
from claims.admin.common.object_actions import ObjectAction, run_and_notify
from claims.admin.common.unfold_compat import RadioFilter
from claims.admin.history.history_admin import AuditedAdmin
from claims.admin.speakers.merge_view import MERGE_PERMISSION, compare_speakers, merge_and_describe
from claims.models import MergeSuggestion, MergeSuggestionState, Quote, QuoteDecision, SpeakerMerge
from claims.services.speakers import merge, merge_suggestions

COUNTED_DECISIONS = (QuoteDecision.ACCEPTED, QuoteDecision.PENDING)


def handle_merge_into_first(request: HttpRequest, row: MergeSuggestion, given: dict[str, Any]) -> str:
    """The first speaks for both."""
    return merge_and_describe(row.first, row.second, request.user)


def handle_merge_into_second(request: HttpRequest, row: MergeSuggestion, given: dict[str, Any]) -> str:
    """The second speaks for both."""
    return merge_and_describe(row.second, row.first, request.user)


def handle_not_the_same(request: HttpRequest, row: MergeSuggestion, given: dict[str, Any]) -> str:
    """They stay two."""
    merge_suggestions.dismiss_merge_suggestion(suggestion=row, editor=current_user(request))
    return f"“{row.first}” and “{row.second}” stay two; they are not suggested again."


def handle_undo_merge(request: HttpRequest, row: SpeakerMerge, given: dict[str, Any]) -> str:
    """Two of them again; what could not be put back is said."""
    parted = merge.undo_merge(merge=row, editor=current_user(request))
    for sentence in parted.left:
        messages.warning(request, sentence)
    moved = ", ".join(f"{n} {what}{'s' if n != 1 else ''}" for what, n in parted.put_back.items() if n)
    return f"“{row.merged}” and “{row.kept}” are two again; back went {moved or 'nothing, as nothing had moved'}."


def is_suggestion_open(request: HttpRequest, row: MergeSuggestion) -> bool:
    """Whether it still waits for a decision, and can be decided so."""
    two_ids = row.first.wikidata_id and row.second.wikidata_id
    merged = row.first.merged_into_id or row.second.merged_into_id
    return row.state == MergeSuggestionState.OPEN and not two_ids and not merged


def list_action_name(step: ObjectAction) -> str:
    """What the step is called as an action."""
    return step.name.replace("-", "_")


def build_list_action(step: ObjectAction) -> Callable[..., None]:
    """The step as an action on the rows ticked in the list."""

    @admin.action(description=step.label)
    def act(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for pk in selected_ids(queryset, most=100):
            row = model_admin.get_queryset(request).get(pk=pk)  # as the step before it left it
            run_and_notify(request, partial(step.do, request, row, {}))

    act.__name__ = list_action_name(step)
    return act


def _suggestion_action(
    name: str, text: str, colour: str, do: Callable[[HttpRequest, Any, dict[str, Any]], str]
) -> ObjectAction:
    return ObjectAction(
        name=name, label=text, colour=colour, offered=is_suggestion_open, do=do, permission=MERGE_PERMISSION
    )


SUGGESTION_ACTIONS = (
    _suggestion_action("into-first", "Merge into the first", "good", handle_merge_into_first),
    _suggestion_action("into-second", "Merge into the second", "good", handle_merge_into_second),
    _suggestion_action("not-the-same", "Not the same", "bad", handle_not_the_same),
)
UNDO_MERGE_ACTION = ObjectAction(
    name="undo",
    label="Undo",
    colour="bad",
    offered=lambda request, row: row.undone_at is None,
    do=handle_undo_merge,
    permission=MERGE_PERMISSION,
)


class ListActionsAdmin(AuditedAdmin):
    """Rows that only services write, and whose steps can be taken from the list, too."""

    class Media:
        css: Any = {"all": ["claims/speakers/speakers.css"]}
        js = ("claims/common/shortcuts.js",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Services add."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """No row has a form: steps are asked for by their own permission."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Every field shown."""
        return [str(field) for field in self.fields or []]

    def may_take(self, request: HttpRequest, step: ObjectAction) -> bool:
        """Whoever sees the row and may merge speakers."""
        return self.has_view_permission(request) and request.user.has_perm(step.permission)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The steps that this person may take, and the export."""
        allowed = {list_action_name(step) for step in self.steps if self.may_take(request, step)} | set(EXPORT_ACTIONS)
        return {name: action for name, action in super().get_actions(request).items() if name in allowed}


@admin.register(MergeSuggestion)
class MergeSuggestionAdmin(ListActionsAdmin):
    """Two speakers that look like one."""

    list_display = ("pair", "first_speaker", "second_speaker", "why", "likeness", "decided")
    list_display_links = ("pair",)
    list_select_related = ("first", "second", "decided_by")
    list_filter = (MergeSuggestionFilter,)
    search_fields = ("first__name", "second__name")
    search_help_text = "Names"
    ordering = ("-score", "id")
    actions = tuple(map(build_list_action, SUGGESTION_ACTIONS))
    steps = SUGGESTION_ACTIONS
    panel_template = "claims/admin/speakers/merge_suggestion.html"
    fields = ("reason", "likeness", "decided", "decided_by", "created_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[MergeSuggestion]:
        """With the number of quotes of both, by decision."""
        rows: QuerySet[MergeSuggestion] = super().get_queryset(request)
        for side in ("first", "second"):
            for decision in COUNTED_DECISIONS:
                quotes = Quote.objects.filter(decision=decision)
                rows = rows.annotate(**{f"{side}_n_{decision}": count_related(quotes, "speaker", of=f"{side}_id")})
        return rows

    def get_list_display(self, request: HttpRequest) -> Any:
        """With buttons for whoever may decide."""
        may = self.may_take(request, self.steps[0])
        return (*self.list_display, "decide") if may else self.list_display

    def panel(self, request: HttpRequest, obj: MergeSuggestion) -> dict[str, Any]:
        """Both, side by side; how many wait, and which is next."""
        waiting = MergeSuggestion.objects.waiting()
        return {
            "sides": compare_speakers([obj.first, obj.second]),
            "n_waiting": waiting.count(),
            "next": self._after(obj),
            "decidable": is_suggestion_open(request, obj) and self.may_take(request, self.steps[0]),
        }

    def _after(self, obj: MergeSuggestion) -> MergeSuggestion | None:
        """The next that waits, in the order of the list; after the last, the first again."""
        waiting = MergeSuggestion.objects.waiting().exclude(pk=obj.pk).order_by("-score", "id")
        later = Q(score__lt=obj.score) | Q(score=obj.score, pk__gt=obj.pk)
        return waiting.filter(later).first() or waiting.first()

    def step_view(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        """The step; then on to the next that waits, or back to the list it was taken in."""
        response = super().step_view(request, pk, step)
        row = MergeSuggestion.objects.filter(pk=pk).first()
        if request.method != "POST" or response.status_code != 302 or row is None:
            return response
        listing = reverse("admin:claims_mergesuggestion_changelist")
        came_from = urlsplit(request.headers.get("Referer", ""))
        if came_from.path == listing:
            return HttpResponseRedirect(f"{listing}?{came_from.query}" if came_from.query else listing)
        if row.state == MergeSuggestionState.OPEN:
            return response
        following = self._after(row)
        return HttpResponseRedirect(self._address("change", following) if following else listing)

    @admin.display(description="suggestion")
    def pair(self, row: MergeSuggestion) -> str:
        """Its number: the names have columns of their own."""
        return f"#{row.pk} side by side"

    @admin.display(description="first")
    def first_speaker(self, row: MergeSuggestion) -> SafeString:
        """Name, description and quotes."""
        return self._speaker(row, "first")

    @admin.display(description="second")
    def second_speaker(self, row: MergeSuggestion) -> SafeString:
        """Name, description and quotes."""
        return self._speaker(row, "second")

    def _speaker(self, row: Any, side: str) -> SafeString:
        speaker = getattr(row, side)
        for decision in COUNTED_DECISIONS:
            setattr(speaker, f"n_{decision}", getattr(row, f"{side}_n_{decision}"))
        name = stack_lines(f"{speaker.name} (#{speaker.pk})", speaker.wikidata_id, shortened(speaker.description, 80))
        quoted = any(getattr(speaker, f"n_{decision}") for decision in COUNTED_DECISIONS)
        return format_html(
            '<span class="fb-stack">{} <span>{}</span></span>',
            name,
            quote_count_links(speaker, "speaker", COUNTED_DECISIONS) if quoted else "no quotes",
        )

    @admin.display(description="why")
    def why(self, row: MergeSuggestion) -> SafeString:
        """What looks alike, in words."""
        why, _, names = row.reason.partition(": ")
        return stack_lines(why.capitalize(), names)

    @admin.display(description="likeness")
    def likeness(self, row: MergeSuggestion) -> str:
        """In per cent."""
        return f"{row.score:.0%}"

    @admin.display(description="state")
    def decided(self, row: MergeSuggestion) -> SafeString:
        """As a label."""
        colours = {MergeSuggestionState.OPEN: "pending", MergeSuggestionState.MERGED: "accepted"}
        return label(colours.get(MergeSuggestionState(row.state), "rejected"), row.get_state_display())

    @admin.display(description="decide")
    def decide(self, row: MergeSuggestion) -> SafeString | str:
        """A button for each step; they stand in the list's own form, which each sends to the step's address."""
        if row.state != MergeSuggestionState.OPEN:
            return self.get_empty_value_display()
        kept = {"into-first": f"Keep #{row.first_id}", "into-second": f"Keep #{row.second_id}"}
        buttons = format_html_join(
            "",
            '<button type="submit" class="fb-button fb-button-small fb-button-{}" formaction="{}" formmethod="post" '
            'aria-label="{}: {} / {}">{}</button>',
            (
                (step.colour, self._address("step", row, step.name), step.label, row.first, row.second, text)
                for step in self.steps
                for text in [kept.get(step.name, step.label)]
            ),
        )
        return format_html('<span class="fb-row-steps">{}</span>', buttons)


class UndoneMergeFilter(RadioFilter):
    """Merges that hold, and those that were undone."""

    title = "undone"
    parameter_name = "undone"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Yes or no."""
        return [("no", "In force"), ("yes", "Undone")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those that hold, or those that were undone."""
        in_force = {"no": True, "yes": False}.get(self.value() or "")
        return queryset if in_force is None else queryset.filter(undone_at__isnull=in_force)


@admin.register(SpeakerMerge)
class SpeakerMergeAdmin(ListActionsAdmin):
    """A merge that was made; what moved can move back."""

    list_display = ("what", "rows_moved", "merged_by", "merged_at", "state")
    list_select_related = ("kept", "merged", "merged_by", "undone_by")
    list_filter = (UndoneMergeFilter,)
    search_fields = ("kept__name", "merged__name")
    ordering = ("-merged_at", "-id")
    actions = (build_list_action(UNDO_MERGE_ACTION),)
    steps = (UNDO_MERGE_ACTION,)
    fields = ("kept", "merged", "rows_moved", "merged_by", "merged_at", "undone_by", "undone_at")

    @admin.display(description="merge")
    def what(self, row: SpeakerMerge) -> str:
        """Who into whom."""
        return f"{row.merged} (#{row.merged_id}) → {row.kept} (#{row.kept_id})"

    @admin.display(description="moved")
    def rows_moved(self, row: SpeakerMerge) -> str:
        """How many rows of which kind."""
        counts = {name: len(ids) for name, ids in row.moved.items() if isinstance(ids, list) and name != "suggestion"}
        told = [f"{n} {name}{'s' if n != 1 else ''}" for name, n in counts.items() if n]
        wikidata_id = row.moved.get("wikidata_id")
        return ", ".join([*told, *([f"Wikidata id {wikidata_id}"] if wikidata_id else [])]) or "nothing"

    @admin.display(description="state")
    def state(self, row: SpeakerMerge) -> SafeString:
        """As a label."""
        if row.undone_at:
            return label("rejected", f"Undone {row.undone_at:%Y-%m-%d}")
        return label("accepted", "In force")
