"""`amcc-dataset` without a command: what is in the package, and what to try next."""

from amcc_dataset import __version__
from amcc_dataset.cli import output


def run() -> int:
    """Print the editions, the size of the tables and the number of decisions, and what to try."""
    from amcc_dataset.model.limits import caveat
    from amcc_dataset.reading import store
    from amcc_dataset.reading.coverage import totals
    from amcc_dataset.reading.packaged import dataset

    data = dataset()
    output.line(f"amcc-dataset {__version__}: the ASEAN Ministerial Conference on Cybersecurity")
    output.line(caveat(data), wrap=True)
    output.line("")
    editions = [
        {
            "edition": row["id"],
            "date": row["date_start"]
            if row["date_start"] == row["date_end"]
            else f"{row['date_start']} to {row['date_end']}",
            "city": row["city"],
            "venue": row["venue"],
            "format": row["format"],
            "chair": row["chair_name"],
        }
        for row in data["editions"]
    ]
    output.table(editions, list(editions[0]) if editions else [])
    count = totals(data)
    sizes = {name: store.count(name) for name in data}
    text = f"""
An empty cell means that no document establishes a value; it never means zero or no.

{"  ".join(f"{name} {size}" for name, size in sizes.items())}

{count["cited"]} documents make {count["claims"]} claims; \
{sizes["decisions"]} decisions overrule {count["overruled"]} of the claims.

Try next:
  amcc-dataset show outcomes
  amcc-dataset evidence editions amcc-04 date_start
  amcc-dataset status asean-regional-cert --on 2023-01-01
  amcc-dataset validate"""
    output.line(text, wrap=True)
    return 0
