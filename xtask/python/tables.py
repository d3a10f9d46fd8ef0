"""Whether DuckDB and pandas read what `variorum export` writes, and get the sums of the ledger's own JSON.

Usage: tables.py VARIORUM LEDGER (needs duckdb, pandas, pyarrow; `.ci/run` makes an environment with pinned versions).
"""

import csv
import json
import pathlib
import subprocess
import sys
import tempfile

import duckdb
import pandas

SUMS = {
    "reports": ["claims", "characters"],
    "claims": ["start", "end"],
    "figures": ["value"],
    "incidents": ["claims", "reports", "killed_best", "contradictions"],
    "disagreements": [],
    "judgements": [],
}


def main(variorum, ledger):
    def run(*args):
        done = subprocess.run([variorum, *args, "--ledger", ledger], check=True, capture_output=True, text=True)
        return [json.loads(line) for line in done.stdout.splitlines()] if "jsonl" in args else None

    incidents = run("incidents", "--format", "jsonl")
    claims = run("claims", "--format", "jsonl")
    truth = {
        ("incidents", "claims"): sum(len(i["claims"]) for i in incidents),
        ("incidents", "reports"): sum(len(i["reports"]) for i in incidents),
        ("claims", "start"): sum(c["start"] for c in claims),
        ("claims", "end"): sum(c["end"] for c in claims),
        ("reports", "claims"): len(claims),
        ("figures", "value"): sum(o["value"] or 0 for i in incidents for f in i["figures"] for o in f["observations"]),
    }
    folder = pathlib.Path(tempfile.mkdtemp())
    for form in ["csv", "parquet", "jsonl", "geojson"]:
        run("export", "--format", form, "--out", str(folder))
    checked = 0
    for table, columns in SUMS.items():
        paths = {form: folder / f"{table}.{form}" for form in ["csv", "parquet", "jsonl"]}
        with open(paths["csv"], newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        frames = {
            "pandas parquet": pandas.read_parquet(paths["parquet"]),
            "pandas csv": pandas.read_csv(paths["csv"]),
            "duckdb parquet": duckdb.sql(f"SELECT * FROM read_parquet('{paths['parquet']}')").df(),
            "duckdb csv": duckdb.sql(f"SELECT * FROM read_csv('{paths['csv']}', header = true, all_varchar = true)").df(),
        }
        for name, frame in frames.items():
            assert len(frame) == len(rows), (table, name, len(frame), len(rows))
            for column in columns:
                found = pandas.to_numeric(frame[column]).sum()
                wanted = truth.get((table, column), sum(float(r[column] or 0) for r in rows))
                assert abs(found - wanted) < 1e-6, (table, column, name, found, wanted)
                checked += 1
    features = json.loads((folder / "incidents.geojson").read_text(encoding="utf-8"))["features"]
    assert len(features) == len(incidents)
    for book in ["ucdp-ged", "acled", "airwars", "ibc"]:
        path = folder / f"{book}.csv"
        run("export", "--codebook", book, "--out", str(path))
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert len(duckdb.sql(f"SELECT * FROM read_csv('{path}', header = true, all_varchar = true)").df()) == len(rows)
        if book == "ucdp-ged":
            for row in rows:
                parts = [int(row[c] or 0) for c in ["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]]
                assert sum(parts) == int(row["best"]) and int(row["low"]) <= int(row["high"]), row["id"]
    print(f"DuckDB {duckdb.__version__} and pandas {pandas.__version__} agree with the ledger on {checked} sums")


main(*sys.argv[1:])
