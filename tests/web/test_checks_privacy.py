"""Acceptance checks 1 to 12: what the resident's pages keep, send and show to others. Check 11 is in test_embed.py."""

import json
import re
from pathlib import Path

import pytest
import requests
from journey import ENGLISH, IDS, PATHS, PLACES, Place, ask, fields, get, post, travel

HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'{origins}; require-trusted-types-for 'script'; trusted-types rights-desk"
)
MARKER = "zebracrossing"
REQUESTS = [
    ("GET", "/", 200), ("GET", "/leipzig/en/", 200), ("GET", "/helsinki/fi/topics", 200), ("GET", "/bordeaux/fr/t/scams", 200),
    ("GET", "/leipzig/de/people", 200), ("GET", "/leipzig/de/privacy", 200), ("GET", "/leipzig/de/accessibility", 200),
    ("GET", "/healthz", 200), ("GET", "/porto/theme.css", 200), ("GET", "/logos/porto.svg", 200), ("GET", "/demo/seoul", 200),
    ("GET", "/atlantis/en/", 404), ("GET", "/leipzig/xx/", 404), ("GET", "/leipzig/en/t/nonsense", 404), ("GET", "/x", 404),
    ("GET", "/demo/atlantis", 404), ("GET", "/atlantis/theme.css", 404), ("GET", "/logos/..%2Fcities%2Fporto.yml", 404),
    ("GET", "/leipzig/en/ask", 405), ("DELETE", "/leipzig/en/", 405), ("POST", "/leipzig/en/feedback", 422), ("POST", "/leipzig/en/ask", 422),
    ("GET", "/static/../app.py", 404), ("GET", "/static/app.py", 404), ("GET", "/conversations/x/tracker", 404),
    ("GET", "/version", 404), ("POST", "/webhooks/rest/webhook", 404), ("GET", "/status", 404),
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES, ids=IDS)
def test_check_01_no_cookie(open_page, site: str, place: Place) -> None:
    page = open_page()
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    travel(page, site, place)
    assert page.context.cookies() == []
    assert len(answers) > 5
    assert not [answer.url for answer in answers if "set-cookie" in answer.headers]


def test_check_02_nothing_is_stored_on_the_device(open_page, site: str) -> None:
    page = open_page()
    travel(page, site)
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    counts = """async () => [(await indexedDB.databases()).length, (await caches?.keys() ?? []).length,
        (await navigator.serviceWorker?.getRegistrations() ?? []).length]"""
    assert page.evaluate(counts) == [0, 0, 0]


def test_check_03_nobody_else_is_asked(open_page, site: str) -> None:
    page = open_page()
    travel(page, site)
    assert len(page.asked) > 5
    assert [request.url for request in page.asked if not request.url.startswith(f"{site}/")] == []


@pytest.mark.parametrize(("method", "path", "status"), REQUESTS)
def test_check_04_and_05_every_answer_is_strict(site: str, host, method: str, path: str, status: int) -> None:
    answer = requests.request(method, f"{site}{path}", timeout=20)
    assert answer.status_code == status
    origins = f" {host.address}" if path.startswith("/leipzig/") else ""
    framing = "; frame-src 'self'" if path.startswith("/demo/") else ""
    assert answer.headers["Content-Security-Policy"] == POLICY.format(origins=origins) + framing
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "Set-Cookie" not in answer.headers and "Server" not in answer.headers
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]
    assert not re.search("rasa|traceback|sanic", answer.text, re.IGNORECASE)


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_check_05_pages_with_a_question_are_not_stored(site: str, accept: str) -> None:
    page = get(site + ENGLISH.path)
    for text in (ENGLISH.question, ""):
        answer = requests.post(
            f"{site}/leipzig/en/ask", data={**fields(page), "text": text}, headers={"Accept": accept}, timeout=20
        )
        assert answer.headers["Cache-Control"] == "no-store"
    assert requests.get(site + ENGLISH.path, timeout=20).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("place", PLACES, ids=IDS)
def test_check_04_no_page_is_refused_anything(open_page, site: str, place: Place) -> None:
    page = open_page()
    travel(page, site, place)
    for path in PATHS:
        page.goto(site + place.path + path)
    assert page.problems == []


def test_check_06_a_question_leaves_no_trace(open_page, site: str, log: Path) -> None:
    page = open_page(site + ENGLISH.path)
    seen: list[str] = []
    page.on("response", lambda answer: seen.append(answer.url + json.dumps(answer.headers)))
    ask(page, f"{MARKER} who films me on the bus")
    assert MARKER in page.locator(".turn").inner_text()
    page.click("#newest")
    page.keyboard.press("Tab")
    plain = post(site, get(site + ENGLISH.path), f"{MARKER} who films me on the bus")
    assert MARKER in plain.text
    seen += [plain.url + json.dumps(dict(plain.headers)), page.url, page.title(), page.evaluate("location.href")]
    assert not [trace for trace in seen if MARKER in trace]
    assert "Rights Desk is at" in log.read_text()
    assert MARKER not in log.read_text()


def test_check_07_ids_are_made_by_the_server(open_page, site: str) -> None:
    ids = [fields(get(site + ENGLISH.path))["conversation"] for _ in range(3)]
    assert len(set(ids)) == 3
    assert all(re.fullmatch(r"[0-9a-f]{32}\.[0-9a-f]{32}", made) for made in ids)
    for invented in ("0" * 32, "a.b", ids[0][:-1] + "!"):
        data = {"conversation": invented, "turn": "1", "text": "scam sms"}
        answer = requests.post(f"{site}/leipzig/en/ask", data=data, timeout=20)
        assert answer.status_code == 200
        assert invented not in answer.text
    page = open_page()
    travel(page, site)
    used = page.locator("#ask [name=conversation]").input_value()
    assert not [request.url for request in page.asked if used in request.url]


def test_check_08_forget_erases_and_begins_anew(open_page, site: str) -> None:
    page = open_page(site + ENGLISH.path)
    ask(page, ENGLISH.question)
    old = page.locator("#ask [name=conversation]").input_value()
    page.get_by_role("button", name="Forget this conversation").click()
    page.get_by_text("Forgotten. Nothing was kept.").wait_for()
    assert page.locator(".turn").count() == 0
    assert page.evaluate("document.activeElement.id") == "title"
    assert page.title().startswith("Forgotten")
    assert page.locator("#ask [name=conversation]").input_value() != old
    data = {"conversation": old, "turn": "2", "text": "how long do they have?"}
    again = requests.post(f"{site}/leipzig/en/ask", data=data, timeout=20).text
    assert "within one month" not in again
    assert "Which topic do you mean?" in again or "I am not sure what you mean" in again


def test_check_09_going_back_shows_no_question(open_page, site: str) -> None:
    page = open_page(site + ENGLISH.path)
    ask(page, f"{MARKER} who films me on the bus")
    page.fill("#question", f"{MARKER} again")
    page.get_by_role("link", name="Privacy").click()
    page.get_by_role("heading", name="Privacy").wait_for()
    page.go_back()
    page.locator("#question").wait_for()
    page.wait_for_load_state("load")
    assert page.locator(".turn").count() == 0
    assert page.input_value("#question") == ""
    assert MARKER not in page.content()


@pytest.mark.parametrize("place", PLACES, ids=IDS)
@pytest.mark.parametrize("value", ["yes", "no"])
def test_check_10_feedback_says_four_things_and_no_more(open_page, site: str, place: Place, value: str) -> None:
    page = open_page(site + place.path)
    ask(page, place.question)
    page.locator(f".helped button[value={value}]").click()
    page.locator(".thanks").wait_for()
    sent = next(request for request in page.asked if request.url.endswith("/feedback"))
    expected = {"topic": "data_access", "city": place.city, "lang": place.language, "value": value}
    assert sent.method == "POST"
    assert sent.post_data == "&".join(f"{name}={given}" for name, given in expected.items())


@pytest.mark.parametrize(
    "wrong", [{"topic": "nonsense"}, {"value": "maybe"}, {"city": "helsinki"}, {"lang": "de"}, {"value": ""}]
)
def test_feedback_on_what_does_not_exist_is_refused(site: str, wrong: dict[str, str]) -> None:
    data = {"topic": "scams", "city": "leipzig", "lang": "en", "value": "yes", **wrong}
    answer = requests.post(f"{site}/leipzig/en/feedback", data=data, timeout=20)
    assert answer.status_code == 422
    assert 'href="/leipzig/en/' in answer.text


@pytest.mark.parametrize("place", PLACES, ids=IDS)
def test_check_12_links_to_others_are_safe(open_page, site: str, place: Place) -> None:
    page = open_page(site + place.path)
    for question in (place.question, place.danger):
        ask(page, question)
    links = page.locator("a[href]").evaluate_all("all => all.map(a => [a.href, a.rel, a.target])")
    for path in PATHS[1:]:
        page.goto(site + place.path + path)
        links += page.locator("a[href]").evaluate_all("all => all.map(a => [a.href, a.rel, a.target])")
    others = [link for link in links if link[0].startswith("http") and not link[0].startswith(f"{site}/")]
    assert len(others) > 3
    for href, rel, target in others:
        assert href.startswith("https://"), href
        assert "noreferrer" in rel and target == "_top", href
        assert not re.search(r"[?&](utm_|fbclid|gclid|mc_)", href), href


def test_script_in_a_question_is_text(site: str) -> None:
    answer = post(site, get(site + ENGLISH.path), "<script>alert('x')</script><img src=x onerror=alert(1)> scam sms")
    assert "<script>alert" not in answer.text and "<img" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_a_header_cannot_be_injected(site: str) -> None:
    answer = requests.get(f"{site}/leipzig/en%0d%0aSet-Cookie:%20a=b/", timeout=20)
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers
