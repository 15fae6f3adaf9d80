"""Whether a page is well made: what no browser says, and every reader of a screen suffers from."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "input", "br", "img", "hr", "path", "circle", "text"})
BLOCKS = frozenset({"p", "div", "form", "ul", "ol", "dl", "h1", "h2", "h3", "section", "fieldset", "table", "details"})
CONTROLS = frozenset({"a", "button", "input", "select", "textarea"})


class Page(HTMLParser):
    """Reads a page and notes its faults."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self._open: list[str] = []
        self._ids: list[str] = []
        self._wanted: set[str] = set()
        self._levels: list[int] = []
        self.feed(text)
        self.faults += [f"<{each}> is never closed" for each in self._open]
        self.faults += [f"{each!r} is on two elements" for each in set(self._ids) if self._ids.count(each) > 1]
        self.faults += [f"nothing is called {each!r}" for each in self._wanted - set(self._ids)]
        if self._levels.count(1) != 1:
            self.faults.append(f"{self._levels.count(1)} first headings")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in BLOCKS and "p" in self._open:
            self.faults.append(f"<{tag}> in a paragraph")
        if tag == "form" and "form" in self._open:
            self.faults.append("a form in a form")
        if tag in CONTROLS and {"a", "button"} & set(self._open):
            self.faults.append(f"<{tag}> in a link or a button")
        if tag in ("h1", "h2", "h3"):
            self._heading(int(tag[1]))
        self._names(given)
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self._open or self._open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self._open[-1:]}")
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def _heading(self, level: int) -> None:
        if self._levels and level > self._levels[-1] + 1:
            self.faults.append(f"a heading of level {level} after one of level {self._levels[-1]}")
        self._levels.append(level)

    def _names(self, given: dict[str, str]) -> None:
        if "id" in given:
            self._ids.append(given["id"])
        for name in ("for", "aria-describedby", "aria-labelledby"):
            self._wanted |= set(given.get(name, "").split())
        if given.get("href", "").startswith("#"):
            self._wanted.add(given["href"][1:])
        if given.get("role") == "alert" and not self._open:
            self.faults.append("an alert outside the page")
