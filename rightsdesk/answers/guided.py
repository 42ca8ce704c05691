"""Which guided path fits a message that could mean several topics."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rightsdesk.knowledge.models import GuidedPath

Paths = dict[str, GuidedPath]
LEAST_SHARED = 2  # so many of the topics in question must be choices of a path


def named(text: str, paths: Paths) -> GuidedPath | None:
    """Return the path that a message calls for by being one of its words and nothing else.

    Args:
        text: what the resident wrote.
        paths: all guided paths.
    """
    written = re.sub(r"[\W_]+", " ", text.lower()).strip()
    for path in paths.values():
        words = (word for by_language in path.words.values() for word in by_language)
        if any(re.sub(r"[\W_]+", " ", word.lower()).strip() == written for word in words):
            return path
    return None


def between(topics: Iterable[str], paths: Paths) -> GuidedPath | None:
    """Return the path that tells apart the topics the assistant hesitates between; None where none does.

    Args:
        topics: the best topics of the ranking, best first.
        paths: all guided paths.
    """
    names = list(topics)
    shared = {name: sum(one in path.choices for one in names) for name, path in paths.items() if path.when_unsure}
    best = max(shared, key=lambda name: shared[name], default=None)
    return paths[best] if best is not None and shared[best] >= LEAST_SHARED else None
