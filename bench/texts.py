"""Texts made to be slow: what a reader could stumble over, again and again, in `size` characters."""

HOSTILE = {
    "numbers": "1 1 1 1 ",
    "commas": "1,1,1,1",
    "thousands": "1 000 000 ",
    "brackets": "((((((((",
    "from-to": "от до от до ",
    "dashes": "1-1-1-1-",
    "number words": "one hundred thousand million ",
    "hedges": "more than less than up to ",
    "letters": "ааааааааааааааа",
    "percents": "%%%%%%%%",
    "accents": "e\u0301\u0301\u0301",
    "line ends": "\r\n\r\n",
    "years": "2019–2024 ",
    "lists": "1, 2, 3, 4, 5, 6, 7, ",
    "fractions": "two-thirds of ",
    "soft hyphens": "\u00ad\u00ad\u00ad",
    "currencies": "$€₸$€₸",
    "programmes": "Auyl Amanaty ",
    "counts before their year": "5 roads and 7 schools, ",
    "changes": "from 61 to 12 schools in 2020, ",
}


def hostile(kind: str, size: int) -> str:
    """About `size` characters of one kind, all on one line where the kind has no line ends, and a year for all."""
    piece = HOSTILE[kind]
    return (piece * (size // len(piece) + 1))[:size] + " in 2024"
