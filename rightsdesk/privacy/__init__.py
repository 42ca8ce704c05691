"""Privacy: masking of personal data, and how long a conversation is kept."""
