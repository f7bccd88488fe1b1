"""Adding articles as files or pasted text."""

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from claims.models import Quote, Snapshot, Source
from tests import factories as make
from tests.admin.admin_client import admin_url, client_in_group, displayed_messages
from tests.admin.common.form_fields import page_form_data

TEXT = 'Minister Lena Ford said: "The rivers are full this year."\n'
ADD_URL = admin_url("add", Source)


def test_pasted_text_becomes_a_source_with_pending_quotes(client: Client) -> None:
    form = {"text": TEXT.replace("\n", "\r\n"), "title": "Rivers", "publisher": "The Daily", "language": "en"}
    response = client.post(ADD_URL, form | {"published": "2026-01-02", "authors": "Ann Wu; Kim Lo"})
    source = Source.objects.get()
    assert response.url == admin_url("change", source)
    assert (source.title, source.authors, str(source.published_on)) == ("Rivers", "Ann Wu; Kim Lo", "2026-01-02")
    assert Snapshot.objects.get().text == TEXT, "what was pasted, not what browsers make of its lines' ends"
    assert Quote.objects.pending().get().exact == "The rivers are full this year."
    assert source.history.first().history_user.username == "editor"


def test_adding_the_same_article_twice(client: Client) -> None:
    client.post(ADD_URL, {"text": TEXT})
    assert "already stored" in displayed_messages(client.post(ADD_URL, {"text": TEXT}))[-1]
    assert Source.objects.count() == 1


def test_several_files_with_refusals(client: Client) -> None:
    line = b'{"text": "Ann Wu said: \\"Roads are dry.\\"", "title": "Roads", "publisher": "Weekly"}\n'
    files = [
        SimpleUploadedFile("a.txt", TEXT.encode()),
        SimpleUploadedFile("b.jsonl", line + b"{broken\n"),
        SimpleUploadedFile("empty.txt", b""),
        SimpleUploadedFile("latin.txt", b"caf\xe9 said"),
        SimpleUploadedFile("c.pdf", b"%PDF"),
    ]
    response = client.post(ADD_URL, {"files": files, "language": "en"})
    assert response.url == admin_url("changelist", Source)
    messages = displayed_messages(response)
    assert set(Source.objects.values_list("title", "language")) == {(TEXT.strip(), "en"), ("Roads", "en")}
    for name in ("b.jsonl:2", "empty.txt", "latin.txt", "c.pdf"):
        assert any(each.startswith(name) for each in messages), (name, messages)


def test_file_that_is_too_large_is_refused(client: Client, settings: object) -> None:
    settings.FACTBASE_MAX_ARTICLE_BYTES = 1000
    response = client.post(ADD_URL, {"text": TEXT * 100})
    assert "pasted text" in displayed_messages(response)[0]
    assert not Source.objects.exists()


def test_invalid_combinations_of_input(client: Client) -> None:
    file = SimpleUploadedFile("a.txt", TEXT.encode())
    for given in ({}, {"text": TEXT, "files": file}):
        assert "Choose files or paste a text, but not both." in client.post(ADD_URL, given).content.decode()
    two = [SimpleUploadedFile(f"{name}.txt", TEXT.encode()) for name in "ab"]
    assert "it belongs to one article" in client.post(ADD_URL, {"files": two, "title": "T"}).content.decode().replace(
        "&#x27;", "’"
    )
    assert not Source.objects.exists()


@pytest.mark.parametrize("pasted", ["https://example.org/a", " HTTP://example.org/a?b=1#c\r\n", "file:///etc/passwd"])
def test_url_is_not_accepted_as_text(client: Client, pasted: str) -> None:
    page = client.post(ADD_URL, {"text": pasted}).content.decode()
    assert "This is a URL, not a text. Use “Add by address”." in page
    assert not Source.objects.exists()


def test_title_that_is_too_long_is_refused(client: Client) -> None:
    line = b'{"text": "Ann Wu said so.", "title": "' + b"x" * 600 + b'"}\n'
    response = client.post(ADD_URL, {"files": SimpleUploadedFile("a.jsonl", line)})
    assert displayed_messages(response)[0].startswith("a.jsonl")
    assert not Source.objects.exists()


REFUSED = [
    ("url", "https://ann:secret@example.org/", "must not contain a user name or password"),
    ("url", "ftp://example.org/a", "must be an HTTP or HTTPS URL"),
    ("url", "https://example.org/" + "я" * 1200, "url is 2,420 bytes, the limit is 2,000"),
    ("language", "english", "language must be a BCP 47 tag"),
    ("translated_from", "russian", "translated_from must be a BCP 47 tag"),
]
REFUSED_IDS = ["password", "ftp", "2000 bytes", "language", "translated from"]


@pytest.mark.parametrize(("field", "value", "reason"), REFUSED, ids=REFUSED_IDS)
def test_form_fields_follow_the_rules_for_files(client: Client, field: str, value: str, reason: str) -> None:
    response = client.post(ADD_URL, {"text": TEXT, field: value})
    assert reason in str(response.context["form"].errors[field])
    assert not Source.objects.exists()


@pytest.mark.parametrize(("field", "value", "reason"), REFUSED, ids=REFUSED_IDS)
def test_source_form_follows_the_same_rules(client: Client, field: str, value: str, reason: str) -> None:
    source = make.SourceFactory()
    data = {"title": source.title, "kind": source.kind, "url": source.url, "language": "en"} | {field: value}
    response = client.post(admin_url("change", source), data)
    assert reason in str(response.context["adminform"].form.errors[field])
    before = getattr(source, field)
    source.refresh_from_db()
    assert getattr(source, field) == before


def test_form_fields_are_normalized(client: Client) -> None:
    typed = {"title": "  Rivers \t rise", "authors": "Ann Wu;Kim Lo ; Ann Wu;", "language": "PT_br", "url": ""}
    client.post(ADD_URL, {"text": TEXT, **typed})
    source = Source.objects.get()
    stored = ("Rivers rise", "Ann Wu; Kim Lo", "pt-BR")
    assert (source.title, source.authors, source.language) == stored
    Source.objects.update(title="", authors="", language="")
    client.post(admin_url("change", source), typed | {"kind": source.kind})
    source.refresh_from_db()
    assert (source.title, source.authors, source.language) == stored


def json_lines(n: int) -> bytes:
    return b"".join(b'{"text": "Ann Wu said: \\"Road %d is dry.\\""}\n' % number for number in range(n))


def test_at_most_fifty_articles_at_once(client: Client) -> None:
    refused = client.post(ADD_URL, {"files": SimpleUploadedFile("a.jsonl", json_lines(51))})
    assert "More than 50 articles at once. Nothing was added" in str(refused.context["form"].errors)
    assert "ingest" in str(refused.context["form"].errors)
    assert not Source.objects.exists()
    client.post(
        ADD_URL, {"files": [SimpleUploadedFile("a.jsonl", json_lines(49)), SimpleUploadedFile("b.txt", TEXT.encode())]}
    )
    assert Source.objects.count() == 50


def test_invalid_lines_count_as_articles(client: Client) -> None:
    refused = client.post(ADD_URL, {"files": SimpleUploadedFile("a.jsonl", b"{broken\n" * 51)})
    assert "More than 50 articles" in str(refused.context["form"].errors)


def test_total_size_is_limited(client: Client, settings: object) -> None:
    settings.FACTBASE_MAX_ARTICLE_BYTES = 1000
    text = TEXT.encode().ljust(1000, b" ")
    files = [SimpleUploadedFile(f"{n}.txt", text[: -len(str(n))] + str(n).encode()) for n in range(10)]
    refused = client.post(ADD_URL, {"files": [*files, SimpleUploadedFile("more.txt", b".")]})
    assert "10,001 bytes are over the limit of 10,000. Nothing was added" in str(refused.context["form"].errors)
    assert not Source.objects.exists()
    client.post(
        ADD_URL, {"files": [SimpleUploadedFile(file.name, text[:-1] + file.name[:1].encode()) for file in files]}
    )
    assert Source.objects.count() == 10


GERMAN = "„Die Flüsse sind voll“, sagte Lena Ford am Montag. Der Damm werde noch ein Jahr halten, sagte sie."


def test_a_language_that_is_not_read_is_said_everywhere(client: Client) -> None:
    response = client.post(ADD_URL, {"text": GERMAN, "title": "Flüsse"})
    source = Source.objects.get()
    [message] = displayed_messages(response)
    assert message.startswith("“Flüsse” stored without quotes. The language, German, as detected in the text, is not")
    page = client.get(admin_url("change", source)).content.decode()
    assert "No quotes were extracted from this text. The language, German," in page
    assert "not read" in client.get(admin_url("changelist", Source)).content.decode()
    queue = client.get(reverse("admin:claims_review"), {"source": source.pk}).content.decode()
    assert "No quotes were extracted from this article. The language, German," in queue


def test_a_text_in_another_language_than_stated_gets_a_warning(client: Client) -> None:
    response = client.post(ADD_URL, {"text": GERMAN, "title": "Flüsse", "language": "en"})
    warning = "The language is stated to be English, but the text seems to be German."
    assert displayed_messages(response)[-1] == warning
    assert warning in client.get(admin_url("change", Source.objects.get())).content.decode()


@pytest.mark.parametrize(
    ("value", "titles"), [("yes", "ac"), ("no", "b"), ("doubt", "c"), ("unknown", "d"), ("x", "abcd")]
)
def test_sources_are_filtered_by_whether_their_language_is_read(client: Client, value: str, titles: str) -> None:
    for title, language, detected in (("a", "en-GB", "en"), ("b", "de", "de"), ("c", "en", "de"), ("d", "", "")):
        make.SourceFactory(title=title, language=language, detected_language=detected)
    response = client.get(admin_url("changelist", Source), {"read": value})
    assert sorted(source.title for source in response.context["cl"].result_list) == list(titles)


def test_an_added_article_links_to_its_review(client: Client) -> None:
    response = client.post(ADD_URL, {"text": TEXT, "title": "<b>Rivers</b>"})
    source = Source.objects.get()
    [message] = displayed_messages(response)
    assert message == (
        "“&lt;b&gt;Rivers&lt;/b&gt;” added: 1 quote. "
        f'<a class="fb-link underline" href="{reverse("admin:claims_review")}?source={source.pk}">Review it</a>'
    )
    assert message in client.get(admin_url("change", source)).content.decode()


def test_reporters_correct_the_sources_that_they_added_until_readers_see_them(db: None) -> None:
    reporter = client_in_group("Reporter")
    reporter.post(ADD_URL, {"text": TEXT, "language": "en"})
    source = Source.objects.get()
    address = admin_url("change", source)
    form = page_form_data(reporter.get(address)) | {"title": "Rivers", "publisher": "The Daily", "language": "de"}
    assert reporter.post(address, form).status_code == 302
    source.refresh_from_db()
    assert (source.title, source.publisher, source.language) == ("Rivers", "The Daily", "en")
    assert source.history.latest().history_user == User.objects.get(groups__name="Reporter")
    other = make.SourceFactory()
    assert reporter.post(admin_url("change", other), {"title": "Roads"}).status_code == 403
    make.QuoteFactory(
        accepted=True,
        snapshot=source.snapshots.get(),
        start=0,
        end=8,
        cue_spans=[],
        mention_spans=[],
        cue="",
        mention="",
        role="",
    )
    assert reporter.post(address, form | {"title": "Roads"}).status_code == 403
    source.refresh_from_db()
    assert source.title == "Rivers"
