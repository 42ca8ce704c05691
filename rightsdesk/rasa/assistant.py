"""The assistant for every surface: masks, bounds and hands a message to Rasa, and returns the Reply."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage import storage
from rasa.utils.endpoints import EndpointConfig
from rasa.utils.log_utils import configure_structlog

from rightsdesk.answers import buttons
from rightsdesk.answers.question import Question
from rightsdesk.answers.reply import failure
from rightsdesk.privacy.masking import mask
from rightsdesk.rasa.in_process import InProcessActions
from rightsdesk.rasa.topic_ranker import TopicRanker
from rightsdesk.rasa.tracker_store import ExpiringTrackerStore
from rightsdesk.understanding.ranker import Ranker
from rightsdesk.understanding.text import clean, shorten

MODEL_NAME = "rightsdesk.tar.gz"


class NoModel(Exception):
    """There is no trained model that can be loaded; the text names the repair."""


class ReplyChannel(OutputChannel):
    """Takes the whole Reply, where stock channels would split it."""

    def __init__(self) -> None:
        self.reply: dict[str, Any] | None = None

    @classmethod
    def name(cls) -> str:
        """Return the channel's name."""
        return "rightsdesk"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep the Reply that action_answer uttered."""
        self.reply = message.get("reply") or self.reply


class Assistant:
    """Rasa's agent behind one wrapper, the same for every surface."""

    def __init__(self, agent: Agent, store: ExpiringTrackerStore) -> None:
        """Wrap a loaded agent whose conversations are kept in `store`."""
        self._agent = agent
        self._store = store
        self._intents = frozenset(agent.domain.intents) if agent.domain else frozenset()

    @property
    def ready(self) -> bool:
        """Whether a model is loaded."""
        return self._agent.is_ready()

    @property
    def ranker(self) -> Ranker | None:
        """What ranks topics in the loaded model."""
        runner = self._agent.processor.graph_runner if self._agent.processor else None
        nodes = runner._instantiated_nodes.values() if isinstance(runner, DaskGraphRunner) else ()
        components = (node._component for node in nodes)
        return next((item._ranker for item in components if isinstance(item, TopicRanker)), None)

    async def reply(self, question: Question) -> dict[str, Any]:
        """Answer a question.

        Args:
            question: from any surface.

        Returns:
            The Reply as plain data; of kind `error` when the payload is not ours or no answer came.
        """
        text, shortened = question.text, False
        if question.payload:
            if buttons.parse(question.payload, self._intents) is None:
                return failure("This choice is not known here. Please ask your question in words.").as_dict()
            text = question.payload
        else:
            text, shortened = shorten(mask(clean(text)).lstrip("/ "))
        metadata = {
            "city": question.city,
            "language": question.language,
            "fixed_city": question.fixed_city,
            "shortened": shortened,
            "follow_ups": self._store.has_topic(question.conversation),
        }
        channel = ReplyChannel()
        message = UserMessage(
            text or "…", channel, question.conversation, input_channel=channel.name(), metadata=metadata
        )
        await self._agent.handle_message(message)
        return channel.reply or failure("No answer came. Please try again.").as_dict()

    async def forget(self, conversation: str) -> bool:
        """Erase a conversation; tell whether there was one."""
        async with self._agent.lock_store.lock(conversation):
            return await self._store.forget(conversation)


def load(model: Path, action_endpoint: EndpointConfig | None = None) -> Assistant:
    """Load the assistant.

    Args:
        model: a trained model.
        action_endpoint: where custom actions run; in this process by default.

    Raises:
        NoModel: the model is missing or cannot be loaded.
    """
    if not model.exists():
        raise NoModel(f"There is no trained model at {model.name}. Run “make train” first.")
    logging.getLogger("rasa").setLevel(logging.ERROR)
    configure_structlog(logging.ERROR)  # unconfigured, Rasa prints what residents write
    _skip_training_graph()
    store = ExpiringTrackerStore(domain=None)  # type: ignore[arg-type]
    agent = Agent(tracker_store=store, action_endpoint=action_endpoint or InProcessActions("actions"))
    try:
        agent.load_model(model)
    except Exception as error:
        raise NoModel(f"The model {model.name} cannot be loaded ({type(error).__name__}). Run “make train”.") from error
    return Assistant(agent, store)


def _skip_training_graph() -> None:
    """Leave out the training graph that models carry: reading it would import TensorFlow's components."""
    read = storage.ModelMetadata.from_dict.__func__ if hasattr(storage.ModelMetadata.from_dict, "__func__") else None
    if read is None or getattr(read, "slim", False):
        return

    def from_dict(cls: type, serialized: dict[str, Any]) -> Any:
        return read(cls, {**serialized, "train_schema": {"nodes": {}}})

    from_dict.slim = True  # type: ignore[attr-defined]
    storage.ModelMetadata.from_dict = classmethod(from_dict)  # type: ignore[method-assign, assignment]
