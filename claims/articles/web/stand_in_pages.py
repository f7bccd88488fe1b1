"""Recognizes pages that a site shows instead of the article: checks against bots, errors, consent and sign-in walls.

Such a page is short, and says so in its title, or in sentences of which each kind has its own.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from claims.articles.article import ArticleValueError

# In code points. A longer page is an article; one with hardly any text is not where little speaks against it.
_MAX_LENGTH: Final = 1_500
_MAX_BARE_LENGTH: Final = 400


@dataclass(frozen=True, slots=True)
class _Kind:
    """`title` matches a whole title but for the site's name, `sentences` what such pages say."""

    meaning: str
    title: re.Pattern[str]
    sentences: re.Pattern[str]


def _kind(meaning: str, *, titles: str, sentences: str) -> _Kind:
    def pattern(lines: str) -> str:
        return "|".join(line.strip() for line in lines.strip().splitlines())

    return _Kind(
        meaning,
        re.compile(rf"\W*(?:{pattern(titles)})\W*", re.IGNORECASE),
        re.compile(pattern(sentences), re.IGNORECASE),
    )


_KINDS: Final = (
    _kind(
        "a check against automated reading; open the page in a browser, save it there and pass the file",
        titles=r"""
            just a moment|one moment,? please|attention required|pardon our interruption|ddos[- ]guard|captcha
            (?:security|browser|human|bot) (?:check|verification)|checking your browser(?: before accessing.*)?
            (?:please )?(?:verify|confirm|prove) (?:that )?you(?:['’]| a)re (?:human|not a (?:ro)?bot)
            (?:are you|you are) (?:a |not a )?(?:human|(?:ro)?bot)
            access (?:to this page has been )?denied|access blocked|(?:error )?403(?: forbidden)?|forbidden
            request (?:blocked|unsuccessful)|(?:sorry, )?you have been blocked
            einen moment|un instant|un momento|подождите.{0,40}
            проверка (?:браузера|безопасности)|доступ (?:запрещен|ограничен)
        """,
        sentences=r"""
            checking (?:if the site connection is secure|your browser before)
            your browser will redirect to your requested content|this process is automatic
            (?:enable|turn on) (?:javascript|js)(?: and cookies to continue)?|disable any ad blocker
            (?:complete|solve) the (?:captcha|security check|challenge)
            (?:verify|verifying|confirm|prove|make sure) (?:that )?you(?:['’]| a)re (?:a )?(?:real )?(?:human|person)
            you(?:['’]| a)re not a (?:ro)?bot
            (?:unusual|suspicious|automated) (?:traffic|activity|requests) from your
            needs to review the security of your connection
            performance (?:&|and) security by cloudflare|ray id:|incapsula incident id|reference #[\da-f.]{5}
            you don['’]t have permission to access
            something about your browser made us think you (?:were|might be) a bot
            (?:ваш браузер|мы проверяем)[^.]{0,60}(?:провер|робот)|подтвердите,? что вы (?:не робот|человек)
            (?:bestätigen|überprüfen) sie,? dass sie (?:kein roboter|ein mensch) sind
        """,
    ),
    _kind(
        "the site's page for an address that has no article; check the address",
        titles=r"""
            (?:error |http )?(?:404|410)(?: error)?(?:\W+.{0,60})?|not found
            (?:page|article|story|content|file) (?:not found|cannot be found|does not exist)
            (?:page|article|story|content|file) (?:is )?(?:no longer available|unavailable)
            (?:sorry|oops|whoops)\W.{0,60}(?:found|find|exist|gone|available).{0,30}
            seite (?:nicht|wurde nicht) gefunden|page (?:introuvable|non trouvée)
            página no encontrada|pagina non trovata
            страница не (?:найдена|существует)|ошибка 404
        """,
        sentences=r"""
            (?:page|article|story) (?:that )?you(?:['’]re| are| were) (?:looking for|trying to|requesting)
            (?:page|article|story|address|url|link)[^.]{0,60}(?:could not|cannot|couldn['’]t|can['’]t) be found
            (?:page|article|story)[^.]{0,60}(?:does not|doesn['’]t|no longer) exist
            (?:may|might) have (?:been )?(?:moved|removed|deleted|expired)
            (?:check|checked) the (?:url|address|spelling)|try (?:a search|searching)
            (?:return|go back|back) to (?:the )?home ?page|we can['’]t (?:seem to )?find
            (?:gesuchte|angeforderte) seite|страница,? которую вы|вернуться на главную
        """,
    ),
    _kind(
        "a cookie or consent wall; choose in a browser, save the page there and pass the file",
        titles=r"""
            before you continue(?: to .*)?|consent|your choices regarding cookies.*
            (?:your |we value your )?privacy(?: choices| settings)?|cookie (?:consent|settings|notice|policy)
            (?:we|this site) uses? cookies|datenschutz(?:einstellungen)?|wir schätzen ihre privatsphäre
        """,
        sentences=r"""
            (?:we|our (?:\d+ )?partners|this (?:web)?site)[^.]{0,80}(?:store|use)[^.]{0,60}cookies
            accept(?: all)?(?: cookies)?[^.]{0,40}(?:reject|decline|manage|continue|settings)
            legitimate interest|personali[sz]ed ads|manage (?:your )?(?:preferences|consent|choices)
            withdraw your consent|ihre einwilligung|we value your privacy
            alle (?:cookies )?akzeptieren|mit werbung weiterlesen|tout accepter|continuer sans accepter
        """,
    ),
    _kind(
        "a sign-in page; open the article in a browser where you are signed in, save the page there and pass the file",
        titles=r"""
            (?:log|sign) ?in(?: (?:to|with) .*)?|subscribe to (?:continue|read).*
            (?:please )?(?:log|sign) in to continue(?: reading)?
        """,
        sentences=r"""
            (?:log|sign) ?in (?:to|or) (?:continue|register|subscribe|your account|create)
            (?:forgot|reset) (?:your )?password|(?:already|not yet) (?:a )?(?:subscriber|member)
            (?:already|don['’]t) have an account|remember me|create (?:a free |an )account
        """,
    ),
)
_SITE_NAME: Final = re.compile(r"\s+[|·–—:»-]+\s+")


def reject_stand_in(titles: Iterable[str], text: str) -> None:
    """Raise ArticleValueError if the title and text are those of a page shown instead of an article."""
    if len(text) > _MAX_LENGTH:
        return
    parts = [part for title in titles for part in (title, *_SITE_NAME.split(title))]
    is_bare = len(text) <= _MAX_BARE_LENGTH
    for kind in _KINDS:
        has_title = any(kind.title.fullmatch(part.strip()) for part in parts)
        sentences = {match.group().lower() for match in kind.sentences.finditer(" ".join([*parts, text]))}
        if (has_title and (sentences or is_bare)) or len(sentences) >= (2 if is_bare else 3):
            raise ArticleValueError(f"no article: the page is {kind.meaning}")
