"""Quotes: the queue, the list, and the page on which one is judged in its context."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.common.base import EditorForm, current_user, selected_ids
from claims.admin.common.bulk_edit import change_quotes
from claims.admin.common.decision_date_filter import DecisionDateFilter
from claims.admin.common.filters import ConfidenceFilter, FoundByFilter, HasSpeakerFilter, QuotePublisherFilter
from claims.admin.common.formatting import MAX_LIST_TEXT, format_day, label, shortened, stack_lines
from claims.admin.common.object_actions import ObjectAction
from claims.admin.common.unfold_compat import ChoicesFilter, ModelForm, RelatedFilter
from claims.admin.history.history_admin import AuditedAdmin
from claims.admin.imports.csv_import import CSVImportAdmin
from claims.admin.quotes.quote_context import quote_source_url, render_quote_in_context
from claims.admin.review import views as review
from claims.admin.review.access import DECIDE_QUOTE
from claims.admin.review.queue import review_url
from claims.models import Quote, QuoteDecision
from claims.search.similar_claims import find_claims_similar_to_quote
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.quotes import claim_links
from claims.services.quotes.decisions import DecisionResult, decide_quotes
from claims.services.speakers import directory

DECISION_PARTICIPLES = {
    QuoteDecision.ACCEPTED: "accepted",
    QuoteDecision.REJECTED: "rejected",
    QuoteDecision.PENDING: "put back to pending",
}


def describe_decision_result(decided: DecisionResult, decision: QuoteDecision) -> str:
    """What was decided, in a sentence."""
    quotes = "1 quote" if decided.changed == 1 else f"{decided.changed} quotes"
    unchanged = f" ({decided.unchanged} stood so already)" if decided.unchanged else ""
    return f"{quotes} {DECISION_PARTICIPLES[decision]}{unchanged}."


def handle_decision(request: HttpRequest, quote: Quote, given: dict[str, Any], *, decision: QuoteDecision) -> str:
    """The step of one decision. Raises RefusedError with the reason."""
    decided = decide_quotes(quotes=[quote.pk], decision=decision, editor=current_user(request))
    if decided.refused:
        raise RefusedError(f"Not {DECISION_PARTICIPLES[decision]}: {decided.refused[0][1]}.")
    return describe_decision_result(decided, decision)


def build_decision_object_action(name: str, text: str, decision: QuoteDecision, colour: str) -> ObjectAction:
    """A button for one decision, shown where it would change something."""

    def offered(request: HttpRequest, quote: Quote) -> bool:
        if decision == QuoteDecision.ACCEPTED and quote.speaker_id is None:
            return False
        return quote.decision != decision

    do = partial(handle_decision, decision=decision)
    return ObjectAction(name=name, label=text, colour=colour, offered=offered, do=do, permission=DECIDE_QUOTE)


def build_decision_list_action(name: str, text: str, decision: QuoteDecision) -> Callable[..., None]:
    """The same for the rows ticked in the list."""

    @admin.action(description=text, permissions=["decide"])
    def act(model_admin: Any, request: HttpRequest, queryset: QuerySet[Quote]) -> None:
        try:
            decided = decide_quotes(quotes=selected_ids(queryset), decision=decision, editor=current_user(request))
        except RefusedError as refusal:
            messages.error(request, str(refusal))
            return
        level = messages.SUCCESS if decided.changed else messages.INFO
        messages.add_message(request, level, describe_decision_result(decided, decision))
        for quote, reason in decided.refused:
            messages.error(request, f"Not {DECISION_PARTICIPLES[decision]}: “{shortened(quote.exact, 80)}”: {reason}.")

    act.__name__ = name
    return act


class QuoteForm(EditorForm):
    """What an editor may correct: who is quoted and which claim it makes; the words stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "speaker" in self.fields and self.instance.speaker_id:
            self.fields["speaker"].required = True
            self.fields["speaker"].error_messages["required"] = "Choose another, or reject the quote."


@admin.register(Quote)
class QuoteAdmin(CSVImportAdmin, AuditedAdmin):
    """One attributed statement; everything the machine read is for reading only."""

    import_kind = "decisions"
    import_title = "Import decisions"
    import_intro = "Decisions on quotes, and who is quoted; an empty cell leaves what is."
    import_permissions = ("claims.decide_quote",)

    form = QuoteForm
    list_display = ("quote", "who", "where", "kind", "sure", "decided")
    list_display_links = None  # the quote leads to the review screen, and from there to its own page
    list_filter = (
        ("decision", ChoicesFilter),
        ("kind", ChoicesFilter),
        ("act", ChoicesFilter),
        HasSpeakerFilter,
        DecisionDateFilter,
        FoundByFilter,
        ConfidenceFilter,
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
        build_decision_list_action("put_back", "Put back to pending", QuoteDecision.PENDING),
        change_quotes,
    )
    steps = (
        build_decision_object_action("accept", "Accept", QuoteDecision.ACCEPTED, "good"),
        build_decision_object_action("reject", "Reject", QuoteDecision.REJECTED, "bad"),
        build_decision_object_action("pending", "Put back to pending", QuoteDecision.PENDING, "plain"),
    )
    panel_template = "claims/admin/quotes/quote_panel.html"
    below_template = "claims/admin/quotes/quote_claims.html"
    readonly_fields = (
        *("decided", "decided_by", "decided_at", "exact", "kind", "act", "cue", "mention", "candidate_names"),
        *("sure", "read_by", "source_link"),
    )
    fieldsets = (
        ("Who, and what it claims", {"fields": ("speaker", "role", "outlet", "claim")}),
        ("Decision", {"fields": ("decided", ("decided_by", "decided_at"))}),
        (
            "As it was read",
            {
                "fields": (
                    "exact",
                    ("kind", "act"),
                    ("mention", "cue"),
                    "candidate_names",
                    ("sure", "read_by"),
                    "source_link",
                )
            },
        ),
    )

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses and those of the review screen."""
        return [*review.review_urls(self.admin_site), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quote]:
        """Never with the texts, which may have two million characters each."""
        return super().get_queryset(request).select_related("speaker", "snapshot__source").defer("snapshot__text")

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Whether this person accepts, rejects and corrects quotes."""
        return request.user.has_perm(DECIDE_QUOTE)

    def has_change_permission(self, request: HttpRequest, obj: Quote | None = None) -> bool:
        """What the form changes (who is quoted, which claim it makes) is a correction."""
        return super().has_change_permission(request, obj) and self.has_decide_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Articles bring them."""
        return False

    def save_model(self, request: HttpRequest, obj: Quote, form: ModelForm, change: bool) -> None:
        """Only what was changed, each through its service."""
        stored = Quote.objects.get(pk=obj.pk)
        if plain := [name for name in form.changed_data if name in {"role", "outlet"}]:
            for name in plain:
                setattr(stored, name, form.cleaned_data[name])
            audit.update([stored], plain, user=current_user(request), reason="corrected")
        speaker = form.cleaned_data.get("speaker")
        if "speaker" in form.changed_data and speaker:
            directory.set_speaker(quote=stored, speaker=speaker, editor=current_user(request))
        if "claim" in form.changed_data:
            claim_links.set_quote_claim(quote=stored, claim=form.cleaned_data["claim"], editor=current_user(request))

    def panel(self, request: HttpRequest, obj: Quote) -> dict[str, Any]:
        """The quote in its context."""
        addresses = {"source_address": quote_source_url(obj), "review_address": review_url(obj)}
        return {
            "quote": obj,
            "in_context": render_quote_in_context(obj),
            "similar": find_claims_similar_to_quote(obj),
        } | addresses

    @admin.display(description="quote")
    def quote(self, quote: Quote) -> SafeString:
        """All of it, if it is no page; it leads to the review screen, in the queue of its decision."""
        address = review_url(quote)
        return format_html(
            '<a class="fb-words" dir="auto" href="{}">{}</a>', address, shortened(quote.exact, MAX_LIST_TEXT)
        )

    @admin.display(description="speaker")
    def who(self, quote: Quote) -> SafeString:
        """The speaker, or what is known of who it might be; the role as written."""
        if quote.speaker:
            return stack_lines(quote.speaker, shortened(quote.role, 100))
        # "Officials" are nobody else than officials.
        others = [str(name) for name in quote.candidates if name != quote.mention]
        candidates = f"perhaps {', '.join(others)}" if others else ""
        unresolved = format_html("{} {}", label("pending", "unresolved"), quote.mention)
        return stack_lines(unresolved, candidates, shortened(quote.role, 100))

    @admin.display(description="source")
    def where(self, quote: Quote) -> SafeString:
        """Title, publisher and day."""
        source = quote.snapshot.source
        about = [source.publisher, format_day(source.published_on) if source.published_on else ""]
        return stack_lines(shortened(str(source), 100), ", ".join(filter(None, about)))

    @admin.display(description="confidence", ordering="confidence")
    def sure(self, quote: Quote) -> str:
        """In per cent."""
        return f"{quote.confidence:.0%}"

    @admin.display(description="decision")
    def decided(self, quote: Quote) -> SafeString:
        """As a label."""
        return label(quote.decision, quote.get_decision_display())

    @admin.display(description="candidates")
    def candidate_names(self, quote: Quote) -> str:
        """The names that the mention may stand for."""
        return ", ".join(map(str, quote.candidates)) or self.get_empty_value_display()

    @admin.display(description="read by")
    def read_by(self, quote: Quote) -> str:
        """Which extractor found it, and what of it a rule repaired."""
        repaired = f"; repaired: {', '.join(map(str, quote.repaired))}" if quote.repaired else ""
        return f"{quote.extractor} {quote.extractor_version}{repaired}"

    @admin.display(description="source")
    def source_link(self, quote: Quote) -> SafeString:
        """The source's page, at this quote."""
        return format_html('<a class="fb-link" href="{}">{}</a>', quote_source_url(quote), quote.snapshot.source)
