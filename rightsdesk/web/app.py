"""The web server's routes: read a request, call a pure function, answer. Imports Sanic, never Rasa."""

from __future__ import annotations

import logging
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Protocol

from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse, html, json, raw, text

from rightsdesk.answers import buttons
from rightsdesk.answers.calendar import calendar_file
from rightsdesk.answers.question import Question
from rightsdesk.knowledge.library import Shelf
from rightsdesk.knowledge.models import LOGO
from rightsdesk.privacy.counts import VALUES, Answered, Counts
from rightsdesk.privacy.ids import IdMaker
from rightsdesk.privacy.logs import describe
from rightsdesk.web import embed, pages, theme
from rightsdesk.web.pages import Exchange, PageLocale

logger = logging.getLogger(__name__)

LARGEST_BODY = 64 * 1024  # bytes
LONGEST_QUESTION = 20_000  # characters
IDLE_SECONDS = 30 * 60
MOST_CONVERSATIONS = 5_000
FILES = {
    "style.css": "text/css",
    "chat.js": "text/javascript",
    "embed.js": "text/javascript",
    "icon.svg": "image/svg+xml",
    "workbench.css": "text/css",
    "workbench.js": "text/javascript",
    "kiosk.css": "text/css",
    "kiosk.js": "text/javascript",
    "desk.css": "text/css",
    "desk.js": "text/javascript",
}
CALENDAR = "text/calendar; charset=utf-8"
PICTURES = {".svg": "image/svg+xml", ".png": "image/png"}
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors {ancestors}; require-trusted-types-for 'script'; trusted-types rights-desk"
)


class Brain(Protocol):
    """What answers questions; Rasa behind our wrapper, or a stand-in in tests of pages."""

    @property
    def ready(self) -> bool:
        """Whether questions can be answered."""

    async def reply(self, question: Question) -> dict[str, Any]:
        """Answer a question with a Reply as plain data."""

    async def forget(self, conversation: str) -> bool:
        """Erase a conversation."""


class LastTurns:
    """The last answer of each conversation, so that a form sent twice gets the same answer once.

    Bounded and expiring like the conversations themselves.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, Exchange]] = OrderedDict()

    def repeated(self, conversation: str, turn: int) -> Exchange | None:
        """Return the stored answer when this turn was answered already."""
        self._drop_old()
        kept = self._kept.get(conversation)
        return kept[1] if kept and turn <= kept[1].turn else None

    def keep(self, conversation: str, exchange: Exchange) -> None:
        """Remember the newest answer of a conversation."""
        self._kept[conversation] = (self._clock(), exchange)
        self._kept.move_to_end(conversation)
        self._drop_old()

    def forget(self, conversation: str) -> None:
        """Erase it."""
        self._kept.pop(conversation, None)

    def _drop_old(self) -> None:
        oldest_allowed = self._clock() - IDLE_SECONDS
        while self._kept:
            used, _ = next(iter(self._kept.values()))
            if used >= oldest_allowed and len(self._kept) <= MOST_CONVERSATIONS:
                return
            self._kept.popitem(last=False)


class Site:
    """The routes with what they need: knowledge, the brain, ids, the day."""

    def __init__(
        self,
        shelf: Shelf,
        brain: Callable[[], Brain | None],
        ids: IdMaker,
        today: Callable[[], date],
        now: Callable[[], datetime | None] = lambda: None,
    ) -> None:
        """Put the parts together.

        Args:
            shelf: the knowledge, kept up to date.
            brain: returns what answers questions, or None while it is loading.
            ids: makes conversation ids.
            today: the day to look from.
            now: the moment, to say what is open; nothing is said without it.
        """
        self.shelf = shelf
        self.brain = brain
        self.ids = ids
        self.today = today
        self.now = now
        self.turns = LastTurns()
        self.counts = Counts()

    def add_to(self, app: Sanic) -> None:
        """Register routes, error pages and headers with a Sanic app."""
        app.config.REQUEST_MAX_SIZE = LARGEST_BODY
        app.config.FALLBACK_ERROR_FORMAT = "text"
        for path, handler in (
            ("/", self.start),
            ("/healthz", self.health),
            ("/static/<name>", self.static),
            ("/logos/<name>", self.logo),
            ("/embed.js", self.embed),
            ("/demo/<city>", self.demo),
            ("/<city>/theme.css", self.theme),
            ("/<city>/<language>/", self.chat),
            ("/<city>/<language>/topics", self.topics),
            ("/<city>/<language>/t/<topic>", self.topic),
            ("/<city>/<language>/people", self.people),
            ("/<city>/<language>/events/<file>", self.event),
            ("/<city>/<language>/privacy", self.privacy),
            ("/<city>/<language>/accessibility", self.accessibility),
        ):
            app.add_route(handler, path, methods=("GET", "HEAD"), name=handler.__name__)
        app.add_route(self.ask, "/<city>/<language>/ask", methods=("POST",), name="ask")
        app.add_route(self.forget, "/<city>/<language>/forget", methods=("POST",), name="forget")
        app.add_route(self.feedback, "/<city>/<language>/feedback", methods=("POST",), name="feedback")
        app.error_handler.add(Exception, self.failed)
        app.register_middleware(self.add_headers, "response")

    async def start(self, request: Request) -> HTTPResponse:
        """Let the visitor choose a city."""
        library = self.shelf.library()
        language = request.args.get("lang", "en")
        where = PageLocale(library, "", language if language in library.ui else "en", self.today())
        wording = where.wording
        return html(pages.message(where, wording.say("choose_city"), [wording.say("help")], cities=True))

    async def chat(self, request: Request, city: str, language: str) -> HTTPResponse:
        """Show the chat page with a new conversation; with `?kiosk=1` as a screen that many people use."""
        where = self._where(city, language)
        return _fresh(pages.kiosk(where) if _kiosk(request) else pages.chat(where, self.ids.new()))

    async def topics(self, request: Request, city: str, language: str) -> HTTPResponse:
        """Show all topics."""
        return html(pages.topics(self._where(city, language)))

    async def topic(self, request: Request, city: str, language: str, topic: str) -> HTTPResponse:
        """Show the permanent page of a topic."""
        page = pages.topic(self._where(city, language), topic)
        if page is None:
            raise SanicException("no such topic", status_code=404)
        return html(page)

    async def event(self, request: Request, city: str, language: str, file: str) -> HTTPResponse:
        """Send an event for the resident's calendar."""
        where = self._where(city, language)
        name, _, kind = file.rpartition(".")
        event = calendar_file(where.library, city, name, where.wording, where.today) if kind == "ics" else None
        if event is None:
            raise SanicException("no such event", status_code=404)
        return text(event, content_type=CALENDAR, headers={"Content-Disposition": "attachment"})

    async def people(self, request: Request, city: str, language: str) -> HTTPResponse:
        """Show people to talk to."""
        return _fresh(pages.people(self._where_now(city, language)))

    async def privacy(self, request: Request, city: str, language: str) -> HTTPResponse:
        """Show what this site does with data."""
        return html(pages.privacy(self._where(city, language)))

    async def accessibility(self, request: Request, city: str, language: str) -> HTTPResponse:
        """Show the accessibility statement."""
        return html(pages.accessibility(self._where(city, language)))

    async def ask(self, request: Request, city: str, language: str) -> HTTPResponse:
        """Answer a question: a page, or a part of one for the script of an open page."""
        where = self._where_now(city, language)
        form = request.form or {}
        typed, payload = _field(form, "text"), _field(form, "payload")
        token = _field(form, "conversation")
        known = self.ids.valid(token)
        conversation = token if known else self.ids.new()
        turn = _turn(form) if known else 1
        if problem := _problem(where, typed, payload):
            return self._refuse(request, where, conversation, problem, typed[:LONGEST_QUESTION])
        repeated = self.turns.repeated(conversation, turn)
        shown = repeated or await self._answer(where, conversation, turn, typed, payload)
        if _wants_json(request):
            return json({**pages.exchange(where, conversation, shown), "conversation": conversation}, headers=NO_STORE)
        return _fresh(pages.chat(where, conversation, shown))

    async def forget(self, request: Request, city: str, language: str) -> HTTPResponse:
        """Erase a conversation and begin anew."""
        where = self._where(city, language)
        token = _field(request.form or {}, "conversation")
        brain = self.brain()
        if brain and self.ids.valid(token):
            await brain.forget(token)
            self.turns.forget(token)
        return _fresh(pages.chat(where, self.ids.new(), forgotten=True))

    async def feedback(self, request: Request, city: str, language: str) -> HTTPResponse:
        """Count whether an answer helped; nothing else is kept."""
        where = self._where(city, language)
        form = request.form or {}
        given = Answered(*(_field(form, name) for name in Answered._fields))
        if (given.city, given.lang) != (city, language) or given.topic not in where.locality.topics:
            raise SanicException("no such answer", status_code=422)
        if given.value not in VALUES:
            raise SanicException("neither yes nor no", status_code=422)
        self.counts.add(given)
        helped = given.value == "yes"
        if _wants_json(request):
            return json({"html": pages.thanks_part(where, given.topic, helped)}, headers=NO_STORE)
        return _fresh(pages.thanks(where, given.topic, helped))

    async def theme(self, request: Request, city: str) -> HTTPResponse:
        """Send a city's colours."""
        css = theme.stylesheet(self._where(city).theme)
        return text(css, content_type="text/css; charset=utf-8", headers={"Cache-Control": "max-age=86400"})

    async def logo(self, request: Request, name: str) -> HTTPResponse:
        """Send a city's logo."""
        path = self.shelf.data / "logos" / name
        if not LOGO.match(f"/logos/{name}") or not path.is_file():
            raise SanicException("no such picture", status_code=404)
        kind = PICTURES[path.suffix]
        return raw(path.read_bytes(), content_type=kind, headers={"Cache-Control": "max-age=86400"})

    async def embed(self, request: Request) -> HTTPResponse:
        """Send the script for the pages of cities; the only file that other sites may load."""
        response = await self.static(request, "embed.js")
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    async def demo(self, request: Request, city: str) -> HTTPResponse:
        """Show a page as a city would have it, with the helper embedded."""
        return html(embed.demo(self._where(city, request.args.get("lang"))))

    async def health(self, request: Request) -> HTTPResponse:
        """Tell whether questions can be answered."""
        brain = self.brain()
        ready = bool(brain and brain.ready)
        return text("ready" if ready else "loading", status=200 if ready else 503)

    async def static(self, request: Request, name: str) -> HTTPResponse:
        """Send one of our few files."""
        if name not in FILES:
            raise SanicException("no such file", status_code=404)
        body = (pages.STATIC / name).read_text(encoding="utf-8")
        return text(body, content_type=f"{FILES[name]}; charset=utf-8", headers={"Cache-Control": "max-age=86400"})

    async def failed(self, request: Request, error: Exception) -> HTTPResponse:
        """Show an error page in the language of the path, never a stack trace."""
        status = getattr(error, "status_code", 500)
        if status >= 500:
            number = secrets.token_hex(4)
            logger.error("request %s failed: %s", number, describe(error))
        where = self._where_or_none(request)
        heading, advice = {
            404: ("not_found", "not_found_help"),
            405: ("not_found", "wrong_method"),
            413: ("error", "too_large"),
        }.get(status, ("error", "server_error" if status >= 500 else "try_again"))
        say = where.wording.say
        if _wants_json(request):
            return json({"error": say(advice)}, status=status, headers=NO_STORE)
        if status >= 500 and where.city and (typed := _typed(request)):
            return html(pages.chat(where, self.ids.new(), typed=typed, failed=True), status=status, headers=NO_STORE)
        page = pages.message(where, say(heading), [say(advice)], cities=not where.city)
        return html(page, status=status, headers=NO_STORE)

    async def add_headers(self, request: Request, response: BaseHTTPResponse) -> None:
        """Add the security headers; the only place that does."""
        where = self._where_or_none(request)
        city = where.library.cities.get(where.city)
        ancestors = " ".join(["'self'", *(city.embed_origins if city else [])])
        policy = POLICY.format(ancestors=ancestors)
        framing = "; frame-src 'self'" if request.path.startswith("/demo/") or _kiosk(request) else ""
        response.headers["Content-Security-Policy"] = policy + framing
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)

    async def _answer(self, where: PageLocale, conversation: str, turn: int, typed: str, payload: str) -> Exchange:
        brain = self.brain()
        if brain is None or not brain.ready:
            raise SanicException("not ready", status_code=503)
        question = Question(
            conversation, "" if payload else typed, payload, where.city, where.language, fixed_city=True
        )
        reply = await brain.reply(question)
        if reply["kind"] == "error":
            raise SanicException("no answer", status_code=422 if payload else 500)
        title = _title_of_choice(where, payload) if payload else typed.strip()
        shown = Exchange(title, reply, turn)
        self.turns.keep(conversation, shown)
        return shown

    def _refuse(self, request: Request, where: PageLocale, conversation: str, problem: str, typed: str) -> HTTPResponse:
        if _wants_json(request):
            return json({"error": problem}, status=422, headers=NO_STORE)
        return html(pages.chat(where, conversation, error=problem, typed=typed), status=422, headers=NO_STORE)

    def _where(self, city: str, language: str | None = None) -> PageLocale:
        library = self.shelf.library()
        where = pages.locate(library, city, language or library.place(city).default_language, self.today())
        if where is None:
            raise SanicException("no such city or language", status_code=404)
        return where

    def _where_now(self, city: str, language: str) -> PageLocale:
        """Return city and language for a page that nobody keeps: it may say what is open now."""
        return replace(self._where(city, language), now=self.now())

    def _where_or_none(self, request: Request) -> PageLocale:
        """Return the city and language that a path begins with (after `/desk`), as far as they exist."""
        library = self.shelf.library()
        parts = [*request.path.removeprefix("/desk").split("/"), "", "", ""]
        city = parts[1] if parts[1] in library.localities else ""
        language = parts[2] if parts[2] in library.ui else library.place(city).default_language
        return PageLocale(library, city, language if language in library.ui else "en", self.today())


NO_STORE = {"Cache-Control": "no-store"}


def _kiosk(request: Request) -> bool:
    return bool(request.args.get("kiosk") == "1")


def _fresh(page: str) -> HTTPResponse:
    return html(page, headers=NO_STORE)


def _field(form: Any, name: str) -> str:
    value = form.get(name) or ""
    return value if isinstance(value, str) else ""


def _typed(request: Request) -> str:
    """Return the question that a failed request carried, to give it back."""
    if request.method != "POST" or not request.path.endswith("/ask"):
        return ""
    return _field(request.form or {}, "text")[:LONGEST_QUESTION]


def _turn(form: Any) -> int:
    number = _field(form, "turn")
    return int(number) if number.isdigit() and len(number) < 7 else 1


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _problem(where: PageLocale, typed: str, payload: str) -> str:
    if payload:
        return ""
    if not typed.strip():
        return where.wording.say("empty_question")
    if len(typed) > LONGEST_QUESTION:
        return where.wording.say("too_long", n=LONGEST_QUESTION)
    return ""


def _title_of_choice(where: PageLocale, payload: str) -> str:
    """Say a button's choice in words: the topic, or the topic's follow-up question."""
    intent, values = buttons.parse(payload) or ("", {})
    facet = values.get("facet", "")
    wording = where.wording
    if facet and wording.has(f"facet_button_{facet}"):
        return wording.say(f"facet_button_{facet}")
    if intent == "none_of_these":
        return wording.say("none_of_these")
    return buttons.title_of(intent, where.locality, wording)
