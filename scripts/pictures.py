"""Makes the pictures in docs/ from the running product: conversation, help desk, preview, phone, dark."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
SERVER = "http://127.0.0.1:5018"
PREVIEW = "http://127.0.0.1:5019"


def main() -> None:
    """Start the server, take its pictures, stop it; then the same with the preview."""
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, chromium_sandbox=False)
        with running(["serve", "--port", "5018"], f"{SERVER}/healthz"):
            for picture in (conversation, phone, dark, desk):
                picture(browser)
        with running(["preview", "leipzig", "--port", "5019"], f"{PREVIEW}/preview/"):
            preview(browser)
        browser.close()


def conversation(browser: Browser) -> None:
    """A question and its answer, for the README."""
    _ask(browser, "conversation.png", {"viewport": {"width": 860, "height": 1150}})


def phone(browser: Browser) -> None:
    """The same on a narrow phone."""
    _ask(browser, "phone.png", {"viewport": {"width": 320, "height": 700}})


def dark(browser: Browser) -> None:
    """The same in the dark."""
    _ask(browser, "dark.png", {"viewport": {"width": 860, "height": 900}, "color_scheme": "dark"})


def desk(browser: Browser) -> None:
    """A search at the help desk, and an answer in two languages."""
    page = browser.new_page(viewport={"width": 1000, "height": 640}, reduced_motion="reduce")
    page.goto(f"{SERVER}/desk/leipzig/en/")
    page.evaluate("window.rightsDesk.ready")
    page.fill("#search", "someone stole my bag in the tram, who has the film")
    page.get_by_text("Topics found").wait_for()
    page.screenshot(path=DOCS / "desk-search.png")
    page.set_viewport_size({"width": 1000, "height": 900})
    page.goto(f"{SERVER}/desk/leipzig/en/t/data_access?with=fr")
    page.screenshot(path=DOCS / "desk-answer.png")


def preview(browser: Browser) -> None:
    """What a city team sees while it writes."""
    page = browser.new_page(viewport={"width": 1200, "height": 800}, reduced_motion="reduce")
    page.goto(f"{PREVIEW}/preview/resident/en/data_access")
    page.frame_locator("iframe").locator(".card").wait_for()
    page.screenshot(path=DOCS / "preview.png")


def _ask(browser: Browser, name: str, options: dict) -> None:
    page = browser.new_page(reduced_motion="reduce", **options)
    page.goto(f"{SERVER}/leipzig/en/")
    page.fill("#question", "who films me in the tram")
    page.click(".send")
    page.locator(".turn").wait_for()
    page.evaluate("document.activeElement.blur(); document.querySelector('.turn').scrollIntoView()")
    page.screenshot(path=DOCS / name)


@contextmanager
def running(arguments: list[str], address: str) -> Iterator[None]:
    """Run a command of ours until an address answers, and stop it afterwards."""
    command = [sys.executable, "-c", "from rightsdesk.cli import main; main()", *arguments]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        _wait(lambda: requests.get(address, timeout=5).ok)
        yield
    finally:
        server.terminate()
        server.wait(20)


def _wait(answers: Callable[[], bool]) -> None:
    for _ in range(600):
        try:
            if answers():
                return
        except requests.RequestException:
            pass
        time.sleep(0.25)
    raise SystemExit("The server was not ready.")


if __name__ == "__main__":
    main()
