"""Checks of accessibility that any page can be put through."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WITHOUT_ROOM = """
() => {
  const found = [];
  const walk = (root) => {
    for (const each of root.querySelectorAll("*")) {
      if (each.shadowRoot) walk(each.shadowRoot);
      if (!each.matches("button, a[href], input, textarea, select, summary")) continue;
      const box = each.getBoundingClientRect();
      const isInText = each.matches("p a, li a") && getComputedStyle(each).display === "inline";
      if (!box.width || isInText || each.closest("[inert]")) continue;
      const size = `${box.width} × ${box.height}`;
      if (box.width < 43.9 || box.height < 43.9) found.push(`${each.localName} ${each.textContent}: ${size}`);
    }
  };
  walk(document);
  return found;
}
"""


def assert_accessible(page: Page) -> None:
    """No violation of axe's rules, best practices included."""
    found = Axe().run(page).response["violations"]
    assert not [(each["id"], each["help"], [node["html"] for node in each["nodes"]][:3]) for each in found]


def assert_targets_are_large(page: Page) -> None:
    """Whatever is pressed is 44 pixels wide and high at least; links inside a sentence are not meant."""
    assert page.evaluate(WITHOUT_ROOM) == []


def assert_no_sideways_scroll(page: Page) -> None:
    """Nothing is wider than the screen."""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
