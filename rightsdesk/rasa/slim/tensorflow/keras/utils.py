"""Base class of Rasa's data generators."""


class Sequence:
    """Never used while serving."""
