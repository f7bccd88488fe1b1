"""The access matrix: the lowest role that may use each view, object action and list action."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from claims.models import Anchor, Claim, Operation, Snapshot, Source, SourceRelation
from claims.services.sources.translations import relate_translation


class Role(IntEnum):
    """Each role may do what the roles before it may."""

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
    """The lowest role that may view, add, change and delete objects of a model, and run its actions."""

    view: Role
    add: Role = NOBODY
    change: Role = NOBODY
    delete: Role = NOBODY
    restore: Role | None = None  # an earlier version; by default the role that may change
    object_actions: dict[str, Role] = field(default_factory=dict)
    list_actions: dict[str, Role] = field(default_factory=dict)


MODEL_ACCESS = {
    "claims.assignment": ModelAccess(REPORTER, restore=EDITOR, object_actions={"done": EDITOR}),  # a colleague's
    "claims.quote": ModelAccess(
        REPORTER,
        change=EDITOR,
        object_actions=dict.fromkeys(("accept", "reject", "pending"), EDITOR),
        list_actions=dict.fromkeys(("accept", "reject", "put_back", "change_quotes"), EDITOR),
    ),
    "claims.claim": ModelAccess(
        REPORTER,
        add=EDITOR,
        change=EDITOR,
        delete=CHIEF,
        object_actions={"release": EDITOR, "suggest": EDITOR, "retract": APPROVER},
        list_actions={
            "export_csv": REPORTER,
            "assign_chosen": EDITOR,
            "change_chosen": EDITOR,
            "merge_chosen": EDITOR,
            "retract_chosen": APPROVER,
        },
    ),
    "claims.claimamendment": ModelAccess(
        REPORTER, restore=EDITOR, object_actions={"publish": APPROVER, "discard": APPROVER}
    ),  # a colleague's
    "claims.claimrelation": ModelAccess(
        REPORTER, add=EDITOR, restore=EDITOR, object_actions={"confirm": EDITOR, "dismiss": EDITOR}
    ),
    "claims.comment": ModelAccess(REPORTER, object_actions=dict.fromkeys(("done", "again", "take-back"), REPORTER)),
    "claims.correction": ModelAccess(REPORTER),
    "claims.delivery": ModelAccess(
        REPORTER, add=REPORTER, object_actions={"retry": EDITOR}, list_actions={"retry_chosen": EDITOR}
    ),
    "claims.errorreport": ModelAccess(EDITOR, restore=EDITOR, object_actions={"answer": EDITOR, "dismiss": EDITOR}),
    "claims.externalreview": ModelAccess(
        REPORTER, restore=EDITOR, object_actions=dict.fromkeys(("link", "unlink"), EDITOR)
    ),
    "claims.feed": ModelAccess(
        REPORTER,
        add=EDITOR,
        change=EDITOR,
        delete=EDITOR,
        object_actions=dict.fromkeys(("poll", "pause", "resume"), EDITOR),
        list_actions=dict.fromkeys(("poll_chosen", "pause_chosen", "resume_chosen"), EDITOR),
    ),
    "claims.invitation": ModelAccess(CHIEF, add=CHIEF, object_actions={"withdraw": CHIEF}),
    "claims.mergesuggestion": ModelAccess(
        REPORTER,
        object_actions=dict.fromkeys(("into-first", "into-second", "not-the-same"), CHIEF),
        list_actions=dict.fromkeys(("into_first", "into_second", "not_the_same"), CHIEF),
    ),
    "claims.notice": ModelAccess(CHIEF, object_actions={"again": CHIEF}),
    "claims.rating": ModelAccess(REPORTER, add=CHIEF, change=CHIEF, delete=CHIEF),
    "claims.ratingmapping": ModelAccess(REPORTER, change=CHIEF),
    "claims.readerkey": ModelAccess(CHIEF, add=CHIEF, object_actions={"revoke": CHIEF}),
    "claims.savedview": ModelAccess(REPORTER, delete=CHIEF),  # of a colleague's, shared
    "claims.sitepage": ModelAccess(CHIEF, change=CHIEF),
    "claims.source": ModelAccess(
        REPORTER,
        add=REPORTER,
        change=EDITOR,
        object_actions={"confirm-date": EDITOR},
        list_actions={"assign_chosen": EDITOR, "reextract_chosen": EDITOR},
    ),
    "claims.speaker": ModelAccess(
        REPORTER, add=EDITOR, change=EDITOR, delete=CHIEF, list_actions={"merge_chosen": CHIEF}
    ),
    "claims.speakermerge": ModelAccess(REPORTER, object_actions={"undo": CHIEF}, list_actions={"undo": CHIEF}),
    "claims.weightset": ModelAccess(REPORTER),
    "claims.topic": ModelAccess(REPORTER, add=EDITOR, change=EDITOR, delete=CHIEF),
    "claims.verification": ModelAccess(
        REPORTER,
        add=EDITOR,
        change=EDITOR,  # a draft; deleted by its author only
        object_actions={"submit": EDITOR, **dict.fromkeys(("publish", "send-back", "withdraw"), APPROVER)},
        list_actions={"assign_chosen": EDITOR},
    ),
    "claims.auditentry": ModelAccess(CHIEF),
    "auth.user": ModelAccess(  # one without rights
        CHIEF, add=CHIEF, change=CHIEF, object_actions={"confirm-holder": CHIEF}
    ),
    "auth.group": ModelAccess(
        CHIEF, add=SUPERUSER, change=SUPERUSER, delete=SUPERUSER, list_actions={"delete_selected": SUPERUSER}
    ),
    "axes.accessattempt": ModelAccess(CHIEF, delete=CHIEF),
    "axes.accesslog": ModelAccess(CHIEF),
}


Rows = dict[str, Any]


@dataclass(frozen=True)
class URLAccess:
    """The lowest roles that may GET and POST a URL, and functions for its arguments, query and data."""

    name: str
    get: Role
    post: Role
    arguments: Callable[[Rows], dict[str, Any]] = lambda rows: {}
    query: Callable[[Rows], str] = lambda rows: ""
    data: Callable[[Rows], dict[str, Any]] = lambda rows: {}


def pk_arguments(label: str, **more: Any) -> Callable[[Rows], dict[str, Any]]:
    """Arguments with the primary key of the object of this model."""
    return lambda rows: {"pk": rows[label].pk, **more}


def snapshot_arguments(rows: Rows) -> dict[str, Any]:
    return {"pk": rows["claims.quote"].snapshot_id}


def quote_data(rows: Rows) -> dict[str, Any]:
    return {"quote": rows["claims.quote"].pk}


def anchor_arguments(rows: Rows) -> dict[str, Any]:
    anchor = Anchor.objects.unresolved().select_related("snapshot").earliest("pk")
    return {"pk": anchor.snapshot.source_id, "anchor": anchor.pk}


def relation_arguments(rows: Rows) -> dict[str, Any]:
    relation = SourceRelation.objects.earliest("pk")
    return {"pk": relation.first_id, "relation": relation.pk}


def translation_arguments(rows: Rows) -> dict[str, Any]:
    original, translation = Source.objects.order_by("pk")[:2]
    original.language, translation.language = "ru", "en"
    original.save()
    relate_translation(original=original, translation=translation, editor=rows["auth.user"])
    return {"pk": translation.pk, "other": original.pk}


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
    **dict.fromkeys(("accept", "release", "link", "reject", "pending"), EDITOR),
    **dict.fromkeys(("speaker", "new-speaker", "words", "split", "join", "tie"), EDITOR),
    "take-over": EDITOR,
    "skip": REPORTER,
}


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
    URLAccess("claims_notice_mine", STAFF, STAFF),
    URLAccess("claims_assignment_assign", EDITOR, EDITOR, pk_arguments("claims.claim", kind="claim")),
    URLAccess("claims_comment_write", REPORTER, REPORTER, pk_arguments("claims.quote", kind="quote")),
    URLAccess("claims_comment_people", REPORTER, NOBODY),
    URLAccess(
        "claims_savedview_save",
        NOBODY,
        REPORTER,
        data=lambda rows: {"listing": "claims.claim", "query": "", "name": "Mine"},
    ),
    URLAccess("claims_speaker_merge", CHIEF, CHIEF, query=two_speakers_query),
    URLAccess("claims_claim_release", EDITOR, EDITOR),
    URLAccess("claims_claimrelation_renew", NOBODY, EDITOR),
    URLAccess("claims_claim_split", EDITOR, EDITOR, CLAIM_ARGUMENTS),
    URLAccess("claims_claim_merge", EDITOR, EDITOR, CLAIM_ARGUMENTS, query=other_claim_query),
    URLAccess("claims_claim_take", NOBODY, EDITOR, CLAIM_ARGUMENTS, data=quote_data),
    URLAccess("claims_claim_own", NOBODY, EDITOR, data=quote_data),
    URLAccess(
        "claims_claim_relate",
        NOBODY,
        EDITOR,
        CLAIM_ARGUMENTS,
        data=lambda rows: {"other": Claim.objects.earliest("pk").pk},
    ),
    URLAccess(
        "claims_claim_undo", NOBODY, NOBODY, lambda rows: {"pk": Operation.objects.earliest("pk").pk}
    ),  # another's
    URLAccess("claims_claim_import", EDITOR, EDITOR),
    URLAccess("claims_quote_import", EDITOR, EDITOR),
    URLAccess("claims_delivery_bookmarklet", REPORTER, REPORTER),
    URLAccess("claims_externalreview_import", CHIEF, CHIEF),
    URLAccess(
        "claims_externalreview_claim",
        NOBODY,
        EDITOR,
        pk_arguments("claims.externalreview"),
        data=lambda rows: {"claim": rows["claims.claim"].pk},
    ),
    URLAccess("claims_feed_import", EDITOR, EDITOR),
    URLAccess("claims_feed_opml", REPORTER, REPORTER),
    URLAccess("claims_sitepage_principles", CHIEF, CHIEF),
    URLAccess("claims_weightset_weights", REPORTER, CHIEF),
    URLAccess(
        "claims_source_compare",
        REPORTER,
        REPORTER,
        lambda rows: {"pk": anchor_arguments(rows)["pk"]},
        two_snapshots_query,
    ),
    URLAccess("claims_source_settle", EDITOR, EDITOR, anchor_arguments),
    URLAccess("claims_source_relation", NOBODY, EDITOR, relation_arguments, data=lambda rows: {"state": "dismissed"}),
    URLAccess("claims_source_translation", NOBODY, EDITOR, SOURCE_ARGUMENTS, data=lambda rows: {"side": "original"}),
    URLAccess("claims_source_beside", REPORTER, REPORTER, translation_arguments),
    URLAccess("claims_source_reading", EDITOR, EDITOR, SOURCE_ARGUMENTS),
    URLAccess("claims_review", REPORTER, NOBODY),
    URLAccess("claims_check_draft", REPORTER, REPORTER),
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


# Routes without a name, which only return 404.
UNNAMED_ROUTES = {"(?P<url>.*)$", "<path:object_id>/"}
