"""A screen that many people use: `?kiosk=1` asks whether somebody is still there, then starts fresh."""

import pytest
import requests
from journey import ENGLISH
from violations import axe

MINUTES = 2 * 60_000


@pytest.fixture
def kiosk(open_page, site: str):
    def start(**options):
        page = open_page(**options)
        page.clock.install()
        page.goto(f"{site}{ENGLISH.path}?kiosk=1")
        page.frame_locator("iframe").locator("#question").wait_for()
        return page

    return start


def inside(page):
    return page.frame_locator("iframe")


def ask_inside(page, text: str) -> None:
    inside(page).locator("#question").fill(text)
    inside(page).locator(".send").click()
    inside(page).locator(".turn").first.wait_for()


def test_a_forgotten_conversation_is_erased(kiosk, site: str) -> None:
    page = kiosk()
    ask_inside(page, ENGLISH.question)
    token = inside(page).locator("#ask input[name=conversation]").get_attribute("value")
    page.clock.run_for(MINUTES - 2_000)
    assert page.locator("dialog").is_hidden()
    page.clock.run_for(4_000)
    assert page.locator("dialog").is_visible()
    assert "30 seconds" in page.locator("dialog").inner_text()
    page.clock.run_for(20_000)
    assert page.locator("dialog").is_visible()
    with page.expect_request("**/forget") as erased:
        page.clock.run_for(12_000)
    assert token in erased.value.post_data.replace("%3A", ":")
    assert erased.value.response().status == 200
    inside(page).locator(".suggestions").wait_for()
    assert page.locator("dialog").is_hidden()
    assert inside(page).locator(".turn").count() == 0
    assert inside(page).locator("#ask input[name=conversation]").get_attribute("value") != token
    asked = len(page.asked)
    page.clock.run_for(3 * MINUTES)  # the next visitor has not come yet
    assert page.locator("dialog").is_hidden() and len(page.asked) == asked
    page.go_back()
    assert ENGLISH.question not in "".join(frame.content() for frame in page.frames)


def test_more_time_keeps_the_conversation(kiosk) -> None:
    page = kiosk()
    ask_inside(page, ENGLISH.question)
    page.clock.run_for(MINUTES + 1_000)
    more = page.get_by_role("button", name="I need more time")
    assert more.evaluate("e => e === document.activeElement")
    page.keyboard.press("Enter")
    assert page.locator("dialog").is_hidden()
    page.clock.run_for(60_000)
    assert inside(page).locator(".turn").count() == 1
    page.clock.run_for(61_000)
    assert page.locator("dialog").is_visible()


def test_whoever_uses_it_is_not_asked(kiosk) -> None:
    page = kiosk()
    ask_inside(page, ENGLISH.question)
    for _ in range(3):
        page.clock.run_for(MINUTES - 5_000)
        inside(page).locator("#question").press("a")
    assert page.locator("dialog").is_hidden()
    inside(page).locator(".bottom a").first.click()  # other pages are watched, too
    inside(page).locator("h1", has_text="People").wait_for()
    page.keyboard.press("Tab")
    page.clock.run_for(MINUTES + 1_000)
    assert page.locator("dialog").is_visible()


def test_a_screen_that_nobody_used_stays_quiet(kiosk) -> None:
    page = kiosk()
    asked = len(page.asked)
    page.clock.run_for(5 * MINUTES)
    assert page.locator("dialog").is_hidden()
    assert len(page.asked) == asked


def test_other_sites_do_not_open(kiosk, site: str) -> None:
    page = kiosk()
    ask_inside(page, ENGLISH.question)
    inside(page).locator(".card a[href^='https']").first.click()
    assert "does not open other sites" in page.locator("#told").inner_text()
    assert "https://" in page.locator("#told").inner_text()
    assert page.url == f"{site}{ENGLISH.path}?kiosk=1"
    assert len(page.frames) == 2


def test_leaving_quickly_starts_fresh(kiosk, site: str) -> None:
    page = kiosk()
    ask_inside(page, ENGLISH.danger)
    with page.expect_request("**/forget"):
        inside(page).locator("[data-leave]").click()
    inside(page).locator(".suggestions").wait_for()
    assert inside(page).locator(".turn").count() == 0
    assert page.url == f"{site}{ENGLISH.path}?kiosk=1"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_question_is_accessible(kiosk, scheme: str) -> None:
    page = kiosk(width=320, height=568, color_scheme=scheme)
    assert axe(page) == []
    ask_inside(page, ENGLISH.question)
    page.clock.run_for(MINUTES + 1_000)
    assert page.get_by_role("alertdialog", name="Are you still there?").is_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert [text for text in page.problems if "Content Security Policy" in text] == []


def test_only_the_kiosk_has_a_timer_and_a_frame(site: str) -> None:
    plain = requests.get(site + ENGLISH.path, timeout=20)
    kiosk = requests.get(f"{site}{ENGLISH.path}?kiosk=1", timeout=20)
    assert "kiosk" not in plain.text and "frame-src" not in plain.headers["Content-Security-Policy"]
    assert "kiosk.js" in kiosk.text and "frame-src 'self'" in kiosk.headers["Content-Security-Policy"]
    assert kiosk.headers["Cache-Control"] == "no-store" and "Set-Cookie" not in kiosk.headers
