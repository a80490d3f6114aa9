"""Which rows of the record are a statement's own page: no statement is a witness for itself.

A page is known again by its address (the same path, or the same long number of one site), or by its publisher and day,
however the publisher's name is spelt: "Казинформ", "Kazinform (ru)", "Qazinform" and inform.kz are one house.
"""

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pandas as pd

if TYPE_CHECKING:
    from auyl.statement import Statement

REPEATED = 3  # figures a page repeats of a statement of the same days before it counts as the same statement
DAYS = 7
SECOND = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})  # before the country: "stat.gov.kz"
NUMBER = re.compile(r"(?<!\d)(?!20\d{6}(?!\d))\d{5,}")  # of a page; eight digits that begin with 20 are a day
# One Latin letter for each Cyrillic one, by sound; q is k, so that old and new Latin spellings are one.
LATIN = str.maketrans(
    dict(zip("абвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюяqáäğıñóöúü", [
        *"abvggdee", "zh", *"ziikklmnnooprstuuufhh", "ts", "ch", "sh", "sh", "", "y", "i", "", "e", "yu", "ya",
        *"kaaginoouu",
    ], strict=True))
)  # fmt: skip


def is_this_statement(others: pd.DataFrame, own: pd.DataFrame, statement: "Statement") -> pd.Series:
    """Which published rows are the statement's own: of its address, of its publisher and days, of a page of the same
    days that repeats its figures, or of that very day one of them."""
    key = ["subject", "indicator", "value", "bound", "status", "start_year", "end_year"]
    of_page = repeats(others, own, key).groupby(others["address"])
    that_day = repeats(others, own, ["subject", "indicator", "value", "place"]) & others["date"].eq(str(statement.date))
    near = others["date"].map(lambda date: is_near(date, str(statement.date))).astype(bool)
    same = near & (of_page.transform("sum") >= REPEATED) & (of_page.transform("mean") >= 0.5)
    same |= that_day.fillna(False).astype(bool).groupby(others["address"]).transform("any")
    if statement.url is not None:
        url = statement.url
        same |= (
            others["address"]
            .map(lambda address: is_one_page(address, url), na_action="ignore")
            .fillna(False)
            .astype(bool)
        )
    if statement.publisher is not None:
        names = house(others, statement.publisher, statement.url)
        pages = zip(others["source"], others["address"], strict=True)
        same |= near & pd.Series([bool(names_of(*page) & names) for page in pages], index=others.index, dtype=bool)
    return same


def repeats(others: pd.DataFrame, own: pd.DataFrame, key: list[str]) -> pd.Series:
    """Which published rows have the readings of a figure of the statement."""
    known = pd.MultiIndex.from_frame(own[key].astype(object))
    return pd.Series(pd.MultiIndex.from_frame(others[key].astype(object)).isin(known), index=others.index)


def is_near(date: object, day: str) -> bool:
    """Whether a date, which may be a month or a year alone, is within some days of the statement's."""
    if not isinstance(date, str) or len(date) < len("2023-03"):
        return False
    period, told = pd.Period(date), pd.Timestamp(day)
    reach = pd.Timedelta(days=DAYS)
    return bool(period.start_time - reach <= told <= period.end_time + reach)


def is_one_page(address: str, other: str) -> bool:
    """Whether two addresses are of one page: one site, and one path or one of its numbers."""
    one, two = urlsplit(address), urlsplit(other)
    if site(address) != site(other):
        return False
    alike = (one.path.strip("/"), one.query) == (two.path.strip("/"), two.query)
    return alike or bool(set(NUMBER.findall(one.path)) & set(NUMBER.findall(two.path)))


def site(address: str) -> str:
    """The name that was registered: "inform.kz" of "https://www.inform.kz/ru/…"."""
    labels = (urlsplit(address).hostname or "").split(".")
    return ".".join(labels[-3 if len(labels) > 2 and labels[-2] in SECOND else -2 :])


def plain(name: str) -> str:
    """A publisher's name as it would be spelt in an address: no bracket, no domain, Latin letters only."""
    bare = re.sub(r"\(.*?\)|\.[a-z]{2,5}\b", "", name.lower()).translate(LATIN)
    return re.sub(r"[^a-z0-9]", "", bare)


def names_of(publisher: object, address: object) -> set[str]:
    """A publisher by its name and by its site."""
    names = {plain(publisher)} if isinstance(publisher, str) else set()
    return (names | {plain(site(address))} if isinstance(address, str) else names) - {""}


def house(others: pd.DataFrame, publisher: str, url: str | None) -> set[str]:
    """The names and sites of a publisher: those it has itself, and those that the record has of it."""
    own = names_of(publisher, url)
    known = [names_of(*page) for page in others[["source", "address"]].drop_duplicates().itertuples(index=False)]
    return own.union(*(names for names in known if names & own))
