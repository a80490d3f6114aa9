"""auyl: the figures of official statements as tidy tables, and what they make per project, per village, to target."""

from auyl.catalogue import subject_name
from auyl.errors import AuylError, MissingFigureError, ParameterError, StatementError
from auyl.figures import figures, unread
from auyl.statement import Statement, read_statement, statement_ids

__all__ = [
    "AuylError",
    "MissingFigureError",
    "ParameterError",
    "Statement",
    "StatementError",
    "figures",
    "read_statement",
    "statement_ids",
    "subject_name",
    "unread",
]
