"""Stands in for TensorFlow in the serving process.

Rasa imports TensorFlow always (500 MB, half a minute), even when no component of a model uses it. Serving needs two
names as base classes of things that are never used here. Training keeps the real one.
"""

from tensorflow import keras

__version__ = "0"
__all__ = ["keras"]
