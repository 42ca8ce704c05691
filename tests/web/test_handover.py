"""Handing over to a person: who is open now, the resident's questions to take along, events for the calendar."""

import re

import icalendar
import requests
from journey import ENGLISH, ask, get, post

PLEASE = "can I talk to a person please"


def test_the_page_of_people_says_who_is_open_and_is_not_kept(site: str) -> None:
    answer = requests.get(f"{site}/barcelona/en/people", timeout=20)
    assert answer.headers["Cache-Control"] == "no-store"
    assert '<li class="open-now">Open now until 20:00</li>' in answer.text  # Monday, noon in Greenwich
    assert "Jetzt geöffnet bis 20:00 Uhr" in get(f"{site}/barcelona/de/people")


def test_an_answer_in_the_chat_says_who_is_open(open_page, site: str) -> None:
    page = open_page(f"{site}/barcelona/en/")
    ask(page, PLEASE)
    assert page.locator(".open-now").first.inner_text() == "Open now until 20:00"
    page.emulate_media(media="print")
    assert page.locator(".open-now").first.is_hidden()


def test_pages_that_may_be_kept_say_nothing_about_now(site: str) -> None:
    with_hours = 0
    for name in re.findall(r'href="(/barcelona/en/t/\w+)"', get(f"{site}/barcelona/en/topics")):
        page = get(site + name)
        with_hours += "8:30-20:00" in page
        assert "open-now" not in page
    assert with_hours >= 3


def test_questions_are_copied_in_the_resident_s_own_words(open_page, site: str) -> None:
    page = open_page(f"{site}{ENGLISH.path}", permissions=["clipboard-read", "clipboard-write"])
    own = f"{ENGLISH.question}, number 123456789012"
    ask(page, own)
    page.locator(".turn").last.locator(".choices button").first.click()
    page.locator(".turn").nth(1).wait_for()
    chosen = page.locator(".question bdi").nth(1).inner_text()
    ask(page, PLEASE)
    asked = len(page.asked)
    page.get_by_role("button", name="Copy my questions").click()
    page.locator("#status", has_text="Your questions are copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.split("\n") == ["Leipzig, 23 November 2026", own, chosen]
    assert len(page.asked) == asked
    assert page.problems == []


def test_without_a_clipboard_the_questions_are_selected(open_page, site: str) -> None:
    page = open_page(site + ENGLISH.path)
    ask(page, ENGLISH.question)
    ask(page, PLEASE)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Copy my questions").click()
    page.locator("#status", has_text="are selected").wait_for()
    assert ENGLISH.question in page.evaluate("getSelection().toString()")


def test_without_javascript_all_questions_stand_on_the_page(open_page, site: str) -> None:
    page = open_page(site + ENGLISH.path, java_script_enabled=False)
    for text in (ENGLISH.question, "and how long do they have?", PLEASE):
        page.fill("#question", text)
        page.click(".send")
        page.locator(".question", has_text=text).wait_for()
    assert page.locator(".mine li").all_inner_texts() == [ENGLISH.question, "and how long do they have?"]
    assert "Leipzig, 23 November 2026" in page.locator(".mine-text").inner_text()
    assert page.locator(".mine button").is_hidden()


def test_not_understood_twice_offers_the_questions_too(open_page, site: str) -> None:
    page = open_page(site + ENGLISH.path)
    ask(page, ENGLISH.unclear)
    assert page.locator(".mine").count() == 0
    ask(page, ENGLISH.unclear)
    assert page.locator(".mine li").all_inner_texts() == [ENGLISH.unclear, ENGLISH.unclear]


def test_nothing_to_take_along_shows_nothing(open_page, site: str) -> None:
    page = open_page(site + ENGLISH.path)
    ask(page, PLEASE)
    assert page.locator(".mine").is_hidden()


def test_forgetting_erases_the_questions(site: str) -> None:
    asked = post(site, get(site + ENGLISH.path), ENGLISH.question)
    forgotten = post(site, asked.text, path="/leipzig/en/forget")
    answer = post(site, forgotten.text, PLEASE)
    assert '<section class="mine" hidden' in answer.text and ENGLISH.question not in answer.text


def test_check_39_an_event_goes_into_the_calendar(open_page, site: str) -> None:
    page = open_page(f"{site}/barcelona/en/t/idrd_events")
    link = page.get_by_role("link", name="Add to calendar (.ics)")
    assert link.get_attribute("href") == "/barcelona/en/events/an-evening.ics"
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "an-evening.ics"
    answer = requests.get(f"{site}/barcelona/en/events/an-evening.ics", timeout=20)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"DTSTART;TZID=Europe/Madrid:20261210T180000\r\n" in answer.content
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["UID"] and event["DTSTAMP"] and event["SUMMARY"] == "Evening on cameras"
    page.emulate_media(media="print")
    assert link.is_hidden()


def test_events_that_are_over_have_no_calendar_file(site: str) -> None:
    for name in ("helsinki-webinar-2025", "nothing", "..%2F..%2Fleipzig"):
        assert requests.get(f"{site}/barcelona/en/events/{name}.ics", timeout=20).status_code == 404
    assert get(f"{site}/barcelona/en/t/idrd_events").count(".ics") == 2  # the address and the words of one link
