"""Makes docs/conversation.png, the picture in the README, from the running product."""

import os
import subprocess
import sys
import time
from pathlib import Path

import requests
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PORT = "5018"
ADDRESS = f"http://127.0.0.1:{PORT}"


def main() -> None:
    """Start the server, ask one question, take the picture, stop the server."""
    command = [sys.executable, "-c", "from rightsdesk.cli import main; main()", "serve", "--port", PORT]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_for_server()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), chromium_sandbox=False
            )
            page = browser.new_page(viewport={"width": 860, "height": 1150}, reduced_motion="reduce")
            page.goto(f"{ADDRESS}/leipzig/en/")
            page.fill("#question", "who films me in the tram")
            page.click(".send")
            page.locator(".turn").wait_for()
            page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
            page.screenshot(path=ROOT / "docs" / "conversation.png")
            browser.close()
    finally:
        server.terminate()
        server.wait(10)


def wait_for_server() -> None:
    """Wait until questions can be answered."""
    for _ in range(600):
        try:
            if requests.get(f"{ADDRESS}/healthz", timeout=2).ok:
                return
        except requests.ConnectionError:
            pass
        time.sleep(0.25)
    raise SystemExit("The server was not ready.")


if __name__ == "__main__":
    main()
