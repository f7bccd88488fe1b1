"""Imports a file of fact-checks: a dry run shows what becomes of each, and asks what their ratings mean here."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from claims.admin.common.base import current_user
from claims.admin.common.object_actions import ObjectActionsAdmin
from claims.admin.imports.csv_import import CSVFileInput
from claims.export.tabular.csv_injection import remove_guard
from claims.models import Rating
from claims.services.errors import RefusedError
from claims.services.reviews.outcomes import ReviewPlan
from claims.services.reviews.rating_mappings import map_rating
from claims.services.reviews.review_files import COLUMNS, FileEntry, read_review_file
from claims.services.reviews.review_import import PlanChangedError, dry_run_import, import_reviews

IMPORT_PERMISSION = "claims.import_externalreview"
DRAFT_SALT = "claims.admin.reviews.review_import"
MAX_DRAFT_AGE = 12 * 3600  # seconds between the dry run and the import
MAX_UPLOAD_BYTES = 1_000_000  # larger files by the command
MAX_UPLOADED_REVIEWS = 500
MAX_SHOWN_OUTCOMES = 500


class ReviewFileForm(forms.Form):
    file = forms.FileField(
        widget=CSVFileInput(
            attrs={"accept": ".json,.jsonld,.html,.htm,.csv,.tsv,.txt,application/ld+json", "class": "fb-files"}
        ),
        help_text=f"At most {MAX_UPLOADED_REVIEWS} fact-checks and {MAX_UPLOAD_BYTES // 1_000_000} MB. Larger files go "
        "through the command import_reviews.",
    )


def import_reviews_view(model_admin: ObjectActionsAdmin, request: HttpRequest) -> HttpResponse:
    """GET: the form. POST with a file: the dry run. POST with the draft of a dry run: the ratings, or the import."""
    if not request.user.has_perm(IMPORT_PERMISSION):
        raise PermissionDenied
    if request.method == "POST" and "draft" in request.POST:
        return _take_draft(model_admin, request)
    form = ReviewFileForm(request.POST, request.FILES) if request.method == "POST" else ReviewFileForm()
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            data = upload.read(MAX_UPLOAD_BYTES + 1)
            return _dry_run(model_admin, request, upload.name or "file", data)
        except RefusedError as refusal:
            form.add_error("file", str(refusal))
    return _render(model_admin, request, form=form)


def _take_draft(model_admin: ObjectActionsAdmin, request: HttpRequest) -> HttpResponse:
    import_url = reverse("admin:claims_externalreview_import")
    try:
        draft = signing.loads(request.POST["draft"], salt=DRAFT_SALT, max_age=MAX_DRAFT_AGE)
    except signing.BadSignature:
        messages.error(request, "This dry run is invalid or has expired. Choose the file again.")
        return HttpResponseRedirect(import_url)
    if draft["user"] != request.user.pk:
        raise PermissionDenied
    data = draft["data"].encode("latin-1")
    try:
        if "map" in request.POST:
            _map_ratings(request, dry_run_import(entries=_read(data), editor=current_user(request)))
            return _dry_run(model_admin, request, draft["name"], data)
        plan = import_reviews(entries=_read(data), editor=current_user(request), digest=draft["digest"])
    except PlanChangedError as changed:
        messages.warning(request, str(changed))
        return _dry_run(model_admin, request, draft["name"], data)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(import_url)
    messages.success(request, f"“{draft['name']}” imported: {plan}.")
    return HttpResponseRedirect(reverse("admin:claims_externalreview_changelist"))


def _map_ratings(request: HttpRequest, plan: ReviewPlan) -> None:
    """Stores the ratings that were chosen. The form names each rating itself: by now another may be mapped."""
    ratings = {str(rating.pk): rating for rating in Rating.objects.all()}
    shown = zip(*(request.POST.getlist(name) for name in ("publisher", "words", "rating")), strict=False)
    chosen = {(publisher, words): ratings.get(rating) for publisher, words, rating in shown}
    for used in plan.unmapped:
        if rating := chosen.get((used.publisher, used.words)):
            map_rating(publisher=used.publisher, words=used.words, rating=rating, editor=current_user(request))


def _dry_run(model_admin: ObjectActionsAdmin, request: HttpRequest, name: str, data: bytes) -> HttpResponse:
    plan = dry_run_import(entries=_read(data), editor=current_user(request))
    draft = {"user": request.user.pk, "name": name, "data": data.decode("latin-1"), "digest": plan.digest}
    names = dict(Rating.objects.values_list("slug", "name"))
    return _render(
        model_admin,
        request,
        plan=plan,
        name=name,
        mapped=[(used, names.get(used.mapped_to, used.mapped_to)) for used in plan.ratings if used.mapped_to],
        ratings=Rating.objects.all(),
        outcomes=plan.outcomes[:MAX_SHOWN_OUTCOMES],
        draft=signing.dumps(draft, salt=DRAFT_SALT, compress=True),
    )


def _read(data: bytes) -> list[FileEntry]:
    if len(data) > MAX_UPLOAD_BYTES:
        raise RefusedError(f"The file has more than {MAX_UPLOAD_BYTES:,} bytes. Use the command import_reviews.")
    entries = read_review_file(data, clean_cell=remove_guard)
    if len(entries) > MAX_UPLOADED_REVIEWS:
        raise RefusedError(
            f"The file has {len(entries):,} fact-checks; the limit is {MAX_UPLOADED_REVIEWS}. Use the command"
            " import_reviews."
        )
    return entries


def _render(model_admin: ObjectActionsAdmin, request: HttpRequest, **context: Any) -> HttpResponse:
    return model_admin.render_page(
        request,
        title="Import fact-checks",
        template="claims/admin/reviews/import.html",
        import_url=reverse("admin:claims_externalreview_import"),
        columns=[spellings[0] for spellings in COLUMNS.values()],
        **context,
    )
