"""Articles added by hand: files and pasted text, refusals by name, nothing twice."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claims.models import Quote, Snapshot, Source
from tests.admin.acting import address, said

TEXT = 'Minister Lena Ford said: "The rivers are full this year."\n'
ADD = address("add", Source)


def test_pasted_text_becomes_a_source_with_pending_quotes(client: Client) -> None:
    form = {"text": TEXT.replace("\n", "\r\n"), "title": "Rivers", "publisher": "The Daily", "language": "en"}
    response = client.post(ADD, form | {"published": "2026-01-02", "authors": "Ann Wu; Kim Lo"})
    source = Source.objects.get()
    assert response.url == address("change", source)
    assert (source.title, source.authors, str(source.published_on)) == ("Rivers", "Ann Wu; Kim Lo", "2026-01-02")
    assert Snapshot.objects.get().text == TEXT, "what was pasted, not what browsers make of its lines' ends"
    assert Quote.objects.pending().get().exact == "The rivers are full this year."
    assert source.history.first().history_user.username == "editor"


def test_the_same_again_adds_nothing(client: Client) -> None:
    client.post(ADD, {"text": TEXT})
    assert "stored already" in said(client.post(ADD, {"text": TEXT}))[-1]
    assert Source.objects.count() == 1


def test_several_files_and_what_is_refused(client: Client) -> None:
    line = b'{"text": "Ann Wu said: \\"Roads are dry.\\"", "title": "Roads", "publisher": "Weekly"}\n'
    files = [
        SimpleUploadedFile("a.txt", TEXT.encode()),
        SimpleUploadedFile("b.jsonl", line + b"{broken\n"),
        SimpleUploadedFile("empty.txt", b""),
        SimpleUploadedFile("latin.txt", b"caf\xe9 said"),
        SimpleUploadedFile("c.pdf", b"%PDF"),
    ]
    response = client.post(ADD, {"files": files, "language": "en"})
    assert response.url == address("changelist", Source)
    told = said(response)
    assert set(Source.objects.values_list("title", "language")) == {("", "en"), ("Roads", "en")}
    for name in ("b.jsonl:2", "empty.txt", "latin.txt", "c.pdf"):
        assert any(each.startswith(name) for each in told), (name, told)


def test_too_large_is_refused(client: Client, settings: object) -> None:
    settings.FACTBASE_MAX_ARTICLE_BYTES = 1000
    response = client.post(ADD, {"text": TEXT * 100})
    assert "pasted text" in said(response)[0]
    assert not Source.objects.exists()


def test_nothing_both_and_one_title_for_two(client: Client) -> None:
    file = SimpleUploadedFile("a.txt", TEXT.encode())
    for given in ({}, {"text": TEXT, "files": file}):
        assert "one of the two" in client.post(ADD, given).content.decode()
    two = [SimpleUploadedFile(f"{name}.txt", TEXT.encode()) for name in "ab"]
    assert "one article’s" in client.post(ADD, {"files": two, "title": "T"}).content.decode().replace("&#x27;", "’")
    assert not Source.objects.exists()


def test_a_title_too_long_for_a_source_is_refused(client: Client) -> None:
    line = b'{"text": "Ann Wu said so.", "title": "' + b"x" * 600 + b'"}\n'
    response = client.post(ADD, {"files": SimpleUploadedFile("a.jsonl", line)})
    assert said(response)[0].startswith("a.jsonl")
    assert not Source.objects.exists()
