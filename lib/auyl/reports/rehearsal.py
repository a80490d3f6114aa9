"""Imported before kernels are forked: all that notebooks ask of the library, and one sentence read from words to chart.

Vocabulary, schema, fonts and the record are there then in every kernel.
"""

from contextlib import suppress
from importlib import import_module
from pkgutil import iter_modules

import auyl
from auyl import display, record
from auyl.display import charts, tables
from auyl.errors import AuylError

for module in iter_modules(display.__path__, "auyl.display."):
    import_module(module.name)
public = [getattr(auyl, name) for name in dir(auyl)]
statement = auyl.Statement("In 2024, 30 schools were built.", date="2025-01-01")
figures = auyl.check(auyl.figures(statement))
_ = charts.bars(figures, "value", label="quote", headline="Schools", subtitle="number", source=statement).svg
_ = charts.strips(figures, "value", label="unit", headline="Schools", subtitle="number", source=statement).svg
tables.figures(figures, "")
auyl.answers(statement)
with suppress(AuylError):  # a notebook that reads the record will say what is wrong with it
    auyl.claims(statement)
    for read in (record.read_context, record.read_regional, record.read_regions, record.read_definitions):
        read()
