"""The sources whose texts have much in common with one: shown on its page, confirmed or dismissed there."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from claims.admin.common.base import current_user
from claims.admin.common.formatting import truncate_line
from claims.models import RelationState, Source, SourceRelation, SourceRelationKind
from claims.services.sources.near_duplicates import decide_source_relation
from claims.services.transitions import can_change_state

if TYPE_CHECKING:
    from claims.admin.sources.source_admin import SourceAdmin

MAX_RELATED = 50
# What the other source is to this one, as the second or as the first of the relation.
_LABELS_AS_SECOND = {
    SourceRelationKind.COPY: "Copy of this",
    SourceRelationKind.SHORTENED: "Shortened version of this",
    SourceRelationKind.UPDATED: "Updated version of this",
    SourceRelationKind.RELEASE: "Shares a release",
    SourceRelationKind.TRANSLATION: "Translation of this",
}
_LABELS_AS_FIRST = {
    SourceRelationKind.COPY: "Copied here",
    SourceRelationKind.SHORTENED: "Shortened here",
    SourceRelationKind.UPDATED: "Updated here",
    SourceRelationKind.RELEASE: "Shares a release",
    SourceRelationKind.TRANSLATION: "Translated here",
}


@dataclass(frozen=True, slots=True)
class RelatedSource:
    """A relation as seen from one of its sources."""

    relation: SourceRelation
    other: Source
    label: str
    may_confirm: bool
    may_dismiss: bool


def list_related_sources(source: Source) -> list[RelatedSource]:
    """The confirmed and suggested relations of a source, those with most text in common first."""
    relations = SourceRelation.objects.filter(Q(first=source) | Q(second=source)).exclude(state=RelationState.DISMISSED)
    return [
        RelatedSource(
            relation=relation,
            other=relation.second if relation.first_id == source.pk else relation.first,
            label=(_LABELS_AS_SECOND if relation.first_id == source.pk else _LABELS_AS_FIRST)[
                SourceRelationKind(relation.kind)
            ],
            may_confirm=can_change_state(relation, RelationState.CONFIRMED),
            may_dismiss=can_change_state(relation, RelationState.DISMISSED),
        )
        for relation in relations.select_related("first", "second", "decided_by")[:MAX_RELATED]
    ]


def decide_relation_view(model_admin: "SourceAdmin", request: HttpRequest, pk: int, relation: int) -> HttpResponse:
    """Confirms a relation of the source, as of the posted kind, or dismisses it."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not request.user.has_perm("claims.change_source"):
        raise PermissionDenied
    row = SourceRelation.objects.filter(Q(first=pk) | Q(second=pk), pk=relation).first()
    if row is None:
        raise Http404
    state, kind = request.POST.get("state", ""), request.POST.get("kind", "")
    if state not in {RelationState.CONFIRMED, RelationState.DISMISSED} or kind not in {"", *SourceRelationKind.values}:
        raise BadRequest("Unknown state or kind.")
    decided = decide_source_relation(
        relation=row,
        state=RelationState(state),
        kind=SourceRelationKind(kind or row.kind),
        editor=current_user(request),
    )
    done = "Confirmed" if decided.state == RelationState.CONFIRMED else "Not related"
    messages.success(request, f"{done}: {truncate_line(str(decided), 200)}.")
    return HttpResponseRedirect(f"{reverse('admin:claims_source_change', args=[pk])}#related-sources")
