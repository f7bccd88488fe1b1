"""Admin of quotes: the list, the page of one quote, and the URLs of the review screen."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.claims.similar_claims import search_or_explain
from claims.admin.common.base import EditorForm, current_user, selected_ids
from claims.admin.common.bulk_edit import change_quotes
from claims.admin.common.confirmation import confirmed_note
from claims.admin.common.decision_date_filter import DecisionDateFilter
from claims.admin.common.filters import (
    ChangedSourceFilter,
    ConfidenceFilter,
    FoundByFilter,
    HasSpeakerFilter,
    QuotePublisherFilter,
    SpeakerFoundByFilter,
    WorthFilter,
)
from claims.admin.common.formatting import MAX_LIST_TEXT, badge, format_day, quoted, stack_lines, truncate_line
from claims.admin.common.object_actions import CleanedData, ObjectAction
from claims.admin.common.unfold_compat import ChoicesFilter, ModelAdmin, ModelForm, RelatedFilter
from claims.admin.drafts.check_draft_view import check_draft_urls
from claims.admin.history.history_admin import AuditedAdmin
from claims.admin.history.undo_view import append_undo_link
from claims.admin.imports.csv_import import CSVImportAdmin
from claims.admin.quotes.quote_context import describe_inferred_speaker, quote_source_url, render_quote_in_context
from claims.admin.review import views as review
from claims.admin.review.access import DECIDE_QUOTE
from claims.admin.review.queue import review_url
from claims.models import SET_BY_EDITOR, Anchor, Quote, QuoteDecision, RejectionReason
from claims.search.matches.similar_claims import find_claims_similar_to_quote
from claims.search.matches.similar_reviews import find_similar_reviews
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.quotes import claim_links, speaker_assignment
from claims.services.quotes.copies import count_decided, decide_with_copies
from claims.services.quotes.decisions import DecisionResult, decide_quotes
from claims.services.transitions import can_change_state

DECISION_PARTICIPLES = {
    QuoteDecision.ACCEPTED: "accepted",
    QuoteDecision.REJECTED: "rejected",
    QuoteDecision.PENDING: "reset to pending",
}

MAX_SIMILAR_REVIEWS = 5


class RejectQuoteForm(forms.Form):
    rejection_reason = forms.ChoiceField(
        label="Reason",
        required=False,
        choices=RejectionReason,
        initial=RejectionReason.OTHER,
        help_text="Readers are told if the quote was public.",
    )


def describe_decision_result(result: DecisionResult, decision: QuoteDecision) -> str:
    unchanged = f" ({result.unchanged} unchanged)" if result.unchanged else ""
    return f"{count_decided(result)} {DECISION_PARTICIPLES[decision]}{unchanged}."


def handle_decision(request: HttpRequest, quote: Quote, cleaned_data: CleanedData, *, decision: QuoteDecision) -> str:
    """Decides one quote. Raises RefusedError with the reason."""
    editor, note = current_user(request), confirmed_note(request)
    rejection_reason = RejectionReason(cleaned_data.get("rejection_reason") or RejectionReason.OTHER)
    result = decide_quotes(
        quotes=[quote.pk], decision=decision, rejection_reason=rejection_reason, editor=editor, note=note
    )
    if result.refused:
        raise RefusedError(f"Not {DECISION_PARTICIPLES[decision]}: {result.refused[0][1]}.")
    return describe_decision_result(result, decision)


def build_decision_object_action(name: str, text: str, decision: QuoteDecision, style: str) -> ObjectAction:
    """Returns a button for one decision, offered on quotes that it would change."""

    def is_offered(request: HttpRequest, quote: Quote) -> bool:
        if decision == QuoteDecision.ACCEPTED and quote.speaker_id is None:
            return False
        return can_change_state(quote, decision)

    run = partial(handle_decision, decision=decision)
    return ObjectAction(
        name=name,
        label=text,
        style=style,
        form=RejectQuoteForm if decision == QuoteDecision.REJECTED else None,
        is_offered=is_offered,
        run=run,
        permission=DECIDE_QUOTE,
    )


def build_decision_list_action(name: str, text: str, decision: QuoteDecision) -> Callable[..., None]:
    """Returns the same decision as an action on the rows selected in the list, and on copies that are pending."""

    @admin.action(description=text, permissions=["decide"])
    def act(model_admin: ModelAdmin, request: HttpRequest, queryset: QuerySet[Quote]) -> None:
        editor, quotes = current_user(request), selected_ids(queryset)
        try:
            if decision == QuoteDecision.PENDING:
                result = decide_quotes(quotes=quotes, decision=decision, editor=editor)
            else:
                result = decide_with_copies(quotes=quotes, decision=decision, editor=editor)
        except RefusedError as refusal:
            messages.error(request, str(refusal))
            return
        level = messages.SUCCESS if result.changed else messages.INFO
        text = describe_decision_result(result, decision)
        messages.add_message(request, level, append_undo_link(request, text) if result.changed else text)
        for quote, reason in result.refused:
            messages.error(
                request, f"Not {DECISION_PARTICIPLES[decision]}: {quoted(quote.text, quote.kind, 80)}: {reason}."
            )

    act.__name__ = name
    return act


class QuoteForm(EditorForm):
    """The fields of a quote that an editor may correct; its words are changed on the review screen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "speaker" in self.fields and self.instance.speaker_id:
            self.fields["speaker"].required = True
            self.fields["speaker"].error_messages["required"] = "Choose another speaker, or reject the quote."


@admin.register(Quote)
class QuoteAdmin(CSVImportAdmin, AuditedAdmin):
    """One attributed statement; what the extractor found is read-only."""

    import_kind = "decisions"
    import_title = "Import decisions"
    import_intro = "Accepts and rejects quotes, and corrects their speakers. Empty cells change nothing."
    import_permissions = ("claims.decide_quote",)

    form = QuoteForm
    list_display = ("quote", "speaker_column", "source_column", "kind", "confidence_column", "decision_column")
    list_display_links = None  # a quote links to the review screen, which links to the quote's own page
    list_filter = (
        ("decision", ChoicesFilter),
        ("kind", ChoicesFilter),
        ("act", ChoicesFilter),
        HasSpeakerFilter,
        SpeakerFoundByFilter,
        DecisionDateFilter,
        FoundByFilter,
        ConfidenceFilter,
        WorthFilter,
        ChangedSourceFilter,
        QuotePublisherFilter,
        ("speaker", RelatedFilter),
        ("snapshot__source", RelatedFilter),
    )
    search_fields = ("exact", "mention", "speaker__name", "speaker__names__name", "snapshot__source__title")
    search_help_text = "Quote, speaker, mention or source"
    ordering = ("snapshot_id", "start", "id")
    autocomplete_fields = ("speaker", "claim")
    actions = (
        build_decision_list_action("accept", "Accept", QuoteDecision.ACCEPTED),
        build_decision_list_action("reject", "Reject", QuoteDecision.REJECTED),
        build_decision_list_action("put_back", "Reset to pending", QuoteDecision.PENDING),
        change_quotes,
    )
    object_actions = (
        build_decision_object_action("accept", "Accept", QuoteDecision.ACCEPTED, "primary"),
        build_decision_object_action("reject", "Reject", QuoteDecision.REJECTED, "danger"),
        build_decision_object_action("pending", "Reset to pending", QuoteDecision.PENDING, "secondary"),
    )
    panel_template = "claims/admin/quotes/quote_panel.html"
    below_template = "claims/admin/quotes/quote_claims.html"
    readonly_fields = (
        *(
            "decision_label",
            "rejection_reason",
            "decided_by",
            "decided_at",
            "exact",
            "kind",
            "act",
            "cue",
            "mention",
            "candidate_names",
        ),
        *("confidence_column", "speaker_found_by", "extracted_by", "source_link"),
    )
    fieldsets = (
        ("Speaker and claim", {"fields": ("speaker", "role", "outlet", "claim")}),
        ("Decision", {"fields": (("decision_label", "rejection_reason"), ("decided_by", "decided_at"))}),
        (
            "Extraction",
            {
                "fields": (
                    "exact",
                    ("kind", "act"),
                    ("mention", "cue"),
                    ("speaker_found_by", "candidate_names"),
                    ("confidence_column", "extracted_by"),
                    "source_link",
                )
            },
        ),
    )

    def get_urls(self) -> list[URLPattern]:
        return [*review.review_urls(self.admin_site), *check_draft_urls(self.admin_site), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quote]:
        """Adds `source_changed`. Defers the snapshots' texts, which may have two million characters each."""
        missing = Anchor.objects.missing().in_newest_snapshot().filter(quote=OuterRef("pk"))
        rows: QuerySet[Quote] = super().get_queryset(request).annotate(source_changed=Exists(missing))
        return rows.select_related("speaker", "snapshot__source").defer("snapshot__text")

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(DECIDE_QUOTE)

    def has_change_permission(self, request: HttpRequest, obj: Quote | None = None) -> bool:
        """Requires the permission to decide, too: the form corrects the speaker and the claim."""
        return super().has_change_permission(request, obj) and self.has_decide_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Quotes come from articles, or from the review screen."""
        return False

    def save_model(self, request: HttpRequest, obj: Quote, form: ModelForm, change: bool) -> None:
        """Saves the changed fields only, each through its service."""
        quote, user, note = Quote.objects.get(pk=obj.pk), current_user(request), confirmed_note(request)
        if plain_fields := [name for name in form.changed_data if name in {"role", "outlet"}]:
            for name in plain_fields:
                setattr(quote, name, form.cleaned_data[name])
            audit.update([quote], plain_fields, user=user, reason="corrected")
        speaker = form.cleaned_data.get("speaker")
        if "speaker" in form.changed_data and speaker:
            speaker_assignment.set_speaker(quote=quote, speaker=speaker, editor=user, note=note)
        if "claim" in form.changed_data:
            claim_links.set_quote_claim(quote=quote, claim=form.cleaned_data["claim"], editor=user, note=note)

    def get_panel_context(self, request: HttpRequest, obj: Quote) -> dict[str, object]:
        similar, similar_problem = search_or_explain(lambda: find_claims_similar_to_quote(obj))
        similar_reviews, _ = search_or_explain(lambda: find_similar_reviews(obj.exact, limit=MAX_SIMILAR_REVIEWS))
        return {
            "quote": obj,
            "in_context": render_quote_in_context(obj),
            "similar": similar,
            "similar_problem": similar_problem,
            "similar_reviews": similar_reviews,
            "source_url": quote_source_url(obj),
            "place": obj.snapshot.position_at(obj.start),
            "review_url": review_url(obj),
        }

    @admin.display(description="quote")
    def quote(self, quote: Quote) -> SafeString:
        """Links to the review screen, in the queue of the quote's decision."""
        text = quoted(quote.text, quote.kind, MAX_LIST_TEXT)
        return format_html('<a class="fb-full-text" dir="auto" href="{}">{}</a>', review_url(quote), text)

    @admin.display(description="speaker")
    def speaker_column(self, quote: Quote) -> SafeString:
        """The speaker or, if unknown, the mention and its candidates; below it the role and the mention as written."""
        role = truncate_line(quote.role, 100)
        if quote.speaker:
            inferred = describe_inferred_speaker(quote)
            mention = f"{inferred}: “{truncate_line(quote.mention, 80)}”" if inferred else ""
            return stack_lines(quote.speaker, role, mention)
        # A mention such as "officials" has itself as its only candidate.
        candidates = ", ".join(str(name) for name in quote.candidates if name != quote.mention)
        mention = format_html("{} {}", badge("pending", "unknown"), quote.mention)
        return stack_lines(mention, f"perhaps {candidates}" if candidates else "", role)

    @admin.display(description="source")
    def source_column(self, quote: Quote) -> SafeString:
        source = quote.snapshot.source
        published_on = format_day(source.published_on) if source.published_on else ""
        return stack_lines(truncate_line(str(source), 100), ", ".join(filter(None, [source.publisher, published_on])))

    @admin.display(description="confidence", ordering="confidence")
    def confidence_column(self, quote: Quote) -> str:
        return f"{round(quote.confidence * 100)}%"

    @admin.display(description="speaker found by")
    def speaker_found_by(self, quote: Quote) -> str:
        """Whether a name, a pronoun or a role led the extractor to the speaker, and its confidence in that."""
        if quote.speaker_confidence is None:
            return self.get_empty_value_display()
        if quote.speaker_confidence == SET_BY_EDITOR:
            return "Editor"
        return f"{quote.get_mention_kind_display()} ({quote.speaker_confidence:.0%})"

    @admin.display(description="decision")
    def decision_column(self, quote: Quote) -> SafeString:
        is_changed = quote.source_changed  # type: ignore[attr-defined]  # annotated
        changed = badge("changed-source", "Source changed") if is_changed else ""
        return stack_lines(self.decision_label(quote), changed)

    @admin.display(description="decision")
    def decision_label(self, quote: Quote) -> SafeString:
        return badge(quote.decision, quote.get_decision_display())

    @admin.display(description="candidates")
    def candidate_names(self, quote: Quote) -> str:
        return ", ".join(map(str, quote.candidates)) or self.get_empty_value_display()

    @admin.display(description="extracted by")
    def extracted_by(self, quote: Quote) -> str:
        """The extractor, its version, and the parts that a rule repaired."""
        repaired = f"; repaired: {', '.join(map(str, quote.repaired))}" if quote.repaired else ""
        return f"{quote.extractor} {quote.extractor_version}{repaired}"

    @admin.display(description="source")
    def source_link(self, quote: Quote) -> SafeString:
        return format_html('<a class="fb-link" href="{}">{}</a>', quote_source_url(quote), quote.snapshot.source)
