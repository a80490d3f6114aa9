"""Figures to answers: money per project, per village, distance to a target, and what contradicts what."""
