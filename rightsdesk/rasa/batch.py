"""Asking from the command line: one question, a file of questions, or a talk in the terminal."""

from __future__ import annotations

import asyncio
import json
import secrets
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from rightsdesk.answers.question import Question
from rightsdesk.answers.reply import failure
from rightsdesk.rasa.assistant import Assistant
from rightsdesk.understanding.text import clean

MOST_CHARACTERS = 65_536


def ask_one(assistant: Assistant, text: str, city: str | None, language: str | None) -> dict[str, Any]:
    """Ask one question in a conversation of its own."""
    return asyncio.run(assistant.reply(Question(secrets.token_hex(8), text, city=city, language=language)))


def ask_file(assistant: Assistant, source: Path, target: Path) -> None:
    """Ask every line of a file, in order.

    Args:
        assistant: the loaded assistant.
        source: JSON objects with text or payload, and city, lang, conversation, id where wanted.
        target: gets one Reply a line, with id, conversation and question; a bad line gets kind `error` and its number.
    """
    asyncio.run(_ask_file(assistant, source, target))


def talk(assistant: Assistant, city: str | None, language: str | None) -> None:
    """Talk in the terminal until an empty line or the end of input."""
    asyncio.run(_talk(assistant, city, language))


async def _ask_file(assistant: Assistant, source: Path, target: Path) -> None:
    lines = source.read_bytes().splitlines()
    console = Console(stderr=True)
    with target.open("w", encoding="utf-8") as out, Progress(console=console, disable=not console.is_terminal) as bar:
        for number, line in bar.track(list(enumerate(lines, 1)), description="Asking"):
            row = await _ask_line(assistant, line, number)
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


async def _ask_line(assistant: Assistant, line: bytes, number: int) -> dict[str, Any]:
    item, fault = _read_line(line)
    head = {"id": item.get("id", number), "conversation": item.get("conversation"), "question": item.get("text")}
    if fault:
        return {**head, "line": number, **failure(f"Line {number}: {fault}").as_dict()}
    conversation = item.get("conversation")
    question = Question(
        conversation=f"batch-{conversation}" if conversation is not None else secrets.token_hex(8),
        text=item.get("text") or "",
        payload=item.get("payload") or "",
        city=item.get("city"),
        language=item.get("lang"),
    )
    reply = await assistant.reply(question)
    return {**head, "question": item.get("text") or item.get("payload"), **reply}


def _read_line(line: bytes) -> tuple[dict[str, Any], str]:
    """Read a line; return what could be read and what is wrong with it (empty when nothing is)."""
    try:
        item = json.loads(line.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        return {}, "this is not a JSON object in UTF-8."
    if not isinstance(item, dict):
        return {}, "this is not a JSON object with text or payload."
    for name in ("text", "payload", "city", "lang"):
        if item.get(name) is not None and not isinstance(item[name], str):
            return {key: item[key] for key in item if key in ("id",)}, f"“{name}” must be a text."
    if item.get("text") is None and item.get("payload") is None:
        return item, "neither text nor payload is given."
    if len(item.get("text") or "") > MOST_CHARACTERS:
        return {**item, "text": None}, f"the text is longer than {MOST_CHARACTERS} characters."
    return item, ""


async def _talk(assistant: Assistant, city: str | None, language: str | None) -> None:
    console = Console()
    conversation = secrets.token_hex(8)
    choices: list[dict[str, str]] = []
    while True:
        try:
            line = clean(console.input("[bold]> [/bold]"))
        except (EOFError, KeyboardInterrupt):
            return
        if not line:
            return
        payload = choices[int(line) - 1]["payload"] if line.isdigit() and 0 < int(line) <= len(choices) else ""
        question = Question(conversation, "" if payload else line, payload, city, language)
        reply = await assistant.reply(question)
        choices = reply["buttons"]
        console.print(reply["text"], markup=False, highlight=False)
        for number, choice in enumerate(choices, 1):
            console.print(f"  [{number}] {choice['title']}", markup=False, highlight=False)
