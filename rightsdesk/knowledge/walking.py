"""Ways through a knowledge file: its texts, its models, its facts, each with the path of keys that leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from rightsdesk.knowledge.fields import Prose, ProseList, Text
from rightsdesk.knowledge.loader import Key
from rightsdesk.knowledge.models import Record


def texts(node: Any, key: Key = ()) -> Iterator[tuple[Key, dict[str, Any]]]:
    """Walk a model and yield each text for residents with its path of keys.

    Args:
        node: a model, or anything inside one.
        key: the path that leads to it.
    """
    if isinstance(node, (Prose, ProseList, Text)):
        yield key, node
    elif isinstance(node, BaseModel):
        for name, field in node.__fields__.items():
            yield from texts(getattr(node, name), (*key, field.alias))
    elif isinstance(node, dict):
        for name, child in node.items():
            yield from texts(child, (*key, name))


def models(node: Any, key: Key = ()) -> Iterator[tuple[Key, BaseModel]]:
    """Walk a model and yield it and each model in it with its path of keys.

    Args:
        node: a model, or anything inside one.
        key: the path that leads to it.
    """
    if isinstance(node, BaseModel):
        yield key, node
        for name in node.__fields__:
            child = getattr(node, name)
            if isinstance(child, (BaseModel, dict)):
                yield from models(child, (*key, name))
    elif isinstance(node, dict):
        for name, child in node.items():
            if isinstance(child, BaseModel):
                yield from models(child, (*key, name))


def records(node: Any, key: Key = ()) -> Iterator[tuple[Key, Record]]:
    """Walk a model and yield each fact in it (a record with source and status) with its path of keys.

    Args:
        node: a model, or anything inside one.
        key: the path that leads to it.
    """
    for place, model in models(node, key):
        if isinstance(model, Record):
            yield place, model
