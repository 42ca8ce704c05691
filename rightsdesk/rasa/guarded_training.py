"""Training with a look at what it changed: golden questions that are understood worse, and the likely cause."""

from __future__ import annotations

from rightsdesk.rasa.model_archive import read_ranker
from rightsdesk.rasa.training import MARKS, MODEL, is_trained, train_if_needed
from rightsdesk.rasa.training_data import all_examples
from rightsdesk.settings import Settings
from rightsdesk.understanding.examples import read_golden
from rightsdesk.understanding.guard import Change, compare


def train(settings: Settings, force: bool = False) -> Change | None:
    """Train if needed and compare with the model that was there before.

    Args:
        settings: where data and models are.
        force: train everything anyway.

    Returns:
        What changed, empty where there was nothing to compare with; None when the model was up to date.

    Raises:
        TrainingFailed: see `train_if_needed`.
    """
    if is_trained(settings) and not force:
        return None
    model, learnt, config = settings.models / f"{MODEL}.tar.gz", settings.models / MARKS, settings.root / "config.yml"
    questions = read_golden(settings.root / "tests" / "golden")
    comparable = model.exists() and learnt.exists() and questions
    old, known = (read_ranker(model, config), learnt.read_text("utf-8").split()) if comparable else (None, [])
    train_if_needed(settings, force)
    if old is None:
        return Change()
    return compare(old, read_ranker(model, config), known, all_examples(settings.data), questions)
