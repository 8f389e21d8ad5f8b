"""Build the wheel, install it alone into an empty environment, and use it from another folder.

Not collected by pytest: `make wheel-check` runs it. Nothing of the checkout may be needed by the installed package, and
nothing of the extra ``build``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
MUST_HOLD = (
    "exportreport/artifacts/model.json",
    "exportreport/artifacts/evaluation/base.py",
    "exportreport/artifacts/rules/rules.json",
    "exportreport/artifacts/xsd/exportreport.xsd",
    "exportreport/artifacts/jsonschema/exportreport.schema.json",
    "exportreport/py.typed",
    "exportreport/result/schemas/result.schema.json",
    "exportreport/result/page/page.css",
    "exportreport_converters/nl_cdiu/dual_use/mapping.toml",
    "exportreport_converters/nl_cdiu/dual_use/fields.csv",
)


def call(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def check(folder: Path) -> None:
    call(sys.executable, "-m", "build", "--wheel", "--outdir", folder / "dist", ROOT, cwd=folder)
    (wheel,) = (folder / "dist").glob("*.whl")
    held = call(sys.executable, "-m", "zipfile", "-l", wheel, cwd=folder)
    missing = [name for name in MUST_HOLD if name not in held]
    if missing:
        sys.exit(f"The wheel lacks {', '.join(missing)}.")
    venv.create(folder / "empty", with_pip=True)
    binaries = folder / "empty" / ("Scripts" if sys.platform == "win32" else "bin")
    call(binaries / "python", "-m", "pip", "install", "--quiet", wheel, cwd=folder)
    examples = [next((ROOT / "examples" / "valid").rglob(f"*.{syntax}")) for syntax in ("json", "xml")]
    call(binaries / "exportreport", "validate", *examples, "--save", "html=result.html", cwd=folder)
    rows = ROOT / "examples" / "nl_cdiu" / "dual_use_excerpt.csv"
    converted = folder / "reports.ndjson"
    subprocess.run(
        [binaries / "exportreport", "convert", "--quiet", "--from", "nl_cdiu", "--to", "ndjson", rows, "-o", converted],
        cwd=folder,
        check=False,
    )
    call(binaries / "exportreport", "validate", converted, cwd=folder)
    absent = (
        "import importlib.util as u, sys; sys.exit(any(map(u.find_spec, ('linkml_runtime', 'jsonschema', 'yaml'))))"
    )
    call(binaries / "python", "-c", absent, cwd=folder)
    size = wheel.stat().st_size
    print(f"{wheel.name} ({size:,} bytes) validates and converts in an environment of its own.")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        check(Path(name))
