"""A topic that only one city has, at its help desk: listed, found in the city's languages, kept when one switches."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import requests

from rightsdesk.knowledge.library import Library, Shelf
from rightsdesk.understanding.search_index import WordWeights
from rightsdesk.web import desk
from rightsdesk.web.pages import PageLocale

ROOT = Path(__file__).resolve().parent.parent.parent
TODAY = date(2026, 11, 23)
OWN = "leipzig__leipzig_app"
NEW_TOPIC = """  market_pass:
    name: {de: Marktpass, en: Market pass}
    examples:
      de: [Wozu braucht der Standler ein Kärtchen?]
      en: [What is the market pass?]
    answer: {de: Der Marktpass ist ein Ausweis., en: The market pass is a card.}
    status: verified
    source: [website]
    checked: 2026-11-20
    by: Online-Redaktion
"""


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("de", "muss ich mir diese app der stadt holen"),
        ("de", "Leipzig-App"),
        ("de", "Was weiß die Leipziger App von mir"),
        ("en", "do I need the app of the city"),
        ("en", "leipzig app"),
        ("fr", "l'application Leipzig-App"),
        ("fi", "leipzig app"),
    ],
)
def test_the_citys_own_topic_is_found(site: str, language: str, typed: str) -> None:
    answer = requests.post(f"{site}/desk/leipzig/{language}/", data={"search": typed}, timeout=20)
    found = answer.text.split('id="hits"')[1].split("</ol>")[0]
    assert f"/t/{OWN}" in found, found


def test_the_browser_finds_it_too_and_no_other_city_does(site: str, open_page) -> None:
    page = open_page(f"{site}/desk/leipzig/de/")
    page.evaluate("window.rightsDesk.ready")
    page.keyboard.type("ist die leipzig app sicher")
    assert page.locator("#hits a").first.inner_text() == "Leipzig-App"
    assert page.locator("#topics").get_by_text("Leipzig-App").count() == 1
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/t/{OWN}")
    assert "Leipzig-App" in page.locator(".card h1").inner_text()
    elsewhere = requests.get(f"{site}/desk/bordeaux/fr/index.json", timeout=20).json()
    assert len(elsewhere["start"]) >= 40 and not any("__" in topic for topic in elsewhere["start"])


def test_changing_the_language_keeps_it_and_changing_the_city_explains(site: str, open_page) -> None:
    page = open_page(f"{site}/desk/leipzig/de/t/{OWN}")
    page.locator("select[name=lang]").select_option("en")
    page.get_by_role("button", name="Wechseln").click()
    page.wait_for_url(f"**/desk/leipzig/en/t/{OWN}")
    assert "Leipzig App" in page.locator("h1").inner_text()
    page.locator("select[name=city]").select_option("bordeaux")
    page.get_by_role("button", name="Change").click()
    assert "Bordeaux does not have this topic" in page.locator("main").inner_text()
    page.get_by_role("link", name="Back to search").click()
    assert page.locator("#topics a").count() >= 40


@pytest.fixture(scope="module")
def with_new_topic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Leipzig with a topic that no model has seen."""
    data = tmp_path_factory.mktemp("own") / "data"
    shutil.copytree(ROOT / "data", data, ignore=shutil.ignore_patterns("nlu"))
    file = data / "cities" / "leipzig.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("extra_topics:\n", f"extra_topics:\n{NEW_TOPIC}", 1), encoding="utf-8")
    yield Shelf(data).library()


@pytest.mark.parametrize(
    ("language", "typed"), [("de", "Marktpass"), ("de", "Kärtchen vom Standler"), ("is", "market pass")]
)
def test_a_topic_written_a_moment_ago_is_found_before_any_training(
    with_new_topic: Library, language: str, typed: str
) -> None:
    where = PageLocale(with_new_topic, "leipzig", language, TODAY)
    assert "leipzig__market_pass" in where.locality.topics, with_new_topic.problems
    learnt = WordWeights({"data_access": -3, OWN: -3}, {"app": {OWN: 9}, "daten": {"data_access": 9}})
    assert desk.index(where, learnt).found(typed)[0] == "leipzig__market_pass"
