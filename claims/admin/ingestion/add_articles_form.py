"""Adding articles by hand: files, or pasted text, through the same door as `ingest`."""

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

# A form is read and stored while the browser waits; `ingest` takes any number.
MAX_ARTICLES = 50
MAX_TOTAL_FACTOR = 10  # the files together, in articles of the greatest size
_URL_PATTERN = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_NONE_ADDED = "None was added: choose fewer, or have them added on the server with “manage.py ingest”."


class MultipleFileInput(forms.ClearableFileInput):
    """Several files at once."""

    template_name = "claims/admin/common/file_input.html"
    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    """A list of files."""

    widget = MultipleFileInput(attrs={"class": "fb-files", "accept": ",".join(EXTENSIONS)})

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """Each of them checked; an empty file is the reader's to refuse, by name."""
        self.allow_empty_file = True
        return [super(MultipleFileField, self).clean(each, initial) for each in data or []]


class AddArticlesForm(ArticleFieldsMixin, forms.Form):
    """What to read, and what is known of it beyond what it says itself.

    Once it is valid, `articles` holds what was read and, under its own name, what cannot be.
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
        help_text="Makes it the same source when it is read again.",
    )  # fmt: skip
    published = forms.DateField(required=False, widget=DateInput, label="published on")
    language = forms.CharField(required=False, max_length=35, widget=TextInput, help_text="Such as en or ru.")
    translated_from = forms.CharField(
        required=False, max_length=35, widget=TextInput, help_text="If it is a translation."
    )
    translator = forms.CharField(required=False, max_length=200, widget=TextInput)

    def clean(self) -> dict[str, Any]:
        """Files or text, not both; a title and an address are one article's. Too much is refused as a whole."""
        given = self.cleaned_data
        files, text = given.get("files") or [], given.get("text", "").strip()
        if bool(files) == bool(text) and "files" in given:
            raise forms.ValidationError("Choose files or paste a text: one of the two.")
        if _URL_PATTERN.fullmatch(text):
            self.add_error("text", "This is an address, not a text: save the page, and choose the file.")
        for name in SINGLE_ARTICLE_FIELDS:
            if len(files) > 1 and given.get(name):
                self.add_error(name, f"Leave it empty for {len(files)} files: it is one article's.")
        most = MAX_TOTAL_FACTOR * settings.FACTBASE_MAX_ARTICLE_BYTES
        if (size := sum(upload.size for upload in files)) > most:
            raise forms.ValidationError(f"These are {size:,} bytes, the limit here is {most:,}. {_NONE_ADDED}")
        if not self.errors:
            self.articles = list(islice(self._read(), MAX_ARTICLES + 1))
            if len(self.articles) > MAX_ARTICLES:
                raise forms.ValidationError(f"These are more than {MAX_ARTICLES} articles. {_NONE_ADDED}")
        return given

    def _read(self) -> Iterator[Article | ArticleError]:
        """The articles, with what was typed about them; what cannot be read comes as an error under its own name."""
        known = {name: value for name, value in self.cleaned_data.items() if value and name not in {"files", "text"}}
        if "authors" in known:
            known["authors"] = tuple(known["authors"].split(AUTHOR_SEPARATOR))
        for name, stream, kind in self._inputs():
            for read in _read_upload(name, stream, kind):
                yield read if isinstance(read, ArticleError) else dataclasses.replace(read, **known)

    def _inputs(self) -> Iterator[tuple[str, BinaryIO, str]]:
        for upload in self.cleaned_data["files"]:
            yield upload.name, cast("BinaryIO", upload.file), PurePath(upload.name).suffix.lower()
        if pasted := self.cleaned_data["text"]:
            # Browsers send every line's end as CRLF, whatever was pasted.
            yield "pasted text", BytesIO(pasted.replace("\r\n", "\n").encode()), ".txt"


def _read_upload(name: str, stream: BinaryIO, kind: str) -> Iterator[Article | ArticleError]:
    if kind not in EXTENSIONS:
        yield ArticleError(name, f"unknown extension; known are {', '.join(EXTENSIONS)}")
        return
    limit = settings.FACTBASE_MAX_ARTICLE_BYTES
    for read in read_articles(["-"], limit=limit, stdin=stream, stdin_format=kind):
        own = read.name.replace("-", name, 1)  # `-`, or `-:3` for a line
        yield ArticleError(own, read.reason) if isinstance(read, ArticleError) else dataclasses.replace(read, name=own)


def ingest_form(form: AddArticlesForm, *, editor: User) -> tuple[list[IngestResult], list[ArticleError]]:
    """What was stored, and what was refused and why."""
    done = [each for _, each in ingest_all(articles=form.articles, editor=editor)]
    return [d for d in done if isinstance(d, IngestResult)], [d for d in done if isinstance(d, ArticleError)]
