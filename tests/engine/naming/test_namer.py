"""Suggested names: from likely words, periods and folders; never two alike, and none that nothing speaks for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.curation import Curation, KnownGroup
from desktop_app.engine.naming import Namer, facts_of
from desktop_app.engine.naming.words import WORDS, said
from desktop_app.engine.photo_list import PhotoList
from desktop_app.engine.types import UNSURE, Float32Array, Group, Photo
from tests.helpers.shown_groups import groups, names, span

ROOT = Path("/photos")
KEYS = ("dog", "cat", "animals", "snow", "people")


def shown(*rows: dict[str, float]) -> Float32Array:
    """Probabilities of `KEYS`, a row a photo; 0.02 where nothing is said."""
    return np.array([[row.get(key, 0.02) for key in KEYS] for row in rows], np.float32)


def photo(number: int, taken: str | None = None, folder: str = "") -> Photo:
    return Photo(number, ROOT / folder / f"{number}.jpg", (), 1, 1, f"{number}", 4, 3, taken_at=taken)


def namer(probabilities: Float32Array | None, photos: list[Photo] | None = None) -> Namer:
    """Of photos 1 to N."""
    count = len(photos) if probabilities is None and photos else 0 if probabilities is None else len(probabilities)
    ids = np.arange(1, count + 1)
    return Namer(
        facts_of(ROOT, PhotoList.of(photos or [photo(number) for number in ids.tolist()]), ids, KEYS, probabilities)
    )


DOG = {"dog": 0.8, "animals": 0.9}
CAT = {"cat": 0.7, "animals": 0.9}


def test_a_group_is_called_by_the_narrowest_word_that_holds_of_it() -> None:
    found = namer(shown(*[DOG] * 5, *[CAT] * 5, *[{"people": 0.9}] * 5))
    assert found.suggest({0: np.arange(1, 6), 1: np.arange(6, 11), 2: np.arange(11, 16)}) == {
        0: "Dogs",
        1: "Cats",
        2: "People",
    }
    # Half dogs and half cats are neither, but animals.
    assert found.suggest({0: np.arange(1, 11), 1: np.arange(11, 16)}) == {0: "Animals", 1: "People"}


def test_what_holds_of_all_photos_names_no_group() -> None:
    found = namer(shown(*[DOG] * 5, *[DOG | {"snow": 0.7}] * 5))
    assert found.suggest({0: np.arange(1, 6), 1: np.arange(6, 11)}) == {1: "Snow"}


def test_what_is_hardly_likely_names_no_group() -> None:
    halves = {0: np.arange(1, 6), 1: np.arange(6, 11)}
    assert namer(shown(*[{"dog": 0.1}] * 5, *[{"dog": 0.0}] * 5)).suggest(halves) == {}
    assert namer(shown(*[{"dog": 0.3}] * 5, *[{"dog": 0.1}] * 5)).suggest(halves) == {}
    # A word that is seldom sure of itself counts where it stands out.
    assert namer(shown(*[{"dog": 0.3}] * 5, *[{"dog": 0.02}] * 5)).suggest(halves) == {0: "Dogs"}


def test_two_groups_of_one_word_are_told_apart_by_a_second_one_or_a_number() -> None:
    snowy = DOG | {"snow": 0.6}
    found = namer(shown(*[snowy] * 4, *[DOG] * 4, *[DOG] * 4, *[{"people": 0.9}] * 30))
    members = {0: np.arange(1, 5), 1: np.arange(5, 9), 2: np.arange(9, 13), 3: np.arange(13, 43)}
    assert found.suggest(members) == {0: "Dogs, snow", 1: "Dogs", 2: "Dogs (2)", 3: "People"}


def test_one_group_that_holds_all_is_called_by_what_is_likely() -> None:
    assert namer(shown(*[DOG] * 3)).suggest({0: np.arange(1, 4)}) == {0: "Dogs"}


def test_no_group_and_empty_groups_have_no_name() -> None:
    found = namer(shown(DOG, DOG))
    assert found.suggest({}) == {}
    assert found.suggest({0: np.array([], np.int64), 1: np.array([77])}) == {}  # 77 is no photo of this folder


@pytest.mark.parametrize(
    ("first", "others", "name"),
    [
        ("2024-07-{:02}", "2023-01-{:02}", "July 2024"),
        ("2024-{:02}-11", "2023-01-{:02}", "2024"),
        ("2024-07-{:02}", "2024-07-{:02}", None),
    ],
)
def test_without_a_word_a_period_names_a_group(first: str, others: str, name: str | None) -> None:
    photos = [photo(n, first.format(n) + "T10:00:00") for n in range(1, 11)]
    photos += [photo(n, others.format(n - 10) + "T10:00:00") for n in range(11, 21)]
    found = namer(None, photos).suggest({0: np.arange(1, 11), 1: np.arange(11, 21)})
    assert found.get(0) == name


def test_a_season_is_said_by_its_months() -> None:
    photos = [photo(n, f"2024-{6 + n % 3:02}-01T10:00:00") for n in range(1, 10)]
    photos += [photo(n, f"{2023 + n % 2}-{12 if n % 2 == 0 else 1:02}-01T10:00:00") for n in range(10, 20)]
    found = namer(None, photos).suggest({0: np.arange(1, 10), 1: np.arange(10, 20)})
    assert found == {0: "June to August 2024", 1: "December 2023 to February 2024"}


def test_without_a_word_and_a_date_the_folder_names_a_group() -> None:
    photos = [photo(n, folder="Camera" if n <= 5 else "Phone/Old" if n <= 10 else "") for n in range(1, 16)]
    found = namer(None, photos).suggest({0: np.arange(1, 6), 1: np.arange(6, 11), 2: np.arange(11, 16)})
    assert found == {0: "From Camera", 1: "From Old"}


def test_a_persons_own_name_stays_and_no_suggestion_takes_it() -> None:
    found = namer(shown(*[DOG] * 3, *[CAT] * 3, *[{"people": 0.9}] * 3))
    three = groups(span(1, 3), span(4, 6), span(7, 9))
    known = Curation(groups=(KnownGroup(0, np.arange(1, 4), name="Cats"), KnownGroup(1, np.arange(4, 7))))
    given_name = (Group(0, "Cats", three[0].photo_ids, 1), *three[1:])
    named = found.named(known, (*given_name, Group(UNSURE, "Unsure", np.array([9]), 9)))
    assert names(named) == ["Cats", "Cats (2)", "People", "Unsure"]
    assert [group.suggested for group in named] == [False, True, True, False]


def test_words_that_the_program_does_not_know_are_never_shown() -> None:
    facts = facts_of(
        ROOT, PhotoList.of([]), np.array([1, 2]), ["gibberish", "dog"], np.array([[1, 0], [0, 1]], np.float32)
    )
    assert facts.words == ("dog",)
    assert Namer(facts).suggest({0: np.array([1]), 1: np.array([2])}) == {1: "Dogs"}


@given(st.data())
def test_order_changes_nothing_and_no_two_names_are_alike(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 24))
    probabilities = np.array(
        data.draw(
            st.lists(st.lists(st.sampled_from([0.0, 0.3, 0.9]), min_size=5, max_size=5), min_size=count, max_size=count)
        ),
        np.float32,
    )
    labels = np.array(data.draw(st.lists(st.integers(0, 5), min_size=count, max_size=count)))
    photos = [
        photo(n, data.draw(st.sampled_from([None, "2024-07-01T00:00:00", "2023-01-01T00:00:00"])), folder)
        for n in range(1, count + 1)
        for folder in [data.draw(st.sampled_from(["", "Camera", "Dogs"]))]
    ]
    ids = np.arange(1, count + 1)
    taken = data.draw(st.lists(st.sampled_from(["dogs", "Cats", "From Camera", "July 2024"])))
    members = {label: ids[labels == label] for label in set(labels.tolist())}
    first = Namer(facts_of(ROOT, PhotoList.of(photos), ids, KEYS, probabilities)).suggest(members, taken)

    order = np.array(data.draw(st.permutations(range(count))))
    again = Namer(facts_of(ROOT, PhotoList.of([photos[row] for row in order]), ids[order], KEYS, probabilities[order]))
    shuffled = {label: np.random.default_rng(0).permutation(own) for label, own in members.items()}
    assert again.suggest(shuffled, taken) == first
    assert first.keys() <= members.keys()
    folded = [name.casefold() for name in first.values()] + [name.casefold() for name in set(taken)]
    assert len(set(folded)) == len(folded)
    assert all(name.strip() for name in first.values())


def test_every_word_has_a_text_of_its_own_and_leads_to_broader_ones_only() -> None:
    assert 80 <= len(WORDS) <= 150
    assert len({said(key).casefold() for key in WORDS}) == len(WORDS)
    for key, word in WORDS.items():
        for broader in word.broader:
            assert key not in WORDS[broader].broader
            assert set(WORDS[broader].broader) <= set(word.broader)
