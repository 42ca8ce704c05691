"""Acceptance checks 30 to 37: the resident's pages help, also without JavaScript, without a connection, when unsure."""

import gzip
import re
from pathlib import Path

import pytest
import requests
from journey import ENGLISH, IDS, PATHS, PLACES, Place, ask, fields, get, post, title, travel

from rightsdesk.knowledge.colours import MINIMUM_CONTRAST, contrast
from rightsdesk.knowledge.library import Library
from rightsdesk.knowledge.models import Theme
from rightsdesk.web import theme

READY = [
    ("leipzig", "de"),
    ("leipzig", "en"),
    ("helsinki", "fi"),
    ("helsinki", "en"),
    ("bordeaux", "fr"),
    ("bordeaux", "en"),
]
PEOPLE = ".contact a[href^='tel:'], .contact a[href^='mailto:'], .contact a[href^='https:']"
ORDER = ["short", "steps", "but", "right", "who", "checked", "after"]


@pytest.mark.parametrize("place", PLACES, ids=IDS)
def test_check_30_everything_works_without_javascript(open_page, site: str, place: Place) -> None:
    page = open_page(site + place.path, java_script_enabled=False)
    ask(page, place.question)
    assert place.question in page.locator(".turn").inner_text()
    heading = page.locator("#answer-1").inner_text()
    assert page.title().startswith(heading)
    page.locator(".helped button[value=no]").click()
    assert page.url == f"{site}{place.path}feedback"
    page.locator(".thanks button").click()
    assert page.locator(".card .short").inner_text()
    page.goto(f"{site}{place.path}topics")
    assert page.locator(".topics a").count() > 30
    page.locator(".topics a[href$='/t/data_access']").click()
    assert page.locator("h1").inner_text()
    other = page.locator(".languages a").first
    code = other.get_attribute("lang")
    other.click()
    assert page.url == f"{site}/{place.city}/{code}/t/data_access"
    assert page.locator("html").get_attribute("lang") == code
    page.goto(site + place.path)
    ask(page, place.unclear)
    assert page.locator(".choices button").count() >= 2
    assert page.locator(".choices a[href$='/topics']").count() == 1


def test_check_30_a_follow_up_without_javascript(site: str) -> None:
    answer = post(site, get(site + "/leipzig/de/"), "Welche Daten hat die Stadt über mich?", "/leipzig/de/ask")
    follow_up = post(site, answer.text, "Und wie lange haben die Zeit?", "/leipzig/de/ask")
    assert "innerhalb eines Monats" in follow_up.text


def test_check_31_a_blocked_script_stops_nothing(open_page, site: str) -> None:
    page = open_page()
    page.route("**/chat.js*", lambda route: route.abort())
    page.goto(site + ENGLISH.path)
    ask(page, ENGLISH.question)
    assert page.title().startswith("See the data the city holds on me")


@pytest.mark.parametrize("body", ["{broken", "<p>a proxy's page</p>", "null"])
def test_check_31_a_broken_answer_is_asked_for_again(open_page, site: str, body: str) -> None:
    page = open_page(site + ENGLISH.path)

    def spoil(route) -> None:
        wants_json = "json" in route.request.headers["accept"]
        route.fulfill(body=body) if wants_json else route.continue_()

    page.route("**/ask", spoil)
    ask(page, ENGLISH.question)
    assert page.title().startswith("See the data the city holds on me")
    assert page.locator(".turn").count() == 1


def test_check_32_an_idle_page_is_quiet(open_page, site: str) -> None:
    for path in (ENGLISH.path, "/demo/leipzig"):
        page = open_page()
        page.clock.install()
        page.goto(site + path)
        page.wait_for_load_state("networkidle")  # the icon comes last
        before, heard = page.title(), []
        page.on("dialog", lambda dialog, heard=heard: heard.append(dialog.message))
        asked = len(page.asked)
        page.clock.fast_forward(60_000)
        page.clock.run_for(1_000)
        assert (page.title(), len(page.asked), heard) == (before, asked, [])
        assert page.locator("audio, video, dialog[open]").count() == 0


@pytest.mark.parametrize("place", PLACES, ids=IDS)
def test_check_33_help_is_at_the_same_place(open_page, site: str, place: Place) -> None:
    page = open_page()
    orders = set()
    for path in (*PATHS, "nothing-here"):
        page.goto(site + place.path + path)
        links = page.locator(".bottom a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        orders.add(tuple(links))
    assert len(orders) == 1
    assert next(iter(orders))[0] == f"{place.path}people"
    page.goto(f"{site}{place.path}people")
    assert page.locator(PEOPLE).count() >= 1


def test_check_33_the_city_is_not_asked_again(open_page, site: str) -> None:
    page = open_page()
    travel(page, site)
    assert "choose your city" not in page.content().lower()
    answer = post(site, get(site + ENGLISH.path), "I have moved to Helsinki")
    assert 'href="/helsinki/en/"' in answer.text


@pytest.mark.parametrize(("city", "language"), READY)
def test_check_34_cards_are_complete_and_in_order(library: Library, site: str, city: str, language: str) -> None:
    rights = [topic.id for topic in library.place(city).topics.values() if topic.rights]
    assert len(rights) > 20
    for name in rights:
        page = get(f"{site}/{city}/{language}/t/{name}")
        card = re.search(r'<article class="card".*</article>', page, re.S)
        assert card, name
        text = card[0]
        places = {
            "short": text.find('class="short"'), "steps": text.find('class="steps"'), "but": text.find('class="but"'),
            "right": text.find("eur-lex") if "eur-lex" in text else text.find('class="plain"'),
            "who": text.find('class="plain contacts"'), "checked": text.find("<time datetime="), "after": text.find('class="after"'),
        }  # fmt: skip
        found = [places[part] for part in ORDER]
        assert min(found) >= 0, (name, places)
        assert found == sorted(found), (name, places)
        short = re.search(r'class="short">(.*?)</p>', text, re.S)
        assert short and len(re.sub("<.*?>", "", short[1])) <= 330, name  # entities count more than their character
        assert re.search(r'href="(tel:|mailto:)', text), name


@pytest.mark.parametrize("place", PLACES[:4], ids=IDS[:4])
def test_check_34_the_end_of_a_card(open_page, site: str, place: Place) -> None:
    page = open_page(site + place.path)
    ask(page, place.question)
    card = page.locator(".card")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", card.locator("time").get_attribute("datetime"))
    report = card.locator(".after .checked a").get_attribute("href")
    assert re.match(r"mailto:[\w.+-]+@[\w.-]+\?subject=\S+$|https://|/\w+/\w+/people$", report)
    actions = card.locator(".actions > li")
    assert actions.count() == 3
    assert actions.nth(2).locator("a").get_attribute("href") == f"{place.path}t/data_access"
    actions.nth(0).locator("button").click()
    page.locator("#turn-2").wait_for()
    simple = page.locator("#turn-2 .short").inner_text()
    assert simple and simple != page.locator("#turn-1 .short").inner_text()
    assert page.locator("#turn-2 .actions button").count() == 0


def test_check_34_you_do_not_need_the_internet(open_page, site: str) -> None:
    page = open_page(f"{site}/leipzig/en/t/data_access")
    assert page.get_by_text("You do not need the internet.").count() == 1


def test_check_34_the_link_to_an_answer_shows_the_same_card(open_page, site: str) -> None:
    page = open_page(site + ENGLISH.path)
    ask(page, ENGLISH.question)
    steps = page.locator(".card .steps").inner_text()
    page.get_by_role("link", name="Link to this answer").click()
    page.locator("h1", has_text="See the data the city holds on me").wait_for()
    assert page.locator(".card .steps").inner_text() == steps


@pytest.mark.parametrize("place", PLACES, ids=IDS)
def test_check_35_unsure_first_then_people(open_page, site: str, place: Place) -> None:
    page = open_page(site + place.path)
    ask(page, place.unclear)
    offered = page.locator("#turn-1 .choices button").all_inner_texts()
    assert len(offered) == 4
    assert not [words for words in offered if words in page.locator("#turn-1 article").inner_text()]
    assert page.locator("#turn-1 .choices a[href$='/topics']").count() == 1
    ask(page, place.unclear)
    assert page.locator("#turn-2").locator(PEOPLE).count() >= 1
    page.goto(site + place.path)
    ask(page, place.unclear)
    page.locator("#turn-1 .choices button").last.click()
    page.locator("#turn-2").locator(PEOPLE).first.wait_for()


@pytest.mark.parametrize("place", PLACES, ids=IDS)
def test_check_35_danger_puts_the_number_first(open_page, site: str, place: Place) -> None:
    page = open_page(site + place.path)
    ask(page, place.danger)
    numbers = page.locator(".danger .dangers a").all_inner_texts()
    assert numbers
    first = page.locator(".danger a").first
    assert first.inner_text() in numbers
    assert first.get_attribute("href") == f"tel:{first.inner_text()}"
    assert first.evaluate("e => e.closest('h2') === e.closest('article').firstElementChild")


@pytest.mark.parametrize("place", PLACES, ids=IDS)
def test_check_35_out_of_our_field_names_the_city(open_page, site: str, place: Place) -> None:
    page = open_page(site + place.path)
    ask(page, place.strange)
    assert re.search(r"\d{2}|https://", page.locator("#turn-1 article").inner_text())
    assert page.locator("#turn-1 .choices a[href$='/topics']").count() == 1


@pytest.mark.parametrize("path", ["", "t/online_abuse"])
def test_a_quick_way_out(open_page, site: str, path: str) -> None:
    page = open_page(f"{site}/leipzig/en/privacy")
    page.goto(f"{site}/leipzig/en/{path}")
    if not path:
        ask(page, ENGLISH.danger)
        assert "danger" not in page.title()
    page.route("https://www.wikipedia.org/", lambda route: route.fulfill(body="elsewhere", content_type="text/html"))
    assert "stays in the history" in page.locator(".leave").inner_text()
    page.locator("[data-leave]").click()
    page.wait_for_url("https://www.wikipedia.org/")
    page.go_back()
    page.wait_for_url(f"{site}/leipzig/en/privacy")


def test_other_answers_have_no_quick_way_out(open_page, site: str) -> None:
    page = open_page(site + ENGLISH.path)
    ask(page, ENGLISH.question)
    assert page.locator(".card").count() == 1
    assert page.locator("[data-leave]").count() == 0


@pytest.mark.parametrize("place", PLACES, ids=IDS)
def test_check_36_a_lost_connection_keeps_the_question(open_page, site: str, place: Place) -> None:
    page = open_page(site + place.path)
    page.route("**/ask", lambda route: route.abort())
    page.fill("#question", place.question)
    page.click(".send")
    page.locator("#retry").wait_for()
    assert page.input_value("#question") == place.question
    assert page.locator("#status").inner_text()
    helper = page.locator("#failure a")
    assert helper.is_visible()
    assert re.match(r"tel:\+?\d+$" if place.city != "bordeaux" else ".*/people$", helper.get_attribute("href"))
    page.unroute("**/ask")
    page.click("#retry")
    page.locator(".turn").wait_for()
    assert page.locator("#retry").is_hidden()
    assert page.locator("#status").inner_text() == ""
    assert page.evaluate("document.activeElement.id") == "question"


def test_check_36_a_failed_choice_is_tried_again(open_page, site: str) -> None:
    page = open_page(site + ENGLISH.path)
    page.route("**/ask", lambda route: route.fulfill(status=500, body="{}"))
    page.get_by_role("button", name="See the data the city holds on me").click()
    page.locator("#retry").wait_for()
    page.unroute("**/ask")
    page.click("#retry")
    page.locator("#answer-1", has_text="See the data the city holds on me").wait_for()


def test_check_37_the_first_load_is_small(open_page, site: str) -> None:
    sizes = {}
    page = open_page()
    page.on("response", lambda response: sizes.update({response.url: len(gzip.compress(response.body()))}))
    page.goto(f"{site}/porto/pt/")
    page.wait_for_load_state("networkidle")
    assert 3 <= len(sizes) <= 5
    assert sum(sizes.values()) <= 20_000
    scripts = [size for url, size in sizes.items() if ".js" in url]
    assert len(scripts) == 1
    assert sum(scripts) <= 6_000


def test_a_form_sent_twice_is_answered_once(site: str) -> None:
    first = get(site + ENGLISH.path)
    once = post(site, first, ENGLISH.question)
    twice = post(site, first, "something else entirely")
    assert "something else" not in twice.text
    assert fields(once.text)["turn"] == fields(twice.text)["turn"] == "2"


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
        (b"payload=%2Fnonsense", "application/x-www-form-urlencoded", 422),
    ],
)
def test_odd_bodies_get_a_page_with_a_way_on(site: str, body: bytes, kind: str, status: int) -> None:
    answer = requests.post(f"{site}/leipzig/en/ask", data=body, headers={"Content-Type": kind}, timeout=20)
    assert answer.status_code == status
    assert title(answer.text) and "Traceback" not in answer.text
    assert 'href="/leipzig/en/' in answer.text


def test_the_accessibility_statement_says_what_was_not_tested(open_page, site: str) -> None:
    page = open_page(f"{site}/leipzig/en/accessibility")
    text = page.locator("main").inner_text()
    assert "have not tested it yet" in text
    assert page.locator("main a[href^='mailto:']").count() == 2


@pytest.mark.parametrize("path", [*PATHS, "nothing-here"])
def test_changing_the_language_keeps_the_page(open_page, site: str, path: str) -> None:
    page = open_page(f"{site}/leipzig/en/{path}")
    link = page.locator(".languages a[lang=de]").get_attribute("href")
    assert link == f"/leipzig/de/{path if path != 'nothing-here' else ''}"


def test_paper_shows_the_answer_and_its_addresses(open_page, site: str) -> None:
    page = open_page(site + ENGLISH.path)
    ask(page, ENGLISH.question)
    ask(page, "scam sms")
    page.evaluate("() => { window.print = () => { window.printed = document.body.className; }; }")
    page.locator(".turn").first.locator("[data-print]").click()
    assert "print-one" in page.evaluate("window.printed")
    page.get_by_role("button", name="Print", exact=True).click()
    assert "print-one" not in page.evaluate("window.printed")
    page.emulate_media(media="print")
    for selector in (".ask", ".bottom", ".languages", ".choices >> nth=0", ".after >> nth=0"):
        assert page.locator(selector).is_hidden(), selector
    assert page.locator(".card .steps").first.is_visible()
    shown = page.locator(".card a[href^='https']").first.evaluate("e => getComputedStyle(e, '::after').content")
    assert "https://" in shown


def test_a_city_has_its_own_colours_and_logo(open_page, site: str) -> None:
    for scheme, accent in (("light", "#7a1f5c"), ("dark", None)):
        page = open_page(f"{site}/porto/en/", color_scheme=scheme)
        shown = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent')").strip()
        ours = "#0b5a7a" if scheme == "light" else "#8cd0ee"
        assert shown != ours and (accent is None or shown == accent)
        assert page.locator(".brand img").evaluate("e => e.complete && e.naturalWidth > 0")


def test_colours_that_cannot_be_read_and_foreign_logos_are_left_out(open_page, site: str) -> None:
    page = open_page(f"{site}/ghent/en/", color_scheme="light")
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent')").strip() == "#0b5a7a"
    assert page.locator(".brand").inner_text() == "Ghent"
    assert page.locator("img").count() == 0
    assert "ffee00" not in requests.get(f"{site}/ghent/theme.css", timeout=20).text


@pytest.mark.parametrize("colour", ["#000000", "#7a1f5c", "#0000ff", "#006400", "#757575", "#c00000"])
def test_any_dark_colour_is_readable_in_both_schemes(colour: str) -> None:
    accents = re.findall(r"--accent: (#\w{6})", theme.stylesheet(Theme(primary=colour, logo=None)))
    assert len(accents) == 2
    assert contrast(accents[0], theme.LIGHT_PANEL) >= MINIMUM_CONTRAST
    assert contrast(accents[1], theme.DARK_PANEL) >= MINIMUM_CONTRAST
    assert contrast(accents[1], theme.DARK_BACK) >= MINIMUM_CONTRAST


def test_the_theme_counts_with_the_backgrounds_of_the_stylesheet() -> None:
    css = (Path(theme.__file__).parent / "static/style.css").read_text()
    for colour in (theme.LIGHT_PANEL, theme.DARK_PANEL, theme.DARK_BACK):
        assert colour in css
