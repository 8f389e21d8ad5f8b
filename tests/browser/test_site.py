"""The documentation site in a real browser, opened as files: nothing is fetched, and the search works."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from website import list_pages, make, rule_pages
from website.knowledge import known

SHOWN = ("reference/rules/ER-C-111", "reference/lists/countries")


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of few pages, with the settings, the style and the scripts of the whole one."""
    folder = tmp_path_factory.mktemp("site")
    knowledge = known(make.CHECKOUT)
    made = {**dict(rule_pages.pages(knowledge)), **dict(list_pages.pages(knowledge))}
    content = {f"{name}.md": made[f"{name}.md"].encode() for name in SHOWN} | {"index.md": b"# Start\n"}
    own = (make.CHECKOUT / "website" / "assets").iterdir()
    make.write(folder, content | {f"assets/{path.name}": path.read_bytes() for path in own})
    settings = folder / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8").partition("\nnav:")[0] + "\n", encoding="utf-8")
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=folder, env=environment, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / "html"


def look(chromium: Any, page: Path, width: int, scheme: str) -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    feature = {"name": "prefers-color-scheme", "value": scheme}
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    chromium.get(page.as_uri())


def wanted(chromium: Any) -> list[str]:
    """The addresses that were asked for since the last look, but those of files and of data in the page."""
    messages = (json.loads(entry["message"])["message"] for entry in chromium.get_log("performance"))
    urls = (m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent")
    return [url for url in urls if not url.startswith(("file:", "data:", "about:"))]


def shown_codes(chromium: Any) -> list[str]:
    rows = chromium.find_elements(By.CSS_SELECTOR, ".codes tbody tr")
    return [row.find_element(By.TAG_NAME, "code").text for row in rows if row.is_displayed()]


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_a_page_fits_and_fetches_nothing(chromium: Any, html: Path, name: str, width: int, scheme: str) -> None:
    chromium.get_log("browser")
    wanted(chromium)
    look(chromium, html / f"{name}.html", width, scheme)
    dark = chromium.find_element(By.TAG_NAME, "body").get_attribute("data-md-color-scheme") == "slate"
    assert dark == (scheme == "dark")
    assert chromium.execute_script("return document.documentElement.scrollWidth") <= width
    assert chromium.find_elements(By.CSS_SELECTOR, ".both, .codes")
    assert not chromium.get_log("browser")
    assert not wanted(chromium)


def test_the_search_works_without_a_server(chromium: Any, html: Path) -> None:
    look(chromium, html / "index.html", 1280, "light")
    field = chromium.find_element(By.CSS_SELECTOR, ".md-search__input")
    field.click()
    field.send_keys("end user")
    found = WebDriverWait(chromium, 20).until(
        lambda driver: driver.find_elements(By.CSS_SELECTOR, ".md-search-result__link")
    )
    assert any("reference/rules/ER-C-111.html" in str(link.get_attribute("href")) for link in found)
    assert not chromium.get_log("browser")
    assert not wanted(chromium)


def test_the_codes_of_a_list_are_filtered(chromium: Any, html: Path) -> None:
    look(chromium, html / "reference" / "lists" / "countries.html", 1280, "light")
    chromium.find_element(By.CSS_SELECTOR, ".codes input").send_keys("netherl")
    assert shown_codes(chromium) == ["AN", "BQ", "NL"]
