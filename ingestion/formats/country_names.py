"""Countries as people write them: codes and names in many spellings to ISO 3166-1 alpha-2.

Codes and the usual names are the rows of the seed `countries`; here stand only the spellings it cannot know.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache

from warehouse.settings import PROJECT

_SPELLINGS = {
    "AE": "UAE, Emirates",
    "BA": "Bosnia, Bosnia-Herzegovina",
    "BN": "Brunei",
    "BO": "Plurinational State of Bolivia; Bolivia, Plurinational State of",
    "BR": "Brasil",
    "CD": "DR Congo, DRC, Democratic Republic of the Congo, Congo-Kinshasa; Congo, Democratic Republic of the",
    "CG": "Republic of the Congo, Congo-Brazzaville",
    "CH": "Schweiz, Suisse",
    "CI": "Ivory Coast",
    "CN": "PR China, P.R.China, People's Republic of China, PRC, Mainland China, China Mainland, China (Mainland)",
    "CV": "Cape Verde",
    "CZ": "Czech Republic",
    "DE": "Deutschland, Federal Republic of Germany",
    "ES": "España",
    "FK": "Falkland Islands",
    "FM": "Micronesia; Micronesia, Federated States of",
    "GB": "UK, Great Britain, England, Scotland, Wales, Northern Ireland, United Kingdom of Great Britain and Northern "
    "Ireland",
    "GR": "EL, Hellas",
    "HK": "Hong Kong SAR, Hong Kong (China), Hongkong, Hong Kong SAR China, Hong Kong Special Administrative Region",
    "IR": "Islamic Republic of Iran; Iran, Islamic Republic of; Iran (Islamic Republic of)",
    "IT": "Italia",
    "KP": "North Korea, DPRK; Korea, Democratic People's Republic of",
    "KR": "South Korea, Korea South, Republic of Korea, Korea, S. Korea; Korea, Republic of; Korea, South; Korea, Rep.",
    "LA": "Laos, Lao PDR, Lao",
    "MD": "Republic of Moldova; Moldova, Republic of",
    "MK": "Macedonia, Republic of North Macedonia, FYROM; Macedonia, the former Yugoslav Republic of",
    "MM": "Burma, Myanmar (Burma)",
    "MO": "Macau, Macao SAR, Macau SAR, Macao (China)",
    "MX": "México",
    "NL": "Holland",
    "PS": "Palestine, State of Palestine, Palestinian Territory; Palestine, State of",
    "RU": "Russia",
    "SY": "Syria",
    "SZ": "Swaziland",
    "TL": "East Timor",
    "TR": "Turkey, Turkiye, Republic of Turkey",
    "TW": "Taiwan (China), Chinese Taipei, Taiwan ROC; Taiwan, Province of China; Taiwan, China",
    "TZ": "United Republic of Tanzania; Tanzania, United Republic of",
    "US": "USA, U.S.A., U.S., United States of America, America",
    "VA": "Vatican, Vatican City, Holy See",
    "VE": "Bolivarian Republic of Venezuela; Venezuela, Bolivarian Republic of",
    "VG": "British Virgin Islands",
    "VI": "US Virgin Islands",
    "VN": "Vietnam, Socialist Republic of Vietnam",
    "XK": "Kosovo",
}


def country_code(sent: str | None) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country as written; None if nothing or no known country was written."""
    return _by_spelling().get(_same(sent)) if sent else None


@cache
def _by_spelling() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, spellings in _SPELLINGS.items():
        # A name with a comma of its own stands between semicolons.
        groups = spellings.split("; ")
        found |= {_same(name): code for name in (*groups[0].split(", "), *groups)}
    path = PROJECT / "dbt_project" / "seeds" / "countries.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found |= {_same(row[column]): row["iso2"] for column in ("iso2", "iso3", "name") if row[column]}
    return found


def _same(name: str) -> str:
    """Return the form in which countries are compared: no accents, no case, no punctuation, no article."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    # Initials such as U.S.A. are one word; any other mark parts words.
    plain = re.sub(r"\b(\w)\.(?=\w\b)", r"\1", plain).replace("'", "").replace("’", "").replace("&", " and ")
    words = re.sub(r"[^\w]+", " ", plain).split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)
