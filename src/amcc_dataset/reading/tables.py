"""A function for each table, which returns it as a pandas frame.

Text is `str` (`object` before pandas 3). A category has the codes of its vocabulary in their
order, and is ordered if that is a scale. Null always means "not established by any document".
`describe` says what each column means. Not here: how a frame is made (load.py).
"""

from amcc_dataset.reading.load import load

TYPE_CHECKING = False
if TYPE_CHECKING:
    import pandas as pd


def load_editions() -> "pd.DataFrame":
    """Return one row per conference.

    Returns
    -------
    pandas.DataFrame
        The key is `id`, by which rows are ordered. The columns:

        * `id`, `city`, `venue`, `host_name`, `chair_name`, `umbrella_event`, `theme`, `host_id`,
          `chair_id`, `principal_source_id`, `umbrella_theme` (text)
        * `number`, `year`, `documents`, `documents_whole` (Int64)
        * `date_start`, `date_end` (datetime64[ms])
        * `format`, `roster` (category)

        `documents` counts the documents with an accepted claim on any row of the edition,
        `documents_whole` those of them that were read to their end. Coding rules: section 3 of
        docs/codebook.md.

    Examples
    --------
    >>> load_editions().set_index("id").loc["amcc-04", "chair_name"]
    'S Iswaran'
    """
    return load("editions")


def load_participants() -> "pd.DataFrame":
    """Return one row per delegation or named person in one session of one edition.

    Returns
    -------
    pandas.DataFrame
        The key is `id`, by which rows are ordered. The columns:

        * `id`, `edition_id`, `actor_id`, `person_id`, `title_stated` (text)
        * `level_rank`, `named_by` (Int64)
        * `role`, `session`, `presence` (category)
        * `level` (ordered category)

        `named_by` is the number of documents that name the person or delegation: 0 if it is only
        counted in a group, such as all member states. `level_rank` is 1 for the highest rank.
        Coding rules: section 4 of docs/codebook.md.

    Examples
    --------
    >>> seats = load_participants().query("edition_id == 'amcc-02' and role == 'dialogue_partner'")
    >>> seats["actor_id"].tolist()
    ['au', 'cn', 'jp', 'nz', 'us']
    """
    return load("participants")


def load_outcomes() -> "pd.DataFrame":
    """Return one row per act of a conference, its host, a delegation or the Secretariat.

    Returns
    -------
    pandas.DataFrame
        The key is `id`; rows are ordered by `edition_id` and `ordinal`. The columns:

        * `id`, `edition_id`, `made_by`, `title`, `summary`, `initiative_id`, `follows_id` (text)
        * `ordinal`, `act_rank` (Int64)
        * `topic`, `scope` (category)
        * `act` (ordered category)

        `act` is ordered by commitment, from `noted` to `launched`, and can be compared; `act_rank`
        is its place in that order, from 1. `scope` says whose act it was: only a `collective` act
        is of all members together. `ordinal` counts the outcomes of an edition, from 1. The table
        has the outcomes that were found: for some editions only the beginnings of documents
        were read, see `panel`. Coding rules: section 5 of docs/codebook.md.

    Examples
    --------
    >>> acts = load_outcomes()
    >>> strong = acts[acts["act"] >= "endorsed"]
    >>> strong["id"].tolist()[:2]
    ['amcc-03-statement', 'amcc-04-committee']
    """
    return load("outcomes")


def load_initiatives() -> "pd.DataFrame":
    """Return one row per initiative; its dated steps are in `load_initiative_events`.

    Returns
    -------
    pandas.DataFrame
        The key is `id`, by which rows are ordered. The columns:

        * `id`, `name`, `short_name`, `lead_id`, `first_edition_id` (text)
        * `kind`, `relation` (category)

        `lead_id` is derived from the table `parties`, and is null if there is not exactly one lead.
        Coding rules: section 6 of docs/codebook.md.

    Examples
    --------
    >>> load_initiatives().set_index("id").loc["ajccbc", "name"]
    'ASEAN-Japan Cybersecurity Capacity Building Centre'
    """
    return load("initiatives")


def load_initiative_events() -> "pd.DataFrame":
    """Return one row per dated step of an initiative.

    Returns
    -------
    pandas.DataFrame
        The key is `id`; rows are ordered by `initiative_id`, `date` and `id`. The columns:

        * `id`, `initiative_id`, `edition_id`, `actor_id`, `currency`, `summary`, `meeting_id`,
          `restates_id` (text)
        * `amount` (Int64)
        * `date` (datetime64[ms])
        * `kind` (category)
        * `precision` (ordered category)

        `date` is the first day of the period that `precision` names. `amount` is in whole units,
        never in thousands or millions, of `currency`, an ISO 4217 code. A row with `restates_id`
        is about the money of an earlier pledge: leave it out of a sum. Coding rules: section 7 of
        docs/codebook.md.

    Examples
    --------
    >>> steps = load_initiative_events()
    >>> pledges = steps[steps["amount"].notna() & steps["restates_id"].isna()]
    >>> pledges.set_index("id").loc["accp-announced-2016", "amount"].item()
    10000000
    """
    return load("initiative_events")


def load_meetings() -> "pd.DataFrame":
    """Return one row per meeting around the conference or inside it.

    Returns
    -------
    pandas.DataFrame
        The key is `id`; rows are ordered by `date_start` and `id`. The columns:

        * `id`, `name`, `body_id`, `city`, `venue`, `host_id`, `chair_id`, `theme`, `subject`,
          `edition_id` (text)
        * `ordinal` (Int64)
        * `date_start`, `date_end` (datetime64[ms])
        * `kind` (category)
        * `date_precision` (ordered category)

        `date_start` is the first day of the period that `date_precision` names. `ordinal` counts
        the meetings of a body or series, from 1. Coding rules: section 9 of docs/codebook.md.

    Examples
    --------
    >>> weeks = load_meetings().query("kind == 'cyber_week'").set_index("edition_id")
    >>> weeks.loc["amcc-04", "date_start"].date()
    datetime.date(2019, 10, 1)
    """
    return load("meetings")


def load_instruments() -> "pd.DataFrame":
    """Return one row per text that outcomes and initiatives refer to.

    Returns
    -------
    pandas.DataFrame
        The key is `id`, by which rows are ordered. The columns:

        * `id`, `name`, `short_name`, `symbol`, `issued_by` (text)
        * `issued_on` (datetime64[ms])
        * `kind` (category)
        * `issued_precision` (ordered category)

        `issued_on` is the first day of the period that `issued_precision` names. Coding rules:
        section 8 of docs/codebook.md.

    Examples
    --------
    >>> load_instruments().set_index("id").loc["un-gge-2015-report", "kind"]
    'report'
    """
    return load("instruments")


def load_cross_references() -> "pd.DataFrame":
    """Return one row per text, initiative or body to which an outcome or initiative points.

    Returns
    -------
    pandas.DataFrame
        The key is `id`, by which rows are ordered. The columns:

        * `id`, `from_outcome_id`, `from_initiative_id`, `to_instrument_id`, `to_initiative_id`,
          `to_actor_id` (text)
        * `step` (Int64)
        * `relation` (category)

        Exactly one of the two columns `from_…` and one of the three columns `to_…` is filled.
        `step` counts the stations on the route of a paper, from 1, and is null if there is no
        route. Coding rules: section 8 of docs/codebook.md.

    Examples
    --------
    >>> pointers = load_cross_references()
    >>> report = pointers[pointers["to_instrument_id"] == "un-gge-2015-report"]
    >>> report["relation"].unique().tolist()
    ['takes_reference_from', 'implements', 'subscribes_to']
    """
    return load("cross_references")


def load_parties() -> "pd.DataFrame":
    """Return one row per role of a state or body in an initiative, such as lead or funder.

    Returns
    -------
    pandas.DataFrame
        The key is `id`, by which rows are ordered. The columns:

        * `id`, `initiative_id`, `actor_id` (text)
        * `role` (category)

        Coding rules: section 6 of docs/codebook.md.

    Examples
    --------
    >>> parties = load_parties().query("initiative_id == 'ajccbc' and role == 'funder'")
    >>> parties["actor_id"].tolist()
    ['jaif', 'jica', 'jp']
    """
    return load("parties")


def load_sources() -> "pd.DataFrame":
    """Return one row per document that was read.

    Returns
    -------
    pandas.DataFrame
        The key is `id`, by which rows are ordered. The columns:

        * `id`, `title`, `publisher`, `language`, `url`, `copy_of`, `note` (text)
        * `published_on`, `noted_on` (datetime64[ms])
        * `kind` (category)
        * `tier`, `published_precision`, `read` (ordered category)

        `published_on` is the first day of the period that `published_precision` names. `tier` is
        ordered by distance from the conference, the nearest first; `read` says how much of the
        document was read. `language` is a BCP 47 tag. Coding rules: section 2 of docs/codebook.md.

    Examples
    --------
    >>> load_sources().set_index("id").loc["csa-2019-10-02-amcc4-press-release", "read"]
    'whole'
    """
    return load("sources")


def load_provenance() -> "pd.DataFrame":
    """Return one row per claim: this document says at this place that this cell has this value.

    Returns
    -------
    pandas.DataFrame
        The key is `id`; rows are ordered by `table`, `row_id`, `field`, `source_id`, `locator` and
        `id`. The columns:

        * `id`, `table`, `row_id`, `field`, `value`, `source_id`, `locator`, `start`, `end`,
          `span_sha256`, `link` (text)
        * `standing`, `basis` (category)

        `value` is the text of the CSV cell, null if `standing` is `silent`: the document was read
        in full and does not give the value. `evidence_for` has the claims on one row or
        cell, each with its document. Coding rules: section 2 of docs/codebook.md.

    Examples
    --------
    >>> claims = load_provenance()
    >>> claims["standing"].cat.categories.tolist()
    ['agreed', 'preferred', 'overruled', 'silent']
    """
    return load("provenance")


def load_decisions() -> "pd.DataFrame":
    """Return one row per dispute between documents: how it was settled, and why.

    Returns
    -------
    pandas.DataFrame
        The key is `id`, by which rows are ordered. The columns:

        * `id`, `table`, `row_id`, `field`, `value`, `preferred_source_id`, `against_source_id`,
          `note` (text)
        * `decided_on` (datetime64[ms])
        * `reason` (category)

        `field` is null if the dispute is about a whole row, which is then rejected; `value` is the
        accepted value as the text of the CSV cell, null if none is accepted. Coding rules: section
        2 of docs/codebook.md.

    Examples
    --------
    >>> load_decisions().set_index("id").loc["editions-amcc-05-format", "value"]
    'hybrid'
    """
    return load("decisions")


def load_actors() -> "pd.DataFrame":
    """Return one row per state or body.

    Returns
    -------
    pandas.DataFrame
        The key is `id`, by which rows are ordered. The columns:

        * `id`, `name`, `short_name`, `iso2`, `iso3`, `parent_id`, `successor_id` (text)
        * `asean_member_from`, `asean_member_attested`, `asean_member_to` (datetime64[ms])
        * `kind` (category)

        `iso2` and `iso3` are ISO 3166-1 codes and given for states only. Coding rules: section 2 of
        docs/codebook.md.

    Examples
    --------
    >>> load_actors().set_index("id").loc["csa", "parent_id"]
    'sg'
    """
    return load("actors")


def load_people() -> "pd.DataFrame":
    """Return one row per official named in a document.

    Returns
    -------
    pandas.DataFrame
        The key is `id`, by which rows are ordered. The columns:

        * `id`, `name`, `actor_id` (text)

    Examples
    --------
    >>> load_people().set_index("id").loc["s-iswaran", "name"]
    'S Iswaran'
    """
    return load("people")


def load_codes() -> "pd.DataFrame":
    """Return one row per code of each vocabulary, with its label and definition.

    Returns
    -------
    pandas.DataFrame
        The key is `id`; rows are ordered by `vocabulary` and `ordinal`. The columns:

        * `id`, `vocabulary`, `code`, `label`, `definition` (text)
        * `ordinal` (Int64)

        `ordinal` is the position in the vocabulary, from 1; in `act` it is the order of commitment.

    Examples
    --------
    >>> codes = load_codes().query("vocabulary == 'act'").set_index("code")
    >>> codes.loc["agreed_in_principle", "definition"]
    "Agreed with the words 'in principle'."
    """
    return load("codes")
