"""The page *Check a draft*: the quotations of a pasted text or a file, which is neither stored nor logged."""

from collections.abc import Callable
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from claims.admin.common.unfold_compat import Textarea
from claims.articles import EXTENSIONS, ArticleError, read_articles
from claims.extraction import ModelError
from claims.matching import EncoderError
from claims.services.drafts.check import MAX_DRAFT_CHARACTERS, check_draft
from claims.services.drafts.findings import Audience
from claims.services.drafts.report_page import report_context
from claims.services.errors import RefusedError

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

VIEW_QUOTE = "claims.view_quote"
MAX_FILE_BYTES = 2_000_000
READ_EXTENSIONS = tuple(extension for extension in EXTENSIONS if extension not in {".json", ".jsonl"})


class KeepInMemory(MemoryFileUploadHandler):
    """Keeps uploads in memory, where others would write them to a temporary file; drops those that are too large."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None  # noqa: N803  # Django's signature
    ) -> None:  # fmt: skip
        self.activated = content_length <= 2 * MAX_FILE_BYTES


class CheckDraftForm(forms.Form):
    """A pasted text or a file, whose text is `draft` once the form is valid."""

    draft = ""

    text = forms.CharField(
        required=False,
        strip=False,
        max_length=MAX_DRAFT_CHARACTERS,
        widget=Textarea(attrs={"rows": 12, "dir": "auto", "autocomplete": "off"}),
        label="Paste the text",
    )
    file = forms.FileField(
        required=False,
        max_length=200,
        allow_empty_file=True,
        label="or choose a file",
        widget=forms.FileInput(attrs={"class": "fb-files", "accept": ",".join(READ_EXTENSIONS)}),
        help_text=f"{', '.join(READ_EXTENSIONS)}; up to {MAX_FILE_BYTES:,} bytes.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned_data = self.cleaned_data
        text, upload = cleaned_data.get("text", "").replace("\r\n", "\n"), cleaned_data.get("file")
        if not self.errors and bool(text.strip()) == bool(upload):
            raise forms.ValidationError("Paste a text or choose a file, but not both.")
        if not self.errors:
            self.draft = _read_upload(upload) if upload else text
        return cleaned_data


def _read_upload(upload: "UploadedFile[Any]") -> str:
    name = str(upload.name)
    extension = PurePath(name).suffix.lower()
    if extension not in READ_EXTENSIONS:
        raise forms.ValidationError({"file": f"Unknown extension; supported: {', '.join(READ_EXTENSIONS)}."})
    if (upload.size or 0) > MAX_FILE_BYTES:
        raise forms.ValidationError({"file": f"The file is larger than {MAX_FILE_BYTES:,} bytes."})
    limit = min(MAX_FILE_BYTES, settings.FACTBASE_MAX_ARTICLE_BYTES)
    stream = BytesIO(upload.read())
    for article in read_articles(["-"], limit=limit, stdin=stream, stdin_format=extension):
        if isinstance(article, ArticleError):
            raise forms.ValidationError({"file": article.reason})
        return article.text
    raise forms.ValidationError({"file": "The file has no text."})


def check_draft_urls(site: AdminSite) -> list[URLPattern]:
    """The URL pattern, relative to the quote changelist."""

    def checked(request: HttpRequest) -> HttpResponse:
        return check_draft_view(request, site.each_context)

    def view(request: HttpRequest) -> HttpResponse:
        # Before the body is read, which the check of the CSRF token does (in `admin_view`).
        request.upload_handlers = [KeepInMemory(request)]
        return site.admin_view(checked, cacheable=True)(request)

    return [
        path("check-draft/", csrf_exempt(never_cache(sensitive_post_parameters()(view))), name="claims_check_draft")
    ]


def check_draft_view(request: HttpRequest, each_context: Callable[[HttpRequest], dict[str, Any]]) -> HttpResponse:
    """GET: the form. POST: what is found of the draft, shown in the answer and kept nowhere."""
    if not request.user.has_perm(VIEW_QUOTE):
        raise PermissionDenied
    is_post = request.method == "POST"
    form = CheckDraftForm(request.POST, request.FILES) if is_post else CheckDraftForm()
    report = None
    if is_post and form.is_valid():
        try:
            report = check_draft(form.draft, audience=Audience.EDITORS)
        except (RefusedError, ModelError, EncoderError) as error:
            form.add_error(None, str(error))
    context = {**each_context(request), "title": "Check a draft", "form": form, "report": report}
    if report:
        context |= report_context(report, Audience.EDITORS)
    return TemplateResponse(request, "claims/admin/drafts/check_draft.html", context)
