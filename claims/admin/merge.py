"""Suggestions to merge, and merges that were made."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from claims.admin.base import ReadOnlyAdmin, chosen, editor
from claims.admin.exporting import ACTIONS
from claims.admin.look import ChoicesFilter, RadioFilter
from claims.admin.merge_page import side_by_side, told
from claims.admin.steps import Step, take
from claims.admin.wording import label, lines, shortened
from claims.models import MergeSuggestion, SpeakerMerge, SuggestionState
from claims.services import merge


def into_first(request: HttpRequest, row: MergeSuggestion, given: dict[str, Any]) -> str:
    """The first speaks for both."""
    return told(row.first, row.second, request.user)


def into_second(request: HttpRequest, row: MergeSuggestion, given: dict[str, Any]) -> str:
    """The second speaks for both."""
    return told(row.second, row.first, request.user)


def not_the_same(request: HttpRequest, row: MergeSuggestion, given: dict[str, Any]) -> str:
    """They stay two."""
    merge.dismiss_suggestion(suggestion=row, editor=editor(request))
    return f"“{row.first}” and “{row.second}” stay two; they are not suggested again."


def undo(request: HttpRequest, row: SpeakerMerge, given: dict[str, Any]) -> str:
    """Two of them again."""
    merge.undo_merge(merge=row, editor=editor(request))
    return f"“{row.merged}” and “{row.kept}” are two again."


def is_open(request: HttpRequest, row: MergeSuggestion) -> bool:
    """Whether it still waits for a decision."""
    return row.state == SuggestionState.OPEN


def action_name(step: Step) -> str:
    """What the step is called as an action."""
    return step.name.replace("-", "_")


def for_each(step: Step) -> Callable[..., None]:
    """The step as an action on the rows ticked in the list."""

    @admin.action(description=step.label, permissions=["change"])
    def act(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for pk in chosen(queryset, most=100):
            row = model_admin.get_queryset(request).get(pk=pk)  # as the step before it left it
            take(request, partial(step.do, request, row, {}))

    act.__name__ = action_name(step)
    return act


SPEAKERS = "claims.change_speaker"  # merging changes them, and so does making two of one again
SUGGESTION_STEPS = (
    Step(
        name="into-first",
        label="Merge into the first",
        colour="good",
        offered=is_open,
        do=into_first,
        permission=SPEAKERS,
    ),
    Step(
        name="into-second",
        label="Merge into the second",
        colour="good",
        offered=is_open,
        do=into_second,
        permission=SPEAKERS,
    ),
    Step(name="not-the-same", label="Not the same", colour="bad", offered=is_open, do=not_the_same),
)
UNDO = Step(
    name="undo",
    label="Undo",
    colour="bad",
    offered=lambda request, row: row.undone_at is None,
    do=undo,
    permission=SPEAKERS,
)


class StepActionsAdmin(ReadOnlyAdmin):
    """Rows whose steps can be taken from the list, too."""

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The steps that this person may take, and the export."""
        allowed = {action_name(step) for step in self.steps if self.may_take(request, step)} | set(ACTIONS)
        return {name: action for name, action in super().get_actions(request).items() if name in allowed}


@admin.register(MergeSuggestion)
class MergeSuggestionAdmin(StepActionsAdmin):
    """Two speakers that look like one."""

    list_display = ("pair", "first_speaker", "second_speaker", "likeness", "reason", "decided")
    list_select_related = ("first", "second", "decided_by")
    list_filter = (("state", ChoicesFilter),)
    search_fields = ("first__name", "second__name")
    ordering = ("-score", "id")
    actions = tuple(map(for_each, SUGGESTION_STEPS))
    steps = SUGGESTION_STEPS
    panel_template = "claims/admin/suggestion_panel.html"
    fields = ("reason", "likeness", "decided", "decided_by", "created_at")

    def panel(self, request: HttpRequest, obj: MergeSuggestion) -> dict[str, Any]:
        """Both, side by side."""
        return {"sides": side_by_side([obj.first, obj.second])}

    @admin.display(description="suggestion")
    def pair(self, row: MergeSuggestion) -> str:
        """Its number: the names have columns of their own."""
        return f"#{row.pk}"

    @admin.display(description="first")
    def first_speaker(self, row: MergeSuggestion) -> SafeString:
        """Name and description."""
        return lines(row.first.name, shortened(row.first.description, 80))

    @admin.display(description="second")
    def second_speaker(self, row: MergeSuggestion) -> SafeString:
        """Name and description."""
        return lines(row.second.name, shortened(row.second.description, 80))

    @admin.display(description="likeness")
    def likeness(self, row: MergeSuggestion) -> str:
        """In per cent."""
        return f"{row.score:.0%}"

    @admin.display(description="state")
    def decided(self, row: MergeSuggestion) -> SafeString:
        """As a label."""
        colours = {SuggestionState.OPEN: "pending", SuggestionState.MERGED: "accepted"}
        return label(colours.get(SuggestionState(row.state), "rejected"), row.get_state_display())


class UndoneFilter(RadioFilter):
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
class SpeakerMergeAdmin(StepActionsAdmin):
    """A merge that was made; what moved can move back."""

    list_display = ("what", "rows_moved", "merged_by", "merged_at", "state")
    list_select_related = ("kept", "merged", "merged_by", "undone_by")
    list_filter = (UndoneFilter,)
    search_fields = ("kept__name", "merged__name")
    ordering = ("-merged_at", "-id")
    actions = (for_each(UNDO),)
    steps = (UNDO,)
    fields = ("kept", "merged", "rows_moved", "merged_by", "merged_at", "undone_by", "undone_at")

    @admin.display(description="merge")
    def what(self, row: SpeakerMerge) -> str:
        """Who into whom."""
        return f"{row.merged} (#{row.merged_id}) → {row.kept} (#{row.kept_id})"

    @admin.display(description="moved")
    def rows_moved(self, row: SpeakerMerge) -> str:
        """How many rows of which kind."""
        counts = [f"{len(ids)} {name}{'s' if len(ids) != 1 else ''}" for name, ids in row.moved.items() if ids]
        return ", ".join(counts) or "nothing"

    @admin.display(description="state")
    def state(self, row: SpeakerMerge) -> SafeString:
        """As a label."""
        if row.undone_at:
            return label("rejected", f"Undone {row.undone_at:%Y-%m-%d}")
        return label("accepted", "In force")
