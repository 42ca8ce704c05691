"""`rightsdesk check --links`: whether the addresses in the files still lead somewhere.

Polite: one request at a time and host, a pause between two, no page body is read. Runs outside the server.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import requests

from rightsdesk.knowledge.library import knowledge_files, read_file
from rightsdesk.knowledge.loader import Key, load
from rightsdesk.knowledge.problems import Problem
from rightsdesk.knowledge.walking import models

AGENT = "RightsDesk-link-check/1 (checks that public addresses in a city's file still work)"
SECONDS = 15
PAUSE = 1.0
HOSTS_AT_ONCE = 8
REFUSES_ROBOTS = (401, 403, 405, 429, 501, 503)  # says nothing about the page for a person
MOVED = (301, 308)


@dataclass(frozen=True)
class Address:
    """One address and the place where it is written."""

    url: str
    path: Path
    key: Key


def addresses(data: Path, paths: list[Path] | None = None) -> list[Address]:
    """List every web address of the knowledge files.

    Args:
        data: the data folder.
        paths: only these files; all when None.
    """
    found = []
    for path in paths if paths is not None else knowledge_files(data):
        model, _ = read_file(path)
        for key, node in models(model):
            for field in ("url", "form"):
                if url := getattr(node, field, None):
                    found.append(Address(url, path, (*key, field)))
    return found


def check_links(
    found: list[Address], pause: float = PAUSE, progress: Callable[[int], object] | None = None
) -> list[Problem]:
    """Ask each address once whether it still works.

    Args:
        found: what `addresses` returned.
        pause: seconds between two requests to one host.
        progress: called with the number of addresses done, after each host.

    Returns:
        Warnings for dead and moved addresses; one warning alone when there is no way to the internet.
    """
    by_host: dict[str, list[str]] = {}
    for url in dict.fromkeys(address.url for address in found):
        by_host.setdefault(urlsplit(url).netloc, []).append(url)
    verdicts: dict[str, str] = {}
    reached = False
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        for answers in pool.map(lambda urls: list(_ask_host(urls, pause)), by_host.values()):
            verdicts.update({url: verdict for url, verdict, _ in answers if verdict})
            reached = reached or any(answered for _, _, answered in answers)
            if progress:
                progress(len(answers))
    if found and not reached:
        return [Problem(found[0].path.parent, None, "No address can be reached. Is this machine online?", "warning")]
    return [
        Problem(
            address.path, load(address.path).line(address.key), f"{address.url}: {verdicts[address.url]}", "warning"
        )
        for address in found
        if address.url in verdicts
    ]


def _ask_host(urls: list[str], pause: float) -> Iterator[tuple[str, str, bool]]:
    """Yield each address with a complaint (or an empty text) and whether the host answered."""
    with requests.Session() as session:
        session.headers["User-Agent"] = AGENT
        for number, url in enumerate(urls):
            if number:
                time.sleep(pause)
            yield (url, *_ask(session, url))


def _ask(session: requests.Session, url: str) -> tuple[str, bool]:
    try:
        answer = session.head(url, timeout=SECONDS, allow_redirects=False)
        if answer.status_code in (404, *REFUSES_ROBOTS):  # some servers know no HEAD
            answer = session.get(url, timeout=SECONDS, allow_redirects=False, stream=True)
            answer.close()
    except requests.RequestException as error:
        return f"does not answer ({type(error).__name__}). Find the page again, or remove the line.", False
    if answer.status_code in REFUSES_ROBOTS or answer.ok:
        if answer.status_code in MOVED:
            return f"has moved to {answer.headers.get('location', '?')}. Read it there and change the address.", True
        return "", True
    return f"answers {answer.status_code}. Find the page again, or remove the line.", True
