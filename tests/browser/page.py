"""The page of a result as the browser has it: what is seen, what was fetched, what the console said."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: The contrast of each text with what is behind it (WCAG 2.2), with the text and its element.
CONTRASTS = """
const part = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
const numbers = (color) => color.match(/[0-9.]+/g).map(Number);
const behind = (node) => {
  for (; node; node = node.parentElement) {
    const found = numbers(getComputedStyle(node).backgroundColor);
    if (found.length === 3 || found[3] === 1) return found;
  }
  return [255, 255, 255];
};
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const found = [];
while (walker.nextNode()) {
  const node = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || !node.checkVisibility() || node.matches("script, option")) continue;
  const [a, b] = [light(numbers(getComputedStyle(node).color)), light(behind(node))];
  found.push([(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), walker.currentNode.data, node.className]);
}
return found;
"""


@dataclass
class Page:
    """A result, opened in the browser that ``driver`` drives."""

    driver: Any
    path: Path

    def look(self, width: int, media: str, *, dark: bool) -> None:
        """Give the window a width, and the page a medium and a color scheme."""
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": [scheme]})

    def open(self, *, scripts: bool) -> None:
        """Load it, with its scripts or without; what was logged before is forgotten."""
        self.driver.get("about:blank")
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get(self.path.as_uri())
        if not scripts:  # a process that loads its first page does not always know of it yet, so load it twice
            self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
            self.driver.refresh()
            self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        deadline = time.monotonic() + 60
        while self.ask("return document.readyState") != "complete" and time.monotonic() < deadline:
            time.sleep(0.05)

    def ask(self, script: str, *arguments: Any) -> Any:
        """What ``script`` returns in the page."""
        return self.driver.execute_script(script, *arguments)

    def all(self, selector: str) -> list[Any]:
        """The elements that ``selector`` finds and that are seen."""
        return [node for node in self.driver.find_elements("css selector", selector) if node.is_displayed()]

    def one(self, selector: str) -> Any:
        """The one element that ``selector`` finds and that is seen."""
        (node,) = self.all(selector)
        return node

    def codes(self) -> list[str]:
        """The codes of the findings that are seen, in their order."""
        return [node.get_attribute("data-code") for node in self.all(".finding")]

    def console(self) -> list[str]:
        """What the console said since the page was opened."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def fetched(self) -> list[str]:
        """The addresses that were asked for since the page was opened, but for the page itself."""
        events = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))
        asked = [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]
        return [url for url in asked if url not in (self.path.as_uri(), "about:blank")]
