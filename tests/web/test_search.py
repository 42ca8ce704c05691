"""The desk's search on the server, with the knowledge alone: what staff may type where nothing was learnt."""

from datetime import date

import pytest

from rightsdesk.web import desk, search
from rightsdesk.web.pages import PageLocale

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("city", "language", "typed", "topic"),
    [
        ("leipzig", "de", "Connewitzer Kreuz", "cctv_public"),
        ("leipzig", "en", "eisenbahnstr", "cctv_public"),
        ("barcelona", "ca", "càmeres", "cctv_public"),
        ("reykjavik", "is", "myndavélar", "cctv_public"),
    ],
)
def test_words_of_the_answers_find_their_topic(library, city: str, language: str, typed: str, topic: str) -> None:
    index = desk.index(PageLocale(library, city, language, TODAY), None)
    assert topic in index.found(typed)[:5]


@pytest.mark.parametrize("language", ["ca", "is", "de", "ko"])
def test_a_title_finds_its_topic_first(library, language: str) -> None:
    where = PageLocale(library, "leipzig", language, TODAY)
    index = desk.index(where, None)
    titles = {name: where.wording.pick(topic.title) for name, topic in where.locality.topics.items()}
    assert len(titles) >= 44
    for name, title in titles.items():
        assert index.found(title)[0] == name, title


def test_an_unknown_word_counts_like_words_with_its_beginning() -> None:
    topics = {"cameras": ("Cameras", ""), "letters": ("Letters", "")}
    index = search.make(topics, {"cameras": -3, "letters": -3}, {"filming": {"cameras": 9}, "write": {"letters": 9}})
    assert index.found("filmed") == ["cameras"]
    assert index.found("let") == ["letters"]
    assert index.found("xyz") == [] and index.found("  ?! ") == []


def test_a_topic_that_the_city_hides_is_not_found() -> None:
    learnt = {"filming": {"cameras": 9, "hidden": 15}}
    index = search.make({"cameras": ("Cameras", "")}, {"cameras": -3, "hidden": -3}, learnt)
    assert index.found("filming") == ["cameras"]
