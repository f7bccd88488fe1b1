"""Imports of CSV files: a dry run shows the result for each row, then all rows are imported together.

If rows are rejected, the valid ones can be imported without them, and the rejected ones downloaded as a CSV file.
"""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header

from claims.admin.common.base import EditorAdmin, current_user
from claims.export.tabular.csv_format import BOM, format_csv
from claims.export.tabular.csv_injection import guard_reversibly, remove_guard
from claims.services.errors import RefusedError
from claims.services.imports import importer, spreadsheet
from claims.services.imports.spreadsheet import Spreadsheet

DRAFT_SALT = "claims.admin.imports.csv_import"
MAX_DRAFT_AGE = 12 * 3600  # seconds between the dry run and the import
ERROR_COLUMN = "error"


class CSVFileInput(forms.FileInput):
    template_name = "claims/admin/common/file_input.html"


class ImportFileForm(forms.Form):
    file = forms.FileField(
        label="CSV file",
        widget=CSVFileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv", "class": "fb-files"}),
        help_text=(
            f"UTF-8, with column names in the first line, separated by commas, semicolons or tabs. At most "
            f"{spreadsheet.MAX_IMPORT_ROWS:,} rows and {spreadsheet.MAX_UPLOAD_BYTES // 1_000_000} MB. Exported lists "
            "can be imported again."
        ),
    )


class CSVImportAdmin(EditorAdmin):
    """An admin with a CSV import for users who have all of `import_permissions`."""

    import_kind: ClassVar[str]
    import_title: ClassVar[str]
    import_intro: ClassVar[str]
    import_permissions: ClassVar[tuple[str, ...]]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.import_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_import"
        return [path("import/", view, name=name), *super().get_urls()]

    def get_import_links(self, request: HttpRequest) -> list[dict[str, str]]:
        return [{"name": f"{self.import_title}…", "url": self._import_url()}] if self._may_import(request) else []

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """GET: the form. POST with a file: the dry run.

        POST with the signed draft of a dry run: the import of the valid rows, or a CSV file of the rejected ones.
        """
        if not self._may_import(request):
            raise PermissionDenied
        if request.method == "POST" and "draft" in request.POST:
            return self._import_draft(request)
        form = ImportFileForm(request.POST, request.FILES) if request.method == "POST" else ImportFileForm()
        if form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                text = spreadsheet.decode_upload(upload.read(spreadsheet.MAX_UPLOAD_BYTES + 1))
                return self._dry_run(request, upload.name or "file", text)
            except RefusedError as refusal:
                form.add_error("file", str(refusal))
        return self._render_import_page(request, form=form)

    def _import_draft(self, request: HttpRequest) -> HttpResponse:
        try:
            draft = signing.loads(request.POST["draft"], salt=DRAFT_SALT, max_age=MAX_DRAFT_AGE)
        except signing.BadSignature:
            messages.error(request, "This dry run is invalid or has expired. Choose the file again.")
            return HttpResponseRedirect(self._import_url())
        if (draft["user"], draft["kind"]) != (request.user.pk, self.import_kind):
            raise PermissionDenied
        sheet = self._parse(draft["text"])
        errors = {int(line): error for line, error in draft.get("errors", {}).items()}
        if "rejected" in request.POST:
            return _rejected_rows_file(draft["name"], sheet, errors)
        try:
            plan = importer.run_import(
                kind=self.import_kind,
                sheet=sheet.without_rows(errors),
                name=draft["name"],
                editor=current_user(request),
                digest=draft["digest"],
            )
        except importer.PlanChangedError as changed:
            messages.warning(request, str(changed))
            return self._dry_run(request, draft["name"], draft["text"])
        except RefusedError as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(self._import_url())
        messages.success(request, f"“{draft['name']}” imported: {plan}.")
        if errors:
            rejected = [row for row in sheet.rows if row.line in errors]
            return self._render_import_page(
                request,
                rejected_rows=[
                    (row.line, ", ".join(filter(None, row.all_cells)), errors[row.line]) for row in rejected
                ],
                draft=request.POST["draft"],
            )
        return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))

    def _dry_run(self, request: HttpRequest, name: str, text: str) -> HttpResponse:
        file: dict[str, Any] = {"kind": self.import_kind, "name": name, "editor": current_user(request)}
        sheet = self._parse(text)
        plan = importer.dry_run_import(sheet=sheet, **file)
        valid = importer.dry_run_valid_rows(sheet=sheet, plan=plan, **file)
        draft = {
            "user": request.user.pk,
            "kind": self.import_kind,
            "name": name,
            "text": text,
            "digest": valid.plan.digest,
            "errors": valid.errors,
        }
        change_view = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return self._render_import_page(
            request,
            plan=plan,
            valid=valid,
            name=name,
            ignored_columns=sheet.ignored_columns,
            rows=[
                (outcome, reverse(change_view, args=[outcome.pk]) if outcome.pk else "") for outcome in plan.outcomes
            ],
            draft=signing.dumps(draft, salt=DRAFT_SALT, compress=True),
        )

    def _parse(self, text: str) -> Spreadsheet:
        kind = importer.IMPORT_KINDS[self.import_kind]
        return spreadsheet.parse_spreadsheet(
            text, columns=kind.columns, required=kind.required, clean_cell=remove_guard
        )

    def _render_import_page(self, request: HttpRequest, **context: object) -> HttpResponse:
        kind = importer.IMPORT_KINDS[self.import_kind]
        return self.render_page(
            request,
            title=self.import_title,
            template="claims/admin/imports/import.html",
            intro=self.import_intro,
            columns=kind.columns,
            required=kind.required,
            import_url=self._import_url(),
            **context,
        )

    def _may_import(self, request: HttpRequest) -> bool:
        return request.user.has_perms(self.import_permissions)

    def _import_url(self) -> str:
        return reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_import")


def _rejected_rows_file(name: str, sheet: Spreadsheet, errors: Mapping[int, str]) -> HttpResponse:
    """The rejected rows with all columns of the file and the error of each, as CSV that can be imported once mended."""
    indexes = [index for index, column in enumerate(sheet.header) if column.casefold() != ERROR_COLUMN]
    rows: list[list[object]] = [[*(guard_reversibly(sheet.header[index]) for index in indexes), ERROR_COLUMN]]
    for row in sheet.rows:
        if row.line in errors:
            cells = [guard_reversibly(remove_guard(row.all_cells[index])) for index in indexes]
            rows.append([*cells, guard_reversibly(errors[row.line])])
    response = HttpResponse(BOM + format_csv(rows), content_type="text/csv; charset=utf-8")
    stem = "".join(char if char.isalnum() else "-" for char in PurePath(name).stem) or "import"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{stem}-rejected.csv")
    return response
