"""Reads a YAML file as text only: every scalar stays as written, every place keeps its line.

YAML guesses types (postcode 04107 becomes 2119, 9:00 becomes 540, `no` becomes False) and drops what follows ` #`
without a word. People who edit city files cannot know that, so this loader never guesses and reports every trap.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from rightsdesk.knowledge.problems import Problem
from rightsdesk.languages import LANGUAGES

MAX_BYTES = 2_000_000
TEXT_KEYS = {*LANGUAGES, "name", "title", "address", "near"}
RASA_KEYS = {"nlu", "rules", "stories", "responses"}
FAST_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
CONFLICT = re.compile(r"^(<{7}|={7}|>{7})( |$)")
SUSPICIOUS_LINE = re.compile(r"^(?:[<=>]{7}| *\t|\s*(?:nlu|rules|stories|responses):)", re.MULTILINE)

Key = tuple[str | int, ...]


@dataclass
class Document:
    """One file as read.

    Attributes:
        path: the file.
        data: nested dicts, lists and texts; None when the file cannot be read as YAML.
        lines: the line of each place, by its path of keys.
        problems: everything found while reading.
    """

    path: Path
    data: Any = None
    lines: dict[Key, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, key: Key) -> int | None:
        """Return the line of a place, or of the nearest place around it that is known."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key)

    def problem(self, key: Key, text: str, severity: str = "error") -> None:
        """Note a problem at a place."""
        self.problems.append(Problem(self.path, self.line(key), text, severity))  # type: ignore[arg-type]


def load(path: Path) -> Document:
    """Read one YAML file.

    Args:
        path: the file.

    Returns:
        The document. It never raises for bad content: `problems` says what is wrong, with line and repair.
    """
    document = Document(path)
    text = _read_text(document)
    if text is not None:
        _scan_lines(document, text)
        _compose(document, text)
    return document


def _read_text(document: Document) -> str | None:
    try:
        raw = document.path.read_bytes()
    except OSError as error:
        document.problem((), f"The file cannot be read ({error.strerror}).")
        return None
    if len(raw) > MAX_BYTES:
        document.problem((), f"The file is larger than {MAX_BYTES // 1_000_000} MB. Knowledge files are short texts.")
        return None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in raw:
        document.problem((), "The file is not saved as UTF-8. Save it again and choose the encoding “UTF-8”.")
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        document.problems.append(
            Problem(document.path, line, "A letter here is not UTF-8. Save the file again with the encoding “UTF-8”.")
        )
        return None


class _TextLoader(FAST_LOADER):
    """Leaves out the guessing of types, which nothing here uses; it takes a third of the time of parsing."""

    def resolve(self, kind: type, value: object, implicit: object) -> str:
        return ""

    def descend_resolver(self, current_node: object, current_index: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


def _scan_lines(document: Document, text: str) -> None:
    if not SUSPICIOUS_LINE.search(text):
        return
    for number, line in enumerate(text.splitlines(), 1):
        if CONFLICT.match(line):
            found = "Two versions of this file were merged badly here. Keep one version and delete this line."
        elif line.lstrip(" ").startswith("\t"):
            found = "This line begins with a tab. Use blanks (two for each step)."
        elif match := re.match(r"\s*(nlu|rules|stories|responses):(\s|$)", line):
            found = f"“{match[1]}:” would make Rasa read this file as training data. Use another name."
        else:
            continue
        document.problems.append(Problem(document.path, number, found))


def _compose(document: Document, text: str) -> None:
    if document.problems:
        return
    try:
        root = yaml.compose(text, Loader=_TextLoader)
    except yaml.YAMLError:
        document.problems.append(_plain_words(document.path, text))
        return
    if root is None:
        document.problem((), "The file is empty.")
        return
    source = text.splitlines()
    walker = _Walker(document, source)
    document.data = walker.value(root, ())
    if not isinstance(document.data, dict):
        document.problem((), "The file must begin with “schema: 1” and then names with values.")
        document.data = None


class _Walker:
    """Turns YAML nodes into plain data and notes the traps on the way."""

    def __init__(self, document: Document, source: list[str]) -> None:
        self.document = document
        self.source = source
        self.seen: set[int] = set()

    def value(self, node: Any, key: Key) -> Any:
        self.document.lines.setdefault(key, node.start_mark.line + 1)
        if id(node) in self.seen:
            self.document.problem(key, "“&” and “*” (anchors) cannot be used here. Write the text out again.")
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, key)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*key, number)) for number, child in enumerate(node.value)]
        return self._scalar(node, key)

    def _mapping(self, node: yaml.MappingNode, key: Key) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for name_node, child in node.value:
            name = str(name_node.value) if isinstance(name_node, yaml.ScalarNode) else "?"
            here = (*key, name)
            line = name_node.start_mark.line + 1
            if name in result:
                first = self.document.lines[here]
                self.document.problems.append(
                    Problem(
                        self.document.path,
                        line,
                        f"“{name}” stands here twice (first in line {first}). Keep one of them.",
                    )
                )
                continue
            self.document.lines[here] = line
            result[name] = self.value(child, here)
        return result

    def _scalar(self, node: yaml.ScalarNode, key: Key) -> str | None:
        if not node.style and node.value in ("", "~", "null"):
            return None
        if not node.style and self._cut_off(node) and not TEXT_KEYS.isdisjoint(key):
            self.document.problem(
                key, "Everything after “ #” is ignored here. Put the text in quotes, or remove the “#”."
            )
        return str(node.value).strip()

    def _cut_off(self, node: yaml.ScalarNode) -> bool:
        end = node.end_mark
        line = self.source[end.line] if end.line < len(self.source) else ""
        return "#" in line and line[end.column :].lstrip().startswith("#")


def _plain_words(path: Path, text: str) -> Problem:
    """Parse again with the parser that explains itself best, and put its complaint into plain words."""
    try:
        yaml.compose(text, Loader=yaml.SafeLoader)
        error = yaml.YAMLError("this cannot be read")
    except yaml.YAMLError as complaint:
        error = complaint
    unclosed = "quoted scalar" in (getattr(error, "context", None) or "")
    marks = ("context_mark", "problem_mark") if unclosed else ("problem_mark", "context_mark")
    mark = getattr(error, marks[0], None) or getattr(error, marks[1], None)
    line = mark.line + 1 if mark else None
    reason = f"{getattr(error, 'problem', '') or ''} {getattr(error, 'context', '') or ''}"
    lines = text.splitlines()
    written = lines[line - 1].strip() if line and line <= len(lines) else ""
    return Problem(path, line, _explain(reason, written, error))


def _explain(reason: str, written: str, error: yaml.YAMLError) -> str:
    """Say a parser's complaint in plain words; the cases are the ones measured in research/content.md 1.8."""
    if "mapping values are not allowed" in reason:
        return (
            f"There is a second colon in “{written[:60]}”, or the line above is indented wrongly. "
            "Put the text in quotes, or write it under | on the next line."
        )
    if "quoted scalar" in reason or "unexpected end of stream" in reason:
        return "A text in quotes is not closed. Add the closing quote."
    if "flow sequence" in reason or "flow mapping" in reason or ("flow" in reason and "expected" in reason):
        return "A list in [ ] or { } is broken here. For texts write one “- text” on each line instead."
    if "cannot start any token" in reason:
        return f"A text cannot begin with “{written[:1] or '?'}” here. Put the text in quotes."
    if "expected <block end>" in reason or "could not find expected ':'" in reason:
        return (
            f"“{written[:60]}” does not fit here: a colon after the name is missing, or the line is indented "
            "differently from its neighbours. Use two blanks for each step."
        )
    if "undefined alias" in reason or "alias" in reason or "anchor" in reason:
        return "A text cannot begin with “*” or “&”. Put the text in quotes."
    if "tag" in reason:
        return "A text cannot begin with “!”. Put the text in quotes."
    if "special characters are not allowed" in str(error):
        return "There is an invisible control character in the file. Delete it and type the text again."
    return f"This is not readable: {reason.strip()}. Compare it with a line that works."
