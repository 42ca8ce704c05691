"""Rights Desk: residents' digital rights in city services, explained in their city and language."""

__version__ = "0.1.0"
