"""The codes of countries, currencies and languages are in ISO.

The reference is pycountry, which only the tests need. The rules of the package check that codes
come in pairs and that each belongs to one state, not that they are in ISO.
"""

import pycountry
import pytest

from amcc_dataset.model.dataset import Tables


def country_of(iso2: str | None, iso3: str | None) -> str | None:
    """Return the name of the country that has both codes, or None."""
    country = pycountry.countries.get(alpha_2=iso2)
    return None if country is None or country.alpha_3 != iso3 else str(country.name)


def is_language(tag: str) -> bool:
    """Return whether the language of a BCP 47 tag is in ISO 639, and its region in ISO 3166."""
    language, *regions = tag.split("-")
    return pycountry.languages.get(**{f"alpha_{len(language)}": language}) is not None and all(
        pycountry.countries.get(alpha_2=region) is not None for region in regions
    )


def test_codes_of_actors_are_those_of_one_country(tables: Tables) -> None:
    coded = [row for row in tables["actors"] if row["iso2"] is not None]
    assert coded
    found = {row["id"]: country_of(row["iso2"], row["iso3"]) for row in coded}
    assert [actor for actor, country in found.items() if country is None] == []
    assert len(set(found.values())) == len(found)


def test_every_state_has_its_codes(tables: Tables) -> None:
    bare = [row["id"] for row in tables["actors"] if row["kind"] == "state" and not row["iso2"]]
    assert bare == []


def test_currencies_are_in_use(tables: Tables) -> None:
    currencies = {row["currency"] for row in tables["initiative_events"]} - {None}
    assert currencies
    assert [code for code in currencies if pycountry.currencies.get(alpha_3=code) is None] == []


def test_languages_exist(tables: Tables) -> None:
    languages = {row["language"] for row in tables["sources"]}
    assert [tag for tag in languages if not is_language(tag)] == []


@pytest.mark.parametrize("codes", [("SG", "SGX"), ("SG", "MYS"), ("SN", "SGP"), ("XX", "XXX")])
def test_codes_that_do_not_belong_together_are_found(codes: tuple[str, str]) -> None:
    assert country_of("SG", "SGP") == "Singapore"
    assert country_of(*codes) is None


@pytest.mark.parametrize("tag", ["xx", "qqz", "vn", "en-UK"])
def test_languages_that_do_not_exist_are_found(tag: str) -> None:
    assert is_language("en-SG")
    assert not is_language(tag)
