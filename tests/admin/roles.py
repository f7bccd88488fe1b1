"""The tables of who may do what: the lowest role that gets in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from claims.models import Anchor, Claim, Operation, Snapshot


class Role(IntEnum):
    """From those who may do least; each may do what the ones before may."""

    ANYBODY = 0
    STAFF = 1
    REPORTER = 2
    EDITOR = 3
    APPROVER = 4
    CHIEF = 5
    SUPERUSER = 6
    NOBODY = 7


ANYBODY, STAFF, REPORTER, EDITOR, APPROVER, CHIEF, SUPERUSER, NOBODY = Role


PEOPLE = [role for role in Role if role != NOBODY]


@dataclass(frozen=True)
class Rights:
    """The lowest role that may look at rows of a model, add, change and delete them, and take its steps and actions."""

    look: Role
    add: Role = NOBODY
    change: Role = NOBODY
    delete: Role = NOBODY
    restore: Role | None = None  # a former state; where not said, who may change
    steps: dict[str, Role] = field(default_factory=dict)
    actions: dict[str, Role] = field(default_factory=dict)


MODELS = {
    "claims.quote": Rights(
        REPORTER,
        change=EDITOR,
        steps=dict.fromkeys(("accept", "reject", "pending"), EDITOR),
        actions=dict.fromkeys(("accept", "reject", "put_back", "change_quotes"), EDITOR),
    ),
    "claims.claim": Rights(
        REPORTER,
        add=EDITOR,
        change=EDITOR,
        delete=CHIEF,
        steps={"suggest": EDITOR, "retract": APPROVER},
        actions={
            "export_csv": REPORTER,
            "change_chosen": EDITOR,
            "merge_chosen": EDITOR,
            "retract_chosen": APPROVER,
        },
    ),
    "claims.claimamendment": Rights(
        REPORTER, restore=EDITOR, steps={"publish": APPROVER, "discard": APPROVER}
    ),  # a colleague's
    "claims.claimrelation": Rights(REPORTER, add=EDITOR, restore=EDITOR, steps={"confirm": EDITOR, "dismiss": EDITOR}),
    "claims.comment": Rights(REPORTER, steps=dict.fromkeys(("done", "again", "take-back"), REPORTER)),
    "claims.correction": Rights(REPORTER),
    "claims.mergesuggestion": Rights(
        REPORTER,
        steps=dict.fromkeys(("into-first", "into-second", "not-the-same"), CHIEF),
        actions=dict.fromkeys(("into_first", "into_second", "not_the_same"), CHIEF),
    ),
    "claims.rating": Rights(REPORTER, add=CHIEF, change=CHIEF, delete=CHIEF),
    "claims.readerkey": Rights(CHIEF, add=CHIEF, steps={"revoke": CHIEF}),
    "claims.savedview": Rights(REPORTER, delete=CHIEF),  # of a colleague's, shared
    "claims.source": Rights(REPORTER, add=REPORTER, change=EDITOR, actions={"read_anew": EDITOR}),
    "claims.speaker": Rights(REPORTER, add=EDITOR, change=EDITOR, delete=CHIEF, actions={"merge_chosen": CHIEF}),
    "claims.speakermerge": Rights(REPORTER, steps={"undo": CHIEF}, actions={"undo": CHIEF}),
    "claims.topic": Rights(REPORTER, add=EDITOR, change=EDITOR, delete=CHIEF),
    "claims.verification": Rights(
        REPORTER,
        add=EDITOR,
        change=EDITOR,  # a draft; deleted by its author only
        steps={"submit": EDITOR, **dict.fromkeys(("publish", "send-back", "withdraw"), APPROVER)},
    ),
    "auth.user": Rights(CHIEF, add=CHIEF, change=CHIEF),  # one without rights
    "auth.group": Rights(
        CHIEF, add=SUPERUSER, change=SUPERUSER, delete=SUPERUSER, actions={"delete_selected": SUPERUSER}
    ),
    "axes.accessattempt": Rights(CHIEF, delete=CHIEF),
    "axes.accesslog": Rights(CHIEF),
}


Rows = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """An address: who may look (GET), who may do (POST), and what it takes to be asked for, made of the rows."""

    name: str
    look: Role
    do: Role
    arguments: Callable[[Rows], dict[str, Any]] = lambda rows: {}
    query: Callable[[Rows], str] = lambda rows: ""
    posted: Callable[[Rows], dict[str, Any]] = lambda rows: {}


def of(label: str, **more: Any) -> Callable[[Rows], dict[str, Any]]:
    """The address has the key of the row of this model."""
    return lambda rows: {"pk": rows[label].pk, **more}


def in_its_text(rows: Rows) -> dict[str, Any]:
    return {"pk": rows["claims.quote"].snapshot_id}


def the_quote(rows: Rows) -> dict[str, Any]:
    return {"quote": rows["claims.quote"].pk}


def settling(rows: Rows) -> dict[str, Any]:
    anchor = Anchor.objects.waiting().select_related("snapshot").earliest("pk")
    return {"pk": anchor.snapshot.source_id, "anchor": anchor.pk}


def two_texts(rows: Rows) -> str:
    texts = Snapshot.objects.filter(source=settling(rows)["pk"])
    return f"?old={texts.earliest('pk').pk}&new={texts.latest('pk').pk}"


def two_speakers(rows: Rows) -> str:
    pair = rows["claims.mergesuggestion"]
    return f"?first={pair.first_id}&second={pair.second_id}"


def another_claim(rows: Rows) -> str:
    return f"?other={Claim.objects.exclude(pk=rows['claims.claim'].pk).earliest('pk').pk}"


CLAIM, QUOTE, SOURCE = of("claims.claim"), of("claims.quote"), of("claims.source")


ACTS = {
    **dict.fromkeys(("accept", "reject", "pending", "speaker", "new-speaker", "words", "split", "join"), EDITOR),
    "take-over": EDITOR,
    "skip": REPORTER,
}


FIELD = "app_label=claims&model_name=quote&field_name=speaker"


PLACES = [
    Place("index", STAFF, STAFF),
    Place("login", ANYBODY, ANYBODY),
    Place("logout", NOBODY, STAFF),
    Place("password_change", STAFF, STAFF),
    Place("password_change_done", STAFF, NOBODY),
    Place(
        "autocomplete",
        REPORTER,
        NOBODY,
        query=lambda rows: "?app_label=claims&model_name=quote&field_name=speaker&term=",
    ),
    Place("jsi18n", STAFF, NOBODY),
    Place("search", STAFF, STAFF),
    Place("view_on_site", NOBODY, NOBODY, lambda rows: {"content_type_id": 1, "object_id": "1"}),
    Place("app_list", REPORTER, REPORTER, lambda rows: {"app_label": "claims"}),
    Place("auth_user_password_change", CHIEF, CHIEF, lambda rows: {"id": rows["auth.user"].pk}),
    Place("claims_comment_write", REPORTER, REPORTER, of("claims.quote", kind="quote")),
    Place("claims_comment_people", REPORTER, NOBODY),
    Place(
        "claims_savedview_save",
        NOBODY,
        REPORTER,
        posted=lambda rows: {"listing": "claims.claim", "query": "", "name": "Mine"},
    ),
    Place("claims_speaker_merge", CHIEF, CHIEF, query=two_speakers),
    Place("claims_claim_split", EDITOR, EDITOR, CLAIM),
    Place("claims_claim_merge", EDITOR, EDITOR, CLAIM, query=another_claim),
    Place("claims_claim_take", NOBODY, EDITOR, CLAIM, posted=the_quote),
    Place("claims_claim_own", NOBODY, EDITOR, posted=the_quote),
    Place("claims_claim_relate", NOBODY, EDITOR, CLAIM, posted=lambda rows: {"other": Claim.objects.earliest("pk").pk}),
    Place("claims_claim_undo", NOBODY, NOBODY, lambda rows: {"pk": Operation.objects.earliest("pk").pk}),  # another's
    Place("claims_claim_import", EDITOR, EDITOR),
    Place("claims_quote_import", EDITOR, EDITOR),
    Place("claims_source_compare", REPORTER, REPORTER, lambda rows: {"pk": settling(rows)["pk"]}, two_texts),
    Place("claims_source_settle", EDITOR, EDITOR, settling),
    Place("claims_source_reading", EDITOR, EDITOR, SOURCE),
    Place("claims_review", REPORTER, NOBODY),
    Place("claims_review_text", REPORTER, NOBODY, in_its_text),
    Place("claims_review_speakers", REPORTER, NOBODY),
    Place("claims_review_preview", NOBODY, REPORTER, in_its_text),
    Place("claims_review_add", NOBODY, REPORTER, in_its_text),
    Place("claims_review_undo", NOBODY, REPORTER),
    Place("claims_review_hold", NOBODY, EDITOR, QUOTE),
    Place("claims_review_source", EDITOR, EDITOR, SOURCE),
    *(Place("claims_review_act", NOBODY, role, of("claims.quote", name=act)) for act, role in ACTS.items()),
]


# Addresses without a name, by their route, at which nothing is.
NAMELESS = {"(?P<url>.*)$", "<path:object_id>/"}
