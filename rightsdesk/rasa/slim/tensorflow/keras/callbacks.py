"""Base class of Rasa's training callbacks."""


class Callback:
    """Never used while serving."""
