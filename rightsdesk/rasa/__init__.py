"""The only package that imports Rasa: its extension points, and the launcher."""
