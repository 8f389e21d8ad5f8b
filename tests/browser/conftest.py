"""A real Chromium without a window, driven by Selenium; without one the tests are skipped."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.page import Page
from tests.result.conftest import hostile, one_line  # noqa: F401
from tests.result.running import validate


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The driver of the browser, which logs what it fetches and what its console says."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not browser or not driver:
        pytest.skip("there is no Chromium with its driver; `make chromium` installs it")
    webdriver = pytest.importorskip("selenium.webdriver")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    for argument in ("--headless=new", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # the sandbox does not work for the user root
    session = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield session
    session.quit()


@pytest.fixture
def opened(chromium: Any, tmp_path: Path) -> Callable[..., Page]:
    """Opens the page of a run of the command with the given arguments."""

    def open_page(*arguments: str | Path, scripts: bool = True, width: int = 1280, media: str = "",
                  dark: bool = False) -> Page:  # fmt: skip
        path = tmp_path / "result.html"
        validate("-f", "html", "-o", path, "--force", *arguments)
        page = Page(chromium, path)
        page.look(width, media, dark=dark)
        page.open(scripts=scripts)
        return page

    return open_page


@pytest.fixture
def several(tmp_path: Path, bad: dict[str, Any], good: dict[str, Any]) -> Path:
    """A file of documents with an error, a warning, a remark, two codes, and one without findings."""
    doubtful = good | {"additional_information": "e\u0301"}
    path = tmp_path / "several.ndjson"
    documents = [bad | {"denial_kind": "first"}, doubtful, good, bad | {"unheard_of": "second"}]
    path.write_text("\ufeff" + "\n".join(map(json.dumps, documents)), encoding="utf-8")
    return path
