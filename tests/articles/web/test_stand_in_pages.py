"""Pages shown instead of an article are refused by name; articles about such pages are read."""

from pathlib import Path

import pytest

from tests.articles.saved_pages import HARBOUR, html_paragraphs
from tests.articles.single_article import only_article, only_reason, read_content

CHALLENGE, MISSING, CONSENT, SIGN_IN = "automated reading", "has no article", "consent wall", "sign-in page"
STAND_INS = [
    (
        "Just a moment...",
        "<h1>Checking your browser before accessing</h1><p>This process is automatic. Please allow 5 seconds.</p>",
        CHALLENGE,
    ),
    ("Just a moment...", "<noscript>Enable JavaScript and cookies to continue</noscript>", CHALLENGE),
    (
        "Attention Required! | Cloudflare",
        "<h1>Sorry, you have been blocked</h1><p>You are unable to access courier.example. Cloudflare Ray ID: 8a7b</p>",
        CHALLENGE,
    ),
    (
        "courier.example",
        "<p>courier.example needs to review the security of your connection.</p><p>Verify you are human below.</p>",
        CHALLENGE,
    ),
    (
        "Pardon Our Interruption",
        "<p>As you were browsing something about your browser made us think you were a bot.</p>",
        CHALLENGE,
    ),
    (
        "Access Denied",
        '<p>You don\'t have permission to access "/news/1" on this server. Reference #18.2d</p>',
        CHALLENGE,
    ),
    ("courier.example", "<p>Please enable JS and disable any ad blocker</p>", CHALLENGE),
    ("403 Forbidden", "<h1>403 Forbidden</h1><p>nginx, and some words more</p>", CHALLENGE),
    ("Проверка браузера", "<p>Подтвердите, что вы не робот. Это займёт несколько секунд.</p>", CHALLENGE),
    (
        "Page not found | Courier",
        "<h1>Page not found</h1><p>Sorry, the page you are looking for does not exist or may have been moved.</p>",
        MISSING,
    ),
    ("404 - Courier", "<p>We can't seem to find the page you're looking for. Try a search instead.</p>", MISSING),
    ("Courier", "<h1>Oops! That page can’t be found.</h1><p>The article may have been removed.</p>", MISSING),
    ("Страница не найдена", "<p>Страница, которую вы искали, удалена. Вернуться на главную.</p>", MISSING),
    ("Seite nicht gefunden – Kurier", "<p>Die gesuchte Seite gibt es leider nicht.</p>", MISSING),
    (
        "Before you continue",
        "<p>We and our 812 partners store and use cookies for personalised ads. Accept all or manage preferences.</p>",
        CONSENT,
    ),
    (
        "Courier",
        "<h1>We value your privacy</h1><p>Our partners use cookies. You may withdraw your consent at any time.</p>",
        CONSENT,
    ),
    ("Log in | Courier", "<p>Log in to continue reading. Forgot your password? Don't have an account?</p>", SIGN_IN),
]

ARTICLES = [
    (
        "Just a moment...",
        "<p>How a screen of three words came to stand before half of the web.</p>" + html_paragraphs(HARBOUR * 4),
    ),
    ("Page not found: the lost library of Port Callow", html_paragraphs(HARBOUR)),
    ("404 jobs go at the harbour", html_paragraphs(HARBOUR)),
    ("Access denied to harbour, board says", html_paragraphs(HARBOUR)),
    ("Courier", "<h1>Ferry slip to reopen</h1>" + html_paragraphs(HARBOUR[:1])),
    (
        "Bot checks fail across the web",
        html_paragraphs(HARBOUR)
        + "<p>“Verify you are human,” the screens said on Monday, and nothing followed, readers told the Courier.</p>",
    ),
    ("Forbidden", html_paragraphs(HARBOUR)),
    (
        "Court rules on cookies",
        "<p>This website uses cookies: that sentence is not enough, a court in Callow said on Monday.</p>"
        + html_paragraphs(HARBOUR),
    ),
]


@pytest.mark.parametrize(("title", "body", "reason"), STAND_INS)
def test_stand_ins_are_refused(tmp_path: Path, title: str, body: str, reason: str) -> None:
    page = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    assert reason in only_reason(read_content(tmp_path / "a.html", page))


@pytest.mark.parametrize(("title", "body"), ARTICLES)
def test_articles_are_read(tmp_path: Path, title: str, body: str) -> None:
    page = f"<html><head><title>{title}</title></head><body><article>{body}</article></body></html>"
    assert HARBOUR[0] in only_article(read_content(tmp_path / "a.html", page)).text
