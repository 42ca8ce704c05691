"""Serving without TensorFlow: call `without_tensorflow()` before Rasa is imported."""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path


def without_tensorflow() -> None:
    """Put the stand-in for TensorFlow first on the path, and keep Rasa quiet.

    Raises:
        RuntimeError: the real TensorFlow is loaded already.
    """
    here = str(Path(__file__).resolve().parent)
    if "tensorflow" in sys.modules:
        if getattr(sys.modules["tensorflow"], "__file__", "").startswith(here):
            return
        raise RuntimeError("TensorFlow is loaded already; call without_tensorflow() before importing rasa")
    sys.path.insert(0, here)
    _quiet()


def _quiet() -> None:
    """Switch off telemetry and the warnings that Rasa's old dependencies print at every start."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    warnings.showwarning = _say_nothing


def _say_nothing(*_: object, **__: object) -> None:
    """Rasa resets warning filters, and some of its warnings quote what a resident wrote; nothing may print them."""
