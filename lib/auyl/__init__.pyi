# What `import auyl` offers, for type checkers and editors; __init__.py imports each name when it is first asked for.
# tests/test_install.py holds the two together.

from auyl.bounded import as_bounded as as_bounded
from auyl.bounded import plain as plain
from auyl.errors import AuylError as AuylError
from auyl.errors import MissingFigureError as MissingFigureError
from auyl.errors import MissingPackageError as MissingPackageError
from auyl.errors import ParameterError as ParameterError
from auyl.errors import StatementError as StatementError
from auyl.measures.answers import answers as answers
from auyl.measures.chances import target_chances as target_chances
from auyl.measures.checks import against_the_record as against_the_record
from auyl.measures.checks import contradictions as contradictions
from auyl.measures.checks import cross_checks as cross_checks
from auyl.measures.claims import claims as claims
from auyl.measures.deadlines import deadlines as deadlines
from auyl.measures.funding import funding_per_project as funding_per_project
from auyl.measures.parts import parts_of as parts_of
from auyl.measures.promises import promises as promises
from auyl.measures.side_by_side import side_by_side as side_by_side
from auyl.measures.targets import target_gaps as target_gaps
from auyl.measures.totals import sum_checks as sum_checks
from auyl.measures.two_statements import compare as compare
from auyl.measures.villages import village_allocations as village_allocations
from auyl.reading.commitments import commitments as commitments
from auyl.reading.subjects import subject_name as subject_name
from auyl.reading.table import check as check
from auyl.reading.table import figures as figures
from auyl.reading.table import unread as unread
from auyl.record.published import read_context as read_context
from auyl.record.published import read_published as read_published
from auyl.record.published import read_regional as read_regional
from auyl.record.published import read_regions as read_regions
from auyl.statement import Statement as Statement
from auyl.statement import read_statement as read_statement
from auyl.statement import statement_ids as statement_ids

HOMES: dict[str, str]
