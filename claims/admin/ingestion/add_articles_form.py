"""The form that adds articles from files or pasted text, and their ingestion."""

import dataclasses
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django import forms
from django.conf import settings
from django.contrib.auth.models import User

from claims.admin.common.unfold_compat import DateInput, Textarea, TextInput, URLInput
from claims.admin.ingestion.article_fields import ArticleFieldsMixin
from claims.articles import EXTENSIONS, Article, ArticleError, read_articles
from claims.articles.metadata_fields import AUTHOR_SEPARATOR
from claims.services.ingestion.ingest import IngestResult, ingest_all

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

SINGLE_ARTICLE_FIELDS = ("title", "url")

# The browser waits while the articles are stored. The command `ingest` has no such limits.
MAX_ARTICLES = 50
MAX_TOTAL_FACTOR = 10  # the size of all files together, in articles of the maximum size
_URL_PATTERN = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_NOTHING_ADDED = "Nothing was added. Choose fewer files, or import them on the server with “manage.py ingest”."


class MultipleFileInput(forms.ClearableFileInput):
    template_name = "claims/admin/common/file_input.html"
    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    """A list of files, each cleaned on its own."""

    widget = MultipleFileInput(attrs={"class": "fb-files", "accept": ",".join(EXTENSIONS)})

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        self.allow_empty_file = True  # the article reader refuses empty files, and names them
        return [super(MultipleFileField, self).clean(upload, initial) for upload in data or []]


class AddArticlesForm(ArticleFieldsMixin, forms.Form):
    """Files or pasted text, and metadata that overrides what the files say.

    Once the form is valid, `articles` holds the articles, and an error for each file or record that cannot be read.
    """

    articles: list[Article | ArticleError]

    files: Any = MultipleFileField(
        required=False, help_text=f"{', '.join(EXTENSIONS)}; up to {MAX_ARTICLES} articles at once."
    )
    text = forms.CharField(
        required=False, strip=False, widget=Textarea(attrs={"rows": 10, "dir": "auto"}), label="or paste the text"
    )
    title = forms.CharField(required=False, max_length=500, widget=TextInput)
    publisher = forms.CharField(required=False, max_length=200, widget=TextInput)
    authors = forms.CharField(
        required=False, max_length=500, widget=TextInput, help_text="Names, separated by semicolons."
    )
    url = forms.URLField(
        required=False, max_length=2000, assume_scheme="https", widget=URLInput, label="URL",
        help_text="Identifies the source when it is imported again.",
    )  # fmt: skip
    published = forms.DateField(required=False, widget=DateInput, label="published on")
    language = forms.CharField(required=False, max_length=35, widget=TextInput, help_text="Such as en or ru.")
    translated_from = forms.CharField(
        required=False, max_length=35, widget=TextInput, help_text="If it is a translation."
    )
    translator = forms.CharField(required=False, max_length=200, widget=TextInput)

    def clean(self) -> dict[str, Any]:
        """Reads the articles. Refuses the whole form if they exceed a limit."""
        cleaned_data = self.cleaned_data
        files, text = cleaned_data.get("files") or [], cleaned_data.get("text", "").strip()
        if bool(files) == bool(text) and "files" in cleaned_data:
            raise forms.ValidationError("Choose files or paste a text, but not both.")
        if _URL_PATTERN.fullmatch(text):
            self.add_error("text", "This is a URL, not a text. Use “Add by address”.")
        for name in SINGLE_ARTICLE_FIELDS:
            if len(files) > 1 and cleaned_data.get(name):
                self.add_error(name, f"Leave this empty when you add {len(files)} files: it belongs to one article.")
        limit = MAX_TOTAL_FACTOR * settings.FACTBASE_MAX_ARTICLE_BYTES
        if (size := sum(upload.size for upload in files)) > limit:
            raise forms.ValidationError(f"{size:,} bytes are over the limit of {limit:,}. {_NOTHING_ADDED}")
        if not self.errors:
            self.articles = list(islice(self._read_articles(), MAX_ARTICLES + 1))
            if len(self.articles) > MAX_ARTICLES:
                raise forms.ValidationError(f"More than {MAX_ARTICLES} articles at once. {_NOTHING_ADDED}")
        return cleaned_data

    def _read_articles(self) -> Iterator[Article | ArticleError]:
        """Yields the articles with the form's metadata, and an error for what cannot be read."""
        metadata = {name: value for name, value in self.cleaned_data.items() if value and name not in {"files", "text"}}
        if "authors" in metadata:
            metadata["authors"] = tuple(metadata["authors"].split(AUTHOR_SEPARATOR))
        for name, stream, extension in self._input_streams():
            for article in _read_upload(name, stream, extension):
                yield article if isinstance(article, ArticleError) else dataclasses.replace(article, **metadata)

    def _input_streams(self) -> Iterator[tuple[str, BinaryIO, str]]:
        """Yields the name, the content and the extension of each file, or of the pasted text."""
        for upload in self.cleaned_data["files"]:
            yield upload.name, cast("BinaryIO", upload.file), PurePath(upload.name).suffix.lower()
        if pasted := self.cleaned_data["text"]:
            # Browsers send CRLF line ends, whatever was pasted.
            yield "pasted text", BytesIO(pasted.replace("\r\n", "\n").encode()), ".txt"


def _read_upload(name: str, stream: BinaryIO, extension: str) -> Iterator[Article | ArticleError]:
    if extension not in EXTENSIONS:
        yield ArticleError(name, f"unknown extension; supported: {', '.join(EXTENSIONS)}")
        return
    limit = settings.FACTBASE_MAX_ARTICLE_BYTES
    for article in read_articles(["-"], limit=limit, stdin=stream, stdin_format=extension):
        own_name = article.name.replace("-", name, 1)  # `-`, or `-:3` for a line
        if isinstance(article, ArticleError):
            yield ArticleError(own_name, article.reason)
        else:
            yield dataclasses.replace(article, name=own_name)


def ingest_form(form: AddArticlesForm, *, editor: User) -> tuple[list[IngestResult], list[ArticleError]]:
    """Stores the form's articles. Returns the results and the errors."""
    outcomes = [outcome for _, outcome in ingest_all(articles=form.articles, editor=editor)]
    results = [outcome for outcome in outcomes if isinstance(outcome, IngestResult)]
    return results, [outcome for outcome in outcomes if isinstance(outcome, ArticleError)]
