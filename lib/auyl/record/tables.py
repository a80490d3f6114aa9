"""The columns of the tables of data/: one list, from which the checks and the descriptor for machines are made.

What each column means in full stands in data/README.md; here is one line of it, and what a cell may hold.
"""

from typing import NamedTuple

BOUNDS = ("exact", "about", "at_least", "at_most", "range")
STATUSES = ("actual", "planned", "target", "projected")
CAUTIONS = ("partial_regions", "unconfirmed_plan", "outlet_conversion", "inferred")
_CAUTION = f"({'|'.join(CAUTIONS)})"


class Kind(NamedTuple):
    """What a cell may hold: a type of the Data Package standard, a pattern or ends, and the words of a refusal."""

    type: str = "string"
    pattern: str | None = None
    ends: tuple[int, int] | None = None
    refusal: str = ""


KINDS = {
    "text": Kind(),
    "choice": Kind(),
    "name": Kind(pattern=r"^[a-z0-9_]+$", refusal="is no lower-case name such as auyl_el_besigi"),
    "id": Kind(pattern=r"^p\d{3,}$", refusal="is no number such as p001"),
    "area": Kind(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$", refusal="is no ISO 3166 code such as KZ or KZ-10"),
    "date": Kind(
        pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
        refusal="is no date such as 2025-08-28, 2025-08 or 2025",
    ),
    "address": Kind(pattern=r"^https?://\S+$", refusal="is no web address"),
    "cautions": Kind(pattern=rf"^{_CAUTION}(; {_CAUTION})*$", refusal=f"is none of {', '.join(CAUTIONS)}"),
    "year": Kind("integer", ends=(1900, 2100), refusal="is no year"),
    "quarter": Kind("integer", ends=(1, 4), refusal="is no quarter from 1 to 4"),
    "month": Kind("integer", ends=(1, 12), refusal="is no month from 1 to 12"),
    "position": Kind("integer", ends=(0, 10**9), refusal="is no position from 0"),
    "count": Kind("integer", ends=(1, 10**9), refusal="is no number from 1"),
    "number": Kind("number"),
    "flag": Kind("boolean"),
}


class Column(NamedTuple):
    name: str
    kind: str
    about: str  # one line, for the descriptor
    missing: bool = False  # whether a cell may be empty
    unique: bool = False
    choices: tuple[str, ...] = ()


class Table(NamedTuple):
    """`ordered`: pairs of columns of which the first is never above the second; `key`: no two rows alike in these."""

    columns: tuple[Column, ...]
    ordered: tuple[tuple[str, str], ...] = ()
    key: tuple[str, ...] = ()


_AREA = Column("ref_area", "area", "ISO 3166-2 code, KZ for the country.")
_VALUE = Column("value", "number", "The number in single units: 701 billion tenge is 701000000000, 64 percent is 64.")
_LOW = Column("low", "number", "The least the printed words and digits allow; missing for about and at_most.", True)
_HIGH = Column("high", "number", "The most the printed words and digits allow; missing for about and at_least.", True)
_BOUND = Column("bound", "choice", "What the words around the number say of it.", choices=BOUNDS)
_STATUS = Column(
    "status",
    "choice",
    "Done or as things stand; promised; a level to be reached by a date; forecast.",
    choices=STATUSES,
)
_START = Column("start_year", "year", "First year the figure is about; missing where none was stated.", True)
_END = Column("end_year", "year", "Last year the figure is about, included; missing where none was stated.", True)
_BREAK = Column("series_break", "flag", "True: not comparable with earlier rows of the same series; note says why.")
_PRELIMINARY = Column("preliminary", "flag", "True: a first count or an estimate, which a later one replaces.")
_SUSPECT = Column("suspect", "flag", "True: not to be used without telling the reader why_suspect.")
_WHY = Column("why_suspect", "text", "One sentence; filled in where suspect is true, and only there.", True)
_NOTE = Column("note", "text", "What a reader must know to use the row; in this project's words.", True)
_AS_OF = Column("as_of", "date", "Day or month a count stands for, where the source says so.", True)
_SOURCE = (
    Column("publisher", "text", "Who published it; in brackets whose figure it passes on."),
    Column("date", "date", "Day, month or year of publication; missing for an undated page.", True),
    Column("address", "address", "Web address of the page or file."),
    _NOTE,
)

PUBLISHED = Table(
    (
        Column("published_id", "id", "Lasting number of the row.", unique=True),
        Column("subject", "name", "Programme or policy; README.md lists them."),
        Column("indicator", "name", "What of it is counted or measured; README.md lists them."),
        Column("scope", "text", "Part or variant of the indicator; missing for the whole of it.", True),
        _AREA,
        _VALUE,
        _LOW,
        _HIGH,
        _BOUND,
        Column("unit", "text", "KZT, USD, MCI, percent, percentage_point, times, a symbol, or the counted thing."),
        _STATUS,
        _START,
        _END,
        _BREAK,
        _SUSPECT,
        _WHY,
        *_SOURCE,
        _AS_OF,
        Column("caution", "cautions", "Reasons for care short of suspect, parted by semicolons.", True),
        _PRELIMINARY,
        Column("revised_by", "id", "Row of the later figure of the same thing that took this one's place.", True),
        Column("basis", "name", "Way of counting, where one period has figures by more than one.", True),
    ),
    ordered=(("low", "value"), ("value", "high"), ("start_year", "end_year")),
)

REGIONAL = Table(
    (
        Column("indicator", "name", "What is counted or measured; README.md lists them."),
        _AREA,
        Column("year", "year", "The year the figure is about."),
        _VALUE._replace(about="The number in single units: tenge, persons, villages."),
        Column("unit", "text", "KZT, person, or the counted thing."),
        _STATUS,
        Column("basis", "name", "Way of counting; one for each indicator. README.md lists them."),
        _AS_OF,
        Column("derived", "flag", "True: counted by this project from the source named, printed nowhere."),
        _PRELIMINARY,
        _BREAK,
        *_SOURCE,
    ),
    key=("indicator", "ref_area", "year"),
)

CONTEXT = Table(
    (
        Column("series", "name", "What is measured; README.md lists them."),
        _AREA,
        _START._replace(missing=False, about="First year the figure is about."),
        _END._replace(missing=False, about="Last year the figure is about, included."),
        Column("quarter", "quarter", "Quarter of the year; missing for a value of the year or of a month.", True),
        Column("month", "month", "Month of the year; missing for a value of the year or of a quarter.", True),
        _VALUE._replace(about="As published, in the row's unit."),
        Column("unit", "text", "percent, index, KZT, USD or KZT per USD."),
        _SUSPECT,
        _WHY,
        *_SOURCE,
        _PRELIMINARY,
        _BREAK,
    ),
    ordered=(("start_year", "end_year"),),
    key=("series", "ref_area", "start_year", "end_year", "quarter", "month", "publisher"),
)

REGIONS = Table(
    (
        Column("code", "area", "ISO 3166-2 code; for a region that was split, the withdrawn one.", unique=True),
        Column("name_en", "text", "Name in English.", unique=True),
        Column("name_ru", "text", "Name in Russian."),
        Column("name_kk", "text", "Name in Kazakh."),
        Column("kind", "choice", "What it is.", choices=("country", "region", "city")),
        Column("valid_from", "date", "First day of this extent; missing: since before the data begin.", True),
        Column("valid_to", "date", "Last day of this extent; missing: still so.", True),
        Column("former_code", "text", "ISO 3166-2 code until 2022, or the region it was split from.", True),
        Column("successors", "text", "Codes of the regions it was split into, parted by semicolons.", True),
        Column("spellings", "text", "Other spellings met in sources, parted by semicolons.", True),
        _NOTE,
        Column("tile_row", "count", "Row of its tile on a map of equal tiles, 1 the northernmost.", True),
        Column("tile_column", "count", "Column of its tile, 1 the westernmost.", True),
    ),
)

DEFINITIONS = Table(
    (
        Column("subject", "name", "An id of the catalogue, lib/auyl/reading/vocabulary/catalogue.toml."),
        Column("word", "text", "What is explained."),
        Column("meaning", "text", "What it is, who pays, what is counted; in our words."),
        *(column for column in _SOURCE if column.name in ("publisher", "date", "address")),
    ),
)

TABLES = {
    "published": PUBLISHED,
    "regional": REGIONAL,
    "context": CONTEXT,
    "regions": REGIONS,
    "definitions": DEFINITIONS,
}

EVIDENCE = ("clause", "sentence", "paragraph", "title", "passport", "default", "correction")
_FROM = "Whence it is known: the figure's own words, carried from others, nothing said (default), or by hand."
# Of figures.csv, whose columns and dtypes are those of reading/table.py.
FIGURES = {
    column.name: column
    for column in (
        Column("source_id", "text", "The statement: the stem of its file in seeds/."),
        Column("figure_id", "text", "source_id and the figure's place in it, such as #07.", unique=True),
        Column("sentence", "count", "Number of the sentence, from 1."),
        Column("start", "position", "Position of the quote's first character in the text, from 0."),
        Column("end", "count", "Position after the quote's last character: text[start:end] is the quote."),
        Column("quote", "text", "The shortest run of words with the hedge, the number, its magnitude and its unit."),
        _VALUE._replace(about=f"{_VALUE.about[:-1]}; the middle of a range."),
        _LOW,
        _HIGH,
        Column("hedge", "text", "The hedging words as printed; missing if none.", True),
        _BOUND,
        Column("unit", "text", "ISO 4217 code for money, a symbol, or the counted thing; missing if not said.", True),
        Column("subject", "text", "Programme or policy the figure is about, an id of catalogue.toml.", True),
        Column(
            "programme", "text", "Its name: the catalogue's, or the one the text gives where that knows none.", True
        ),
        Column("indicator", "text", "Which of the subject's indicators it is; missing if none.", True),
        _STATUS,
        _START,
        _END,
        Column(
            "place", "text", "ISO 3166 code, else the name as printed; missing for the statement's whole country.", True
        ),
        Column(
            "part", "text", "Which part of the total: roads, first stage, applications …; missing for the whole.", True
        ),
        *(Column(f"{name}_from", "choice", _FROM, True, choices=EVIDENCE) for name in ("unit", "subject", "place")),
        Column("years_from", "choice", _FROM, True, choices=EVIDENCE),
        Column("status_from", "choice", _FROM, choices=EVIDENCE),
    )
}
