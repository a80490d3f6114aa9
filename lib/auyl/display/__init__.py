"""Answers to words, tables and pictures."""
