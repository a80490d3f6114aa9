"""auyl: the figures of official statements as tidy tables, and what they make per project, per village, to target.

Each name is imported when it is first asked for, so that reading quantities alone starts without pandas.
"""

from importlib import import_module

HOMES = {
    "AuylError": "errors",
    "check": "tidy",
    "commitments": "register",
    "MissingFigureError": "errors",
    "ParameterError": "errors",
    "Statement": "statement",
    "StatementError": "errors",
    "contradictions": "measures.crosscheck",
    "cross_checks": "measures.crosscheck",
    "figures": "tidy",
    "funding_per_project": "measures.funding",
    "funding_scenarios": "measures.funding",
    "increments": "measures.increments",
    "read_context": "published",
    "read_published": "published",
    "read_regions": "published",
    "read_statement": "statement",
    "real_terms": "measures.prices",
    "rebuilt_totals": "measures.totals",
    "share_out": "measures.shares",
    "statement_ids": "statement",
    "subject_name": "catalogue",
    "subjects": "tidy",
    "target_gaps": "measures.targets",
    "target_scenarios": "measures.targets",
    "unread": "tidy",
    "village_allocations": "measures.allocation",
}
__all__ = sorted(HOMES)


def __getattr__(name: str):
    if name not in HOMES:
        raise AttributeError(f"module 'auyl' has no attribute {name!r}")
    return getattr(import_module(f"auyl.{HOMES[name]}"), name)


def __dir__() -> list[str]:
    return [*globals(), *HOMES]
