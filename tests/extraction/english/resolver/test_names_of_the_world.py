"""Names as news writes them: after titles and trades, from all continents, in capitals, in lower case, of all kinds."""

import pytest

from claims.extraction import EntityKind, Resolved
from tests.extraction.english.resolver.marked_text import resolve_marked

# In each text the last `{source}` is that of the row; the name is that of its speaker, empty if it must stay open.
PEOPLE: list[tuple[str, str]] = [
    # Titles and trades are no part of a name.
    ("{Referee Hanna Voigt} said [it rains].", "Hanna Voigt"),
    ("{Publicist Max Clerk} said [it rains].", "Max Clerk"),
    ("{Ex Labour MP George Moor} said [it rains].", "George Moor"),
    ("{DJ Mike Lee} said [it rains].", "Mike Lee"),
    ("{Supt Deats} told the court [it rains].", "Deats"),
    ("{Det Insp Carol Hale} said [it rains].", "Carol Hale"),
    ("{Detective Chief Inspector Carol Hale} said [it rains].", "Carol Hale"),
    ("{Midfielder Sam Okoye} said [it rains].", "Sam Okoye"),
    ("{Goalkeeper Jan Novotny} said [it rains].", "Jan Novotny"),
    ("{Striker Diego Paz} said [it rains].", "Diego Paz"),
    ("{Nurse Precious Dube} said [it rains].", "Precious Dube"),
    ("{Barrister Tom Hale QC} said [it rains].", "Tom Hale"),
    ("{QC Tom Hale} said [it rains].", "Tom Hale"),
    ("{Chef Marco Bassi} said [it rains].", "Marco Bassi"),
    ("{Rapper Kay Blaze} said [it rains].", "Kay Blaze"),
    ("{Novelist Ngozi Eze} said [it rains].", "Ngozi Eze"),
    ("{Film-maker Ava Quist} said [it rains].", "Ava Quist"),
    ("{Shadow Chancellor Ruth Dale} said [it rains].", "Ruth Dale"),
    ("{Shadow Home Secretary Ruth Dale} said [it rains].", "Ruth Dale"),
    ("{Tory MP Giles Fenn} said [it rains].", "Giles Fenn"),
    ("{Lib Dem peer Lord Fenn} said [it rains].", "Fenn"),
    ("{Vice-Chancellor Helen Orr} said [it rains].", "Helen Orr"),
    ("{Father Brian Doyle} said [it rains].", "Brian Doyle"),
    ("{Archbishop Peter Doyle} said [it rains].", "Peter Doyle"),
    ("{Brigadier Musa Sani} said [it rains].", "Musa Sani"),
    ("{Maj-Gen Musa Sani} said [it rains].", "Musa Sani"),
    ("{Wing Commander Ian Frost} said [it rains].", "Ian Frost"),
    ("{PC Ian Frost} said [it rains].", "Ian Frost"),
    ("{Cllr Ian Frost} said [it rains].", "Ian Frost"),
    ("{Sheikh Omar Rahal} said [it rains].", "Omar Rahal"),
    ("{Ayatollah Reza Karimi} said [it rains].", "Reza Karimi"),
    ("{Dr Hanna Voigt} said [it rains].", "Hanna Voigt"),
    ("{Professor Dame Hanna Voigt} said [it rains].", "Hanna Voigt"),
    ("{Co-author Hanna Voigt} said [it rains].", "Hanna Voigt"),
    ("{World champion Hanna Voigt} said [it rains].", "Hanna Voigt"),
    ("{Union Minister of Road Transport and Highways Nitin Rao} said [it rains].", "Nitin Rao"),
    ("{Minister of Defence and Trade Ann Moor} said [it rains].", "Ann Moor"),
    ("{Minister for Health Ann Moor} said [it rains].", "Ann Moor"),
    ("{Secretary of State for Health Ann Moor} said [it rains].", "Ann Moor"),
    ("{Chief of Staff Rosa Lind} said [it rains].", "Rosa Lind"),
    ("{Governor of Ostmark Rosa Lind} said [it rains].", "Rosa Lind"),
    ("{Attorney General Rosa Lind} said [it rains].", "Rosa Lind"),
    ("{Ostmark's Foreign Minister Rosa Lind} said [it rains].", "Rosa Lind"),
    ("{Ostmark United manager Rosa Lind} said [it rains].", "Rosa Lind"),
    ("{Voigt Motors chief executive Rosa Lind} said [it rains].", "Rosa Lind"),
    ("{Arbitrator Seo-yeon Falk} said [it rains].", "Seo-yeon Falk"),
    ("{Coun Fiona Dale} said [it rains].", "Fiona Dale"),
    ("{Agent Bob Lee} said [it rains].", "Bob Lee"),
    ("{Resident Aya Sato} said [it rains].", "Aya Sato"),
    ("They met Ann Farmer. {Ann Farmer} said [it rains].", "Ann Farmer"),
    ("They met Tom Guest at noon. {Guest} said [it rains].", "Tom Guest"),
    # Dates stay out of a name.
    ("{Ann Moor today} said [it rains].", "Ann Moor"),
    ("{Today Ann Moor} said [it rains].", "Ann Moor"),
    ("{Tuesday's guest Ann Moor} said [it rains].", "Ann Moor"),
    # Names of all continents; particles, hyphens, apostrophes, initials, suffixes.
    ("{Nguyen Thi Lan} said [it rains].", "Nguyen Thi Lan"),
    ("Mr Trang met Pham Quoc Bao. {Mr Bao} said [it rains].", "Pham Quoc Bao"),
    ("They met Kim Min-jae at the lake. {Kim} said [it rains].", "Kim Min-jae"),
    ("They met President Wen Guohua at the lake. {Wen} said [it rains].", "Wen Guohua"),
    ("They met Ursula von der Heide. {Von der Heide} said [it rains].", "Ursula von der Heide"),
    ("They met Ursula von der Heide. {Mrs von der Heide} said [it rains].", "Ursula von der Heide"),
    ("They met Dirk van den Berg at the lake. {Van den Berg} said [it rains].", "Dirk van den Berg"),
    ("They met Luiz Inacio da Costa. {Mr da Costa} said [it rains].", "Luiz Inacio da Costa"),
    ("They met Pedro Diaz y Vega. {Diaz y Vega} said [it rains].", "Pedro Diaz y Vega"),
    ("They met Omar al-Rahal in town. {Al-Rahal} said [it rains].", "Omar al-Rahal"),
    ("They met Conor O'Shea in town. {O'Shea} said [it rains].", "Conor O'Shea"),
    ("They met Nuala Ní Dhomhnaill in town. {Ní Dhomhnaill} said [it rains].", "Nuala Ní Dhomhnaill"),
    ("{Anne-Marie Le Goff-Petit} said [it rains].", "Anne-Marie Le Goff-Petit"),
    ("{J. R. Lindqvist} said [it rains].", "J. R. Lindqvist"),
    ("{JR Lindqvist} said [it rains].", "JR Lindqvist"),
    ("{AJ Okafor} said [it rains].", "AJ Okafor"),
    ("{J.R. Lindqvist Jr.} said [it rains].", "J.R. Lindqvist Jr."),
    ("{Paul Hartley III} said [it rains].", "Paul Hartley III"),
    ("They met Paul Hartley Sr. at noon. {Hartley} said [it rains].", "Paul Hartley Sr."),
    ("{Siobhán Ó Briain} said [it rains].", "Siobhán Ó Briain"),
    ("{Łukasz Żak} said [it rains].", "Łukasz Żak"),
    ("{Þórdís Gunnarsdóttir} said [it rains].", "Þórdís Gunnarsdóttir"),
    ("{Chukwuemeka Obi} said [it rains].", "Chukwuemeka Obi"),
    ("{Tāne Wiremu} said [it rains].", "Tāne Wiremu"),
    ("{S. Ravichandran} said [it rains].", "S. Ravichandran"),
    ("{Abdul Rahman bin Yusof} said [it rains].", "Abdul Rahman bin Yusof"),
    ("{Mohammed Ould Salem} said [it rains].", "Mohammed Ould Salem"),
    ("{Datuk Seri Azlan Yusof} said [it rains].", "Azlan Yusof"),
    ("{Shri Nitin Rao} said [it rains].", "Nitin Rao"),
    ("{Smt Latha Rao} said [it rains].", "Latha Rao"),
    # Mononyms and surnames without an introduction.
    ("{Suharman}, 42, a farmer, said [it rains].", "Suharman"),
    ("The singer Zélie was glad. {Zélie} said [it rains].", "Zélie"),
    ("{Mrs Voigt} said [it rains].", "Voigt"),
    ("{Ronaldinho} said he was glad [it rains].", "Ronaldinho"),
    # All capitals.
    ('ALN, MONDAY - "[THE WALL IS WEAK]," {ANN MOOR SAID ON MONDAY}. THE COUNCIL MET.', "ANN MOOR"),
    ("{PRIME MINISTER ANN MOOR} SAID [THE WALL IS WEAK].", "ANN MOOR"),
    ("ANN MOOR MET THE COUNCIL ON MONDAY. {MOOR} SAID [THE WALL IS WEAK].", "ANN MOOR"),
    ("THE COUNCIL MET ANN MOOR AT THE MILL. {MRS. MOOR} SAID [THE WALL IS WEAK].", "ANN MOOR"),
    ("{POLICE CHIEF RAVI LEE} SAID [THE WALL IS WEAK].", "RAVI LEE"),
    ("{NGOZI EZE, A NURSE AT THE MILL,} SAID [THE WALL IS WEAK].", "NGOZI EZE"),
    ("{URSULA VON DER HEIDE} SAID [THE WALL IS WEAK].", "URSULA VON DER HEIDE"),
    ("WHEN IT RAINED, {CONOR O'SHEA} SAID [THE WALL IS WEAK].", "CONOR O'SHEA"),
    ("ANN MOOR CAME. BOB LEE LEFT. {SHE} SAID [THE WALL IS WEAK].", "ANN MOOR"),
    ("WALL IS WEAK, SAYS MOOR\n\nThey met Ann Moor at the mill. {Moor} said [it rains].", "Ann Moor"),
    # All lower case.
    ("{prime minister ann moor} said [the wall is weak].", "ann moor"),
    ("the council met ann moor. {mrs moor} said [the wall is weak].", "ann moor"),
    ("{ann moor} said [the wall is weak].", "ann moor"),
    # Other scripts.
    ("{Владимир Мороз} said [it rains].", "Владимир Мороз"),
    ("They met Ann Moor. {Γιώργος Παππάς} said [it rains].", "Γιώργος Παππάς"),
    ("They met Ann Moor. {王国华} said [it rains].", "王国华"),
    ("They met Ann Moor. {محمد رحال} said [it rains].", "محمد رحال"),
]
ORGANIZATIONS: list[tuple[str, str]] = [
    ("The operator, Ravensholt Trams, left. {Ravensholt Trams} said [it rains].", "Ravensholt Trams"),
    ("{the National Union of Teachers of Ostmark} said [it rains].", "National Union of Teachers of Ostmark"),
    ("{The Federation of Lamp Makers} said [it rains].", "Federation of Lamp Makers"),
    ("They spoke of mobility. {Ravensholt Mobility} said [it rains].", "Ravensholt Mobility"),
    ("The field lies west of North Aln's coast. {Aln} said on Monday [it rains].", "Aln"),
    ("{France} said [it rains].", "France"),
    ("{South Korea} said [it rains].", "South Korea"),
    ("{Ivory Coast} said [it rains].", "Ivory Coast"),
    ("{Amnesty International} said [it rains].", "Amnesty International"),
    ("{Ostmark United} said [it rains].", "Ostmark United"),
    ("{Ostmark City FC} said [it rains].", "Ostmark City FC"),
    ("{Ostmark Rovers} said [it rains].", "Ostmark Rovers"),
    ("{Real Ostmark} said in a club statement [it rains].", "Real Ostmark"),
    ("{Plaid Ostmark} said [its leader was ill].", "Plaid Ostmark"),
    ("{Labour} said [it rains].", "Labour"),
    ("{Le Matin} reported [it rains].", "Le Matin"),
    ("{The Ostmark Times} reported [it rains].", "Ostmark Times"),
    ("{Voigt Motors} said [it rains].", "Voigt Motors"),
    ("{Hale & Sons} said [it rains].", "Hale & Sons"),
    ("Shares in Deutsche Lampe fell. {Deutsche Lampe} said [it rains].", "Deutsche Lampe"),
    ("{Lampo Gruppe}, which makes lamps, said [it rains].", "Lampo Gruppe"),
    ("{Lampo} said [it would hire].", "Lampo"),
    ("{Carl Zeiler AG} said [it rains].", "Carl Zeiler AG"),
    ("{Carl Zeiler Software} said [it rains].", "Carl Zeiler Software"),
    ("Ann Moor, chief executive of Dorn Hale, left. {Dorn Hale} said [it rains].", "Dorn Hale"),
    ("{Scotland Yard} said [it rains].", "Scotland Yard"),
    ("{Downing Street} said [it rains].", "Downing Street"),
    ("{The White House} said [it rains].", "White House"),
    ("{Unicef} said [it rains].", "Unicef"),
    ("{UNICEF} said [it rains].", "UNICEF"),
    ("{Doctors Without Borders} said [it rains].", "Doctors Without Borders"),
    ("{Greenlamp UK} said [it rains].", "Greenlamp UK"),
    ("{Lampsoft Inc.} said [it rains].", "Lampsoft Inc."),
]
# Common nouns mean the organization last named that they can mean.
COMMON_NOUNS: list[tuple[str, str]] = [
    ("Audio firm Lampo sold more. {The company} said [it would hire].", "Lampo"),
    ("Lampo Inc. sold more. {The firm} said [it would hire].", "Lampo Inc."),
    ("They met in the rain. {The company} said [it would hire].", ""),
    ("{The firm} said [it would hire].", ""),
    ("Hale Inc. bought Dorn Ltd. They met. {The company} said [it would hire].", ""),
    ("Hale Inc. sold more. It rained. The Ostmark Times came. {The company} said [it would hire].", "Hale Inc."),
    ("The Ostmark Union met. {The union} said [it would strike].", "Ostmark Union"),
    ("Ostmark Rovers lost. {The club} said [it would hire].", "Ostmark Rovers"),
    ("Ann Moor met Bob Lee. {The club} said [it would hire].", ""),
    ("The Lamp Trust opened. {The charity} said [it would hire].", "Lamp Trust"),
    ("Amnesty International came. {The group} said [it would hire].", "Amnesty International"),
    ("France and Spain met. {The government} said [it would hire].", ""),
    ("They met Ann Moor. {The government} said [it would hire].", ""),
    ("{The agency} said [it would hire].", ""),
    ("The Food Standards Agency came. {The agency} said [it would hire].", "Food Standards Agency"),
    ("{The White House} said [it rains].", "White House"),
]


def last_speaker(marked: str) -> object:
    _, mentions = resolve_marked(marked)
    return mentions[-1].speaker


@pytest.mark.parametrize(("marked", "name"), PEOPLE, ids=[marked for marked, _ in PEOPLE])
def test_person(marked: str, name: str) -> None:
    assert last_speaker(marked) == Resolved(name, EntityKind.PERSON)


@pytest.mark.parametrize(("marked", "name"), ORGANIZATIONS, ids=[marked for marked, _ in ORGANIZATIONS])
def test_organization(marked: str, name: str) -> None:
    assert last_speaker(marked) == Resolved(name, EntityKind.ORGANIZATION)


@pytest.mark.parametrize(("marked", "name"), COMMON_NOUNS, ids=[marked for marked, _ in COMMON_NOUNS])
def test_common_noun(marked: str, name: str) -> None:
    speaker = last_speaker(marked)
    assert speaker == Resolved(name, EntityKind.ORGANIZATION) if name else not isinstance(speaker, Resolved)
