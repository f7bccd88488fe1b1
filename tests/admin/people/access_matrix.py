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


ASKING_ROLES = [role for role in Role if role != NOBODY]


@dataclass(frozen=True)
class ModelAccess:
    """The lowest role that may look at rows of a model, add, change and delete them, and take its steps and actions."""

    look: Role
    add: Role = NOBODY
    change: Role = NOBODY
    delete: Role = NOBODY
    restore: Role | None = None  # a former state; where not said, who may change
    steps: dict[str, Role] = field(default_factory=dict)
    actions: dict[str, Role] = field(default_factory=dict)


MODEL_ACCESS = {
    "claims.quote": ModelAccess(
        REPORTER,
        change=EDITOR,
        steps=dict.fromkeys(("accept", "reject", "pending"), EDITOR),
        actions=dict.fromkeys(("accept", "reject", "put_back", "change_quotes"), EDITOR),
    ),
    "claims.claim": ModelAccess(
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
    "claims.claimamendment": ModelAccess(
        REPORTER, restore=EDITOR, steps={"publish": APPROVER, "discard": APPROVER}
    ),  # a colleague's
    "claims.claimrelation": ModelAccess(
        REPORTER, add=EDITOR, restore=EDITOR, steps={"confirm": EDITOR, "dismiss": EDITOR}
    ),
    "claims.comment": ModelAccess(REPORTER, steps=dict.fromkeys(("done", "again", "take-back"), REPORTER)),
    "claims.correction": ModelAccess(REPORTER),
    "claims.mergesuggestion": ModelAccess(
        REPORTER,
        steps=dict.fromkeys(("into-first", "into-second", "not-the-same"), CHIEF),
        actions=dict.fromkeys(("into_first", "into_second", "not_the_same"), CHIEF),
    ),
    "claims.rating": ModelAccess(REPORTER, add=CHIEF, change=CHIEF, delete=CHIEF),
    "claims.readerkey": ModelAccess(CHIEF, add=CHIEF, steps={"revoke": CHIEF}),
    "claims.savedview": ModelAccess(REPORTER, delete=CHIEF),  # of a colleague's, shared
    "claims.source": ModelAccess(REPORTER, add=REPORTER, change=EDITOR, actions={"reextract_chosen": EDITOR}),
    "claims.speaker": ModelAccess(REPORTER, add=EDITOR, change=EDITOR, delete=CHIEF, actions={"merge_chosen": CHIEF}),
    "claims.speakermerge": ModelAccess(REPORTER, steps={"undo": CHIEF}, actions={"undo": CHIEF}),
    "claims.topic": ModelAccess(REPORTER, add=EDITOR, change=EDITOR, delete=CHIEF),
    "claims.verification": ModelAccess(
        REPORTER,
        add=EDITOR,
        change=EDITOR,  # a draft; deleted by its author only
        steps={"submit": EDITOR, **dict.fromkeys(("publish", "send-back", "withdraw"), APPROVER)},
    ),
    "auth.user": ModelAccess(CHIEF, add=CHIEF, change=CHIEF),  # one without rights
    "auth.group": ModelAccess(
        CHIEF, add=SUPERUSER, change=SUPERUSER, delete=SUPERUSER, actions={"delete_selected": SUPERUSER}
    ),
    "axes.accessattempt": ModelAccess(CHIEF, delete=CHIEF),
    "axes.accesslog": ModelAccess(CHIEF),
}


Rows = dict[str, Any]


@dataclass(frozen=True)
class URLAccess:
    """An address: who may look (GET), who may do (POST), and what it takes to be asked for, made of the rows."""

    name: str
    look: Role
    do: Role
    arguments: Callable[[Rows], dict[str, Any]] = lambda rows: {}
    query: Callable[[Rows], str] = lambda rows: ""
    posted: Callable[[Rows], dict[str, Any]] = lambda rows: {}


def pk_arguments(label: str, **more: Any) -> Callable[[Rows], dict[str, Any]]:
    """The address has the key of the row of this model."""
    return lambda rows: {"pk": rows[label].pk, **more}


def snapshot_arguments(rows: Rows) -> dict[str, Any]:
    return {"pk": rows["claims.quote"].snapshot_id}


def quote_data(rows: Rows) -> dict[str, Any]:
    return {"quote": rows["claims.quote"].pk}


def anchor_arguments(rows: Rows) -> dict[str, Any]:
    anchor = Anchor.objects.unresolved().select_related("snapshot").earliest("pk")
    return {"pk": anchor.snapshot.source_id, "anchor": anchor.pk}


def two_snapshots_query(rows: Rows) -> str:
    texts = Snapshot.objects.filter(source=anchor_arguments(rows)["pk"])
    return f"?old={texts.earliest('pk').pk}&new={texts.latest('pk').pk}"


def two_speakers_query(rows: Rows) -> str:
    pair = rows["claims.mergesuggestion"]
    return f"?first={pair.first_id}&second={pair.second_id}"


def other_claim_query(rows: Rows) -> str:
    return f"?other={Claim.objects.exclude(pk=rows['claims.claim'].pk).earliest('pk').pk}"


CLAIM_ARGUMENTS, QUOTE_ARGUMENTS, SOURCE_ARGUMENTS = (
    pk_arguments("claims.claim"),
    pk_arguments("claims.quote"),
    pk_arguments("claims.source"),
)


REVIEW_ACTION_ROLES = {
    **dict.fromkeys(("accept", "reject", "pending", "speaker", "new-speaker", "words", "split", "join"), EDITOR),
    "take-over": EDITOR,
    "skip": REPORTER,
}


FIELD = "app_label=claims&model_name=quote&field_name=speaker"


URL_ACCESS = [
    URLAccess("index", STAFF, STAFF),
    URLAccess("login", ANYBODY, ANYBODY),
    URLAccess("logout", NOBODY, STAFF),
    URLAccess("password_change", STAFF, STAFF),
    URLAccess("password_change_done", STAFF, NOBODY),
    URLAccess(
        "autocomplete",
        REPORTER,
        NOBODY,
        query=lambda rows: "?app_label=claims&model_name=quote&field_name=speaker&term=",
    ),
    URLAccess("jsi18n", STAFF, NOBODY),
    URLAccess("search", STAFF, STAFF),
    URLAccess("view_on_site", NOBODY, NOBODY, lambda rows: {"content_type_id": 1, "object_id": "1"}),
    URLAccess("app_list", REPORTER, REPORTER, lambda rows: {"app_label": "claims"}),
    URLAccess("auth_user_password_change", CHIEF, CHIEF, lambda rows: {"id": rows["auth.user"].pk}),
    URLAccess("claims_comment_write", REPORTER, REPORTER, pk_arguments("claims.quote", kind="quote")),
    URLAccess("claims_comment_people", REPORTER, NOBODY),
    URLAccess(
        "claims_savedview_save",
        NOBODY,
        REPORTER,
        posted=lambda rows: {"listing": "claims.claim", "query": "", "name": "Mine"},
    ),
    URLAccess("claims_speaker_merge", CHIEF, CHIEF, query=two_speakers_query),
    URLAccess("claims_claim_split", EDITOR, EDITOR, CLAIM_ARGUMENTS),
    URLAccess("claims_claim_merge", EDITOR, EDITOR, CLAIM_ARGUMENTS, query=other_claim_query),
    URLAccess("claims_claim_take", NOBODY, EDITOR, CLAIM_ARGUMENTS, posted=quote_data),
    URLAccess("claims_claim_own", NOBODY, EDITOR, posted=quote_data),
    URLAccess(
        "claims_claim_relate",
        NOBODY,
        EDITOR,
        CLAIM_ARGUMENTS,
        posted=lambda rows: {"other": Claim.objects.earliest("pk").pk},
    ),
    URLAccess(
        "claims_claim_undo", NOBODY, NOBODY, lambda rows: {"pk": Operation.objects.earliest("pk").pk}
    ),  # another's
    URLAccess("claims_claim_import", EDITOR, EDITOR),
    URLAccess("claims_quote_import", EDITOR, EDITOR),
    URLAccess(
        "claims_source_compare",
        REPORTER,
        REPORTER,
        lambda rows: {"pk": anchor_arguments(rows)["pk"]},
        two_snapshots_query,
    ),
    URLAccess("claims_source_settle", EDITOR, EDITOR, anchor_arguments),
    URLAccess("claims_source_reading", EDITOR, EDITOR, SOURCE_ARGUMENTS),
    URLAccess("claims_review", REPORTER, NOBODY),
    URLAccess("claims_review_text", REPORTER, NOBODY, snapshot_arguments),
    URLAccess("claims_review_speakers", REPORTER, NOBODY),
    URLAccess("claims_review_preview", NOBODY, REPORTER, snapshot_arguments),
    URLAccess("claims_review_add", NOBODY, REPORTER, snapshot_arguments),
    URLAccess("claims_review_undo", NOBODY, REPORTER),
    URLAccess("claims_review_hold", NOBODY, EDITOR, QUOTE_ARGUMENTS),
    URLAccess("claims_review_source", EDITOR, EDITOR, SOURCE_ARGUMENTS),
    *(
        URLAccess("claims_review_act", NOBODY, role, pk_arguments("claims.quote", name=act))
        for act, role in REVIEW_ACTION_ROLES.items()
    ),
]


# Addresses without a name, by their route, at which nothing is.
UNNAMED_ROUTES = {"(?P<url>.*)$", "<path:object_id>/"}
