"""What the checks of the resident's pages share: places, questions, and a resident's way through the page."""

from __future__ import annotations

import re
from dataclasses import dataclass

import requests


@dataclass(frozen=True)
class Place:
    """A city's page in one language, with questions that a resident would ask there."""

    city: str
    language: str
    question: str
    unclear: str
    strange: str
    danger: str

    @property
    def path(self) -> str:
        return f"/{self.city}/{self.language}/"


ENGLISH = Place(
    "leipzig", "en", "I want to see my file at the housing office", "the thing with the thing",
    "where can I buy a good pizza", "someone is breaking into my flat right now",
)  # fmt: skip
PLACES = (
    ENGLISH,
    Place("leipzig", "de", "Welche Daten hat die Stadt über mich gespeichert?", "die haben da was gemacht",
          "wo gibt es gute pizza", "jemand bricht gerade bei mir ein"),
    Place("bordeaux", "fr", "Quelles données la ville a-t-elle sur moi ?", "ils font des choses avec nous",
          "où acheter une bonne pizza", "quelqu'un entre chez moi de force en ce moment"),
    Place("helsinki", "fi", "Mitä tietoja kaupungilla on minusta?", "se juttu sen jutun kanssa",
          "mistä saa hyvää pizzaa", "joku murtautuu kotiini juuri nyt"),
    Place("seoul", "ko", "시가 나에 대해 어떤 정보를 가지고 있나요?", "그 사람들이 그거 했는데",
          "맛있는 피자는 어디서 사나요", "지금 누가 우리 집에 침입하고 있어요"),
    Place("leipzig", "ar", "I want to see my file at the housing office", "the thing with the thing",
          "where can I buy a good pizza", "someone is breaking into my flat right now"),
)  # fmt: skip
IDS = [f"{place.city}-{place.language}" for place in PLACES]
PATHS = ("", "topics", "t/data_access", "t/online_abuse", "people", "privacy", "accessibility")


def ask(page, text: str) -> None:
    """Type a question, send it, and wait for the answer."""
    before = page.locator(".turn").count()
    page.fill("#question", text)
    page.click(".send")
    page.locator(".turn").nth(before).wait_for()


def travel(page, site: str, place: Place = ENGLISH) -> None:
    """Open, ask, follow up, say whether it helped, forget; the page stays open."""
    page.goto(site + place.path)
    ask(page, place.question)
    page.locator(".turn").last.locator(".choices button").first.click()
    page.locator(".turn").nth(1).wait_for()
    page.locator(".helped button[value=no]").first.click()
    page.locator(".thanks").wait_for()
    page.locator(".bottom form button").click()
    page.locator("#forgotten").wait_for()


def fields(page: str) -> dict[str, str]:
    """Read the hidden fields of the page's form for questions."""
    form = re.search(r'<form class="ask".*?</form>', page, re.S)
    assert form
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))
    assert set(found) == {"conversation", "turn"}
    return found


def get(address: str) -> str:
    """Fetch a page without a browser."""
    answer = requests.get(address, timeout=20)
    assert answer.status_code == 200, answer.text
    return answer.text


def post(site: str, page: str, text: str = "", path: str = "/leipzig/en/ask", **more: str) -> requests.Response:
    """Send a page's form as a browser without JavaScript does."""
    return requests.post(f"{site}{path}", data={**fields(page), "text": text, **more}, timeout=20)


def title(page: str) -> str:
    """Return the title of a page."""
    found = re.search(r"<title>(.*?)</title>", page, re.S)
    assert found
    return found[1].strip()
