"""The staff box of the help desk tells what changed lately, from Git or from the days of checking."""

import os
import shutil
import subprocess
import time
from datetime import date
from pathlib import Path

import pytest
import requests
from conftest import running

from rightsdesk.knowledge.history import revision_on
from rightsdesk.knowledge.library import Library, Shelf
from rightsdesk.web.news import News, Recent
from rightsdesk.web.pages import PageLocale

ROOT = Path(__file__).resolve().parent.parent.parent
TODAY = date(2026, 11, 23)
PHONE, NEW_PHONE = "0341 123-2247", "0341 999-0000"


def git(folder: Path, *arguments: str, day: str = "2026-10-01") -> None:
    stamp = f"{day}T12:00:00"
    who = {f"GIT_{role}_{part}": "Team" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    environment = {**os.environ, **who, "GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp}
    subprocess.run(["git", "-C", str(folder), *arguments], env=environment, check=True, capture_output=True)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the knowledge, in no repository."""
    copy = tmp_path / "project" / "data"
    shutil.copytree(ROOT / "data", copy, ignore=shutil.ignore_patterns("nlu"))
    (copy / "nlu").symlink_to(ROOT / "data" / "nlu")
    return copy


@pytest.fixture
def repository(data: Path) -> Path:
    """The knowledge in a repository, as it stood on 1 October."""
    git(data.parent, "init", "-q")
    git(data.parent, "add", "-A")
    git(data.parent, "commit", "-q", "-m", "October")
    return data


def known(news: News, where: PageLocale, topic: str) -> Recent:
    for _ in range(200):
        if found := news.of(where, topic):
            return found
        time.sleep(0.05)
    pytest.fail("nothing became known in ten seconds")


def at(library: Library, language: str = "en", today: date = TODAY) -> PageLocale:
    return PageLocale(library, "leipzig", language, today)


def test_changes_saved_but_not_committed_count_too(repository: Path) -> None:
    replace(repository / "cities" / "leipzig.yml", PHONE, NEW_PHONE)
    where, news = at(Shelf(repository).library()), News(repository)
    assert known(news, where, "dpo_contact") == Recent("changed", ("contacts",))
    assert known(news, where, "device_repair") == Recent("same")


def test_a_new_answer_is_new_and_an_old_change_is_not(repository: Path) -> None:
    city = repository / "cities" / "leipzig.yml"
    replace(city, "  leipzig_app:\n    name:", "  city_app:\n    name:")
    replace(city, PHONE, NEW_PHONE)
    git(repository, "commit", "-q", "-a", "-m", "10 October", day="2026-10-10")
    news, library = News(repository), Shelf(repository).library()
    assert known(news, at(library), "dpo_contact") == Recent("same")
    early = at(library, today=date(2026, 11, 5))
    news.of(early, "dpo_contact")
    for _ in range(200):
        if news.of(early, "dpo_contact") == Recent("changed", ("contacts",)):
            break
        time.sleep(0.05)
    assert news.of(early, "leipzig__city_app") == Recent("new")


def test_a_save_is_told_without_a_restart(repository: Path) -> None:
    shelf, news = Shelf(repository, every=0), News(repository)
    assert known(news, at(shelf.library(), "de"), "dpo_contact") == Recent("same")
    replace(repository / "cities" / "leipzig.yml", PHONE, NEW_PHONE)
    for _ in range(200):
        if news.of(at(shelf.library(), "de"), "dpo_contact") == Recent("changed", ("contacts",)):
            return
        time.sleep(0.05)
    pytest.fail("the change was not told in ten seconds")


def test_without_an_earlier_state_the_days_of_checking_speak(data: Path) -> None:
    where = at(Shelf(data).library())
    assert revision_on(data, TODAY) is None
    found = known(News(data), where, "dpo_contact")
    assert found.kind == "checked" and "contacts" in found.parts
    later = at(where.library, today=date(2027, 6, 1))
    assert known(News(data), later, "dpo_contact") == Recent("checked", ())
    git(data.parent, "init", "-q")
    git(data.parent, "add", "-A")
    git(data.parent, "commit", "-q", "-m", "too young", day="2026-11-20")
    assert known(News(data), where, "dpo_contact").kind == "checked"


def test_an_earlier_state_that_cannot_be_read_is_not_called_a_change(repository: Path) -> None:
    city = repository / "cities" / "leipzig.yml"
    good = city.read_text(encoding="utf-8")
    city.write_text(good.replace("review:\n", "reviw:\n", 1), encoding="utf-8")
    git(repository, "commit", "-q", "-a", "-m", "broken", day="2026-10-10")
    city.write_text(good, encoding="utf-8")
    assert known(News(repository), at(Shelf(repository).library()), "dpo_contact").kind == "checked"


def test_staff_see_it_on_the_page_and_paper_does_not(model: Path, repository: Path, tmp_path: Path, open_page) -> None:
    replace(repository / "cities" / "leipzig.yml", PHONE, NEW_PHONE)
    line = "Changed in the last 30 days: Who helps you here."
    with running(tmp_path / "log.txt", RIGHTSDESK_DATA=str(repository)) as address:
        path = f"{address}/desk/leipzig/en/t/dpo_contact"
        for _ in range(100):
            if line in requests.get(path, timeout=20).text:
                break
            time.sleep(0.1)
        page = open_page(path)
        assert line in page.locator("aside.staff").inner_text()
        page.emulate_media(media="print")
        assert not page.get_by_text("Changed in the last 30 days").is_visible()
        assert page.locator(".card h1").is_visible()
        assert "Changed in the last" not in requests.get(f"{path}?print=normal", timeout=20).text
        german = f"{address}/desk/leipzig/de/t/device_repair"
        for _ in range(100):
            if "In den letzten 30 Tagen hat sich hier nichts geändert." in requests.get(german, timeout=20).text:
                return
            time.sleep(0.1)
    pytest.fail("German staff were told nothing")
