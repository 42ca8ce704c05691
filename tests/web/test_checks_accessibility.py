"""Acceptance checks 13 to 29: everybody can use the resident's pages. Check 23 is in test_embed.py."""

import itertools
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from journey import ENGLISH, IDS, PATHS, PLACES, Place, ask, get, post, title, travel
from violations import axe

from rightsdesk.knowledge.colours import contrast

STATIC = Path(__file__).resolve().parent.parent.parent / "rightsdesk/web/static"
RIGHT_TO_LEFT = PLACES[-1]
SIZES = [(320, 256), (375, 667), (1280, 560), (1280, 720)]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MODES = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced-colors": {"forced_colors": "active"},
    "more-contrast": {"contrast": "more"},
}
FOCUSED = """() => { const e = document.activeElement; if (e === document.body) return null;
  const style = getComputedStyle(e); let b = e;
  while (b && getComputedStyle(b).backgroundColor === "rgba(0, 0, 0, 0)") b = b.parentElement;
  const outside = e.parentElement; let o = outside;
  while (o && getComputedStyle(o).backgroundColor === "rgba(0, 0, 0, 0)") o = o.parentElement;
  return { html: e.outerHTML.slice(0, 200), width: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    colour: style.outlineColor, back: getComputedStyle(o || document.documentElement).backgroundColor,
    seen: [...e.getClientRects()].some(r => { const t = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
      return t && (e.contains(t) || t.contains(e)); }) }; }"""


def conversation(page, site: str, place: Place) -> None:
    """Go through every kind of answer: topic, feedback, asked back, people, out of scope, danger."""
    page.goto(site + place.path)
    ask(page, place.question)
    page.locator(".helped button[value=no]").click()
    page.locator(".thanks").wait_for()
    for text in (place.unclear, place.unclear, place.strange, place.danger):
        ask(page, text)


def states(page, site: str, place: Place) -> Iterator[str]:
    """Bring a page into each state of web.md 7(a), one after the other, and name it."""
    for path in (*PATHS, "nothing-here"):
        page.goto(site + place.path + path)
        yield path or "empty"
    page.goto(f"{site}/demo/{place.city}?lang={place.language}")
    yield "demo"
    conversation(page, site, place)
    yield "answers"
    page.fill("#question", " ")
    page.click(".send")
    page.locator("#problem").wait_for()
    yield "empty question"
    page.route("**/ask", lambda route: route.abort())
    page.fill("#question", "cameras")
    page.click(".send")
    page.locator("#retry").wait_for()
    yield "connection lost"
    page.unroute("**/ask")
    page.locator(".bottom form button").click()
    page.locator("#forgotten").wait_for()
    yield "forgotten"


def tab_walk(page, key: str = "Tab") -> list[dict]:
    """Press a key until the focus leaves the page; describe each element that had it."""
    found = []
    for _ in range(150):
        page.keyboard.press(key)
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        found.append(focused)
    else:
        pytest.fail(f"the focus never left the page; the last: {found[-1]}")
    return found


@pytest.mark.parametrize("place", [ENGLISH, RIGHT_TO_LEFT], ids=["ltr", "rtl"])
@pytest.mark.parametrize("mode", MODES)
def test_check_13_axe_finds_nothing_in_any_state(open_page, site: str, place: Place, mode: str) -> None:
    page = open_page(**MODES[mode])
    visited = 0
    for state in states(page, site, place):
        assert axe(page) == [], state
        visited += 1
    assert visited == 13


@pytest.mark.parametrize("place", PLACES[1:-1], ids=IDS[1:-1])
def test_check_13_axe_finds_nothing_in_other_languages(open_page, site: str, place: Place) -> None:
    page = open_page()
    for path in ("topics", "accessibility"):
        page.goto(site + place.path + path)
        assert axe(page) == [], path
    conversation(page, site, place)
    assert axe(page) == []


@pytest.mark.parametrize("place", PLACES, ids=IDS)
def test_check_14_fits_320_by_256(open_page, site: str, place: Place) -> None:
    page = open_page(width=320, height=256)
    fits = "document.documentElement.scrollWidth <= innerWidth"
    for state in states(page, site, place):
        assert page.evaluate(fits), state
    travel(page, site, place)
    assert page.evaluate(fits)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_check_15_every_focused_element_is_seen(open_page, site: str, width: int, height: int) -> None:
    page = open_page(site + ENGLISH.path, width, height)
    for text in (ENGLISH.question, ENGLISH.unclear, ENGLISH.danger):
        ask(page, text)
    page.evaluate("document.querySelector('.brand').focus()")
    forwards = tab_walk(page)
    assert len(forwards) > 30
    assert [focused["html"] for focused in forwards if not focused["seen"]] == []
    page.evaluate("document.querySelector('.bottom li:last-child a').focus()")
    backwards = tab_walk(page, "Shift+Tab")
    assert len(backwards) > 30
    assert [focused["html"] for focused in backwards if not focused["seen"]] == []


@pytest.mark.parametrize("city", ["leipzig", "porto"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_check_16_the_focus_stands_out(open_page, site: str, city: str, scheme: str) -> None:
    page = open_page(f"{site}/{city}/en/", color_scheme=scheme)
    ask(page, ENGLISH.question)
    page.evaluate("document.querySelector('.brand').focus()")
    stops = tab_walk(page)
    assert len(stops) > 15
    for stop in stops:
        assert stop["width"] >= 2, stop
        assert contrast(as_hex(stop["colour"]), as_hex(stop["back"])) >= 3, stop


def as_hex(colour: str) -> str:
    """Write rgb(1, 2, 3) as #010203."""
    numbers = re.findall(r"[\d.]+", colour)
    return "#" + "".join(f"{int(float(number)):02x}" for number in numbers[:3])


@pytest.mark.parametrize("width", [320, 1000])
def test_check_17_targets_are_large(open_page, site: str, width: int) -> None:
    page = open_page(width=width)
    conversation(page, site, ENGLISH)
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    sizes = """all => all.filter(e => e.getClientRects().length && getComputedStyle(e).display !== "inline")
        .map(e => [e.outerHTML.slice(0, 120), e.getBoundingClientRect().width, e.getBoundingClientRect().height])"""
    targets = page.locator("a:not(.skip), button, textarea, summary").evaluate_all(sizes)
    assert len(targets) > 25
    assert [target for target in targets if target[1] < 23.9 or target[2] < 23.9] == []
    controls = page.locator("button, textarea").evaluate_all(sizes)
    assert len(controls) > 10
    assert [control for control in controls if control[2] < 43.9] == []
    inline = page.locator("a").evaluate_all(
        """all => all.filter(e => e.getClientRects().length && getComputedStyle(e).display === "inline"
          && e.parentElement.textContent.trim() === e.textContent.trim()).map(e => e.outerHTML)"""
    )
    assert inline == [], "only a link within a sentence may be as low as its line"


def test_check_18_and_19_by_keyboard_alone(open_page, site: str) -> None:
    page = open_page(site + ENGLISH.path)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert active(page) == "question"
    page.keyboard.type(ENGLISH.question)
    page.keyboard.press("Enter")
    page.locator(".turn").wait_for()
    assert active(page) == "question"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert active(page) == "answer-1"
    press_until(page, ".helped button[value=no]")
    page.keyboard.press("Enter")
    page.locator(".thanks").wait_for()
    assert page.evaluate("document.activeElement.className") == "thanks"
    press_until(page, ".thanks button")
    page.keyboard.press("Enter")
    page.locator("#turn-2").wait_for()
    assert page.evaluate("document.activeElement !== document.body")
    press_until(page, ".bottom form button")
    page.keyboard.press("Enter")
    page.locator("#forgotten").wait_for()
    assert active(page) == "title"


def active(page) -> str:
    return page.evaluate("document.activeElement.id")


def press_until(page, selector: str) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab never reached {selector}")


def test_check_19_the_focus_is_never_lost(open_page, site: str) -> None:
    page = open_page(site + ENGLISH.path)
    page.locator(".suggestions button").first.click()
    page.locator("#turn-1").wait_for()
    assert page.evaluate("document.activeElement !== document.body")
    page.evaluate("""() => { window.lost = 0; new MutationObserver(() => { window.lost += document.activeElement === document.body; })
        .observe(document.body, { subtree: true, childList: true, attributes: true }); }""")
    page.locator(".choices button").first.click()
    page.locator("#turn-2").wait_for()
    page.locator(".helped button[value=yes]").first.click()
    page.locator(".thanks").wait_for()
    page.route("**/ask", lambda route: route.abort())
    page.fill("#question", "cameras")
    page.click(".send")
    page.unroute("**/ask")
    page.click("#retry")
    page.locator("#turn-3").wait_for()
    assert page.evaluate("window.lost") == 0
    assert page.evaluate("document.activeElement !== document.body")


def test_check_19_and_22_waiting_is_said_and_nothing_is_disabled(open_page, site: str) -> None:
    page = open_page(site + ENGLISH.path)
    page.route("**/ask", lambda route: (time.sleep(2), route.continue_()))
    page.fill("#question", ENGLISH.question)
    page.evaluate("document.querySelector('#question').focus()")
    page.keyboard.press("Enter")
    status = page.locator("#status")
    status.get_by_text("Looking for an answer").wait_for()
    assert page.locator(".turn").count() == 0
    assert page.locator(".send").get_attribute("aria-disabled") == "true"
    assert page.locator("[disabled]").count() == 0
    page.locator(".turn").wait_for()
    assert status.inner_text() == ""
    assert page.locator(".send").get_attribute("aria-disabled") is None


@pytest.mark.parametrize("place", PLACES, ids=IDS)
def test_check_20_the_newest_answer_is_one_shift_tab_away(open_page, site: str, place: Place) -> None:
    page = open_page(site + place.path)
    assert page.locator("#newest").is_hidden()
    for turn, text in enumerate((place.question, place.danger), 1):
        ask(page, text)
        assert active(page) in ("question", "")
        page.focus("#question")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
        assert active(page) == f"answer-{turn}"
        assert page.locator(f"#answer-{turn}").evaluate("e => e.getBoundingClientRect().top >= 0")


def test_check_20_the_focus_stays_in_the_box(open_page, site: str) -> None:
    page = open_page(site + ENGLISH.path)
    page.focus("#question")
    page.keyboard.type(ENGLISH.question)
    page.keyboard.press("Enter")
    page.locator(".turn").wait_for()
    assert active(page) == "question"
    assert page.input_value("#question") == ""


@pytest.mark.parametrize("place", PLACES, ids=IDS)
def test_check_21_one_log_and_one_status(open_page, site: str, place: Place) -> None:
    page = open_page(site + place.path)

    def live() -> dict[str, list[str]]:
        session = page.context.new_cdp_session(page)
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        found: dict[str, list[str]] = {"log": [], "status": []}
        for node in nodes:
            role = node.get("role", {}).get("value")
            if role in found:
                found[role].append(node.get("name", {}).get("value", ""))
        return found

    named = live()
    assert len(named["log"]) == len(named["status"]) == 1
    assert named["log"][0]
    assert page.locator("[role=log]").inner_text() == page.locator("[role=status]").inner_text() == ""
    page.evaluate("""() => { window.said = []; new MutationObserver(() => {
        const text = document.querySelector('[role=log]').textContent; if (text) window.said.push(text); })
        .observe(document.querySelector('[role=log]'), { childList: true, subtree: true, characterData: true }); }""")
    ask(page, place.question)
    heading, short = page.locator(".card h2").inner_text(), page.locator(".card .short").inner_text()
    assert page.evaluate("window.said") == [f"{heading}. {short}"]
    page.wait_for_function("() => document.getElementById('announcer').textContent === ''", timeout=10_000)
    assert page.locator("#transcript[aria-live], #transcript [aria-live], #transcript [role=status]").count() == 0
    assert len(live()["log"]) == len(live()["status"]) == 1


@pytest.mark.parametrize("place", PLACES, ids=IDS)
def test_check_24_controls_are_named_by_their_words(open_page, site: str, place: Place) -> None:
    page = open_page()
    conversation(page, site, place)
    assert page.locator("label[for=question]").is_visible()
    controls = page.locator("a[href], button, summary").evaluate_all(
        "all => all.filter(e => e.getClientRects().length).map(e => [e.textContent.trim(), e.getAttribute('aria-label')])"
    )
    assert len(controls) > 25
    for words, label in controls:
        assert words
        assert label is None or words in label


@pytest.mark.parametrize("place", PLACES, ids=IDS)
def test_check_25_an_empty_question_is_explained(open_page, site: str, place: Place) -> None:
    page = open_page(site + place.path)
    page.click(".send")
    said = page.locator("#problem").inner_text()
    assert said
    assert page.locator("#question").get_attribute("aria-invalid") == "true"
    assert "problem" in (page.locator("#question").get_attribute("aria-describedby") or "").split()
    assert active(page) == "question"
    plain = open_page(site + place.path, java_script_enabled=False)
    plain.click(".send")
    assert plain.locator("#problem").inner_text() == said
    assert plain.locator("#question[aria-invalid=true][autofocus]").count() == 1
    if place.language == "en":
        assert plain.title().startswith("Error")
    ask(page, place.question)
    assert page.locator("#problem").is_hidden()
    assert page.locator("#question").get_attribute("aria-invalid") is None


def test_check_25_a_question_that_is_too_long_is_still_there(site: str) -> None:
    answer = post(site, get(site + ENGLISH.path), "my question " + "a" * 25_000)
    assert answer.status_code == 422
    assert title(answer.text).startswith("Error")
    assert 'aria-invalid="true"' in answer.text and "my question aaa" in answer.text


@pytest.mark.parametrize("place", PLACES, ids=IDS)
def test_check_26_headings_are_in_order(open_page, site: str, place: Place) -> None:
    page = open_page()
    levels = "all => all.map(e => Number(e.tagName[1]))"
    for state in states(page, site, place):
        found = page.locator("h1, h2, h3, h4, h5, h6").evaluate_all(levels)
        assert found.count(1) == 1 and found[0] == 1, state
        assert all(after <= before + 1 for before, after in itertools.pairwise(found)), (state, found)
    conversation(page, site, place)
    assert page.locator("ol#transcript > li.turn").count() == 5
    first = page.locator(".turn article").evaluate_all("all => all.map(e => e.firstElementChild.tagName)")
    assert first == ["H2"] * 5


@pytest.mark.parametrize("place", PLACES, ids=IDS)
def test_check_27_language_and_direction(open_page, site: str, place: Place) -> None:
    page = open_page()
    direction = "rtl" if place is RIGHT_TO_LEFT else "ltr"
    for path in PATHS:
        page.goto(site + place.path + path)
        assert page.locator("html").get_attribute("lang") == place.language
        assert page.locator("html").get_attribute("dir") == direction
    page.goto(site + place.path)
    ask(page, place.question)
    assert page.locator(".question bdi").inner_text() == place.question
    card = page.locator(".card")
    shown = "en" if place is RIGHT_TO_LEFT else place.language
    assert (card.get_attribute("lang"), card.get_attribute("dir")) == (shown, "ltr")


def test_check_27_a_card_in_another_language_says_so(open_page, site: str) -> None:
    page = open_page(f"{site}/leipzig/ar/t/data_access")
    card = page.locator(".card")
    assert (card.get_attribute("lang"), card.get_attribute("dir")) == ("de", "ltr")
    note = card.locator(".note[lang=ar]")
    assert note.get_attribute("dir") == "rtl"
    assert "I do not have this answer" in note.inner_text()
    assert card.get_by_role("heading", name="Ihr Recht").count() == 1
    page.goto(site + ENGLISH.path)
    ask(page, "Welche Daten hat die Stadt über mich gespeichert?")
    card = page.locator(".card")
    assert card.get_attribute("lang") == "de"
    assert card.get_by_role("heading", name="Das können Sie tun").count() == 1


@pytest.mark.parametrize("place", [ENGLISH, PLACES[3], RIGHT_TO_LEFT], ids=["en", "fi", "rtl"])
def test_check_28_text_may_grow(open_page, site: str, place: Place) -> None:
    page = open_page(width=320, height=640)
    grow = """() => { const sheet = new CSSStyleSheet(); sheet.replaceSync(`html { font-size: 200% }
      * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
      p { margin-block-end: 2em !important }`); document.adoptedStyleSheets = [sheet]; }"""
    clipped = """() => [...document.querySelectorAll("body *:not(.unseen, .skip)")].filter(e => e.getClientRects().length
      && getComputedStyle(e).overflow !== "visible" && e.tagName !== "TEXTAREA" && e.tagName !== "HTML"
      && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)).map(e => e.outerHTML.slice(0, 100))"""
    for state in states(page, site, place):
        page.evaluate(grow)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), state
        assert page.evaluate(clipped) == [], state


def test_check_29_nothing_moves(open_page, site: str) -> None:
    for motion in ("reduce", "no-preference"):
        page = open_page(site + ENGLISH.path, reduced_motion=motion)
        ask(page, ENGLISH.question)
        assert page.evaluate("document.getAnimations().length") == 0
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_styles_know_no_left_and_right() -> None:
    text = re.sub(r"/\*.*?\*/", "", (STATIC / "style.css").read_text() + (STATIC / "embed.js").read_text(), flags=re.S)
    assert len(text) > 5000
    assert re.findall(r"(?<![\w-])(?:margin|padding|border|inset)?-?(?:left|right)(?:-\w+)?\s*:", text) == []
    assert re.findall(r"text-align:\s*(?:left|right)|float:\s*(?:left|right)", text) == []
