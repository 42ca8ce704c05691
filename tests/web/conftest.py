"""The real server in a process of its own, and a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
EVENT = """\
events:
  an-evening:
    edition: "2026"
    name: {es: Tarde sobre cámaras, en: Evening on cameras}
    start: 2026-12-10
    time: 18:00-20:30
    where: {es: Biblioteca, en: City library}
    source: bcn-library
    status: verified
    checked: 2026-11-21
    by: project content team
"""
FLAGS = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server") / "log.txt"


class Host(ThreadingHTTPServer):
    """Serves one page with one Content-Security-Policy, on an origin of its own."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), HostPage)
        self.address = f"http://localhost:{self.server_port}"
        self.page, self.policy = "", "default-src 'none'"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class HostPage(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", self.server.policy)
        self.end_headers()
        self.wfile.write(self.server.page.encode() if self.path == "/" else b"")

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def running(log: Path, **environment: str) -> Iterator[str]:
    """Run a server and give its address."""
    port = free_port()
    command = [sys.executable, "-c", "from rightsdesk.cli import main; main()", "serve", "--port", str(port)]
    with log.open("w") as out:
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=out,
            stderr=out,
            env={**os.environ, "RIGHTSDESK_TODAY": "2026-11-23", **environment},
        )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(720):
            assert server.poll() is None, log.read_text()
            try:
                if requests.get(f"{address}/healthz", timeout=2).status_code == 200:
                    break
            except requests.ConnectionError:
                pass
            time.sleep(0.25)
        else:
            pytest.fail(f"the server was not ready in three minutes:\n{log.read_text()}")
        yield address
    finally:
        server.terminate()
        assert server.wait(10) is not None


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    """Another site, as a city's website is to ours."""
    made = Host()
    yield made
    made.shutdown()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, host: Host) -> Path:
    """The real knowledge with a right-to-left pseudo-language, a city with colours, and a host that may embed."""
    data = tmp_path_factory.mktemp("prepared") / "data"
    data.mkdir()
    for path in (ROOT / "data").iterdir():
        if path.name not in ("ui", "cities", "logos"):
            (data / path.name).symlink_to(path)
    shutil.copytree(ROOT / "data/ui", data / "ui")
    shutil.copytree(ROOT / "data/cities", data / "cities")
    english = (data / "ui/en.yml").read_text(encoding="utf-8")
    (data / "ui/ar.yml").write_text(english.replace("language: en", "language: ar"), encoding="utf-8")
    (data / "logos").mkdir()
    (data / "logos/porto.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="28" height="28"/>')
    add_to(data / "cities/porto.yml", 'theme:\n  primary: "#7a1f5c"\n  logo: /logos/porto.svg\n')
    add_to(data / "cities/ghent.yml", 'theme:\n  primary: "#ffee00"\n  logo: https://elsewhere.example.org/logo.svg\n')
    add_to(data / "cities/barcelona.yml", EVENT)
    add_to(data / "cities/leipzig.yml", f"embed_origins: ['{host.address}']\n")
    return data


def add_to(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n" + text, encoding="utf-8")


@pytest.fixture(scope="session")
def site(model: Path, log: Path, prepared: Path) -> Iterator[str]:
    """The address of a running server."""
    with running(log, RIGHTSDESK_DATA=str(prepared)) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser):
    """Make pages that remember what they asked for and what went wrong."""
    contexts = []

    def make(path: str = "", width: int = 1000, height: int = 800, **options):
        context = browser.new_context(
            viewport={"width": width, "height": height}, **{"reduced_motion": "reduce", **options}
        )
        context.set_default_timeout(8_000)
        contexts.append(context)
        page = context.new_page()
        page.problems, page.asked = [], []
        page.on("console", lambda said: page.problems.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("request", lambda request: page.asked.append(request))
        if path:
            page.goto(path)
        return page

    yield make
    for context in contexts:
        context.close()
