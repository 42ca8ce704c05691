"""Conversations in bounded memory: they expire, they hold no bot texts, and personal data in them is masked again."""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from rightsdesk.privacy.masking import mask

IDLE_SECONDS = 30 * 60
MOST_CONVERSATIONS = 5_000
TOPIC_SLOT = "current_topic"
MOST_EVENTS = 110  # about fourteen turns; a turn's cost grows with what is kept


class ExpiringTrackerStore(TrackerStore):
    """Rasa's tracker store for one process.

    A conversation is forgotten `idle_seconds` after its last message, or when `most` newer ones came. What the bot
    said is not kept: it can be said again.
    """

    def __init__(
        self,
        domain: Domain,
        event_broker: EventBroker | None = None,
        idle_seconds: float = IDLE_SECONDS,
        most: int = MOST_CONVERSATIONS,
        clock: Callable[[], float] = time.monotonic,
        **kwargs: Any,
    ) -> None:
        """Create the store; the arguments are those of Rasa's own stores and the limits named above."""
        super().__init__(domain, event_broker, **kwargs)
        self._idle_seconds = float(idle_seconds)
        self._most = int(most)
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, str, bool]] = OrderedDict()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep a conversation, masked and without the bot's words."""
        events = [_stored(event.as_dict()) for event in tracker.events]
        has_topic = TOPIC_SLOT in tracker.slots and tracker.get_slot(TOPIC_SLOT) is not None
        self._kept[tracker.sender_id] = (self._clock(), json.dumps(_newest(events)), has_topic)
        self._kept.move_to_end(tracker.sender_id)
        self._drop_old()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return a conversation, or None when it is unknown or expired."""
        self._drop_old()
        kept = self._kept.get(sender_id)
        if kept is None:
            return None
        return DialogueStateTracker.from_dict(
            sender_id, json.loads(kept[1]), self.domain.slots, max_event_history=self.max_event_history
        )

    async def keys(self) -> Iterable[str]:
        """Return the ids of the conversations that are kept."""
        self._drop_old()
        return list(self._kept)

    def has_topic(self, sender_id: str) -> bool:
        """Tell whether a conversation has a topic that a question can follow up on."""
        kept = self._kept.get(sender_id)
        return bool(kept and kept[2])

    async def forget(self, sender_id: str) -> bool:
        """Erase a conversation; tell whether there was one."""
        return self._kept.pop(sender_id, None) is not None

    def _drop_old(self) -> None:
        oldest_allowed = self._clock() - self._idle_seconds
        while self._kept:
            sender_id, (used, *_) = next(iter(self._kept.items()))
            if used >= oldest_allowed and len(self._kept) <= self._most:
                break
            del self._kept[sender_id]


def _newest(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep the newest events from the beginning of a turn on."""
    if len(events) <= MOST_EVENTS:
        return events
    tail = events[-MOST_EVENTS:]
    begin = next((number for number, event in enumerate(tail) if event["event"] == "user"), 0)
    return [event for event in events[:3] if event["event"] in ("action", "session_started")] + tail[begin:]


def _stored(event: dict[str, Any]) -> dict[str, Any]:
    if event["event"] == "bot":
        return {**event, "text": None, "data": {}, "metadata": {}}
    if event["event"] != "user":
        return event
    text = mask(event.get("text") or "")
    parsed = dict(event.get("parse_data") or {})
    parsed.update(text=text, intent_ranking=(parsed.get("intent_ranking") or [])[:3])
    return {**event, "text": text, "parse_data": parsed}
