"""The page on which a city team looks at its answers while it writes: pure rendering, no server."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rightsdesk.answers import buttons
from rightsdesk.answers.keywords import Match
from rightsdesk.knowledge.coverage import SIGNS, STATES, Cell
from rightsdesk.knowledge.problems import Problem
from rightsdesk.web import pages
from rightsdesk.web.addresses import readdress
from rightsdesk.web.pages import PageLocale

LOOKS = ("resident", "print", "phone", "dark", "simple")
RESTYLED = {  # what a look changes in the stylesheet of the live pages
    "dark": ((r"\(prefers-color-scheme: dark\)", "all"),),
    "print": ((r"\(prefers-color-scheme: dark\)", "not all"), ("@media print", "@media all")),
    "simple": (),
}
OTHER_PAGES = {"start": "", **{name: name for name in ("topics", "people", "privacy", "accessibility")}}
PAGE = re.compile(r"/[\w-]+/[\w-]+/(topics|people|privacy|accessibility|t/\w+)?")


@dataclass(frozen=True)
class Bench:
    """What the page shows.

    Attributes:
        where: the city, and the language of the page that is looked at.
        look: one of `LOOKS`.
        page: a topic id, or one of `OTHER_PAGES`.
        version: changes with every change of the files.
        cells: the state of each answer.
        problems: what is wrong in the files.
        question: what a resident would ask, with the topics that match it.
    """

    where: PageLocale
    look: str
    page: str
    version: str
    cells: list[Cell] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    question: str = ""
    matches: list[Match] = field(default_factory=list)


def workbench(bench: Bench) -> str:
    """Render the page; its own words are in the language of the city."""
    where = bench.where
    team = PageLocale(where.library, where.city, where.locality.default_language, where.today)
    return pages.render(
        "workbench.html",
        team,
        name=_name(bench),
        shown=where.language,
        look=bench.look,
        looks=[(look, link(look, where.language, bench.page)) for look in LOOKS],
        versions=[
            (code, pages.own_name(code), link(bench.look, code, bench.page))
            for code in pages.page_languages(where.library, where.city)
        ],
        page=bench.page,
        page_name=_title(where, team, bench.page),
        frame=address(where, bench.look, bench.page) if where.locality.head else "",
        groups=list(_groups(bench, team)),
        errors=[_row(problem) for problem in bench.problems if problem.severity == "error"],
        warnings=[_row(problem) for problem in bench.problems if problem.severity == "warning"],
        question=bench.question,
        matches=[_matched(bench, match) for match in bench.matches],
        change=bench.version,
    )


def link(look: str, language: str, page: str) -> str:
    """Return the path of the page that shows something in a look and a language."""
    return f"/preview/{look}/{language}/{page}"


def address(where: PageLocale, look: str, page: str) -> str:
    """Return the path of the page in the frame: a live page, or the same page in another look."""
    live = f"/{where.city}/{where.language}/{OTHER_PAGES.get(page, f't/{page}')}"
    return f"/look/{look}{live}" if look in RESTYLED else live


def restyled(page: str, look: str) -> str:
    """Let a live page use the stylesheet of a look, and lead to pages in the same look."""

    def change(path: str) -> str:
        if path.startswith("/static/style.css"):
            return f"/look/{look}/style.css"
        return f"/look/{look}{path}" if PAGE.fullmatch(path) else path

    return readdress(page, change)


def stylesheet(look: str) -> str:
    """Return the stylesheet of the live pages as it holds in a look, whatever the screen."""
    css = (pages.STATIC / "style.css").read_text(encoding="utf-8")
    for pattern, instead in RESTYLED[look]:
        css = re.sub(pattern, instead, css)
    scheme = {"dark": "dark", "print": "light"}.get(look, "light dark")
    return f"{css}\n:root {{ color-scheme: {scheme}; }}\n"


def _name(bench: Bench) -> str:
    head = bench.where.locality.head
    return bench.where.wording.pick(head.name) if head else bench.where.city


def _title(where: PageLocale, team: PageLocale, page: str) -> str:
    if page in OTHER_PAGES:
        keys = {"start": "preview_start", "topics": "all_topics", "people": "talk_to_a_person"}
        return team.wording.say(keys.get(page, page))
    return buttons.title_of(page, where.locality, where.wording) or page


def _groups(bench: Bench, team: PageLocale) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    """List the pages: those without a topic, then the topics with the state of each language."""
    others = [{"page": page, "title": _title(bench.where, team, page), "states": []} for page in OTHER_PAGES]
    if bench.where.locality.head:
        yield team.wording.say("preview_nav_pages"), [_linked(bench, row, team.language) for row in others]
    for group, topics in pages.grouped(bench.where.locality, without=pages.CONVERSATION_TOPICS).items():
        rows = [
            {"page": topic.id, "title": _title(bench.where, team, topic.id), "states": _states(bench.cells, topic.id)}
            for topic in topics
        ]
        if bench.where.locality.head:
            yield team.wording.say(f"group_{group}"), [_linked(bench, row, bench.where.language) for row in rows]


def _linked(bench: Bench, row: dict[str, Any], language: str) -> dict[str, Any]:
    return {**row, "language": language, "link": link(bench.look, bench.where.language, str(row["page"]))}


def _states(cells: list[Cell], topic: str) -> list[dict[str, Any]]:
    """Gather the languages of a topic by state, the best state first, with the reasons."""
    mine = [cell for cell in cells if cell.topic == topic]
    found = [(state, [cell for cell in mine if cell.state == state]) for state in STATES]
    return [
        {
            "state": state,
            "sign": SIGNS[state],
            "languages": ", ".join(cell.language for cell in same),
            "why": "; ".join(dict.fromkeys(cell.why for cell in same if cell.why)),
        }
        for state, same in found
        if same
    ]


def _row(problem: Problem) -> dict[str, Any]:
    return {"file": problem.file.name, "line": problem.line, "text": problem.text}


def _matched(bench: Bench, match: Match) -> dict[str, Any]:
    where = bench.where
    title = buttons.title_of(match.topic, where.locality, where.wording) or match.topic
    known = match.topic in where.locality.topics
    return {
        "title": title,
        "link": link(bench.look, where.language, match.topic) if known else "",
        "words": ", ".join(match.words),
        "example": match.example,
    }
