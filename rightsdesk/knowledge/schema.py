"""JSON Schemas of the knowledge files, for completion and help in editors; `rightsdesk schema` writes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from rightsdesk.knowledge.models import City, Days, GuidedPaths, LawPack, Letter, OtherLanguages, Strings, Style, Topic

SCHEMAS: dict[str, type[BaseModel]] = {
    "city": City,
    "law": LawPack,
    "topic": Topic,
    "letter": Letter,
    "ui": Strings,
    "idrd": Days,
    "other_languages": OtherLanguages,
    "guided_paths": GuidedPaths,
    "style": Style,
}


def write(folder: Path) -> list[Path]:
    """Write one schema for each kind of file.

    Args:
        folder: where to; made if needed.

    Returns:
        The files written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in SCHEMAS:
        path = folder / f"{name}.schema.json"
        path.write_text(text(name), encoding="utf-8")
        written.append(path)
    return written


def text(name: str) -> str:
    """Return the schema of one kind of file as JSON text.

    Args:
        name: one of SCHEMAS.
    """
    return json.dumps(_for_editors(SCHEMAS[name].schema(by_alias=True)), ensure_ascii=False, indent=1) + "\n"


def _for_editors(node: Any) -> Any:
    """Editors read YAML types: a text that looks like a number must be welcome where any text is."""
    if isinstance(node, list):
        return [_for_editors(child) for child in node]
    if not isinstance(node, dict):
        return node
    changed = {key: _for_editors(child) for key, child in node.items()}
    if node.get("type") == "string" and not {"enum", "const", "pattern"} & set(node):
        changed["type"] = ["string", "number"]
    if node.get("const") == "1":
        changed["const"] = 1
        changed["type"] = "integer"
    return changed
