"""The page on which a city team looks at its answers while it writes: pure rendering, no server."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from babel.numbers import format_percent

from rightsdesk.answers import buttons
from rightsdesk.answers.keywords import Match
from rightsdesk.knowledge.coverage import SIGNS, STATES, Cell
from rightsdesk.knowledge.excerpt import excerpt
from rightsdesk.knowledge.problems import Problem
from rightsdesk.web import pages
from rightsdesk.web.addresses import readdress
from rightsdesk.web.pages import PageLocale

LOOKS = ("resident", "desk", "print", "phone", "dark", "simple")
RESTYLED = {  # what a look changes in the stylesheet of the live pages
    "dark": ((r"\(prefers-color-scheme: dark\)", "all"),),
    "print": ((r"\(prefers-color-scheme: dark\)", "not all"), ("@media print", "@media all")),
    "simple": (),
}
OTHER_PAGES = {"start": "", **{name: name for name in ("topics", "people", "privacy", "accessibility")}}
DESK_PAGES = {"start": "", "topics": "#topics"}  # the others have no page of their own at the desk
MODEL_SHOWS = 3  # topics that the model holds likeliest
PAGE = re.compile(r"/[\w-]+/[\w-]+/(topics|people|privacy|accessibility|t/\w+)?")


@dataclass(frozen=True)
class Understood:
    """What the trained model makes of a question.

    Attributes:
        intent: what it would answer, `nlu_fallback` when unsure, `out_of_scope` when the question is not ours.
        order: all intents with their confidence, best first.
        current: whether it has learnt the example questions as they are now.
    """

    intent: str
    order: list[tuple[str, float]]
    current: bool


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
        understood: what the trained model makes of the question; None without question or model.
    """

    where: PageLocale
    look: str
    page: str
    version: str
    cells: list[Cell] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    question: str = ""
    matches: list[Match] = field(default_factory=list)
    understood: Understood | None = None


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
        model=_model(bench, team, bench.understood) if bench.understood else None,
        sources=list(_sources(bench)),
        change=bench.version,
    )


def link(look: str, language: str, page: str) -> str:
    """Return the path of the page that shows something in a look and a language."""
    return f"/preview/{look}/{language}/{page}"


def address(where: PageLocale, look: str, page: str) -> str:
    """Return the path of the page in the frame: a live page, or the same page in another look."""
    if look == "desk" and (page in DESK_PAGES or page not in OTHER_PAGES):
        return f"/desk/{where.city}/{where.language}/{DESK_PAGES.get(page, f't/{page}')}"
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


def _sources(bench: Bench) -> Iterator[dict[str, Any]]:
    """Show the lines that the answer is written in, those of the city's own file first."""
    where = bench.where
    topic = where.locality.topics.get(bench.page)
    if topic is None:
        return
    records = [record for part in where.composer.records(topic).values() for record in part]
    places = dict.fromkeys(record.origin for record in (*records, topic) if record.origin)
    languages = {where.language, where.composer.card(topic).language}
    broken = {problem.file for problem in bench.problems if problem.severity == "error"}
    for path, line in sorted(places, key=lambda place: place[0].parent.name != "cities"):
        name = f"{path.parent.name}/{path.name}"
        if path in broken or not path.is_file():
            yield {"file": name, "lines": []}
        else:
            yield {"file": name, "lines": excerpt(path, line or 1, languages)}


def _model(bench: Bench, team: PageLocale, understood: Understood) -> dict[str, Any]:
    """Say what the trained model would do with the question, and the three topics that it holds likeliest."""
    where, say = bench.where, team.wording.say
    known = [(intent, confidence) for intent, confidence in understood.order if intent != "out_of_scope"]
    decisions = {"nlu_fallback": "preview_model_ask", "out_of_scope": "preview_model_refuse"}
    title = _intent_title(where, understood.intent)
    return {
        "decision": say(decisions.get(understood.intent, "preview_model_answer"), title=title),
        "current": understood.current,
        "best": [
            {
                "title": _intent_title(where, intent),
                "link": _link_to(bench, intent),
                "confidence": format_percent(confidence, locale=team.wording.locale),
            }
            for intent, confidence in known[:MODEL_SHOWS]
        ],
    }


def _intent_title(where: PageLocale, intent: str) -> str:
    return buttons.title_of(intent, where.locality, where.wording) or intent


def _link_to(bench: Bench, intent: str) -> str:
    where = bench.where
    return link(bench.look, where.language, intent) if intent in where.locality.topics else ""


def _matched(bench: Bench, match: Match) -> dict[str, Any]:
    return {
        "title": _intent_title(bench.where, match.topic),
        "link": _link_to(bench, match.topic),
        "words": ", ".join(match.words),
        "example": match.example,
    }
