"""Admin of the weights by which quotes are worth checking: the table of them, what they move, and earlier ones."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from claims.admin.common.base import ReadOnlyAdmin, current_user, parse_number_param
from claims.admin.common.filters import WorthFilter
from claims.admin.common.object_actions import ObjectActionsAdmin
from claims.models import WeightSet
from claims.services.errors import RefusedError
from claims.services.worthiness.newsroom_fit import MIN_DECISIONS, collect_decisions, fit_to_newsroom
from claims.services.worthiness.previews import count_pending_by_features, preview_weights
from claims.services.worthiness.score_updates import weigh_for_a_while
from claims.services.worthiness.weight_sets import (
    adopt_proposal,
    current_weights,
    discard_proposal,
    save_weights,
    weights_of,
)
from claims.worthiness import DEFAULT_WEIGHTS, FEATURE_NAMES, FEATURE_READINGS, MAX_WEIGHT, Feature, Weights

BASE = "base"
FROM_DEFAULTS = "defaults"


class WeightsForm(forms.Form):
    """A weight for each feature, and the base."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in ((BASE, "all quotes"), *((feature_field(each), FEATURE_NAMES[each]) for each in Feature)):
            attributes = {"step": "0.05", "class": "fb-weight", "aria-label": f"Weight of {label}"}
            self.fields[name] = forms.FloatField(
                min_value=-MAX_WEIGHT, max_value=MAX_WEIGHT, widget=forms.NumberInput(attributes)
            )

    def weights(self) -> Weights:
        values = self.cleaned_data
        return Weights(round(values[BASE], 2), {each: round(values[feature_field(each)], 2) for each in Feature})


def feature_field(feature: Feature) -> str:
    return str(feature.name).lower()


def form_values(weights: Weights) -> dict[str, float]:
    return {BASE: weights.base} | {feature_field(each): weights.by_feature[each] for each in Feature}


@admin.register(WeightSet)
class WeightSetAdmin(ReadOnlyAdmin, ObjectActionsAdmin):
    """The rows are the history. What is in use is changed on a page of its own."""

    list_display = ("version", "origin", "created_by", "created_at", "adopted_by", "adopted_at")
    list_select_related = ("created_by", "adopted_by")
    list_before_template = "claims/admin/worthiness/weight_set_list_links.html"
    ordering = ("-id",)
    fields = ("origin", "base", "weights", "measured", "created_by", "created_at", "adopted_by", "adopted_at")

    def get_urls(self) -> list[URLPattern]:
        weights = self.admin_site.admin_view(self.weights_view)
        return [path("weights/", weights, name="claims_weightset_weights"), *super().get_urls()]

    @admin.display(description="weights", ordering="id")
    def version(self, row: WeightSet) -> str:
        return str(row)

    def weights_view(self, request: HttpRequest) -> HttpResponse:
        """GET: the weights in use, or those of `?weights=`. POST: previews, saves, fits, adopts or discards."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._render(request, WeightsForm(initial=self._initial_values(request)))
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = WeightsForm(request.POST)
        action = request.POST.get("action", "")
        if action in {"preview", "save"} and not form.is_valid():
            return self._render(request, form)
        if action == "preview":
            return self._render(request, form, form.weights())
        try:
            messages.success(request, self._run(request, action, form))
        except RefusedError as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(request.path)

    def _run(self, request: HttpRequest, action: str, form: WeightsForm) -> str:
        """Runs an action and returns what it did. Raises RefusedError."""
        editor, proposal = current_user(request), parse_number_param(request.POST.get("proposal")) or 0
        match action:
            case "save":
                save_weights(weights=form.weights(), editor=editor, seen=form.cleaned_data["seen"])
            case "adopt":
                adopt_proposal(proposal=proposal, editor=editor)
            case "discard":
                discard_proposal(proposal=proposal)
                return "Proposal discarded."
            case "fit":
                result = fit_to_newsroom(editor=editor)
                if result.proposal:
                    return "New weights proposed. Compare them below."
                return (
                    f"No gain: on {result.fit.held_out} decisions held out, the current weights have an average "
                    f"precision of {result.fit.current_precision:.2f}, fitted ones {result.fit.precision:.2f}."
                )
            case _:
                raise RefusedError("Unknown action.")
        is_complete = weigh_for_a_while()
        rest = "All quotes have their new scores." if is_complete else "The worker scores the remaining quotes."
        return f"Weights saved. {rest}"

    def _initial_values(self, request: HttpRequest) -> dict[str, object]:
        """The weights in use, the defaults, or those of an earlier set or a proposal."""
        chosen = request.GET.get("weights", "")
        weights = current_weights()
        if chosen == FROM_DEFAULTS:
            weights = DEFAULT_WEIGHTS
        elif chosen:
            row = WeightSet.objects.filter(pk=parse_number_param(chosen) or 0).first()
            if row is None:
                raise Http404
            weights = weights_of(row)
        in_use = WeightSet.objects.adopted().first()
        return {**form_values(weights), "seen": in_use.pk if in_use else None}

    def _render(self, request: HttpRequest, form: WeightsForm, after: Weights | None = None) -> HttpResponse:
        counts = count_pending_by_features()
        total = sum(counts.values())
        shares = {each: sum(counts[features] for features in counts if each in features) for each in Feature}
        rows = [
            {
                "field": form[feature_field(feature)],
                "name": FEATURE_NAMES[feature],
                "reading": FEATURE_READINGS[feature],
                "share": shares[feature] / total if total else 0,
                "default": DEFAULT_WEIGHTS.by_feature[feature],
            }
            for feature in sorted(Feature, key=lambda each: -DEFAULT_WEIGHTS.by_feature[each])
        ]
        current = current_weights()
        if after is None and not form.is_bound and request.GET.get("weights"):
            after = Weights(
                cast("float", form.initial[BASE]), {each: form.initial[feature_field(each)] for each in Feature}
            )
        preview = after and preview_weights(
            before=current,
            after=after,
            counts=counts,
            bands={WorthFilter.LABELS[band]: bounds for band, bounds in WorthFilter.BANDS.items()},
        )
        return self.render_page(
            request,
            title="Check-worthiness",
            template="claims/admin/worthiness/weights.html",
            form=form,
            base={"field": form[BASE], "default": DEFAULT_WEIGHTS.base},
            rows=rows,
            pending=total,
            preview=preview,
            proposal=WeightSet.objects.proposed().select_related("created_by").first(),
            earlier=WeightSet.objects.adopted().select_related("adopted_by")[:10],
            may_change=self.has_change_permission(request),
            decisions=len(collect_decisions().taken_up),
            min_decisions=MIN_DECISIONS,
            history_url=reverse("admin:claims_weightset_changelist"),
        )
