"""The errors of the library: one parent, one clear sentence each, showing the data they are about."""


class AuylError(Exception):
    """Anything the user can mend: the message says what was found and what to do."""


class StatementError(AuylError):
    """A statement or its passport is missing, unreadable, edited or contradictory."""


class ParameterError(AuylError):
    """A notebook's or command's parameter is unknown, of the wrong type or out of its range."""


class MissingFigureError(AuylError):
    """The statement does not contain the figures a measure needs; the message lists those it has."""
