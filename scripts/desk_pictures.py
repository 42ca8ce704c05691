"""Makes the two pictures of docs/desk-guide.md from the running product."""

import os
import subprocess
import sys

from playwright.sync_api import sync_playwright
from screenshot import ADDRESS, PORT, ROOT, wait_for_server


def main() -> None:
    """Start the server, search for one thing, open one answer, take the pictures, stop the server."""
    command = [sys.executable, "-c", "from rightsdesk.cli import main; main()", "serve", "--port", PORT]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_for_server()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), chromium_sandbox=False
            )
            page = browser.new_page(viewport={"width": 1000, "height": 640}, reduced_motion="reduce")
            page.goto(f"{ADDRESS}/desk/leipzig/en/")
            page.evaluate("window.rightsDesk.ready")
            page.fill("#search", "someone stole my bag in the tram, who has the film")
            page.get_by_text("Topics found").wait_for()
            page.screenshot(path=ROOT / "docs" / "desk-search.png")
            page.set_viewport_size({"width": 1000, "height": 900})
            page.goto(f"{ADDRESS}/desk/leipzig/en/t/data_access?with=fr")
            page.screenshot(path=ROOT / "docs" / "desk-answer.png")
            browser.close()
    finally:
        server.terminate()
        server.wait(10)


if __name__ == "__main__":
    main()
