"""The features of a statement, each beside what only looks like it."""

import pytest

from claims.worthiness import Feature, find_position, read_features


@pytest.mark.parametrize(
    ("feature", "present", "absent"),
    [
        (Feature.FIGURES, "Some 60 per cent of wells are dry", "The wells went dry in March 2019"),
        (Feature.FIGURES, "Forty thousand people marched", "Two of us marched"),
        (Feature.FIGURES, "It lasts twice as long", "They met twice in the palace"),
        (Feature.FIGURES, "A third of the harvest is lost", "No one saw the harvest"),
        (Feature.COMPARISON, "Milk is dearer here than in Vienna", "More than 40,000 people were there"),
        (Feature.COMPARISON, "Rents are as high as in Oslo", "We came as soon as we could"),
        (Feature.COMPARISON, "Bus fares cost twice what they did", "Other than that it was quiet"),
        (Feature.COMPARISON, "No athlete has won more medals", "The athlete wants more medals"),
        (Feature.CHANGE, "Crime has fallen", "Crime is a problem"),
        (Feature.CHANGE, "Exports doubled", "The children grew up in Kano"),
        (Feature.SUPERLATIVE, "The air here is the dirtiest in Asia", "The forest is an honest place of interest"),
        (Feature.SUPERLATIVE, "It is the only mosque on the island", "Only a few were there"),
        (Feature.SUPERLATIVE, "It is the most expensive bridge", "Most of the bridges are closed"),
        (Feature.MANY_PEOPLE, "Pensioners lose their bus pass", "The bus lost its way"),
        (Feature.MANY_PEOPLE, "It harmed 12,000 people", "It harmed three people"),
        (Feature.RULE, "The new law bans plastic bags", "My brother-in-law likes plastic bags"),
        (Feature.RULE, "Landlords must give a reason", "We must stand together"),
        (Feature.RULE, "Members may not own shares", "Members may be late"),
        (Feature.RULE, "Nurses have to pay for parking", "We have to be patient"),
        (Feature.PREDICTION, "They are going to close the mine", "They are going to the mine"),
        (Feature.PREDICTION, "Growth is projected at one per cent", "Growth is weak"),
        (Feature.PAST_EVENT, "The guards locked the exits", "The guards lock the exits"),
        (Feature.PAST_EVENT, "He used sea sand", "The sand is used in concrete"),
        (Feature.PERSONAL, "I saw smoke over the school", "I think the school is closed"),
        (Feature.PERSONAL, "My mother was a nurse there", "The nurse is there"),
        (Feature.OPINION, "It is a shameful vote", "It is a close vote"),
        (Feature.APPEAL, "Who paid for the trip to Lagos?", "He knows who paid for the trip to Lagos"),
        (Feature.APPEAL, "Please leave the hall at once", "They leave the hall at once"),
        (Feature.APPEAL, "No comment.", "The ministry had no comment to make"),
        (Feature.ADDRESS, "We've built ninety schools", "They built ninety schools"),
    ],
)
def test_feature(feature: Feature, present: str, absent: str) -> None:
    assert feature in read_features(present, is_direct=False)
    assert feature not in read_features(absent, is_direct=False)


@pytest.mark.parametrize(
    ("role", "position"),
    [
        ("Finance Minister", "minister"),
        ("the mayor of Izmir", "mayor"),
        ("a spokeswoman for the bank", "spokeswoman"),
        ("vice-president of the union", "vice-president"),
        ("a ministry's cleaner", ""),
        ("farmer", ""),
        ("", ""),
    ],
)
def test_position(role: str, position: str) -> None:
    assert find_position(role) == position
    assert (Feature.POSITION in read_features("Wells are dry", is_direct=True, role=role)) is bool(position)


def test_form() -> None:
    assert Feature.DIRECT in read_features("Wells are dry", is_direct=True)
    assert Feature.DIRECT not in read_features("Wells are dry", is_direct=False)


@pytest.mark.parametrize("name", ["Amara Okafor", "Kim Min-jun", "Lucía Fernández", "Sergei Ivanov", "Priya Nair"])
def test_no_name_is_a_feature(name: str) -> None:
    """Neither whom a statement names nor, in the role, who made it."""
    other = "John Smith"
    for text in ("{} raised taxes by 4 per cent", "The bank belongs to {}"):
        found = [read_features(text.format(each), is_direct=True, role=f"minister {each}") for each in (name, other)]
        assert found[0] == found[1]


@pytest.mark.parametrize("text", ["", " ", "…", "Пшеница подорожала на 40 процентов", "増税は一割", "\0", "’" * 50])
def test_any_text_is_read(text: str) -> None:
    assert isinstance(read_features(text, is_direct=True), Feature)


@pytest.mark.parametrize("word", ["as ", "1 ", "a", "no more ", "I will ", "“", "$", "than "])
def test_long_texts_take_no_longer(word: str) -> None:
    """Only the start is read."""
    start = word * (5000 // len(word))
    assert read_features(start, is_direct=True) == read_features(start * 50, is_direct=True)
