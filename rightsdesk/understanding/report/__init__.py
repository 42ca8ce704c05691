"""The page of `rightsdesk evaluate --html`: how well questions are understood, for people to look at."""
