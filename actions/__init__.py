"""Rasa custom actions: thin, each a few lines that call rightsdesk and utter."""
