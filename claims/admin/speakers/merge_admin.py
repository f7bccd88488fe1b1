"""Admin of merge suggestions and of merges of speakers."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.contrib import admin, messages
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import pluralize
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import get_text_list

from claims.admin.common.base import current_user, selected_ids
from claims.admin.common.filters import MergeSuggestionFilter
from claims.admin.common.formatting import badge, stack_lines, truncate_line
from claims.admin.common.list_columns import count_related, quote_count_links
from claims.admin.common.list_exports import EXPORT_ACTIONS
from claims.admin.common.object_actions import CleanedData, ObjectAction, run_and_notify
from claims.admin.common.unfold_compat import ModelAdmin, RadioFilter
from claims.admin.history.history_admin import AuditedAdmin
from claims.admin.speakers.merge_view import MERGE_PERMISSION, compare_speakers, merge_and_describe
from claims.models import MergeSuggestion, MergeSuggestionState, Quote, QuoteDecision, SpeakerMerge
from claims.services.speakers import merge, merge_suggestions

COUNTED_DECISIONS = (QuoteDecision.ACCEPTED, QuoteDecision.PENDING)


def format_counts(counts: dict[str, int]) -> str:
    """Formats counts by noun, such as "2 quotes, 1 claim and 1 name"; "" if all are 0."""
    return get_text_list([f"{count} {noun}{pluralize(count)}" for noun, count in counts.items() if count], "and")


def handle_merge_into_first(request: HttpRequest, suggestion: MergeSuggestion, cleaned_data: CleanedData) -> str:
    return merge_and_describe(suggestion.first, suggestion.second, current_user(request))


def handle_merge_into_second(request: HttpRequest, suggestion: MergeSuggestion, cleaned_data: CleanedData) -> str:
    return merge_and_describe(suggestion.second, suggestion.first, current_user(request))


def handle_not_the_same(request: HttpRequest, suggestion: MergeSuggestion, cleaned_data: CleanedData) -> str:
    merge_suggestions.dismiss_merge_suggestion(suggestion=suggestion, editor=current_user(request))
    return f"“{suggestion.first}” and “{suggestion.second}” kept separate. They will not be suggested again."


def handle_undo_merge(request: HttpRequest, speaker_merge: SpeakerMerge, cleaned_data: CleanedData) -> str:
    """Undoes the merge and warns of what could not be restored."""
    result = merge.undo_merge(merge=speaker_merge, editor=current_user(request))
    for sentence in result.warnings:
        messages.warning(request, sentence)
    restored = format_counts(result.restored)
    return f"Merge undone: {restored} restored." if restored else "Merge undone. There was nothing to move back."


def is_suggestion_open(request: HttpRequest, suggestion: MergeSuggestion) -> bool:
    """Tells whether the suggestion is pending and its two speakers can still be merged."""
    two_ids = suggestion.first.wikidata_id and suggestion.second.wikidata_id
    merged = suggestion.first.merged_into_id or suggestion.second.merged_into_id
    return suggestion.state == MergeSuggestionState.OPEN and not two_ids and not merged


def list_action_name(object_action: ObjectAction) -> str:
    return object_action.name.replace("-", "_")


def build_list_action(object_action: ObjectAction) -> Callable[..., None]:
    """Returns the object action as an action on the rows selected in the list."""

    @admin.action(description=object_action.label)
    def act(model_admin: ModelAdmin, request: HttpRequest, queryset: QuerySet[Model]) -> None:
        for pk in selected_ids(queryset, limit=100):
            obj = model_admin.get_queryset(request).get(pk=pk)  # read anew: the previous action may have changed it
            run_and_notify(request, partial(object_action.run, request, obj, {}))

    act.__name__ = list_action_name(object_action)
    return act


def _suggestion_action(
    name: str, text: str, style: str, run: Callable[[HttpRequest, Any, CleanedData], str]
) -> ObjectAction:
    return ObjectAction(
        name=name, label=text, style=style, is_offered=is_suggestion_open, run=run, permission=MERGE_PERMISSION
    )


SUGGESTION_ACTIONS = (
    _suggestion_action("into-first", "Merge, keep the first", "primary", handle_merge_into_first),
    _suggestion_action("into-second", "Merge, keep the second", "primary", handle_merge_into_second),
    _suggestion_action("not-the-same", "Not the same", "secondary", handle_not_the_same),
)
UNDO_MERGE_ACTION = ObjectAction(
    name="undo",
    label="Undo merge",
    style="danger",
    is_offered=lambda request, speaker_merge: speaker_merge.undone_at is None,
    run=handle_undo_merge,
    permission=MERGE_PERMISSION,
)


class ListActionsAdmin(AuditedAdmin):
    """Objects that only services write, and whose object actions can be run from the list, too."""

    class Media:
        css: Any = {"all": ["claims/speakers/speakers.css"]}
        js = ("claims/common/shortcuts.js",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuses all: object actions have permissions of their own."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [str(field) for field in self.fields or []]

    def may_run_action(self, request: HttpRequest, object_action: ObjectAction) -> bool:
        """Requires the permission of the action, and not the one to change objects."""
        return self.has_view_permission(request) and request.user.has_perm(object_action.permission)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Returns the exports and the object actions that this user may run."""
        runnable = [action for action in self.object_actions if self.may_run_action(request, action)]
        allowed = {*map(list_action_name, runnable), *EXPORT_ACTIONS}
        return {name: action for name, action in super().get_actions(request).items() if name in allowed}


@admin.register(MergeSuggestion)
class MergeSuggestionAdmin(ListActionsAdmin):
    list_display = ("pair", "first_speaker", "second_speaker", "reason_column", "similarity", "state_label")
    list_display_links = ("pair",)
    list_select_related = ("first", "second", "decided_by")
    list_filter = (MergeSuggestionFilter,)
    search_fields = ("first__name", "second__name")
    search_help_text = "Name of either speaker"
    ordering = ("-score", "id")
    actions = tuple(map(build_list_action, SUGGESTION_ACTIONS))
    object_actions = SUGGESTION_ACTIONS
    panel_template = "claims/admin/speakers/merge_suggestion.html"
    fields = ("reason", "similarity", "state_label", "decided_by", "created_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[MergeSuggestion]:
        """Adds the number of quotes of both speakers, by decision."""
        suggestions: QuerySet[MergeSuggestion] = super().get_queryset(request)
        for side in ("first", "second"):
            for decision in COUNTED_DECISIONS:
                count = count_related(Quote.objects.filter(decision=decision), "speaker", of=f"{side}_id")
                suggestions = suggestions.annotate(**{f"{side}_n_{decision}": count})
        return suggestions

    def get_list_display(self, request: HttpRequest) -> Any:
        """Adds the column of buttons for users who may merge speakers."""
        may_merge = self.may_run_action(request, self.object_actions[0])
        return (*self.list_display, "decide") if may_merge else self.list_display

    def get_panel_context(self, request: HttpRequest, obj: MergeSuggestion) -> dict[str, object]:
        return {
            "sides": compare_speakers([obj.first, obj.second]),
            "n_pending": MergeSuggestion.objects.pending().count(),
            "next_suggestion": self._next_pending(obj),
            "decidable": is_suggestion_open(request, obj) and self.may_run_action(request, self.object_actions[0]),
        }

    def _next_pending(self, suggestion: MergeSuggestion) -> MergeSuggestion | None:
        """The next pending suggestion in the order of the list; after the last, the first."""
        pending = MergeSuggestion.objects.pending().exclude(pk=suggestion.pk).order_by("-score", "id")
        following = Q(score__lt=suggestion.score) | Q(score=suggestion.score, pk__gt=suggestion.pk)
        return pending.filter(following).first() or pending.first()

    def object_action_view(self, request: HttpRequest, pk: int, action_name: str) -> HttpResponse:
        """Runs the action and goes on to the next pending suggestion, or back to the list if started there."""
        response = super().object_action_view(request, pk, action_name)
        suggestion = MergeSuggestion.objects.filter(pk=pk).first()
        if request.method != "POST" or response.status_code != 302 or suggestion is None:
            return response
        list_url = reverse("admin:claims_mergesuggestion_changelist")
        referer = urlsplit(request.headers.get("Referer", ""))
        if referer.path == list_url:
            return HttpResponseRedirect(f"{list_url}?{referer.query}" if referer.query else list_url)
        if suggestion.state == MergeSuggestionState.OPEN:
            return response
        following = self._next_pending(suggestion)
        return HttpResponseRedirect(self._object_url("change", following) if following else list_url)

    @admin.display(description="suggestion")
    def pair(self, suggestion: MergeSuggestion) -> str:
        return f"Compare (#{suggestion.pk})"

    @admin.display(description="first speaker")
    def first_speaker(self, suggestion: MergeSuggestion) -> SafeString:
        return self._speaker_column(suggestion, "first")

    @admin.display(description="second speaker")
    def second_speaker(self, suggestion: MergeSuggestion) -> SafeString:
        return self._speaker_column(suggestion, "second")

    def _speaker_column(self, suggestion: Any, side: str) -> SafeString:
        """The speaker's name, description and quote counts."""
        speaker = getattr(suggestion, side)
        for decision in COUNTED_DECISIONS:
            setattr(speaker, f"n_{decision}", getattr(suggestion, f"{side}_n_{decision}"))
        name = stack_lines(
            f"{speaker.name} (#{speaker.pk})", speaker.wikidata_id, truncate_line(speaker.description, 80)
        )
        is_quoted = any(getattr(speaker, f"n_{decision}") for decision in COUNTED_DECISIONS)
        return format_html(
            '<span class="fb-cell-stack">{} <span>{}</span></span>',
            name,
            quote_count_links(speaker, "speaker", COUNTED_DECISIONS) if is_quoted else "no quotes",
        )

    @admin.display(description="reason")
    def reason_column(self, suggestion: MergeSuggestion) -> SafeString:
        reason, _, names = suggestion.reason.partition(": ")
        return stack_lines(reason.capitalize(), names)

    @admin.display(description="similarity")
    def similarity(self, suggestion: MergeSuggestion) -> str:
        return f"{round(suggestion.score * 100)}%"

    @admin.display(description="state")
    def state_label(self, suggestion: MergeSuggestion) -> SafeString:
        styles = {MergeSuggestionState.OPEN: "pending", MergeSuggestionState.MERGED: "accepted"}
        return badge(styles.get(MergeSuggestionState(suggestion.state), "rejected"), suggestion.get_state_display())

    @admin.display(description="decision")
    def decide(self, suggestion: MergeSuggestion) -> SafeString | str:
        """One button per action. They are in the changelist's form, and override its URL by their `formaction`."""
        if suggestion.state != MergeSuggestionState.OPEN:
            return self.get_empty_value_display()
        keep_labels = {
            name: f"Keep “{truncate_line(speaker.name, 40)}” (#{speaker.pk})"
            for name, speaker in (("into-first", suggestion.first), ("into-second", suggestion.second))
        }
        buttons = [
            {
                "style": action.style,
                "url": self._object_url("step", suggestion, action.name),
                "text": keep_labels.get(action.name, action.label),
                "aria_label": f"{action.label}: {suggestion.first} / {suggestion.second}",
            }
            for action in self.object_actions
        ]
        return render_to_string("claims/admin/speakers/suggestion_buttons.html", {"buttons": buttons})


class UndoneMergeFilter(RadioFilter):
    title = "state"
    parameter_name = "undone"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("no", "In effect"), ("yes", "Undone")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        in_effect = {"no": True, "yes": False}.get(self.value() or "")
        return queryset if in_effect is None else queryset.filter(undone_at__isnull=in_effect)


@admin.register(SpeakerMerge)
class SpeakerMergeAdmin(ListActionsAdmin):
    list_display = ("merge_column", "moved_rows", "merged_by", "merged_at", "state_label")
    list_select_related = ("kept", "merged", "merged_by", "undone_by")
    list_filter = (UndoneMergeFilter,)
    search_fields = ("kept__name", "merged__name")
    ordering = ("-merged_at", "-id")
    actions = (build_list_action(UNDO_MERGE_ACTION),)
    object_actions = (UNDO_MERGE_ACTION,)
    fields = ("kept", "merged", "moved_rows", "merged_by", "merged_at", "undone_by", "undone_at")

    @admin.display(description="merge")
    def merge_column(self, speaker_merge: SpeakerMerge) -> str:
        merged, kept = speaker_merge.merged, speaker_merge.kept
        return f"{merged} (#{merged.pk}) → {kept} (#{kept.pk})"

    @admin.display(description="moved")
    def moved_rows(self, speaker_merge: SpeakerMerge) -> str:
        """What the merge moved to the kept speaker, by kind."""
        moved = speaker_merge.moved
        counts = {kind: len(ids) for kind, ids in moved.items() if isinstance(ids, list) and kind != "suggestion"}
        wikidata_id = moved.get("wikidata_id")
        parts = [format_counts(counts), f"Wikidata ID {wikidata_id}" if wikidata_id else ""]
        return "; ".join(filter(None, parts)) or "nothing"

    @admin.display(description="state")
    def state_label(self, speaker_merge: SpeakerMerge) -> SafeString:
        if speaker_merge.undone_at:
            return badge("rejected", f"Undone {speaker_merge.undone_at:%Y-%m-%d}")
        return badge("accepted", "In effect")
