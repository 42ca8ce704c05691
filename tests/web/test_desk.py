"""The help desk of library staff in a real browser and over plain HTTP."""

import gzip
import html
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
import requests
from qr import read
from violations import axe

ROOT = Path(__file__).resolve().parent.parent.parent
CITIES = {
    "de": "leipzig", "en": "glasgow", "es": "barcelona", "fi": "helsinki", "fr": "bordeaux", "ko": "seoul",
    "nl": "ghent", "pt": "porto", "sv": "helsinki",
}  # fmt: skip
BAR = 0.95
CENTIMETRE = 96 / 2.54
HEAVY = [
    ("leipzig", "de", "cctv_public"), ("leipzig", "de", "algorithm_register"), ("leipzig", "de", "online_abuse"),
    ("leipzig", "de", "participation"), ("bordeaux", "fr", "offline_alternative"), ("helsinki", "fi", "children_data"),
]  # fmt: skip


@pytest.fixture
def page(browser):
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1100, "height": 800})
    made = context.new_page()
    made.problems = []
    made.on("console", lambda said: made.problems.append(said.text) if said.type in ("error", "warning") else None)
    made.on("pageerror", lambda error: made.problems.append(str(error)))
    yield made
    assert made.problems == []
    assert context.cookies() == []
    context.close()


def open_desk(page, address: str) -> None:
    page.goto(address)
    page.evaluate("window.rightsDesk.ready")


def golden(language: str) -> list[dict[str, str]]:
    topics = {path.stem for path in (ROOT / "data" / "topics").glob("*.yml")}
    lines = (ROOT / "tests" / "golden" / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [question for question in map(json.loads, lines) if question["topic"] in topics]
    assert len(topics) >= 44 and len(questions) > 100
    return questions


def hits(body: str) -> list[str]:
    listed = re.search(r'<ol class="hits" id="hits">(.*?)</ol>', body, re.S)
    assert listed
    return re.findall(r'/t/(\w+)"', listed[1])


@pytest.mark.parametrize("language", CITIES)
def test_golden_questions_find_their_topic_among_the_first_five(page, site: str, language: str) -> None:
    address = f"{site}/desk/{CITIES[language]}/{language}/"
    open_desk(page, address)
    questions = golden(language)
    found = page.evaluate(
        "texts => texts.map(text => window.rightsDesk.found(text))", [item["text"] for item in questions]
    )
    right = sum(item["topic"] in topics[:5] for item, topics in zip(questions, found, strict=True))
    assert right / len(questions) >= BAR, f"{right} of {len(questions)}"
    for item, topics in list(zip(questions, found, strict=True))[::8]:  # the server's own search says the same
        answer = requests.post(address, data={"search": item["text"]}, timeout=20)
        assert hits(answer.text) == topics, item["text"]


@pytest.mark.parametrize("language", CITIES)
def test_the_index_is_small(site: str, language: str) -> None:
    answer = requests.get(f"{site}/desk/{CITIES[language]}/{language}/index.json", timeout=20)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert 20_000 < len(gzip.compress(answer.content)) <= 64_000
    assert {"titles", "start", "words", "weights"} == set(answer.json())


def test_typing_filters_without_a_request_and_tells_the_count(page, site: str) -> None:
    open_desk(page, f"{site}/desk/leipzig/en/")
    assert page.evaluate("document.activeElement.id") == "search"
    assert page.locator("#topics a").count() == 45  # 44 shared ones and the Leipzig app
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.type("they film me in the tram")
    assert page.locator("#hits a").first.inner_text() == "Cameras in streets, trams and public buildings"
    assert page.locator("#topics").is_hidden()
    page.wait_for_function("() => document.getElementById('count').textContent.startsWith('Topics found: ')")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('#hits') !== null")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.get_by_role("link", name="Start fresh").click()
    assert page.input_value("#search") == "" and page.locator("#count").inner_text() == ""
    assert page.locator("#topics").is_visible() and page.locator("#found").is_hidden()
    assert asked == []
    assert page.url.endswith("/desk/leipzig/en/")
    page.fill("#search", "a")
    page.fill("#search", "renew my passport")
    assert page.locator("tr[data-words]:visible").all_inner_texts() != []
    assert "passports" in page.locator("tr[data-words]:visible").first.inner_text()
    page.keyboard.press("Control+a")
    page.keyboard.type("qqqqqq")
    page.get_by_text("No topic found").wait_for()
    assert page.locator("#topics").is_visible()


def test_without_its_index_titles_are_still_found(browser, site: str) -> None:
    page = browser.new_page()
    page.route("**/index.json", lambda route: route.abort())
    page.goto(f"{site}/desk/leipzig/en/")
    page.fill("#search", "came")
    assert "Cameras in streets, trams and public buildings" in page.locator("#hits a").all_inner_texts()
    page.close()


def test_without_javascript(browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/desk/leipzig/de/")
    assert (
        page.locator("#topics h2").count() == 6 and page.locator("#topics a").count() == 45
    )  # 44 shared ones and the Leipzig app
    page.fill("#search", "wer filmt mich in der straßenbahn")
    page.click(".send")
    assert page.url.endswith("/desk/leipzig/de/")
    assert page.input_value("#search") == "wer filmt mich in der straßenbahn"
    assert page.locator("[role=status]").inner_text().startswith("Gefundene Themen: ")
    page.locator("#hits a").first.click()
    assert page.url.endswith("/desk/leipzig/de/t/cctv_public")
    page.get_by_role("link", name="Drucken").click()
    assert "Strg" in page.locator(".tools").inner_text() and page.locator(".staff").count() == 0
    page.get_by_role("link", name="Zurück zur Arbeitsseite").click()
    assert page.get_by_role("button", name="Text kopieren").count() == 0
    page.get_by_label("Zweite Sprache").select_option("fr")
    page.get_by_role("button", name="Zeigen").click()
    assert page.locator("article.card").count() == 2
    context.close()


def test_city_and_language_keep_the_topic_and_its_view(page, site: str) -> None:
    page.goto(f"{site}/desk/leipzig/de/t/scams?simple=yes&with=fr")
    page.locator("select[name=city]").select_option("helsinki")
    page.locator("select[name=lang]").select_option("fi")
    page.get_by_role("button", name="Wechseln").click()
    assert page.url == f"{site}/desk/helsinki/fi/t/scams?simple=yes&with=fr"
    assert page.locator("html").get_attribute("lang") == "fi"
    assert "Helsin" in page.locator(".brand").inner_text()


def test_the_choice_of_a_city(site: str) -> None:
    for path in ("/desk", "/desk/"):
        answer = requests.get(f"{site}{path}", timeout=20)
        assert answer.status_code == 200
        assert 'href="/desk/leipzig/en/"' in answer.text and 'href="/desk/seoul/en/"' in answer.text
    assert 'href="/desk/leipzig/de/"' in requests.get(f"{site}/desk/?lang=de", timeout=20).text


@pytest.mark.parametrize(
    ("path", "way_on"),
    [
        ("/desk/leipzig/de/t/nonsense", 'href="/desk/leipzig/de/"'),
        ("/desk/atlantis/en/", 'href="/leipzig/en/"'),
        ("/desk/leipzig/xx/", 'href="/leipzig/'),
        ("/desk/?city=leipzig&lang=de&topic=../x", 'href="/leipzig/'),
    ],
)
def test_what_is_not_there_gets_a_page_with_a_way_on(site: str, path: str, way_on: str) -> None:
    answer = requests.get(f"{site}{path}", timeout=20)
    assert answer.status_code == 404
    assert way_on in answer.text and "Traceback" not in answer.text


def test_staff_see_what_they_must_not_promise(page, site: str) -> None:
    page.goto(f"{site}/desk/leipzig/en/t/cctv_footage")
    staff = page.locator(".staff").inner_text()
    assert "Do not promise that the film still exists." in staff  # the city's own note
    assert "You give information, not legal advice." in staff
    assert "Last checked on " in staff and "Referat Digitale Stadt" in staff
    report = page.get_by_role("link", name="Report a mistake").get_attribute("href")
    assert report and (report.startswith("mailto:") or report == "/leipzig/en/people")


def test_simple_version_and_two_languages(page, site: str) -> None:
    page.goto(f"{site}/desk/leipzig/de/t/cctv_public")
    whole = page.locator("article.card .short").inner_text()
    page.get_by_role("link", name="Einfache Fassung").click()
    simple = page.locator("article.card .short").inner_text()
    assert simple != whole and "Ein Schild soll das sagen." in simple
    page.get_by_label("Zweite Sprache").select_option("fr")
    page.get_by_role("button", name="Zeigen").click()
    cards = page.locator("article.card")
    assert [cards.nth(number).get_attribute("lang") for number in (0, 1)] == ["de", "fr"]
    assert "Un panneau devrait le dire." in cards.nth(1).inner_text()
    boxes = [cards.nth(number).bounding_box() for number in (0, 1)]
    assert boxes[0]["y"] == boxes[1]["y"] and boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]
    assert page.locator(".handout .address").inner_text() == f"{site}/leipzig/fr/t/cctv_public"


def test_copying_and_the_topics_beside(page, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page.goto(f"{site}/desk/leipzig/en/t/cctv_public")
    page.get_by_role("button", name="Copy text").click()
    page.get_by_text("The text is copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Cameras in streets") and copied.endswith(f"{site}/leipzig/en/t/cctv_public")
    page.locator("[rel=next]").click()
    assert page.url.endswith("/t/city_sensors")
    page.locator("[rel=prev]").click()
    assert page.url.endswith("/t/cctv_public")


@pytest.mark.parametrize(
    "path", ["/desk/leipzig/de/t/cctv_public", "/desk/the-hague/nl/t/automated_decision?show=code"]
)
def test_the_code_leads_to_the_residents_page(browser, site: str, path: str) -> None:
    context = browser.new_context(device_scale_factor=4)  # as sharp as paper
    page = context.new_page()
    page.goto(f"{site}{path}")
    address = read(page.locator(".qr").screenshot())
    assert address == f"{site}{path.removeprefix('/desk').partition('?')[0]}"
    shown = requests.get(address, timeout=20)
    assert shown.status_code == 200
    title = page.locator("h1").inner_text()
    assert f">{html.escape(title, quote=False)}</h1>" in shown.text
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sheet_shows_what_paper_needs(browser, site: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 688, "height": 1000})
    page = context.new_page()
    page.goto(f"{site}/desk/leipzig/en/t/data_access")
    page.emulate_media(media="print", color_scheme=scheme)
    for control in (".top", ".tools", ".staff", ".neighbours", ".copy", ".bottom"):
        assert page.locator(control).count() == 1 and page.locator(control).is_hidden(), control
    sheet = page.locator(".sheet").inner_text()
    assert sheet.startswith("Leipzig") and "Last checked on " in sheet and "Printed on 23 November 2026." in sheet
    assert "City of Leipzig: 0341 123-0" in sheet and f"{site}/leipzig/en/t/data_access" in sheet
    assert page.locator(".letterhead").evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    code = page.locator(".qr")
    modules = float(code.get_attribute("viewBox").split()[2])
    assert code.bounding_box()["width"] * (modules - 8) / modules >= 3 * CENTIMETRE
    outside = page.locator(".card a[href^='https']")
    assert outside.count() > 0
    assert "https://" in outside.first.evaluate("e => getComputedStyle(e, '::after').content")
    context.close()


@pytest.mark.parametrize(("city", "language", "topic"), HEAVY)
def test_a_sheet_is_one_tagged_page(page, site: str, city: str, language: str, topic: str) -> None:
    page.goto(f"{site}/desk/{city}/{language}/t/{topic}")
    printed = page.pdf(prefer_css_page_size=True, tagged=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    assert b"/StructTreeRoot" in printed
    assert re.search(rb"/MediaBox \[0 0 59[45][.\d]* 84[12]", printed), "not A4"


def test_large_print_has_large_letters(page, site: str) -> None:
    page.goto(f"{site}/desk/leipzig/en/t/scams?print=large")
    page.emulate_media(media="print")
    sizes = page.evaluate(
        "[...document.querySelectorAll('.card :is(p, li, a)')].map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert len(sizes) > 10 and min(sizes) >= 23.9  # 18 pt


@pytest.mark.parametrize("look", ["light", "dark", "contrast", "forced"])
def test_no_accessibility_violations(browser, site: str, look: str) -> None:
    context = browser.new_context(
        color_scheme="dark" if look == "dark" else "light",
        contrast="more" if look == "contrast" else None,
        forced_colors="active" if look == "forced" else None,
        viewport={"width": 320, "height": 640},
    )
    page = context.new_page()
    paths = (
        "/",
        "/t/cctv_public",
        "/t/cctv_public?with=fr&simple=yes",
        "/t/scams?print=large",
        "/t/scams?show=code",
        "/t/x",
    )
    for path in paths:
        page.goto(f"{site}/desk/leipzig/de{path}")
        assert axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} scrolls sideways"
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(e => Number(e.tagName[1]))")
        assert levels.count(1) == 1, path
        assert all(after - before <= 1 for before, after in pairwise(levels)), path
    page.goto(f"{site}/desk/leipzig/de/")
    page.evaluate("window.rightsDesk.ready")
    page.fill("#search", "kamera")
    assert page.locator("#hits a").count() >= 3
    assert axe(page) == []
    context.close()


def test_controls_are_large_and_focus_is_seen(page, site: str) -> None:
    for path in ("/", "/t/cctv_public"):
        page.goto(f"{site}/desk/leipzig/en{path}")
        low = page.evaluate(
            """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, .choice')]
            .filter(e => e.getClientRects().length && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"""
        )
        assert low == []
        page.evaluate("document.activeElement.blur()")
        stops = 0
        for _ in range(120):
            page.keyboard.press("Tab")
            width = page.evaluate(
                "() => document.activeElement === document.body ? null : parseFloat(getComputedStyle(document.activeElement).outlineWidth)"
            )
            if width is None:
                break
            stops += 1
            assert width >= 2, page.evaluate("document.activeElement.outerHTML")
        assert stops > 20


def test_what_is_searched_for_is_in_no_address_and_no_log(site: str, log: Path) -> None:
    answer = requests.post(f"{site}/desk/leipzig/en/", data={"search": "zebracrossing <b>camera"}, timeout=20)
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    assert "zebracrossing &lt;b&gt;camera" in answer.text and "<b>camera" not in answer.text
    assert "zebracrossing" not in answer.url and "zebracrossing" not in log.read_text()
    for odd in ({}, {"search": ""}, {"search": "x" * 30_000}):
        assert requests.post(f"{site}/desk/leipzig/en/", data=odd, timeout=20).status_code == 200
