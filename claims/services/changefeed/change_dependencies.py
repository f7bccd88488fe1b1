"""Which public objects show which others: when one changes, its dependents change for readers, too.

Derived from the resources: their rows depend on the objects that their serializers show or count, by the lookups in
`source`, and on those in `also_depends_on`.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet

from claims.database.related_objects import related_objects
from claims.models import Quote, QuoteDecision, ResourceKind, Verification, VerificationState
from claims.resources import RESOURCES

IdQuerySet = QuerySet[Any]  # of `values()` with one column, an id


class ChangeDependency(NamedTuple):
    """A change to objects of `kind` changes those of `dependent_kind` that have them at the end of `lookup`.

    With `wide`, only if what other objects show of the changed one has changed.
    """

    kind: str
    dependent_kind: str
    lookup: str
    wide: bool = True

    def find_dependents(self, ids: IdQuerySet) -> IdQuerySet:
        """Returns the ids of the objects that depend on those with these ids."""
        relations = _relations_along(RESOURCES[self.dependent_kind].model, self.lookup)
        # Begins with the ids, which are few: in the direction of the lookup, SQLite might read all dependents.
        conditions: dict[str, Any] = {"pk__in": ids}
        path = ""
        for relation in reversed(relations):
            path = f"{path}__{relation.remote_field.name}".removeprefix("__")
            if relation.model is Quote:
                conditions[f"{path}__decision"] = QuoteDecision.ACCEPTED
            # Withdrawn ones depend on their claim, too: it may be retracted.
            if relation.model is Verification and relation is not relations[0]:
                conditions[f"{path}__state"] = VerificationState.PUBLISHED
        conditions[f"{path}__isnull"] = False
        dependents: IdQuerySet = RESOURCES[self.kind].model._base_manager.filter(**conditions).values(path)
        return dependents


def _relations_along(model: type[Model], lookup: str) -> list[Any]:
    relations: list[Any] = []
    for name in lookup.split("__"):
        relations.append(model._meta.get_field(name))
        model = relations[-1].related_model
    return relations


def _derive_dependencies() -> Iterator[ChangeDependency]:
    kinds = {resource.model: kind for kind, resource in RESOURCES.items()}
    for dependent_kind, resource in RESOURCES.items():
        shown = [lookup for lookup, _ in related_objects(resource.serializer_class)]
        for lookup in dict.fromkeys([*shown, *resource.also_depends_on]):
            model = _relations_along(resource.model, lookup)[-1].related_model
            if model in kinds:
                # Counterparts show what no other object shows of a quote: its words.
                wide = lookup.rpartition("__")[2] not in {"translation_of", "translations"}
                yield ChangeDependency(kinds[model], dependent_kind, lookup, wide)


_DEPENDENCIES = list(_derive_dependencies())
# First: changes that may change what is public of a claim, or its status. They count as changes of the claim itself.
_CLAIM_SOURCE_KINDS = {ResourceKind.QUOTES, ResourceKind.VERIFICATIONS, ResourceKind.RATINGS, ResourceKind.TOPICS}
CLAIM_SOURCES = [
    d for d in _DEPENDENCIES if d.dependent_kind == ResourceKind.CLAIMS and d.kind in _CLAIM_SOURCE_KINDS and d.wide
]
# Then: objects that are public only together with their claim, or with their quote.
_PUBLIC_WITH_CLAIM = {
    *(ResourceKind.QUOTES, ResourceKind.VERIFICATIONS),
    *(ResourceKind.CORRECTIONS, ResourceKind.RELATIONS),
}
CLAIM_DEPENDENTS = [
    d
    for d in _DEPENDENCIES
    if (d.kind == ResourceKind.CLAIMS and d.dependent_kind in _PUBLIC_WITH_CLAIM)
    or (d.kind == ResourceKind.QUOTES and d.dependent_kind == ResourceKind.CORRECTIONS)
]
# Last: objects that show or count another one, or are public only because of it. Claims show all of their quotes.
DEPENDENCIES = [d for d in _DEPENDENCIES if d not in [*CLAIM_SOURCES, *CLAIM_DEPENDENTS]]
DEPENDENCIES.append(ChangeDependency(ResourceKind.QUOTES, ResourceKind.CLAIMS, "quotes", wide=False))
