"""The served pages over plain HTTP: what works without JavaScript, headers, odd requests, privacy."""

import re
from pathlib import Path

import pytest
import requests

HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def fields(page: str) -> dict[str, str]:
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert set(found) >= {"conversation", "turn"}
    return found


def ask(site: str, page: str, text: str = "", path: str = "/leipzig/en/ask", **more: str) -> requests.Response:
    return requests.post(f"{site}{path}", data={**fields(page), "text": text, **more}, timeout=20)


def title(page: str) -> str:
    return re.search(r"<title>(.*?)</title>", page, re.S)[1].strip()  # type: ignore[index]


def test_a_question_is_answered_without_javascript(site: str) -> None:
    first = requests.get(f"{site}/leipzig/de/", timeout=20).text
    answer = ask(site, first, "Welche Daten hat die Stadt über mich gespeichert?", path="/leipzig/de/ask")
    assert answer.status_code == 200
    assert 'lang="de"' in answer.text and "Welche Daten die Stadt über mich hat" in title(answer.text)
    assert "Welche Daten hat die Stadt über mich gespeichert?" in answer.text
    assert "datenschutzbeauftragter@leipzig.de" in answer.text
    follow_up = ask(site, answer.text, "Und wie lange haben die Zeit?", path="/leipzig/de/ask")
    assert "innerhalb eines Monats" in follow_up.text


def test_a_form_sent_twice_is_answered_once(site: str) -> None:
    first = requests.get(f"{site}/leipzig/en/", timeout=20).text
    once = ask(site, first, "I want to see my file at the housing office")
    twice = ask(site, first, "something else entirely")
    assert "something else" not in twice.text
    assert fields(once.text)["turn"] == fields(twice.text)["turn"] == "2"


def test_ids_differ_and_invented_ones_are_not_adopted(site: str) -> None:
    pages = [requests.get(f"{site}/leipzig/en/", timeout=20).text for _ in range(3)]
    ids = {fields(page)["conversation"] for page in pages}
    assert len(ids) == 3
    for invented in ("0" * 32, "a.b", next(iter(ids))[:-1] + "!"):
        answer = requests.post(
            f"{site}/leipzig/en/ask", data={"conversation": invented, "turn": "1", "text": "scam sms"}, timeout=20
        )
        assert answer.status_code == 200
        assert invented not in answer.text


def test_forget_erases_and_begins_anew(site: str) -> None:
    first = requests.get(f"{site}/leipzig/en/", timeout=20).text
    answered = ask(site, first, "I want to see my file at the housing office")
    old = fields(answered.text)["conversation"]
    forgotten = requests.post(f"{site}/leipzig/en/forget", data={"conversation": old}, timeout=20)
    assert "Forgotten. Nothing was kept." in forgotten.text
    assert fields(forgotten.text)["conversation"] != old
    again = requests.post(
        f"{site}/leipzig/en/ask", data={"conversation": old, "turn": "2", "text": "how long do they have?"}, timeout=20
    )
    assert "within one month" not in again.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200), ("GET", "/leipzig/en/", 200), ("GET", "/helsinki/fi/topics", 200), ("GET", "/bordeaux/fr/t/scams", 200),
        ("GET", "/leipzig/de/people", 200), ("GET", "/leipzig/de/privacy", 200), ("GET", "/healthz", 200),
        ("GET", "/atlantis/en/", 404), ("GET", "/leipzig/xx/", 404), ("GET", "/leipzig/en/t/nonsense", 404), ("GET", "/x", 404),
        ("GET", "/leipzig/en/ask", 405), ("DELETE", "/leipzig/en/", 405), ("GET", "/static/../app.py", 404), ("GET", "/static/app.py", 404),
        ("GET", "/conversations/x/tracker", 404), ("GET", "/version", 404), ("POST", "/webhooks/rest/webhook", 404), ("GET", "/status", 404),
    ],
)  # fmt: skip
def test_every_answer_has_the_right_status_and_strict_headers(site: str, method: str, path: str, status: int) -> None:
    answer = requests.request(method, f"{site}{path}", timeout=20)
    assert answer.status_code == status
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "require-trusted-types-for 'script'" in policy
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "Set-Cookie" not in answer.headers and "Server" not in answer.headers
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]
    assert "Rasa" not in answer.text and "Traceback" not in answer.text and "sanic" not in answer.text.lower()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"x" * 1_000_000, "application/x-www-form-urlencoded", 413),
        (b"text=" + b"a" * 30_000, "application/x-www-form-urlencoded", 422),
        (b"", "application/x-www-form-urlencoded", 422),
        (b"text=%20%20", "application/x-www-form-urlencoded", 422),
        (b'{"text": "hi"}', "application/json", 422),
        (b"\xff\xfe\x00", "text/plain", 422),
        (b"text=%ff%fe%00camera", "application/x-www-form-urlencoded", 200),
        (b"text=who+films+me&turn=99999999999&conversation=", "application/x-www-form-urlencoded", 200),
    ],
)
def test_odd_bodies_get_a_page_with_a_way_on(site: str, body: bytes, kind: str, status: int) -> None:
    answer = requests.post(f"{site}/leipzig/en/ask", data=body, headers={"Content-Type": kind}, timeout=20)
    assert answer.status_code == status
    assert "<title>" in answer.text and "Traceback" not in answer.text
    assert 'href="/leipzig/en/' in answer.text


def test_a_question_that_was_refused_is_still_there(site: str) -> None:
    page = requests.get(f"{site}/leipzig/en/", timeout=20).text
    answer = ask(site, page, "my question " + "a" * 25_000)
    assert answer.status_code == 422
    assert title(answer.text).startswith("Error")
    assert 'aria-invalid="true"' in answer.text and "my question aaa" in answer.text


def test_script_in_a_question_is_text(site: str) -> None:
    page = requests.get(f"{site}/leipzig/en/", timeout=20).text
    answer = ask(site, page, "<script>alert('x')</script><img src=x onerror=alert(1)> scam sms from the post")
    assert "<script>alert" not in answer.text and "<img" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_a_header_cannot_be_injected(site: str) -> None:
    answer = requests.get(f"{site}/leipzig/en%0d%0aSet-Cookie:%20a=b/", timeout=20)
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


def test_another_city_is_a_link_not_a_switch(site: str) -> None:
    page = requests.get(f"{site}/leipzig/en/", timeout=20).text
    answer = ask(site, page, "I have moved to Helsinki")
    assert 'href="/helsinki/en/"' in answer.text


def test_danger_puts_the_number_first(site: str) -> None:
    page = requests.get(f"{site}/leipzig/en/", timeout=20).text
    answer = ask(site, page, "someone is breaking into my flat right now")
    first = re.search(r'<article class="card danger".*?<p>(.*?)</p>', answer.text, re.S)
    assert first and "112" in first[1]
    assert 'href="tel:112"' in answer.text


def test_the_log_holds_no_question(site: str, log: Path) -> None:
    page = requests.get(f"{site}/leipzig/en/", timeout=20).text
    answer = ask(site, page, "zebracrossing who films me on the bus")
    assert "zebracrossing" in answer.text
    assert "Rights Desk is at" in log.read_text()
    assert "zebracrossing" not in log.read_text()
