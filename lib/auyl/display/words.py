"""The words that sentences, charts and tables share: amounts with their currency, counts, programmes, years."""

from collections.abc import Mapping

import pandas as pd

from auyl.display.tables import period
from auyl.statement import Statement

CURRENCIES = {
    **{"KZT": "tenge", "USD": "US dollars", "EUR": "euros", "RUB": "roubles", "GBP": "pounds", "CNY": "yuan"},
    **{"UZS": "soums", "KGS": "Kyrgyz soms", "INR": "rupees", "JPY": "yen", "KES": "Kenyan shillings"},
}
UNNAMED = "A programme outside the catalogue"


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


def cited(statement: Statement) -> str:
    """Publisher and date as a source line names them: "The Europe Today, 28 August 2025"."""
    date = f"{statement.date.day} {statement.date:%B %Y}"
    return f"{statement.publisher}, {date}" if statement.publisher else f"statement of {date}"


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {plural(noun)}"


def plural(noun: object) -> str:
    if pd.isna(noun):
        return "projects"
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def money_name(currency: object) -> str:
    """The currency as a sentence names it; its ISO code where it has no name here."""
    return "of an unstated currency" if pd.isna(currency) else CURRENCIES.get(currency, currency)


def money_unit(table: pd.DataFrame) -> str:
    """The unit of a column of millions: "million tenge", or each row's own currency."""
    currencies = table["currency"].dropna().unique()
    return f"million {money_name(currencies[0])}" if len(currencies) == 1 else "million, each in its own currency"


def who(row: Mapping) -> str:
    return UNNAMED if pd.isna(row["subject"]) else row["programme"]


def row_label(row: Mapping, *more: str) -> str:
    """A row's name in a chart: programme, years, and what sets it apart from the others."""
    years = period(row["start_year"], row["end_year"], missing="years not stated")
    return ", ".join([who(row), years, *(part for part in more if part)])


def years_after(row: Mapping, word: str) -> str:
    """ " in 2019–2024", or nothing where the years are not stated."""
    years = period(row["start_year"], row["end_year"], missing="")
    return f" {word} {years}" if years else ""


def reading_words(row: Mapping) -> str:
    return "" if row["reading"] == "as stated" else row["reading"]


def indicator_name(row: Mapping) -> str:
    if pd.isna(row["subject"]):
        return "A share outside the catalogue"
    indicator = "" if pd.isna(row["indicator"]) else f" ({row['indicator'].replace('_', ' ').replace('gdp', 'GDP')})"
    return f"{row['programme']}{indicator}"
