"""Translations of readers' pages: complete, compiled, with the plural forms and placeholders of each string."""

import io
import re
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.test import Client
from django.utils import translation

from claims.models import Quote, Rating
from claims.models.rating import DEFAULT_RATINGS
from claims.templatetags.pages import language_name
from tests.pages.site.interface_strings import APP, code_strings, interface_strings, template_strings

PLACEHOLDER = re.compile(r"%\(\w+\)s")
DIRECTORIES = sorted((APP / "locale").glob("*/LC_MESSAGES"))


def read_catalog(directory: Path) -> Catalog:
    with (directory / "django.po").open("rb") as file:
        return read_po(file)


def forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def key(message: Message) -> tuple[str | None, str, str | None]:
    singular, plural = message.id if isinstance(message.id, tuple) else (message.id, None)
    return message.context, singular, plural


@pytest.fixture(params=DIRECTORIES, ids=lambda directory: directory.parent.name)
def directory(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_every_string_is_translated_and_no_other(directory: Path) -> None:
    catalog = read_catalog(directory)
    translated = {key(message) for message in catalog if message.id and all(forms(message)) and not message.fuzzy}
    strings = interface_strings()
    assert len(strings) > 200
    assert {text: strings[text] for text in strings.keys() - translated} == {}
    assert translated - strings.keys() == set()


def test_placeholders_and_plural_forms_fit(directory: Path) -> None:
    catalog = read_catalog(directory)
    for message in catalog:
        if not message.id:
            continue
        _, singular, plural = key(message)
        known = set(PLACEHOLDER.findall(singular + (plural or "")))
        assert len(forms(message)) == (catalog.num_plurals if plural else 1), singular
        for form in forms(message):
            assert set(PLACEHOLDER.findall(form)) <= known, singular
            assert plural or set(PLACEHOLDER.findall(form)) == known, singular
            assert (form[:1].isspace(), form[-1:].isspace()) == (singular[:1].isspace(), singular[-1:].isspace())


def test_compiled_translations_are_up_to_date(directory: Path) -> None:
    """`make messages` writes them."""
    compiled = io.BytesIO()
    write_mo(compiled, read_catalog(directory))
    compiled.seek(0)
    with (directory / "django.mo").open("rb") as file:
        stored, current = (GNUTranslations(binary)._catalog for binary in (file, compiled))
    assert {**stored, "": ""} == {**current, "": ""}  # but for the header


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 цитат"), (1, "1 цитата"), (2, "2 цитаты"), (5, "5 цитат"), (11, "11 цитат"), (21, "21 цитата")],
)
def test_russian_plural_forms(count: int, text: str) -> None:
    with translation.override("ru"):
        assert translation.ngettext("%(count)s quote", "%(count)s quotes", count) % {"count": count} == text


def test_what_the_extraction_sees() -> None:
    template = (
        "{% load i18n %}{% translate \"It's\" %} {% translate 'a' context 'c' %} {{ _('d') }}"
        "{% blocktranslate count n=n %}one{% plural %}{{ n }}{% endblocktranslate %}{% translate variable %}"
    )
    assert list(template_strings(template)) == [
        (None, "It's", None),
        ("c", "a", None),
        (None, "d", None),
        (None, "one", "%(n)s"),
    ]
    code = "_('a'); ngettext('b', 'c', 2); pgettext_lazy('d', 'e'); print('f'); _(name)"
    assert list(code_strings(code)) == [(None, "a", None), (None, "b", "c"), ("d", "e", None)]


@pytest.mark.django_db
def test_pages_are_in_the_language_of_the_site(client: Client, settings, full_quote: Quote) -> None:
    settings.FACTBASE_LANGUAGE = "ru"
    for path, text in (
        ("/", "Новые вердикты"),
        (f"/claims/{full_quote.claim_id}/", "Где это сказано"),
        (f"/quotes/{full_quote.pk}/", "дословно"),
        ("/methodology/", "Оценки"),
        ("/report/", "Что неверно?"),
        ("/nowhere/", "Страница не найдена"),
    ):
        html = client.get(path, follow=True).content.decode()
        assert text in html, path
        assert '<html lang="ru">' in html
    assert "мая 2025" in client.get(f"/claims/{full_quote.claim_id}/", follow=True).content.decode()
    methodology = client.get("/methodology/").content.decode()
    assert "Verdict" not in methodology
    assert all(name not in methodology for name in DEFAULT_RATINGS)
    assert b"Dashboard" not in client.get("/admin/login/").content


@pytest.mark.django_db
def test_ratings_of_a_new_site_are_translated_and_those_of_the_operator_are_not(client: Client, settings) -> None:
    assert dict(Rating.objects.values_list("name", "explanation")) == DEFAULT_RATINGS
    Rating.objects.filter(slug="false").update(name="Pants on fire")
    settings.FACTBASE_LANGUAGE = "ru"
    scale = client.get("/methodology/").content.decode()
    assert "Вводит в заблуждение" in scale
    assert "В основе верно, но создаёт ложное впечатление." in scale
    assert "Pants on fire" in scale
    assert "Misleading" not in scale


@pytest.mark.parametrize(
    ("language", "tag", "name"),
    [
        ("en", "ru-RU", "Russian"),
        ("ru", "ru-RU", "русский"),
        ("ru", "xx-x-own", "xx-x-own"),
        ("ru", "en", "английский"),
    ],
)
def test_languages_are_named_as_within_a_sentence(language: str, tag: str, name: str) -> None:
    with translation.override(language):
        assert language_name(tag) == name
