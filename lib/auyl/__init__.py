"""auyl: the figures of official statements as tidy tables, and what they make per project, per village, to target.

Each name is imported when it is first asked for, so that reading quantities alone starts without pandas.
"""

from importlib import import_module

from auyl.errors import extra

HOMES = {
    "AuylError": "errors",
    "answers": "measures.answers",
    "as_bounded": "bounded",
    "against_the_record": "measures.checks",
    "check": "reading.table",
    "claims": "measures.claims",
    "compare": "measures.two_statements",
    "commitments": "reading.commitments",
    "MissingFigureError": "errors",
    "MissingPackageError": "errors",
    "ParameterError": "errors",
    "Statement": "statement",
    "StatementError": "errors",
    "contradictions": "measures.checks",
    "deadlines": "measures.deadlines",
    "cross_checks": "measures.checks",
    "figures": "reading.table",
    "funding_per_project": "measures.funding",
    "promises": "measures.promises",
    "read_context": "record.published",
    "read_published": "record.published",
    "read_regional": "record.published",
    "read_regions": "record.published",
    "read_statement": "statement",
    "parts_of": "measures.parts",
    "plain": "bounded",
    "side_by_side": "measures.side_by_side",
    "statement_ids": "statement",
    "subject_name": "reading.subjects",
    "sum_checks": "measures.totals",
    "target_chances": "measures.chances",
    "target_gaps": "measures.targets",
    "unread": "reading.table",
    "village_allocations": "measures.villages",
}
__all__ = sorted(HOMES)  # noqa: PLE0605 - the names stand once, above


def __getattr__(name: str) -> object:
    if name not in HOMES:
        raise AttributeError(f"module 'auyl' has no attribute {name!r}")
    with extra():
        return getattr(import_module(f"auyl.{HOMES[name]}"), name)


def __dir__() -> list[str]:
    return [*globals(), *HOMES]
