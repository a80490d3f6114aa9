"""What a notebook hands to the first page: its headline, the numbers of the story, what the words mean.

A cell's tag says where its output goes; the report builder reads no more than that:

    headline     the report's answer, one to three sentences, under its title and beside its name on the index
    chart        the first so tagged is the report's chart of the answer, on its first screen
    front        (`front`) the index's headline and standfirst; the chart of this notebook leads the index
    numbers      (`key_numbers`) the numbers of the story, in their report and on the index
    claims       (`tables.show`) the claims, checked, in their report and on the index
    definitions  (`definitions`) what the words mean, in every report that has them; the first on the index
"""

from collections.abc import Iterable

from markupsafe import Markup

from auyl.display.tables import Shown, link_to


def front(headline: str, *standfirst: str) -> Shown:
    """The finding in one line, and one or two sentences after it.

    >>> front("The 701 billion adds up. The 6,000 projects do not", "Year-by-year figures make the same money.")
    The 701 billion adds up. The 6,000 projects do not
    Year-by-year figures make the same money.
    """
    html = Markup("<p><strong>{}</strong></p>").format(headline)
    html += Markup().join(Markup("<p>{}</p>").format(line) for line in standfirst)
    return Shown(str(html), "\n".join([headline, *standfirst]))


def key_numbers(numbers: Iterable[tuple[str, str, str]]) -> Shown:
    """Up to four numbers side by side, each with what it is and the words it comes from, if any.

    >>> key_numbers([("at least 116.8m tenge", "a project, 2019–24", "up to 6,000 projects")])
    at least 116.8m tenge: a project, 2019–24 (“up to 6,000 projects”)
    """
    html, told = Markup(), []
    for number, what, quote in numbers:
        quoted = Markup("<dd><q>{}</q></dd>").format(quote) if quote else ""
        html += Markup("<div><dt>{}</dt><dd>{}</dd>{}</div>").format(number, what, quoted)
        told.append(f"{number}: {what}" + (f" (“{quote}”)" if quote else ""))
    return Shown(str(Markup("<dl>{}</dl>").format(html)), "\n".join(told))


def definitions(words: Iterable[tuple[str, str, str, str]]) -> Shown:
    """What the words mean: each with its meaning, its source and the address of that.

    >>> definitions([("Tenge", "The money of Kazakhstan.", "National Bank", "https://nationalbank.kz")])
    Tenge: The money of Kazakhstan. (National Bank)
    """
    html, told = Markup(), []
    for word, meaning, source, address in words:
        by = Markup(" ({})").format(link_to(address, source)) if source else ""
        html += Markup("<dt>{}</dt><dd>{}{}</dd>").format(word, meaning, by)
        told.append(f"{word}: {meaning}" + (f" ({source})" if source else ""))
    return Shown(str(Markup("<dl>{}</dl>").format(html)), "\n".join(told))
