"""Imported before kernels are forked: all that notebooks ask of the library, and one sentence read from words to chart.

Vocabulary, schema, fonts and the record are there then in every kernel.
"""

from contextlib import suppress

import auyl
from auyl.display import charts, findings, front, marked_text, outcomes, tables
from auyl.errors import AuylError
from auyl.record import read_context, read_definitions, read_published, read_regional, read_regions

__all__ = ["charts", "findings", "front", "marked_text", "outcomes", "tables"]

public = [getattr(auyl, name) for name in dir(auyl)]
statement = auyl.Statement("In 2024, 30 schools were built.", date="2025-01-01")
figures = auyl.check(auyl.figures(statement))
_ = charts.bars(figures, "value", label="quote", headline="Schools", subtitle="number", source=statement).svg
tables.figures(figures, "")
auyl.answers(statement)
for read in (read_published, read_context, read_regional, read_regions, read_definitions):
    with suppress(AuylError):  # a notebook that reads it will say what is wrong
        read()
