"""From a file as read to a checked model: pydantic's complaints become problems with line and repair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import ModelField

from rightsdesk.knowledge.loader import Document, Key
from rightsdesk.knowledge.problems import did_you_mean
from rightsdesk.knowledge.walking import records

Model = TypeVar("Model", bound=BaseModel)


def validate(document: Document, model: type[Model]) -> Model | None:
    """Check a document against a model.

    Args:
        document: the file as read; findings are added to its `problems`.
        model: the shape the file must have.

    Returns:
        The model with the origin of each record filled in, or None when the file has an error.
    """
    if document.data is None:
        return None
    try:
        result = model.parse_obj(document.data)
    except ValidationError as error:
        for item in error.errors():
            _report(document, model, item)
        return None
    if any(problem.severity == "error" for problem in document.problems):
        return None
    for key, record in records(result):
        record._origin = (document.path, document.line(key))
    return result


def _report(document: Document, model: type[BaseModel], item: Any) -> None:
    key: Key = tuple(part for part in item["loc"] if part != "__root__")
    place = " › ".join(str(part) for part in key[:-1]) or "this file"
    name = str(key[-1]) if key else ""
    kind = item["type"]
    if kind == "value_error.extra":
        known = _known_fields(model, key[:-1])
        text = f"“{name}” is not a known field in {place}.{did_you_mean(name, known)}"
    elif kind == "value_error.missing":
        text = f"“{name}” is missing in {place}. Add it."
        key = key[:-1]
    elif kind == "value_error.const":
        allowed = [str(value) for value in item["ctx"]["permitted"]]
        written = str(_written(document, key))
        text = f"“{name}” can be: {', '.join(allowed)} (you wrote “{written}”).{did_you_mean(written, allowed)}"
    elif kind == "value_error.str.regex":
        text = f"“{name}: {_written(document, key)}” has the wrong form; it must match {item['ctx']['pattern']}."
    elif kind in ("type_error.list", "type_error.dict", "type_error.str", "type_error.none.not_allowed"):
        text = _wrong_kind(kind, name)
    elif kind == "value_error.list.min_items":
        text = f"“{name}” needs at least one entry."
    else:
        message = item["msg"]
        text = f"“{name}”: {message}." if name and name not in message else f"{message}."
    document.problem(key, text)


def _wrong_kind(kind: str, name: str) -> str:
    return {
        "type_error.list": f"“{name}” needs a list: [short, codes], or one “- text” on each line.",
        "type_error.dict": f"“{name}” needs names with values, indented on the next lines.",
        "type_error.str": f"“{name}” needs one text here.",
        "type_error.none.not_allowed": f"“{name}” has no value. Write one after the colon, or remove the line.",
    }[kind]


def _written(document: Document, key: Key) -> Any:
    node = document.data
    for part in key:
        try:
            node = node[part]
        except (KeyError, IndexError, TypeError):
            return ""
    return node


def _known_fields(model: type[BaseModel], key: Key) -> list[str]:
    """List the field names that are allowed at a place, for “did you mean”."""
    current: Any = model
    for part in key:
        if _is_model(current):
            field = _field(current, str(part))
            current = field.outer_type_ if field else None
        else:
            current = next((arg for arg in _flatten(current) if _is_model(arg)), None)
    chosen = next((arg for arg in _flatten(current) if _is_model(arg)), None)
    return [field.alias for field in chosen.__fields__.values()] if chosen else []


def _field(model: type[BaseModel], name: str) -> ModelField | None:
    return next((field for field in model.__fields__.values() if name in (field.alias, field.name)), None)


def _flatten(annotation: Any) -> Iterator[Any]:
    yield annotation
    for arg in get_args(annotation):
        yield from _flatten(arg)


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and not get_args(annotation) and issubclass(annotation, BaseModel)
