"""The one custom action: answer what was understood."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import slots_of, state_of, turn_of
from rightsdesk import settings
from rightsdesk.answers.dialogue import Dialogue, apology
from rightsdesk.knowledge.library import open_shelf
from rightsdesk.privacy.logs import describe

logger = logging.getLogger(__name__)


class ActionAnswer(Action):
    """Utters the Reply to the latest message, as text with buttons and as structured data, and remembers the topic."""

    def name(self) -> str:
        """Return the name used in domain.yml."""
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Answer; an error is logged by number only, because logs must not hold what residents write."""
        library = open_shelf(settings.read().data).library()
        try:
            reply, state = Dialogue(library, settings.today()).respond(turn_of(tracker), state_of(tracker))
        except Exception as error:
            number = secrets.token_hex(4)
            logger.error("answer %s failed: %s", number, describe(error))
            reply, state = apology(library, state_of(tracker), number)
        data = reply.as_dict()
        dispatcher.utter_message(text=reply.text, buttons=data["buttons"], reply=data)
        return [SlotSet(name, value) for name, value in slots_of(state).items()]
