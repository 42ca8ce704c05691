"""Web: the pages. Knows answers and knowledge, never Rasa."""
