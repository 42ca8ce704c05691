"""Gives Rasa the part of our data that its own graph needs: the domain, the rules, a few examples per intent.

Reading ten thousand examples through Rasa's reader costs minutes before anything is learnt; our ranker reads them
itself (rightsdesk/rasa/topic_ranker.py).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import rasa.shared.data
import rasa.shared.utils.io
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers import utils
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rightsdesk.answers.buttons import CITY_TOPIC, is_city_topic
from rightsdesk.rasa.training_data import all_examples

EXAMPLES_PER_INTENT = 2
RULES = "rules.yml"


class KnowledgeImporter(TrainingDataImporter):
    """Reads domain.yml, config.yml and data/rules.yml, and samples the examples; test stories are read in full."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
        **_: Any,
    ) -> None:
        """Take the paths that Rasa's command line gives."""
        paths = [training_data_paths] if isinstance(training_data_paths, str) else training_data_paths or ["data"]
        self._config_file = config_file
        self._domain_path = domain_path or "domain.yml"
        self._paths = [Path(path) for path in paths]

    def get_config(self) -> dict:
        """Return config.yml."""
        return rasa.shared.utils.io.read_model_configuration(self._config_file) if self._config_file else {}

    def get_config_file_for_auto_config(self) -> str | None:
        """Return the path of config.yml."""
        return self._config_file

    def get_domain(self) -> Domain:
        """Return domain.yml."""
        return _domain(self._domain_path)

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """Return the rules."""
        rules = [str(data / RULES) for data in self._data() if (data / RULES).exists()]
        return utils.story_graph_from_paths(rules, self.get_domain())

    def get_conversation_tests(self) -> StoryGraph:
        """Return the conversation tests."""
        files = rasa.shared.data.get_data_files(
            [str(path) for path in self._paths], YAMLStoryReader.is_test_stories_file
        )
        return utils.story_graph_from_paths(files, self.get_domain())

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Return a few examples of every intent; `rasa test nlu` gets the whole of the files it names."""
        files = [path for path in self._paths if path.is_file()]
        if files:
            return utils.training_data_from_paths([str(path) for path in files], language)
        taken: dict[str, int] = {}
        messages = []
        for example in (example for data in self._data() for example in all_examples(data)):
            intent = CITY_TOPIC if is_city_topic(example.intent) else example.intent
            if taken.get(intent, 0) < EXAMPLES_PER_INTENT:
                taken[intent] = taken.get(intent, 0) + 1
                messages.append(Message.build(example.text, intent=intent))
        return TrainingData(messages)

    def _data(self) -> list[Path]:
        return [path for path in self._paths if path.is_dir()]


@lru_cache(maxsize=4)
def _domain(path: str) -> Domain:
    return Domain.load(path)
