"""Whose dollar and whose rupee: a bare sign is that of the country a statement is from.

The country is told (`Reading.country`), or it is the only one whose places the text names; otherwise `$` is the
American dollar and `Rs` the Indian rupee.
"""

from auyl.reading.lexicon import Mark, Reading

SHARED = {"USD": "dollar_of", "INR": "rupee_of"}  # what a bare sign means elsewhere, and where to look
HOME = {  # ISO 3166-1: ISO 4217, for countries whose own money is printed as a bare $ or Rs
    "dollar_of": {"AU": "AUD", "CA": "CAD", "NZ": "NZD", "HK": "HKD", "SG": "SGD", "JM": "JMD", "FJ": "FJD",
                  "NA": "NAD", "TT": "TTD", "BB": "BBD", "BS": "BSD", "GY": "GYD", "MX": "MXN", "CL": "CLP",
                  "CO": "COP", "AR": "ARS"},
    "rupee_of": {"PK": "PKR", "LK": "LKR", "NP": "NPR", "MU": "MUR", "SC": "SCR"},
}  # fmt: skip


def currency(reading: Reading, mark: Mark) -> str:
    """The ISO 4217 code of a printed sign or name of money."""
    kind = SHARED.get(mark.value)
    bare = mark.end - mark.start == 1 or reading.sign(mark.end - 1) == "."
    if kind is None or not bare or reading.sign(mark.start).lower() in ("us", "₹"):
        return str(mark.value)
    if reading.country:
        return HOME[kind].get(reading.country, str(mark.value))
    return named(reading, kind) or str(mark.value)


def named(reading: Reading, kind: str) -> str | None:
    """The one currency whose country's places the text names, if it names no place of another's."""
    if kind not in reading.home:
        found = {str(marks[kind].value) for marks in reading.marks if kind in marks}
        reading.home[kind] = found.pop() if len(found) == 1 else None
    home = reading.home[kind]
    return None if home == "elsewhere" else home
