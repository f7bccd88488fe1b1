"""Import of a table: a page that takes a file, tells what would become of each row, and stores them once agreed to."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from claims.admin.common.base import EditorAdmin, current_user
from claims.export.tabular.csv_injection import remove_guard
from claims.services.errors import RefusedError
from claims.services.imports import importer, spreadsheet
from claims.services.imports.spreadsheet import Spreadsheet

DRAFT_SALT = "claims.admin.imports.csv_import"
MAX_DRAFT_AGE = 12 * 3600  # seconds between the dry run and the storing


class CSVFileInput(forms.FileInput):
    """One file."""

    template_name = "claims/admin/common/file_input.html"


class ImportFileForm(forms.Form):
    """Which file."""

    file = forms.FileField(
        label="CSV file",
        widget=CSVFileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv", "class": "fb-files"}),
        help_text=f"With a line of names; up to {spreadsheet.MAX_IMPORT_ROWS:,} rows and {spreadsheet.MAX_UPLOAD_BYTES:,} bytes. UTF-8; "
        "commas, semicolons or tabs. What a list exports is taken back.",
    )


class CSVImportAdmin(EditorAdmin):
    """An admin whose list has a table to be imported into it, by those who have `import_permissions`."""

    import_kind: ClassVar[str]
    import_title: ClassVar[str]
    import_intro: ClassVar[str]
    import_permissions: ClassVar[tuple[str, ...]]

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses and that of the import."""
        view = self.admin_site.admin_view(self.import_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_import"
        return [path("import/", view, name=name), *super().get_urls()]

    def get_import_links(self, request: HttpRequest) -> list[dict[str, str]]:
        """The link on the list."""
        return [{"name": f"{self.import_title}…", "url": self._import()}] if self._may_import(request) else []

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """GET: the form. POST with a file: the dry run. POST with a draft that was agreed to: all rows are stored."""
        if not self._may_import(request):
            raise PermissionDenied
        if request.method == "POST" and "draft" in request.POST:
            return self._stored(request)
        form = ImportFileForm(request.POST, request.FILES) if request.method == "POST" else ImportFileForm()
        if form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                text = spreadsheet.decode_upload(upload.read(spreadsheet.MAX_UPLOAD_BYTES + 1))
                return self._rehearsed(request, upload.name or "file", text)
            except RefusedError as refusal:
                form.add_error("file", str(refusal))
        return self._page(request, form=form)

    def _stored(self, request: HttpRequest) -> HttpResponse:
        try:
            draft = signing.loads(request.POST["draft"], salt=DRAFT_SALT, max_age=MAX_DRAFT_AGE)
        except signing.BadSignature:
            messages.error(request, "This dry run is too old, or not one of this site: choose the file again.")
            return HttpResponseRedirect(self._import())
        if (draft["user"], draft["kind"]) != (request.user.pk, self.import_kind):
            raise PermissionDenied
        try:
            plan = importer.run_import(
                kind=self.import_kind,
                sheet=self._sheet(draft["text"]),
                name=draft["name"],
                editor=current_user(request),
                digest=draft["digest"],
            )
        except importer.PlanChangedError as another:
            messages.warning(request, str(another))
            return self._planned(request, draft["name"], draft["text"], another.plan)
        except RefusedError as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(self._import())
        messages.success(request, f"“{draft['name']}” was imported: {plan}.")
        return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))

    def _rehearsed(self, request: HttpRequest, name: str, text: str) -> HttpResponse:
        plan = importer.dry_run_import(
            kind=self.import_kind, sheet=self._sheet(text), name=name, editor=current_user(request)
        )
        return self._planned(request, name, text, plan)

    def _planned(self, request: HttpRequest, name: str, text: str, plan: importer.ImportPlan) -> HttpResponse:
        draft = {"user": request.user.pk, "kind": self.import_kind, "name": name, "text": text, "digest": plan.digest}
        change = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return self._page(
            request,
            plan=plan,
            name=name,
            ignored_columns=self._sheet(text).ignored_columns,
            rows=[(outcome, reverse(change, args=[outcome.pk]) if outcome.pk else "") for outcome in plan.outcomes],
            draft=signing.dumps(draft, salt=DRAFT_SALT, compress=True) if plan.can_be_stored else "",
        )

    def _sheet(self, text: str) -> Spreadsheet:
        kind = importer.IMPORT_KINDS[self.import_kind]
        return spreadsheet.parse_spreadsheet(
            text, columns=kind.columns, required=kind.required, clean_cell=remove_guard
        )

    def _page(self, request: HttpRequest, **context: Any) -> HttpResponse:
        kind = importer.IMPORT_KINDS[self.import_kind]
        return self.render_page(
            request,
            title=self.import_title,
            template="claims/admin/imports/import.html",
            intro=self.import_intro,
            columns=kind.columns,
            required=kind.required,
            address=self._import(),
            **context,
        )

    def _may_import(self, request: HttpRequest) -> bool:
        return all(request.user.has_perm(permission) for permission in self.import_permissions)

    def _import(self) -> str:
        return reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_import")
