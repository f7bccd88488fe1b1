"""Keys and similarity of names: Latin, Cyrillic, Greek, Chinese, initials, particles, generations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.models.name_keys import MAX_NAME_KEY_LENGTH, family_key, name_key
from claims.search.name_similarity import (
    MAX_ACRONYM_LENGTH,
    MIN_ACRONYM_LENGTH,
    MIN_GIVEN_NAME_SIMILARITY,
    RESPELLED_SCORE,
    are_similar_names,
    compare_organization_names,
    compare_person_names,
    is_acronym,
    list_acronyms,
)

NAMES = st.one_of(
    st.text(),
    st.from_regex(r"[A-Za-zЀ-ӿͰ-Ͽ一-龥'’.-]{1,9}( [A-Za-zЀ-ӿ.'’-]{1,9}){0,3}( Jr\.)?", fullmatch=True),
)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        pytest.param("Lena Ford", "LENA FORD", id="case"),
        pytest.param("Lena Ford", "  Lena \u00a0\n Ford ", id="spaces"),
        pytest.param("Lena Ford", "Lena\u3000Ford", id="ideographic-space"),
        pytest.param("Lena Ford", "Ｌｅｎａ Ford", id="width"),
        pytest.param("Lena Ford", "Lena Fo\u00adrd", id="soft-hyphen"),
        pytest.param("Lena Ford", "\u200fLena Ford\u200b", id="cannot-be-seen"),
        pytest.param("Léna Ford", "Le\u0301na Ford", id="composed-or-not"),
        pytest.param("Sinead O'Connor", "Sinead O’Connor", id="apostrophe"),
        pytest.param("Мар'яна Безугла", "Марʼяна Безугла", id="ukrainian-apostrophe"),
        pytest.param("Sinead O'Connor", "Sinead O´Connor", id="acute-for-an-apostrophe"),
        pytest.param("Jean-Luc Picard", "Jean‑Luc Picard", id="hyphen-that-does-not-break"),
        pytest.param("Strauß", "STRAUSS", id="sharp-s"),
        pytest.param("Ὀδυσσεύς", "ΟΔΥΣΣΕΎΣ".replace("Ο", "Ὀ", 1), id="final-sigma"),
        pytest.param("ǅ", "ǆ", id="title-case-letter"),
    ],
)
def test_names_with_one_key(name: str, other: str) -> None:
    assert name_key(name) == name_key(other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        pytest.param("Bogdan Bezpalko", "Bohdan Bezpalko", id="spelling"),
        pytest.param("Léna Ford", "Lena Ford", id="accent"),
        pytest.param("L. Ford", "Lena Ford", id="initial"),
        pytest.param("Владимир", "Vladimir", id="script"),
        pytest.param("Lena Ford", "Lenaford", id="space"),
    ],
)
def test_names_with_two_keys(name: str, other: str) -> None:
    assert name_key(name) != name_key(other)


@given(NAMES)
def test_the_key_of_a_key_is_itself(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@given(NAMES)
def test_keys_fit_their_columns(name: str) -> None:
    keys = [name_key(name), family_key(name)]
    assert all(keys) if name.strip() else not any(keys)
    assert max(map(len, keys)) <= MAX_NAME_KEY_LENGTH


@pytest.mark.parametrize("name", ["ﷺ" * 200, "a" * 199 + " b", "ab" * 300], ids=["grows", "cut-at-a-space", "long"])
def test_long_keys_are_cut(name: str) -> None:
    assert 0 < len(name_key(name)) <= MAX_NAME_KEY_LENGTH
    assert name_key(name_key(name)) == name_key(name)
    assert 0 < len(family_key(name)) <= MAX_NAME_KEY_LENGTH


@pytest.mark.parametrize(
    ("name", "family"),
    [
        pytest.param("Vladimir Zelensky", "zelenski", id="y"),
        pytest.param("Volodymyr Zelenskyy", "zelenski", id="yy"),
        pytest.param("Volodymyr Zelenskyi", "zelenski", id="yi"),
        pytest.param("Владимир Зеленский", "zelenski", id="cyrillic"),
        pytest.param("Kyriakos Mitsotakis", "micotakis", id="latin"),
        pytest.param("Κυριάκος Μητσοτάκης", "micotakis", id="greek"),
        pytest.param("Mikhail Khodorkovsky", "hodorkovski", id="kh"),
        pytest.param("Ursula von der Leyen", "len", id="particles"),
        pytest.param("Leyen", "len", id="one-word"),
        pytest.param("Sinead O’Connor", "oconor", id="apostrophe"),
        pytest.param("Martin Luther King Jr.", "kinh", id="junior"),
        pytest.param("Martin Luther King, Jr", "kinh", id="comma-junior"),
        pytest.param("Robert Kennedy III", "kenedi", id="third"),
        pytest.param("Jr.", "ir", id="nothing-but-junior"),
        pytest.param("Naosuke Ii", "i", id="a-family-called-ii"),
        pytest.param("Никита Хрущёв", "hrusev", id="shch-yo"),
        pytest.param("Nikita Khrushchyov", "hrusev", id="shch-yo-latin"),
        pytest.param("Alexandr Lukašenko", "lukasenko", id="caron"),
        pytest.param("Аляксандр Лукашэнка", "lukasenko", id="belarusian"),
        pytest.param("习近平", "ksinpinh", id="chinese"),
        pytest.param("!?", "!?", id="no-letters"),
    ],
)
def test_family_key(name: str, family: str) -> None:
    assert family_key(name) == family


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        pytest.param("Lena Ford", "lena ford", "same name", id="case"),
        pytest.param("Bogdan Bezpalko", "Bohdan Bezpalko", "spellings of one name", id="g-h"),
        pytest.param("Vladimir Zelensky", "Volodymyr Zelenskyy", "spellings of one name", id="russian-ukrainian"),
        pytest.param("Владимир Зеленский", "Vladimir Zelensky", "same name in two alphabets", id="cyrillic-latin"),
        pytest.param("Κυριάκος Μητσοτάκης", "Kyriakos Mitsotakis", "same name in two alphabets", id="greek-latin"),
        pytest.param("Aleksandr Bortnikov", "Alexander Bortnikov", "spellings of one name", id="ks-x"),
        pytest.param("Léna Ford", "Lena Ford", "spellings of one name", id="accent"),
        pytest.param("L. Ford", "Lena Ford", "same initial and last name", id="initial"),
        pytest.param("L. M. Ford", "Lena Ford", "same initial and last name", id="initials"),
        pytest.param("T. Ford", "Lena Ford", "", id="another-initial"),
        pytest.param("Ford", "Lena Ford", "last name only", id="last-name"),
        pytest.param("von der Leyen", "Ursula von der Leyen", "last name only", id="particles"),
        pytest.param("Tobias Ford", "Lena Ford", "", id="another-given-name"),
        pytest.param("Martin King", "Martin King Jr.", "spellings of one name", id="junior"),
        pytest.param("Martin King Sr.", "Martin King, Jr.", "", id="father-and-son"),
        pytest.param("习近平", "习近平", "same name", id="chinese"),
        pytest.param("В. Путин", "Vladimir Putin", "same initial and last name", id="initial-in-another-alphabet"),
        pytest.param("George W. Bush", "George H. W. Bush", "", id="middle-names-differ"),
        pytest.param("George W. Bush", "George Bush", "spellings of one name", id="middle-name-left-out"),
    ],
)
def test_comparing_persons(first: str, second: str, reason: str) -> None:
    assert family_key(first) == family_key(second)
    score, found_reason = compare_person_names(first, second)
    assert found_reason == reason
    assert score == 0 if not reason else MIN_GIVEN_NAME_SIMILARITY <= score <= 1


# The forms of names in Russian, Ukrainian or Belarusian, and in Latin letters.
IN_TWO_ALPHABETS = [
    ("Владимир Мединский", "Vladimir Medinsky"),
    ("Владимир Мединский", "Vladimir Medinskij"),
    ("Владимир Зеленский", "Volodymyr Zelenskyy"),
    ("Володимир Зеленський", "Vladimir Zelensky"),
    ("Никита Хрущёв", "Nikita Khrushchev"),
    ("Никита Хрущев", "Nikita Hruschev"),
    ("Пётр Щедрин", "Pyotr Shchedrin"),
    ("Петр Щедрин", "Piotr Szczedrin"),
    ("Пётр Щедрин", "Pëtr Ŝedrin"),
    ("Сергій Цибуля", "Serhiy Tsybulia"),
    ("Сергей Цыбуля", "Sergei Cybulja"),
    ("Аляксандр Лукашэнка", "Alexander Lukashenko"),
    ("Александр Лукашенко", "Aliaksandr Lukashenka"),
    ("Юлия Яковлева", "Iuliia Iakovleva"),
    ("Юлия Яковлева", "Ûliâ Âkovleva"),
    ("Юрий Ушаков", "Yury Ushakov"),
    ("Евгений Жуков", "Yevgeny Zhukov"),
    ("Евгений Жуков", "Evgenij Žukov"),
    ("Игорь Соловьёв", "Igor' Solov'ëv"),
    ("Игорь Соловьев", "Ihor Solovyov"),
    ("Фёдор Емельяненко", "Fyodor Yemelyanenko"),
    ("Михаил Горбачёв", "Mihail Gorbačëv"),
    ("Алексей Гончаренко", "Oleksiy Honcharenko"),
    ("Ксения Собчак", "Xenia Sobchak"),
    ("Хакан Фидан", "Hakan Fidan"),
    ("Андрей Ермак", "Andriy Yermak"),
    ("Зураб Церетели", "Zurab Tsereteli"),
    ("Виктор Чижов", "Victor Chizhov"),
    ("Владимир Владимирович Путин", "Vladimir V. Putin"),
]


@pytest.mark.parametrize(("name", "romanized"), IN_TWO_ALPHABETS)
def test_names_are_recognized_in_another_alphabet(name: str, romanized: str) -> None:
    assert family_key(name) == family_key(romanized)
    score, reason = compare_person_names(name, romanized)
    assert score >= RESPELLED_SCORE
    assert reason == "same name in two alphabets"


@pytest.mark.parametrize(
    ("name", "romanized"),
    [
        ("Ю. Ушаков", "Yury Ushakov"),
        ("Юрий Ушаков", "Y. Ushakov"),
        ("Е. Жуков", "Yevgeny Zhukov"),
        ("В. В. Путин", "Vladimir Putin"),
    ],
)
def test_initials_are_recognized_in_another_alphabet(name: str, romanized: str) -> None:
    assert family_key(name) == family_key(romanized)
    assert compare_person_names(name, romanized)[1] == "same initial and last name"


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Сергей Иванов", "Viktor Ivanov"),
        ("Александр Иванов", "Aleksei Ivanov"),
        ("Александр Шевченко", "Alexandra Shevchenko"),
        ("Валерий Коваленко", "Valeria Kovalenko"),
        ("Мария Петрова", "Marina Petrova"),
        ("Елена Шевченко", "Alina Shevchenko"),
        ("Николай Орлов", "Nikita Orlov"),
        ("Роман Волков", "Ruslan Volkov"),
        ("Иван Петрович Сидоров", "Ivan S. Sidorov"),
        ("И. П. Сидоров", "I. V. Sidorov"),
        ("И. Сидоров", "Pyotr Sidorov"),
        ("John Gale", "John Hale"),
        ("Ann Marsh", "Ann Mars"),
    ],
)
def test_others_of_one_family_key_are_told_apart(name: str, other: str) -> None:
    assert family_key(name) == family_key(other)
    assert compare_person_names(name, other) == (0.0, "")


def test_the_last_names_of_a_man_and_a_woman_differ() -> None:
    assert family_key("Александр Иванов") != family_key("Alexandra Ivanova")


@given(NAMES, NAMES)
def test_comparing_persons_is_symmetric(first: str, second: str) -> None:
    score, reason = compare_person_names(first, second)
    assert (score, reason) == compare_person_names(second, first)
    assert 0 <= score <= 1
    assert bool(score) == bool(reason)
    assert compare_person_names(first, first) == (1.0, "same name")


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        pytest.param("the World Bank", "World Bank", "spellings of one name", id="article"),
        pytest.param("Ministry of Defence", "Ministry of Defense", "spellings of one name", id="spelling"),
        pytest.param("Министерство", "Ministerstvo", "same name in two alphabets", id="alphabets"),
        pytest.param("Ministry of Foreign Affairs", "Ministry of Internal Affairs", "", id="another-ministry"),
        pytest.param("Bank of England", "Church of England", "", id="one-last-word"),
        pytest.param("Channel 1", "Channel 2", "", id="numbers"),
        pytest.param("Reuters", "reuters", "same name", id="case"),
        pytest.param("!", "?", "", id="no-letters"),
    ],
)
def test_comparing_organizations(first: str, second: str, reason: str) -> None:
    assert compare_organization_names(first, second)[1] == reason
    assert compare_organization_names(first, second) == compare_organization_names(second, first)


@pytest.mark.parametrize(
    ("name", "acronyms"),
    [
        pytest.param("World Health Organization", {"who"}, id="who"),
        pytest.param("Bank of England", {"be", "boe"}, id="small-words-may-count"),
        pytest.param("Совет Безопасности", {"сб"}, id="cyrillic"),
        pytest.param("Reuters", set(), id="one-word"),
        pytest.param("K B C D E F G H I", set(), id="too-long"),
        pytest.param("50 Cent Party", {"cp"}, id="number"),
        pytest.param("- -", set(), id="no-letters"),
    ],
)
def test_acronyms(name: str, acronyms: set[str]) -> None:
    assert list_acronyms(name) == acronyms


@pytest.mark.parametrize(
    ("name", "expected"),
    [("WHO", True), ("W.H.O.", True), ("Who", False), ("W", False), ("ORGANIZATION", False), ("NATO-2", False)],
)
def test_is_acronym(name: str, expected: bool) -> None:
    assert is_acronym(name) == expected


@pytest.mark.parametrize(
    ("first", "second", "similar"),
    [
        pytest.param("Bogdan Bezpalko", "Bohdan Bespalko", True, id="two-letters"),
        pytest.param("Xi Jinping", "Jinping Xi", True, id="order"),
        pytest.param("Богдан Безпалько", "Bohdan Bespalko", True, id="alphabets"),
        pytest.param("Ann Lee", "Tom Lee", False, id="given-name"),
        pytest.param("Lena Ford", "Tobias Reck", False, id="others"),
        pytest.param("Martin King Sr.", "Martin King Jr.", False, id="father-and-son"),
        pytest.param("?", "!", False, id="no-letters"),
    ],
)
def test_similar_names(first: str, second: str, similar: bool) -> None:
    assert are_similar_names(first, second) == are_similar_names(second, first) == similar


@given(NAMES, NAMES)
def test_any_text_can_be_compared(first: str, second: str) -> None:
    score, reason = compare_organization_names(first, second)
    assert 0 <= score <= 1
    assert bool(score) == bool(reason)
    assert are_similar_names(first, second) == are_similar_names(second, first)
    assert all(MIN_ACRONYM_LENGTH <= len(letters) <= MAX_ACRONYM_LENGTH for letters in list_acronyms(first))
    assert is_acronym(first) in {True, False}
