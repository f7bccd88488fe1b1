"""The editors' face: Django's admin. One module a model; what is done is done by `claims.services`."""

from django.apps import apps
from django.contrib import admin

from claims.admin.claims import claim_admin, correction_admin, correction_draft_admin, relation_admin, topic_admin
from claims.admin.history import audit_log_admin
from claims.admin.ingestion import delivery_admin, feed_admin
from claims.admin.people import (
    account_admin,
    assignment_admin,
    comment_admin,
    invitation_admin,
    notice_admin,
    reader_key_admin,
    saved_view_admin,
)
from claims.admin.people.signing_in import session_age
from claims.admin.quotes import quote_admin
from claims.admin.reviews import external_review_admin, rating_mapping_admin
from claims.admin.site import error_report_admin, site_page_admin
from claims.admin.sources import source_admin
from claims.admin.speakers import merge_admin, speaker_admin
from claims.admin.verification import rating_admin, verification_admin
from claims.admin.worthiness import weight_set_admin

__all__ = [
    "account_admin",
    "assignment_admin",
    "audit_log_admin",
    "claim_admin",
    "comment_admin",
    "correction_admin",
    "correction_draft_admin",
    "delivery_admin",
    "error_report_admin",
    "external_review_admin",
    "feed_admin",
    "invitation_admin",
    "merge_admin",
    "notice_admin",
    "quote_admin",
    "rating_admin",
    "rating_mapping_admin",
    "reader_key_admin",
    "relation_admin",
    "saved_view_admin",
    "session_age",
    "site_page_admin",
    "source_admin",
    "speaker_admin",
    "topic_admin",
    "verification_admin",
    "weight_set_admin",
]

if apps.is_installed("procrastinate.contrib.django"):
    # Its jobs are hints of deliveries, which have pages of their own.
    for model in apps.get_app_config("procrastinate").get_models():
        if admin.site.is_registered(model):
            admin.site.unregister(model)

# Whose they are manages them, on pages of their own.
for label in ("account", "mfa", "socialaccount", "usersessions"):
    for model in apps.get_app_config(label).get_models():
        if admin.site.is_registered(model):
            admin.site.unregister(model)
