"""Knowledge: files in, checked and merged knowledge of each city out."""
