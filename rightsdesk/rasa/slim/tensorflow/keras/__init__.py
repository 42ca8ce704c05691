"""The part of Keras that Rasa names at import."""

from tensorflow.keras import callbacks, utils

__all__ = ["callbacks", "utils"]
