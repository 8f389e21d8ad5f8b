"""Judges documents by the artifacts of a folder: a process of its own for each version of the standard.

The rules of a version are code, and a process can hold one version only. What is to be done comes as a line of JSON on
standard input; a line goes out for each document.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

from exportreport import artifact


def main(folder: str) -> None:
    """Judge what standard input names by the artifacts in ``folder``; a line of JSON for each document.

    Where the artifacts cannot judge there is one line with ``error``.
    """
    task = json.loads(sys.stdin.readline())
    sys.dont_write_bytecode = True
    try:
        judging = _Judging(Path(folder), task)
    except Exception as error:  # whatever is wrong with a version, it is told as that
        _say({"error": f"{type(error).__name__}: {error}"})
        return
    judging.run()


def _say(record: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(record) + "\n")


class _Judging:
    """The standard of a folder, loaded as if this program had been built with it."""

    def __init__(self, folder: Path, task: dict[str, Any]) -> None:
        artifact.FOLDER = folder
        import_module("exportreport.artifacts").__path__ = [str(folder)]
        from exportreport import standard
        from exportreport.pipeline import Settings, rules_of

        self.names: list[str] = task["files"]
        self.standard = standard.load()
        self.settings = Settings(max_findings=0, as_of=task["as_of"])
        self.rules = rules_of(self.standard, self.settings)

    def run(self) -> None:
        """Judge all documents; a rule or schema that cannot be had is told where it is first needed."""
        from exportreport.batch.inputs import sources
        from exportreport.batch.reading import results_of

        try:
            for source in sources(self.names):
                for name, result in results_of(source, self.standard, self.settings, self.rules):
                    codes = Counter(finding.finding_code for finding in result.findings)
                    place = {"name": name, "number": result.number, "report_id": result.report_id}
                    _say({**place, "verdict": result.verdict.value, "codes": codes})
        except Exception as error:  # whatever is wrong with a version, it is told as that
            _say({"error": f"{type(error).__name__}: {error}"})


if __name__ == "__main__":
    main(sys.argv[1])
