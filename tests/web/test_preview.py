"""`rightsdesk preview` as a city team uses it: a real process, a real file that is edited, a real browser."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
import requests
from conftest import free_port
from violations import axe

ROOT = Path(__file__).resolve().parent.parent.parent
MODULES = """
import sys
from rightsdesk.cli import main
try:
    main()
finally:
    loaded = [name for name in ("rasa", "tensorflow", "sklearn", "sanic") if name in sys.modules]
    print("LOADED", loaded, flush=True)
"""


@dataclass
class Running:
    """A preview that runs, with the data folder that it shows."""

    address: str
    data: Path
    process: subprocess.Popen
    log: Path

    @property
    def file(self) -> Path:
        return self.data / "cities" / "leipzig.yml"

    def edit(self, old: str, new: str) -> None:
        text = self.file.read_text(encoding="utf-8")
        assert old in text
        self.file.write_text(text.replace(old, new, 1), encoding="utf-8")

    def page(self, path: str = "/preview/resident/en/data_access") -> str:
        answer = requests.get(f"{self.address}{path}", timeout=20)
        assert answer.status_code == 200, answer.text[:500]
        return answer.text

    def stop(self) -> str:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(15)
        return self.log.read_text()


def start(folder: Path, data: Path, city: str = "leipzig") -> Running:
    port = free_port()
    log = folder / "log.txt"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", MODULES, "preview", city, "--port", str(port)],
            cwd=ROOT, stdout=out, stderr=out,
            env={**os.environ, "RIGHTSDESK_TODAY": "2026-11-23", "RIGHTSDESK_DATA": str(data)},
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    for _ in range(240):
        assert process.poll() is None, log.read_text()
        try:
            assert requests.get(f"{address}/preview/", timeout=5).status_code == 200
            return Running(address, data, process, log)
        except requests.ConnectionError:
            time.sleep(0.25)
    pytest.fail(f"the preview was not ready in a minute:\n{log.read_text()}")


def copy_of_data(folder: Path) -> Path:
    data = folder / "data"
    shutil.copytree(ROOT / "data", data, ignore=shutil.ignore_patterns("fi", "fr", "es", "nl", "ko", "pt", "sv"))
    return data


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A preview that no test changes."""
    folder = tmp_path_factory.mktemp("preview")
    running = start(folder, copy_of_data(folder))
    yield running
    running.stop()


@pytest.fixture
def edited(tmp_path: Path) -> Iterator[Running]:
    """A preview of a file that the test edits."""
    running = start(tmp_path, copy_of_data(tmp_path))
    yield running
    running.stop()


def card(page: str) -> str:
    found = re.search(r'<article class="card".*?</article>', page, re.S)
    assert found, page[:2000]
    return found[0]


@pytest.mark.parametrize("look", ["resident", "phone", "dark", "print"])
def test_the_preview_card_is_the_live_card(shown: Running, site: str, look: str) -> None:
    for language, topic in (("de", "data_access"), ("en", "idrd_events"), ("fr", "cctv_public")):
        live = requests.get(f"{site}/leipzig/{language}/t/{topic}", timeout=20).text
        workbench = shown.page(f"/preview/{look}/{language}/{topic}")
        frame = re.search(r'<iframe[^>]* src="([^"]+)"', workbench)
        assert frame
        assert card(shown.page(frame[1]).replace(f"/look/{look}/", "/")) == card(live)


def test_neither_rasa_nor_tensorflow_is_loaded_and_no_file_is_written(tmp_path: Path) -> None:
    data = copy_of_data(tmp_path)
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in data.rglob("*") if path.is_file()}
    running = start(tmp_path, data, city=str(data / "cities" / "leipzig.yml"))
    answer = requests.post(
        f"{running.address}/preview/resident/en/data_access", data={"question": "wifi in the library"}, timeout=20
    )
    assert "shared words" not in answer.text and "gemeinsame Wörter" in answer.text
    log = running.stop()
    assert "LOADED ['sanic']" in log
    after = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in data.rglob("*") if path.is_file()}
    assert after == before and len(before) > 50


def test_topics_have_their_state_in_words_and_sign(shown: Running) -> None:
    page = shown.page()
    states = re.findall(r'class="state (\w+)"><span aria-hidden="true">(.)</span> ([^<]+)', page)
    assert len(states) >= 40
    assert {"complete"} <= {state for state, _, _ in states}
    assert all(sign in "●○✗–⏲?" and ": " in words for _, sign, words in states)


def test_an_edit_is_seen_and_announced_where_one_is_reading(edited: Running, browser) -> None:
    page = browser.new_page(viewport={"width": 1200, "height": 800}, reduced_motion="reduce")
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None)
    page.goto(f"{edited.address}/preview/resident/en/dpo_contact")
    frame = page.frame_locator("#frame")
    frame.get_by_text("0341 123-2247").first.wait_for()
    page.frames[1].evaluate("scrollTo(0, 150)")
    page.evaluate("document.querySelector('.pages').scrollTop = 300")
    page.locator("#pages a[aria-current=page]").focus()
    edited.edit("0341 123-2247", "0341 999-0000")
    frame.get_by_text("0341 999-0000").first.wait_for(timeout=15_000)
    page.locator("#status").get_by_text("Vorschau erneuert").wait_for()
    page.wait_for_function("() => frames[0].scrollY === 150")
    assert abs(page.evaluate("document.querySelector('.pages').scrollTop") - 300) < 50
    assert page.evaluate("document.activeElement.getAttribute('aria-current')") == "page"
    assert problems == []
    page.context.close()


def test_a_hidden_tab_waits_and_catches_up(edited: Running, browser) -> None:
    page = browser.new_page()
    page.goto(f"{edited.address}/preview/phone/en/dpo_contact")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/static/" not in request.url else None)
    show = """hidden => { Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange")); }"""
    page.evaluate(show, True)
    edited.edit("0341 123-2247", "0341 999-0000")
    page.wait_for_timeout(2500)
    assert asked == []
    page.evaluate(show, False)
    page.frame_locator("#frame").get_by_text("0341 999-0000").first.wait_for(timeout=15_000)
    page.context.close()


def test_a_preview_that_has_stopped_says_so(tmp_path: Path, browser) -> None:
    running = start(tmp_path, copy_of_data(tmp_path))
    page = browser.new_page()
    page.goto(f"{running.address}/preview/resident/en/data_access")
    running.stop()
    page.locator("#status").get_by_text("Die Vorschau antwortet nicht").wait_for(timeout=15_000)
    page.context.close()


def test_a_file_that_is_gone_is_explained(edited: Running) -> None:
    edited.file.rename(edited.file.with_suffix(".old"))
    time.sleep(1.5)
    page = edited.page("/preview/")
    assert "There is no city file “leipzig”" in page and "Traceback" not in edited.log.read_text()


def test_a_broken_file_is_explained_and_the_last_good_page_stays(edited: Running, browser) -> None:
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    page.goto(f"{edited.address}/preview/resident/en/data_access")
    number = edited.file.read_text(encoding="utf-8").split("\n").index("review:") + 1
    edited.edit("review:\n", "reviw:\n")
    page.locator("#checks .error").first.wait_for(timeout=15_000)
    checks = page.locator("#checks").inner_text()
    assert f"leipzig.yml, Zeile {number}" in checks and "Did you mean “review”?" in checks
    assert "letzte gute Fassung" in checks
    assert "Yes, you can get a copy" in page.frame_locator("#frame").locator(".card").inner_text()
    assert page.title().startswith("Fehler")
    edited.edit("reviw:\n", "review:\n")
    page.get_by_text("Keine Fehler").wait_for(timeout=15_000)
    page.context.close()


def test_a_file_that_was_never_good_gets_its_errors_and_then_its_pages(tmp_path: Path) -> None:
    data = copy_of_data(tmp_path)
    file = data / "cities" / "leipzig.yml"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("city:\n", "city: [\n", 1), encoding="utf-8")
    running = start(tmp_path, data)
    page = requests.get(f"{running.address}/preview/", timeout=20)
    assert page.status_code == 200
    assert "leipzig.yml" in page.text and "<iframe" not in page.text and 'class="error"' in page.text
    file.write_text(good, encoding="utf-8")
    for _ in range(100):
        if "<iframe" in requests.get(f"{running.address}/preview/", timeout=20).text:
            break
        time.sleep(0.1)
    else:
        pytest.fail("the mended file never appeared")
    assert "Traceback" not in running.stop()


def test_without_javascript_everything_is_reached(shown: Running, browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{shown.address}/preview/")
    for look in ("Druck", "Handybreite", "Dunkel", "Einfache Fassung"):
        page.get_by_role("link", name=look, exact=True).click()
        assert page.locator(".looks [aria-current]").inner_text() == look
        assert page.frame_locator("#frame").locator("h1").count() == 1
    page.get_by_role("link", name="Neu laden").click()
    page.fill("#question", "Welche Daten hat die Stadt über mich gespeichert?")
    page.get_by_role("button", name="Themen zeigen").click()
    first = page.locator(".matches li").first
    assert first.locator("a").inner_text() == "Welche Daten die Stadt über mich hat"
    assert "gespeichert" in first.inner_text()
    context.close()


def test_looks_look_different(shown: Running, browser) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 900}, color_scheme="light")

    def frame_of(look: str):
        page.goto(f"{shown.address}/preview/{look}/en/data_access")
        page.frame_locator("#frame").locator(".card").wait_for()
        return page.frames[1]

    back = "getComputedStyle(document.documentElement).backgroundColor"
    usual = frame_of("resident")
    assert usual.evaluate(back) == "rgb(255, 255, 255)" and usual.evaluate("innerWidth") > 600
    assert frame_of("dark").evaluate(back) == "rgb(20, 24, 28)"
    assert frame_of("phone").evaluate("innerWidth") <= 376
    printed = frame_of("print")
    assert printed.locator(".languages").is_hidden() and printed.locator(".card").is_visible()
    assert "Just ask. It costs nothing." in frame_of("simple").locator(".short").inner_text()
    page.context.close()


def test_the_chat_page_in_the_preview_answers_choices(shown: Running, browser) -> None:
    page = browser.new_page()
    page.goto(f"{shown.address}/leipzig/en/")
    page.get_by_role("button", name="See the data the city holds on me").click()
    page.locator(".turn").first.wait_for()
    page.get_by_role("button", name="How long does it take?").click()
    page.locator(".turn").nth(1).wait_for()
    assert "within one month" in page.locator(".turn").last.inner_text()
    page.fill("#question", "I want to see my file at the housing office")
    page.click(".send")
    page.locator(".turn").nth(2).wait_for()
    offered = page.locator(".turn").last.get_by_role("button")
    assert offered.first.inner_text() == "See the data the city holds on me"
    page.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "light"), (1280, "dark")])
def test_no_accessibility_violations(shown: Running, browser, width: int, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    for path in (
        "resident/de/data_access",
        "phone/en/start",
        "print/en/cctv_public",
        "dark/fr/people",
        "simple/de/scams",
    ):
        page.goto(f"{shown.address}/preview/{path}")
        assert axe(page, reload=True) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} scrolls sideways"
        assert page.evaluate("document.getAnimations().length") == 0
        levels = [int(level) for level in re.findall(r"<h([1-6])", page.content())]
        assert levels.count(1) == 1 and all(b - a <= 1 for a, b in pairwise(levels))
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize(
    "path",
    [
        "/preview/sideways/en/data_access", "/preview/resident/xx/data_access", "/preview/resident/en/nonsense",
        "/look/dark/helsinki/en/t/data_access", "/look/odd/leipzig/en/t/data_access", "/look/odd/style.css", "/look/dark/leipzig/en/t/nonsense",
    ],
)  # fmt: skip
def test_odd_addresses_get_a_page_with_a_way_on(shown: Running, path: str) -> None:
    answer = requests.get(f"{shown.address}{path}", timeout=20)
    assert answer.status_code == 404
    assert "<title>" in answer.text and "Traceback" not in answer.text and 'href="/leipzig/' in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_only_this_computer_is_served_and_wrong_use_is_explained(shown: Running) -> None:
    def preview(*arguments: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "-c", "from rightsdesk.cli import main; main()", "preview", *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    unknown = preview("leipzg")
    assert unknown.returncode == 2 and "Did you mean “leipzig”?" in unknown.stderr
    taken = preview("leipzig", "--port", shown.address.rpartition(":")[2])
    assert taken.returncode == 1 and "cannot be used" in taken.stderr and "Traceback" not in taken.stderr
