"""Invented web pages with the boilerplate of real ones."""

from collections.abc import Iterable

HARBOUR = (
    "The harbour board of Port Callow voted on Tuesday to reopen the old ferry slip, ending a dispute of two winters.",
    "“We have waited long enough,” said Maren Holt, the board's chair. “The slip opens on the first of June.”",
    "According to the harbour engineer, Tobias Reck, the repairs cost less than expected.",
    "Fishermen asked for a second crane. The board will return to that in the autumn, Holt told the Callow Courier.",
)
BRIDGE = (
    "Городской совет Лугового во вторник одобрил ремонт старого моста через Каменку, о котором спорили две зимы.",
    "«Мы ждали достаточно долго», — сказала глава совета Марина Гольцева. «Движение откроют первого июня».",
    "По словам инженера Тимофея Река, работы обошлись дешевле, чем ожидалось.",
    "Водители просят сделать вторую полосу. К этому вопросу совет вернётся осенью, сообщила Гольцева «Вестнику».",
)
BOILERPLATE = (
    "Home",
    "We use cookies",
    "never saw the whale",
    "About time",
    "All rights reserved",
    "Главная",
    "Мы используем файлы cookie",
    "Самое читаемое",
    "Давно пора",
    "Все права защищены",
    "Ferries a day",
)


def html_paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{text}</p>\n" for text in texts)


def harbour_page(
    body: str = html_paragraphs(HARBOUR),
    *,
    lang: str = "en-gb",
    head: str = "",
) -> str:
    return f"""<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">
<title>Ferry slip to reopen | Callow Courier</title>
<meta property="og:title" content="Ferry slip  to reopen &amp; a crane&#10;to come">
<meta property="og:type" content="article">
<meta property="og:site_name" content="Callow Courier">
<link rel="canonical" href="https://courier.example/2025/ferry-slip">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
 "headline": "Ferry slip to reopen", "datePublished": "2025-05-16T23:30:00-05:00",
 "author": [{{"@type": "Person", "name": "Ines Varga"}}, {{"@type": "Person", "name": "Paul Öst"}}],
 "publisher": {{"@type": "Organization", "name": "Callow Courier"}}}}</script>{head}</head>
<body><nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<div id="cookie-banner">
<p>We use cookies to improve your visit. Accept all or choose in the settings at any time.</p></div>
<main><article>{body}<table><tr><th>Ferries a day</th><td>12</td></tr></table></article></main>
<aside class="sidebar"><h3>Most read</h3><ul>
<li><a href="/b">“I never saw the whale,” says lighthouse keeper</a></li></ul>
</aside><section id="comments" class="comments"><h2>Comments</h2><div class="comment">
<p>salty_dog: “About time,” I said to my wife when I read this excellent piece of news today.</p></div></section>
<footer><p>© 2019 Callow Courier. All rights reserved.</p></footer></body></html>"""


def bridge_page(charset: str = "utf-8") -> str:
    return f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<meta property="og:locale" content="ru_RU"><meta property="og:title" content="Старый мост откроют в июне">
<meta property="og:site_name" content="Вестник Лугового"><meta property="og:url" content="https://vestnik.example/most">
<meta name="author" content="Инна Варгина"><meta property="article:published_time" content="2025-05-16"></head>
<body><div class="menu"><a href="/">Главная</a> <a href="/sport">Спорт</a></div>
<div class="cookie-consent">
<p>Мы используем файлы cookie, чтобы сайт работал лучше. Продолжая, вы соглашаетесь.</p></div>
<div class="article"><h1>Старый мост откроют в июне</h1>{html_paragraphs(BRIDGE)}</div>
<div class="sidebar"><h3>Самое читаемое</h3><a href="/1">Десять прогулок</a></div>
<div class="comments"><p>читатель: «Давно пора», — сказал я жене, когда прочитал эту прекрасную новость.</p></div>
<footer>© 2019 Вестник. Все права защищены.</footer></body></html>"""
