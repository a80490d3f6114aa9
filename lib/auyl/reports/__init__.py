"""Notebooks to pages: runs them with papermill, turns them into HTML, an index, a matrix of runs."""
