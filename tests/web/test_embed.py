"""The helper on a city's own website: checks 3, 11, 15, 23, 31 and 37 for the page around it, and `embed-code`."""

import gzip
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from journey import ENGLISH, ask
from test_checks_accessibility import FOCUSED
from violations import axe

ROOT = Path(__file__).resolve().parent.parent.parent


def embed_code(*arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-c", "from rightsdesk.cli import main; main()", "embed-code", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


@pytest.fixture
def host_page(site: str, host, open_page) -> Callable:
    """Open a city's page with a strict policy that carries one variant of the code, made by the command."""
    done = embed_code("leipzig", "--lang", "en", "--address", site)
    assert done.returncode == 0, done.stderr
    codes = re.findall(r"-->\n(.*?)\n\n", done.stdout, re.S)
    policies = re.findall(r"needs: (.*?) -->", done.stdout)
    assert len(codes) == 3 and len(policies) == 2

    def make(variant: int = 1, **options):
        allowed = f"; {policies[variant - 1]}" if variant else ""
        host.policy = f"default-src 'none'{allowed}; require-trusted-types-for 'script'; img-src 'self'"
        host.page = (
            '<!doctype html><html lang="en"><title>City</title><main><h1>City of Leipzig</h1>'
            f'{codes[variant]}<p><a href="#top" id="after">After</a></p></main></html>'
        )
        return open_page(host.address, **{"width": 1200, "height": 900, **options})

    return make


def opened(page):
    """Open the panel and return the page inside."""
    page.click("rights-desk a")
    page.frame_locator("rights-desk iframe").locator("#question").wait_for()
    return page.frames[1]


def focused(page) -> str:
    script = "() => { let e = document.activeElement; while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement; return e.tagName; }"
    return page.evaluate(script)


def test_check_03_nothing_loads_before_the_click(host_page, site: str, host) -> None:
    page = host_page()
    page.wait_for_load_state("networkidle")
    theirs = [request.url for request in page.asked if not request.url.startswith(host.address)]
    assert theirs == [f"{site}/embed.js"]
    inside = opened(page)
    inside.fill("#question", ENGLISH.question)
    inside.click(".send")
    inside.locator(".turn").wait_for()
    elsewhere = [url for url in (request.url for request in page.asked) if not url.startswith((host.address, site))]
    assert elsewhere == []
    assert page.context.cookies() == []
    assert [text for text in page.problems if "favicon" not in text and "404" not in text] == []


def test_check_11_the_host_cannot_read_the_frame(host_page) -> None:
    page = host_page()
    opened(page)
    read = "document.querySelector('rights-desk').shadowRoot.querySelector('iframe')"
    assert page.evaluate(f"{read}.contentDocument") is None
    assert "SecurityError" in page.evaluate(
        f"() => {{ try {{ return {read}.contentWindow.document.title; }} catch (error) {{ return error.name; }} }}"
    )


def test_check_11_other_hosts_are_refused(site: str) -> None:
    policy = requests.get(f"{site}/helsinki/fi/", timeout=20).headers["Content-Security-Policy"]
    assert "frame-ancestors 'self';" in policy


def test_check_23_the_panel_by_keyboard(host_page) -> None:
    page = host_page()
    link = page.locator("rights-desk a")
    assert link.get_attribute("aria-expanded") == "false"
    link.focus()
    page.keyboard.press("Enter")
    assert link.get_attribute("aria-expanded") == "true"
    assert focused(page) == "BUTTON"
    page.keyboard.press("Escape")
    assert link.get_attribute("aria-expanded") == "false"
    assert focused(page) == "A"
    inside = opened(page)
    inside.focus("#question")
    assert focused(page) == "IFRAME"
    page.keyboard.press("Escape")
    page.locator("rights-desk a[aria-expanded=false]").wait_for()
    assert focused(page) == "A"
    assert page.locator("rights-desk dialog").is_hidden()


def test_check_23_tab_leaves_the_panel(host_page) -> None:
    page = host_page()
    inside = opened(page)
    inside.locator(".bottom a").last.focus()
    page.keyboard.press("Tab")
    page.wait_for_function("() => document.activeElement.id === 'after'")


def test_check_23_only_our_page_may_close_it(host_page) -> None:
    page = host_page()
    opened(page)
    page.evaluate("postMessage('rights-desk:close', '*')")
    page.wait_for_timeout(300)
    assert page.locator("rights-desk a").get_attribute("aria-expanded") == "true"


def test_check_13_the_host_page_has_no_violations(host_page) -> None:
    page = host_page()
    assert axe(page) == []
    opened(page)
    assert axe(page) == []


def test_check_15_every_focused_element_in_the_panel_is_seen(host_page) -> None:
    page = host_page()
    inside = opened(page)
    for turn, text in enumerate((ENGLISH.question, ENGLISH.danger)):
        inside.fill("#question", text)
        inside.click(".send")
        inside.locator(".turn").nth(turn).wait_for()
    inside.evaluate("document.querySelector('.brand').focus()")
    stops = []
    while (stop := inside.evaluate(FOCUSED)) and len(stops) < 100:
        stops.append(stop)
        page.keyboard.press("Tab")
        if focused(page) != "IFRAME":
            break
    assert 25 < len(stops) < 100
    assert [stop["html"] for stop in stops if not stop["seen"]] == []


def test_a_small_screen_gets_the_page_itself(host_page, site: str) -> None:
    page = host_page(width=375, height=667)
    page.click("rights-desk a")
    page.wait_for_url(site + ENGLISH.path)
    ask(page, ENGLISH.question)


def test_check_30_and_31_the_link_works_without_scripts(host_page, site: str) -> None:
    page = host_page(java_script_enabled=False)
    page.click("rights-desk a")
    page.wait_for_url(site + ENGLISH.path)


@pytest.mark.parametrize("variant", [0, 2])
def test_a_bare_link_and_a_bare_frame(host_page, site: str, variant: int) -> None:
    page = host_page(variant)
    if variant:
        page.frame_locator("iframe").locator("#question").wait_for()
        assert page.locator("iframe").get_attribute("title") == "Ask about your digital rights"
    else:
        page.get_by_role("link", name="Ask about your digital rights").click()
        page.wait_for_url(site + ENGLISH.path)


def test_check_37_the_script_is_small_and_may_be_loaded_by_others(site: str) -> None:
    answer = requests.get(f"{site}/embed.js", timeout=20)
    assert 500 < len(gzip.compress(answer.content)) <= 3_000
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert requests.get(f"{site}/static/chat.js", timeout=20).headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "style=" not in answer.text and "innerHTML" not in answer.text


@pytest.mark.parametrize("language", ["", "en", "ar"])
def test_the_demo_page_opens_the_panel(open_page, site: str, language: str) -> None:
    page = open_page(f"{site}/demo/leipzig?lang={language}", width=1200, height=900)
    inside = opened(page)
    assert inside.url == f"{site}/leipzig/{language or 'de'}/"
    page.keyboard.press("Escape")
    assert page.locator("rights-desk a").get_attribute("aria-expanded") == "false"
    assert page.problems == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("leipzg",), "leipzig"), (("leipzig", "--lang", "xx"), "There is no language “xx”"), ((), "CITY")],
)
def test_embed_code_says_what_is_wrong(arguments: tuple[str, ...], said: str) -> None:
    done = embed_code(*arguments)
    assert done.returncode == 2
    assert said in done.stderr and "Traceback" not in done.stderr


def test_embed_code_speaks_the_language_of_the_page() -> None:
    german = embed_code("leipzig", "--address", "https://rights.example.org/")
    assert 'href="https://rights.example.org/leipzig/de/"' in german.stdout
    assert 'close="Schließen"' in german.stdout
    assert "embed_origins" in german.stderr and "--address" not in german.stderr
    assert "--address" in embed_code("leipzig").stderr
