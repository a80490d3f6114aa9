"""Kernels forked from a process that has the libraries already."""
