"""Text to figures: numbers with their units, bounds, years, programme and status, and where each was read."""
