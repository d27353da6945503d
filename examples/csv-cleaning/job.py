"""Cleans a CSV file: {"csv": text} to rows that a program can use, and a count of what was changed."""
import csv
import re
from collections import Counter
from datetime import datetime
from io import StringIO

from sdk import JobError, create_job, log

DATES = ("%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y")
NUMBER = re.compile(r"-?\d{1,3}(?:[. ]\d{3})*,\d+|-?\d+(?:\.\d+)?")


def column(name):
    return re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")


def number(text):
    if "," in text:
        text = re.sub("[. ]", "", text).replace(",", ".")
    return float(text) if "." in text else int(text)


def cell(text, changes):
    plain = " ".join(text.split())
    changes["trimmed"] += plain != text
    if not plain:
        return None
    if NUMBER.fullmatch(plain):
        return number(plain)
    for notation in DATES:
        try:
            date = datetime.strptime(plain, notation).date().isoformat()
        except ValueError:
            continue
        changes["dates"] += date != plain
        return date
    return plain


@create_job
def clean(input):
    dialect = csv.Sniffer().sniff(input["csv"].splitlines()[0], delimiters=",;\t")
    header, *lines = csv.reader(StringIO(input["csv"]), dialect)
    columns = [column(name) for name in header]
    rows, seen, changes = [], set(), Counter()
    for at, line in enumerate(lines, start=2):
        if len(line) not in (0, len(columns)):
            raise JobError(f"line {at} has {len(line)} cells, the header {len(columns)}")
        row = tuple(cell(text, changes) for text in line)
        if not any(value is not None for value in row):
            changes["empty"] += 1
        elif row in seen:
            changes["repeated"] += 1
        else:
            seen.add(row)
            rows.append(dict(zip(columns, row)))
    log.info("cleaned", rows=len(rows), **changes)
    return {"rows": rows, "changes": dict(changes)}
