"""The server of `rightsdesk preview`: the live pages of one city, and beside them the workbench. Imports no Rasa."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from sanic import Sanic
from sanic.exceptions import SanicException, ServiceUnavailable
from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse, html, json, redirect, text

from rightsdesk.answers import buttons
from rightsdesk.answers.dialogue import Dialogue, State, Turn
from rightsdesk.answers.keywords import Match
from rightsdesk.answers.question import Question
from rightsdesk.knowledge.check import check_data
from rightsdesk.knowledge.coverage import Cell, coverage
from rightsdesk.knowledge.library import Library, Shelf
from rightsdesk.knowledge.problems import Problem
from rightsdesk.privacy.ids import IdMaker
from rightsdesk.web import pages, workbench
from rightsdesk.web.app import Site
from rightsdesk.web.desk_routes import Desk
from rightsdesk.web.pages import PageLocale
from rightsdesk.web.workbench import LOOKS, OTHER_PAGES, RESTYLED, Bench, Understood

EVERY = 0.5  # seconds between two looks at the files
PATIENCE = 25.0  # seconds for which a page waits for a change before it asks anew
Understander = Callable[[str, str, str], Understood | None]  # city, language, question
Matcher = Callable[[Library, str, str, str], Iterable[Match]]  # knowledge, city, language, question


class ByWords:
    """Answers the chat page of the preview: choices as they are, typed questions with the topics that share words."""

    ready = True

    def __init__(self, preview: Preview) -> None:
        """Answer from what a preview shows."""
        self._preview = preview

    async def reply(self, question: Question) -> dict[str, Any]:
        """Answer a choice, or ask back which of the nearest topics is meant."""
        where = self._preview.where(question.language or "")
        intent, values = buttons.parse(question.payload) or ("nlu_fallback", {})
        matches = self._preview.matches(where, question.text) if question.text else []
        turn = Turn(
            question.payload or question.text,
            intent,
            candidates=tuple((match.topic, 0.0) for match in matches),
            values=values,
            page_city=where.city,
            page_language=where.language,
            fixed_city=True,
        )
        reply, _ = Dialogue(where.library, where.today).respond(turn, State())
        return reply.as_dict()

    async def forget(self, conversation: str) -> bool:
        """Nothing is remembered."""
        return True


class Preview:
    """The workbench of one city."""

    def __init__(
        self, data: Path, city: str, match: Matcher, understand: Understander, today: Callable[[], date]
    ) -> None:
        """Read the knowledge.

        Args:
            data: the data folder; only read.
            city: the id of a city that has a file; the file may have errors.
            match: finds the topics that a question in a language may mean.
            understand: what the trained model makes of a question; None where there is no model.
            today: the day to look from.
        """
        self.city = city
        self.today = today
        self._match = match
        self._understand = understand
        self._shelf = Shelf(data, every=EVERY)
        self._seen = self._shelf.library()
        self._start = secrets.token_hex(4)
        self._changes = 0
        self._looked: tuple[Library, list[Problem], list[Cell]] | None = None

    def add_to(self, app: Sanic) -> None:
        """Register the workbench, and the live pages that it shows."""
        app.register_middleware(self.allow_frames, "response")  # runs after the headers of the live pages are set
        Site(self._shelf, lambda: ByWords(self), IdMaker(), self.today).add_to(app)
        Desk(self._shelf, lambda city, language: None, self.today).add_to(app)
        app.add_route(self.begin, "/preview/", methods=("GET", "HEAD"), name="begin", strict_slashes=True)
        app.add_route(self.changed, "/preview/changes", name="changed")
        app.add_route(self.show, "/preview/<look>/<language>/<page>", methods=("GET", "POST"), name="show")
        app.add_route(self.stylesheet, "/look/<look>/style.css", name="stylesheet")
        app.add_route(self.look, "/look/<look>/<city>/<language>/<path:path>", name="look")
        app.error_handler.add(ServiceUnavailable, self.left)
        app.add_task(self.watch())

    def where(self, language: str = "") -> PageLocale:
        """Return the city as the files say now, in a language (default: the city's first)."""
        self._take_over()
        place = self._seen.place(self.city)
        return PageLocale(self._seen, self.city, language or place.default_language, self.today())

    def matches(self, where: PageLocale, question: str) -> list[Match]:
        """Find the topics that a question may mean."""
        return list(self._match(where.library, self.city, where.language, question))

    async def begin(self, request: Request) -> HTTPResponse:
        """Go to the first topic in the city's own language."""
        where = self.where()
        first = next(iter(where.locality.topics), "start")
        return redirect(workbench.link("resident", where.locality.default_language, first))

    async def show(self, request: Request, look: str, language: str, page: str) -> HTTPResponse:
        """Show the workbench; with a question, also the topics that match it."""
        where = self.where(language)
        known = page in OTHER_PAGES or page in where.locality.topics
        if look not in LOOKS or language not in where.library.ui or not known:
            raise SanicException("no such preview", status_code=404)
        problems, cells = self._findings(where)
        question = ((request.form or {}).get("question") or "").strip()[:1000]
        matches = self.matches(where, question) if question else []
        understood = await asyncio.to_thread(self._understand, self.city, language, question) if question else None
        bench = Bench(where, look, page, self.version, cells, problems, question, matches, understood)
        return html(workbench.workbench(bench), headers={"Cache-Control": "no-store"})

    async def look(self, request: Request, look: str, city: str, language: str, path: str) -> HTTPResponse:
        """Show a live page in another look."""
        where = self.where(language)
        if look not in RESTYLED or city != self.city or language not in where.library.ui:
            raise SanicException("no such look", status_code=404)
        facet = "explain_simpler" if look == "simple" else ""
        page = pages.at(where, path, facet) if path else pages.chat(where, "")
        if page is None:
            raise SanicException("no such page", status_code=404)
        return html(workbench.restyled(page, look), headers={"Cache-Control": "no-store"})

    async def stylesheet(self, request: Request, look: str) -> HTTPResponse:
        """Send the stylesheet of a look."""
        if look not in RESTYLED:
            raise SanicException("no such look", status_code=404)
        return text(workbench.stylesheet(look), content_type="text/css; charset=utf-8")

    async def changed(self, request: Request) -> HTTPResponse:
        """Answer as soon as the files have changed since the version that a page shows."""
        waited = 0.0
        while request.args.get("since") == self.version and waited < PATIENCE:
            await asyncio.sleep(EVERY / 2)
            waited += EVERY / 2
        return json({"version": self.version}, headers={"Cache-Control": "no-store"})

    async def left(self, request: Request, error: Exception) -> HTTPResponse:
        """Say nothing when a page that waited was closed."""
        return text("", status=503)

    async def watch(self) -> None:
        """Look at the files again and again, so that every good state is seen."""
        while True:
            self._take_over()
            await asyncio.sleep(EVERY)

    async def allow_frames(self, request: Request, response: BaseHTTPResponse) -> None:
        """Let the workbench show our own pages in a frame."""
        if request.path.startswith("/preview/"):
            response.headers["Content-Security-Policy"] += "; frame-src 'self'"

    @property
    def version(self) -> str:
        """What changes when the files change or the server starts anew."""
        return f"{self._start}-{self._changes}"

    def _take_over(self) -> None:
        library = self._shelf.library()
        if library is not self._seen:
            self._seen = library
            self._changes += 1

    def _findings(self, where: PageLocale) -> tuple[list[Problem], list[Cell]]:
        """Check the city and look at its answers, once for each state of the files."""
        library = where.library
        if self._looked is None or self._looked[0] is not library:
            shared = [problem for problem in library.problems if problem.file.parent.name != "cities"]
            try:
                own = check_data(self._shelf.data, (self.city,), today=self.today(), library=library)
            except ValueError as gone:
                own = [Problem(self._shelf.data / "cities" / f"{self.city}.yml", None, str(gone))]
            head = where.locality.head
            cells = coverage(library, head.languages, [self.city], self.today()) if head else []
            self._looked = library, list(dict.fromkeys([*own, *shared])), cells
        return self._looked[1], self._looked[2]


def serve(preview: Preview, port: int) -> None:
    """Serve on this computer only, until Ctrl-C.

    Args:
        preview: what to serve.
        port: a free port.
    """
    app = Sanic("rightsdesk-preview", configure_logging=False)
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 0.5  # pages that wait for a change need not be waited for
    logging.getLogger("sanic").setLevel(logging.WARNING)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # Ctrl-C leaves tasks behind; nobody needs to read that
    preview.add_to(app)
    print(f"The preview of {preview.city} is at http://127.0.0.1:{port}/preview/ (Ctrl-C stops it)", flush=True)
    app.run(host="127.0.0.1", port=port, workers=1, access_log=False, debug=False, motd=False)
