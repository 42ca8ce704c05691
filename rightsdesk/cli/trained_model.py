"""What the trained model understands, for the preview: read when first asked, and again after a training; no Rasa."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from rightsdesk.settings import Settings

if TYPE_CHECKING:
    from rightsdesk.understanding.ranker import Ranker
    from rightsdesk.web.workbench import Understood


class TrainedModel:
    """Understands questions as the assistant would."""

    def __init__(self, settings: Settings) -> None:
        """Read nothing yet.

        Args:
            settings: where the model is.
        """
        self._settings = settings
        self._lock = Lock()
        self._read: tuple[int, Ranker] | None = None

    def __call__(self, city: str, language: str, question: str) -> Understood | None:
        """Understand a question that is asked on a city's page; None when there is no trained model."""
        from rightsdesk.privacy.masking import mask
        from rightsdesk.rasa.training import is_trained
        from rightsdesk.understanding.text import clean, shorten
        from rightsdesk.web.workbench import Understood

        with self._lock:
            ranker = self._ranker()
        if ranker is None:
            return None
        ranking = ranker.rank(shorten(mask(clean(question)))[0], language, city, follow_ups=False)
        return Understood(ranking.intent, ranking.order, is_trained(self._settings))

    def _ranker(self) -> Ranker | None:
        from rightsdesk.rasa.model_archive import read_ranker
        from rightsdesk.rasa.training import MODEL

        model = self._settings.models / f"{MODEL}.tar.gz"
        if not model.is_file():
            return None
        stamp = model.stat().st_mtime_ns
        if self._read is None or self._read[0] != stamp:
            self._read = stamp, read_ranker(model, self._settings.root / "config.yml")
        return self._read[1]
