"""The chat page in a real browser: with and without JavaScript, small, dark, by keyboard, checked by axe."""

import json
import re

import pytest

LANGUAGES = {"leipzig": "de", "helsinki": "fi", "bordeaux": "fr"}


@pytest.fixture
def page(browser):
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1000, "height": 800})
    made = context.new_page()
    made.problems = []
    made.on(
        "console", lambda message: made.problems.append(message.text) if message.type in ("error", "warning") else None
    )
    made.on("pageerror", lambda error: made.problems.append(str(error)))
    made.asked = []
    made.on("request", lambda request: made.asked.append(request.url))
    yield made
    context.close()


def ask(page, text: str) -> None:
    before = page.locator(".turn").count()
    page.fill("#question", text)
    page.click(".send")
    page.locator(".turn").nth(before).wait_for()


def axe(page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    context = page.context.new_cdp_session(page)
    context.send("Page.setBypassCSP", {"enabled": True})
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    found = results.response["violations"]
    return [f"{item['id']}: {json.dumps([node['target'] for node in item['nodes']])}" for item in found]


def test_ask_answer_follow_up_forget(page, site: str) -> None:
    page.goto(f"{site}/leipzig/en/")
    ask(page, "I want to see my file at the housing office")
    card = page.locator(".turn").last
    assert card.locator("h2").inner_text() == "See the data the city holds on me"
    assert page.evaluate("document.activeElement.id") == "question"
    assert page.input_value("#question") == ""
    card.get_by_role("button", name="How long does it take?").click()
    page.locator(".turn").nth(1).wait_for()
    assert "within one month" in page.locator(".turn").last.inner_text()
    assert page.locator(".turn").count() == 2
    page.get_by_role("button", name="Forget this conversation").click()
    page.get_by_text("Forgotten. Nothing was kept.").wait_for()
    assert page.locator(".turn").count() == 0
    assert page.problems == []


def test_nothing_is_stored_and_nobody_else_is_asked(page, site: str) -> None:
    page.goto(f"{site}/leipzig/en/")
    ask(page, "a marker zebracrossing who films me on the bus")
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert all(url.startswith(site) for url in page.asked) and len(page.asked) >= 3
    assert not any("zebracrossing" in url for url in page.asked)
    assert "zebracrossing" not in page.url + page.title()


def test_the_answer_is_announced_once(page, site: str) -> None:
    page.goto(f"{site}/leipzig/en/")
    assert page.locator("[role=log]").count() == 1 and page.locator("[role=status]").count() == 1
    ask(page, "I want to see my file at the housing office")
    assert page.locator("[role=log]").inner_text().startswith("See the data the city holds on me. Yes")
    page.wait_for_function("() => document.getElementById('announcer').textContent === ''", timeout=10_000)


def test_an_empty_question_is_explained(page, site: str) -> None:
    page.goto(f"{site}/leipzig/en/")
    page.click(".send")
    assert page.locator("#problem").inner_text() == "Please write a question first."
    assert page.locator("#question").get_attribute("aria-invalid") == "true"
    assert page.evaluate("document.activeElement.id") == "question"


def test_a_lost_connection_keeps_the_question(page, site: str) -> None:
    page.goto(f"{site}/leipzig/en/")
    page.route("**/ask", lambda route: route.abort())
    page.fill("#question", "who films me on the bus")
    page.click(".send")
    page.locator("#problem").get_by_text("Your question is still here").wait_for()
    assert page.input_value("#question") == "who films me on the bus"
    page.unroute("**/ask")
    ask(page, "who films me on the bus")


def test_without_its_script_the_page_still_answers(page, site: str) -> None:
    page.route("**/chat.js*", lambda route: route.abort())
    page.goto(f"{site}/leipzig/en/")
    ask(page, "I want to see my file at the housing office")
    assert page.title().startswith("See the data the city holds on me")


@pytest.mark.parametrize("city", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violations(browser, site: str, city: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce", viewport={"width": 320, "height": 640})
    page = context.new_page()
    base = f"{site}/{city}/{LANGUAGES[city]}"
    for path in ("/", "/topics", "/t/cctv_public", "/people", "/privacy"):
        page.goto(f"{base}{path}")
        assert axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} scrolls sideways"
    page.goto(f"{base}/")
    ask(
        page,
        {"de": "wer filmt mich in der straßenbahn", "fi": "kuka kuvaa minua ratikassa"}.get(
            LANGUAGES[city], "vidéosurveillance"
        ),
    )
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_everything_is_reached_by_keyboard_and_seen(page, site: str) -> None:
    page.set_viewport_size({"width": 375, "height": 667})
    page.goto(f"{site}/leipzig/en/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    ask(page, "I want to see my file at the housing office")
    page.evaluate("document.querySelector('.skip').focus()")
    stops = 0
    for _ in range(80):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const e = document.activeElement; if (e === document.body) return null;
            return [...e.getClientRects()].some(r => { const t = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
              return t && (e.contains(t) || t.contains(e)); }); }"""
        )
        if seen is None:
            break
        stops += 1
        assert seen, page.evaluate("document.activeElement.outerHTML")
    assert stops > 15


def test_the_first_load_is_small(page, site: str) -> None:
    import gzip

    sizes = {}
    page.on("response", lambda response: sizes.update({response.url: len(gzip.compress(response.body()))}))
    page.goto(f"{site}/leipzig/de/")
    page.wait_for_load_state("networkidle")
    assert 2 <= len(sizes) <= 5
    assert sum(sizes.values()) <= 20_000
    assert sum(size for url, size in sizes.items() if ".js" in url) <= 6_000


def test_labels_stand_in_the_cards_language(page, site: str) -> None:
    page.goto(f"{site}/leipzig/en/")
    ask(page, "Welche Daten hat die Stadt über mich gespeichert?")
    card = page.locator(".card").last
    assert card.get_attribute("lang") == "de"
    assert re.search("Was Sie tun können|Das können Sie tun", card.inner_text())
