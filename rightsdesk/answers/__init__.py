"""Answers: from what was understood to the Reply, in the resident's language and city."""
