"""Turns what the test tools report into rows "outcome<TAB>name<TAB>detail" and adds them up for bin/test."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"


def row(outcome: str, name: str, detail: str = "") -> None:
    print(outcome, name, " ".join(detail.split())[:300], sep="\t")


def junit(root: str, marker: str) -> None:
    """The reports of surefire and failsafe below root that are newer than the marker."""
    since = os.stat(marker).st_mtime
    for report in sorted(Path(root).glob("*/target/*-reports/TEST-*.xml")):
        if report.stat().st_mtime >= since:
            for case in ElementTree.parse(report).iter("testcase"):
                junit_case(case)


def junit_case(case: ElementTree.Element) -> None:
    name = f"{case.get('classname', '').rsplit('.', 1)[-1]}.{case.get('name')}"
    for kind, outcome in (("failure", FAILED), ("error", FAILED), ("skipped", SKIPPED)):
        found = case.find(kind)
        if found is not None:
            row(outcome, name, found.get("message") or found.text or "")
            return
    row(PASSED, name)


def forge(report: str) -> None:
    """The JSON of forge test: suites, each with its tests."""
    outcomes = {"Success": PASSED, "Skipped": SKIPPED}
    for suite, result in json.loads(Path(report).read_text()).items():
        for test, verdict in result["test_results"].items():
            name = f"{suite.rsplit(':', 1)[-1]}.{test.split('(')[0]}"
            row(outcomes.get(verdict["status"], FAILED), name, verdict.get("reason") or "")


class Rows(unittest.TestResult):
    def addSuccess(self, test: unittest.TestCase) -> None:
        row(PASSED, test.id())

    def addFailure(self, test, err) -> None:
        super().addFailure(test, err)
        row(FAILED, test.id(), str(err[1]))

    def addError(self, test, err) -> None:
        super().addError(test, err)
        row(FAILED, test.id(), str(err[1]))

    def addSubTest(self, test, subtest, err) -> None:
        super().addSubTest(test, subtest, err)
        if err is not None:
            row(FAILED, subtest.id(), str(err[1]))

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:
        row(SKIPPED, test.id(), reason)


def python(directory: str) -> None:
    """Runs the unit tests of a Python project."""
    sys.path.insert(0, directory)
    result = Rows()
    unittest.defaultTestLoader.discover(directory, top_level_dir=directory).run(result)
    for _, trace in result.errors + result.failures:
        print(trace, file=sys.stderr)


def node(directory: str) -> None:
    """Runs the tests of a JavaScript project; its files count only when one of them breaks as a whole."""
    command = ["node", "--test", "--test-reporter=tap"]
    done = subprocess.run(command, cwd=directory, stdout=subprocess.PIPE, encoding="utf-8", timeout=300)
    for bad, name, note in re.findall(r"^ *(not )?ok \d+ - (.*?)(?: # (SKIP.*))?$", done.stdout, re.MULTILINE):
        if bad or not name.endswith(".js"):
            row(FAILED if bad else SKIPPED if note else PASSED, f"javascript.{name}", note)
    if done.returncode:
        print(done.stdout, file=sys.stderr)


def total(rows: list[str], skips_page: str) -> int:
    """Adds up; a skip that the page does not list with a reason counts as a failure."""
    results = [line.split("\t") for file in rows for line in Path(file).read_text().splitlines()]
    listed = dict(re.findall(r"^\| `([^`]+)` \| (\S.*?) \|$", Path(skips_page).read_text(), re.MULTILINE))
    counts = {PASSED: 0, FAILED: 0, SKIPPED: 0}
    for outcome, name, detail in results:
        if outcome == SKIPPED and not (name in listed or name.split(".")[0] in listed):
            outcome, detail = FAILED, f"skipped without a reason in {skips_page}: {detail}"
        counts[outcome] += 1
        if outcome != PASSED:
            print(f"{outcome}: {name}  {detail}", file=sys.stderr)
    print(f"{counts[PASSED]} passed, {counts[FAILED]} failed, {counts[SKIPPED]} skipped")
    return 1 if counts[FAILED] or not counts[PASSED] else 0


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    if command == "total":
        sys.exit(total(arguments[1:], arguments[0]))
    {"junit": junit, "forge": forge, "python": python, "node": node}[command](*arguments)
