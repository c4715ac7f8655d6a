"""Mutants of the rules on texts."""

from collections.abc import Iterator

from amcc_dataset.model.dataset import Dataset
from amcc_dataset.rules import texts
from broken.corruption import Corruption, change, mutant, spoken


@mutant(texts.locators_quote_few_words)
def a_locator_with_five_words(tables: Dataset) -> Iterator[Corruption]:
    for claim in spoken(tables)[::20]:
        yield change("provenance", claim, start="one two three four five")
        yield change("provenance", claim, start="one", end="one two three four five")


@mutant(texts.passages_are_quoted)
def a_passage_without_its_first_words(tables: Dataset) -> Iterator[Corruption]:
    for claim in spoken(tables):
        yield change("provenance", claim, start=None, end="the last words")
        if claim["locator"] == "headline":
            yield change("provenance", claim, locator="p1")
        else:
            yield change("provenance", claim, start=None, end=None)


@mutant(texts.texts_show_what_they_are)
def a_text_with_what_nobody_sees(tables: Dataset) -> Iterator[Corruption]:
    hidden = ("\u00ad", "\u202e", "\u2066", "\u200b", "\ufeff", "\U000e0041", "\u3164", "\ufe0f")
    for row in tables["initiatives"]:
        for character in hidden:
            yield change("initiatives", row, name=f"A{character}b{row['name']}")


@mutant(texts.texts_show_what_they_are)
def a_text_with_a_borrowed_letter(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["people"]:
        for letters in ("S\u0456ng", "\u0410sean", "\u0421\u0415\u041e", "\u039f\u039d\u0395"):
            yield change("people", row, name=f"{letters} {row['name']}")


@mutant(texts.no_text_is_run_as_a_formula)
def a_text_that_a_spreadsheet_runs(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["meetings"]:
        for text in (
            "＝1+1",
            "＠sum",
            "The day;=1+1",
            "The day; +1",
            "The day|@sum",
            ";-1",
            'A,"=1"',
        ):
            yield change("meetings", row, name=text)


@mutant(texts.no_text_is_run_as_a_formula)
def an_address_that_a_spreadsheet_runs(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["sources"]:
        yield change("sources", row, url="https://example.org/a;=1+1")


@mutant(texts.addresses_lead_where_they_say)
def an_address_that_leads_elsewhere(tables: Dataset) -> Iterator[Corruption]:
    addresses = (
        "https://www.csa.gov.sg@example.org/", "https://example.org\\@csa.gov.sg/", "https://localhost/",
        "https:///path", "https://example.org/a<b>", "https://example.org/a)b", "http://example.org/a|b",
    )  # fmt: skip
    for row in tables["sources"]:
        for address in addresses:
            yield change("sources", row, url=address)


@mutant(texts.quotations_share_no_word)
def an_end_that_begins_with_the_end_of_the_start(tables: Dataset) -> Iterator[Corruption]:
    for claim in spoken(tables)[::20]:
        yield change("provenance", claim, start="The fourth ASEAN", end="ASEAN Conference met")
        yield change("provenance", claim, start="on Cyber Security", end="cyber security, met")


@mutant(texts.quotations_begin_and_end_with_whole_words)
def a_quotation_that_is_cut_within_a_word(tables: Dataset) -> Iterator[Corruption]:
    for claim in spoken(tables)[::20]:
        for cut in ("’s proposal to", ",000 officials met", "the cyber-", "the norms²", "การเ"):
            yield change("provenance", claim, start=cut)
            yield change("provenance", claim, start="The first words", end=cut)
