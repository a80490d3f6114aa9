"""What others published: the tables of data/, read and checked."""

from auyl.record.published import read_context, read_definitions, read_published, read_regional, read_regions, whole

__all__ = ["read_context", "read_definitions", "read_published", "read_regional", "read_regions", "whole"]
