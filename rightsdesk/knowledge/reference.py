"""`docs/format.md`: the fields of every knowledge file, written from the models so that it cannot be wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import ModelField

from rightsdesk.knowledge.fields import Day, Period, Prose, ProseList, Text, YesNo
from rightsdesk.knowledge.models import (
    City,
    Days,
    GuidedPaths,
    LawPack,
    Letter,
    OtherLanguages,
    Record,
    Strings,
    Style,
    Topic,
)

FILES: dict[str, type[BaseModel]] = {
    "data/cities/<city>.yml": City,
    "data/laws/<pack>.yml": LawPack,
    "data/topics/<topic>.yml": Topic,
    "data/letters/<letter>.yml": Letter,
    "data/ui/<language>.yml": Strings,
    "data/idrd.yml": Days,
    "data/other_languages.yml": OtherLanguages,
    "data/guided_paths.yml": GuidedPaths,
    "data/style.yml": Style,
}
KINDS: dict[Any, str] = {
    Text: "text, or a text per language",
    Prose: "text per language",
    ProseList: "list of texts per language",
    Day: "day, such as 2026-11-21",
    Period: "period, such as 1 month",
    YesNo: "yes or no",
    str: "text",
    int: "number",
}
HEAD = """# The format of the knowledge files

Written by `rightsdesk schema` from the code that reads the files; nobody edits this page.
How to work with the files: [city-guide.md](city-guide.md).

- A **text per language** is a map: `de: …` and `en: …`, each on a line of its own.
- **Entries** (contacts, laws, events …) have a name of your choice in front of them; the nearer file replaces an entry
  of the same name whole.
- Every entry says where it comes from: `source`, `status`, `checked`, `by`. Residents see only `verified` and
  `unconfirmed` ones.
- In texts, `{city}`, `{deadline}`, `{authority}`, `{law}`, `{contact:dpo}`, `{phone:dpo}`, `{emergency}` and `{crisis}`
  are filled with what holds in the city.
"""


def reference() -> str:
    """Return the page as Markdown."""
    parts = [HEAD]
    described: list[type[BaseModel]] = []
    for path, model in FILES.items():
        parts.append(f"\n## {path}\n\n{_about(model)}\n\n{_table(model)}")
        for inner in _inner(model):
            if inner not in described:
                described.append(inner)
    parts.append("\n## Entries and parts\n")
    for model in described:
        parts.append(f"\n### {model.__name__}\n\n{_about(model)}\n\n{_table(model)}")
    return "".join(parts)


def _about(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").strip().split("\n\n")[0]


def _table(model: type[BaseModel]) -> str:
    rows = ["| field | value | needed | meaning |\n|---|---|---|---|\n"]
    inherited = set(Record.__fields__) if issubclass(model, Record) and model is not Record else set()
    for field in model.__fields__.values():
        if field.name in inherited and field.alias == field.name:
            continue
        needed = "yes" if field.required else ""
        about = (field.field_info.description or "").replace("|", "\\|")
        rows.append(f"| `{field.alias}` | {_kind(field.outer_type_)} | {needed} | {about} |\n")
    if inherited:
        rows.append("\nAnd the fields of every [Record](#record): `source`, `status`, `checked`, `by`.\n")
    return "".join(rows)


def _kind(annotation: Any) -> str:
    if annotation in KINDS:
        return KINDS[annotation]
    origin, inner = get_origin(annotation), [arg for arg in get_args(annotation) if arg is not type(None)]
    if origin is dict:
        return f"names with {_kind(inner[1])}"
    if origin is list:
        return f"list of {_kind(inner[0])}"
    if origin is not None and all(isinstance(arg, str) for arg in inner):
        return " · ".join(f"`{arg}`" for arg in inner)
    if origin is not None and inner:
        return _kind(inner[0])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return "text"


def _inner(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield the models inside a model, the common fields of all entries first."""
    for field in model.__fields__.values():
        for inner in _models(field):
            if issubclass(inner, Record):
                yield Record
            yield inner
            yield from _inner(inner)


def _models(field: ModelField) -> Iterator[type[BaseModel]]:
    def walk(annotation: Any) -> Iterator[type[BaseModel]]:
        if isinstance(annotation, type) and not get_args(annotation) and issubclass(annotation, BaseModel):
            yield annotation
        for arg in get_args(annotation):
            yield from walk(arg)

    yield from walk(field.outer_type_)
