"""Texts in: new statements, saved pages, old encodings, many texts at once."""
