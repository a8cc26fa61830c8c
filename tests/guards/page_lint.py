"""What every page must keep: one h1 that starts the title, labels, unique ids, nothing inline or foreign."""

import re
from html.parser import HTMLParser

_CONTROLS = {"input", "select", "textarea"}
_NEED_NO_LABEL = {"hidden", "submit", "button"}


class PageLint(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.controls: list[dict[str, str]] = []
        self.problems: list[str] = []
        self.headings, self.title = [], ""
        self._open: list[str] = []
        self.lang = ""
        self.feed(html)
        self._conclude()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._open.append(tag)
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "html":
            self.lang = values.get("lang", "")
        if tag == "label":
            self.labels.add(values.get("for", ""))
        if tag == "h1":
            self.headings.append("")
        if tag in _CONTROLS and values.get("type") not in _NEED_NO_LABEL:
            self.controls.append({**values, "inside_label": "yes" if "label" in self._open else ""})
        self._check_attributes(tag, values)
        if tag in ("input", "img", "meta", "link", "br", "hr", "option"):
            self._open.pop()

    def _check_attributes(self, tag: str, values: dict[str, str]) -> None:
        if tag == "form" and "action" not in values:
            self.problems.append("a form without an action")
        if tag == "img" and "alt" not in values:
            self.problems.append("a picture without an alternative")
        for name in ("src", "href", "action"):
            address = values.get(name, "")
            if re.match(r"(?:https?:)?//", address) and "localhost" not in address:
                self.problems.append(f"{name} leads to another host: {address}")
        inline = [name for name in values if name.startswith("on") or name == "style"]
        if inline and tag != "svg":
            self.problems.append(f"inline {inline} on <{tag}>")
        if tag == "script" and "src" not in values and values.get("type") != "application/json":
            self.problems.append("an inline script")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title" and "svg" not in self._open:
            self.title += data
        if "h1" in self._open and self.headings:
            self.headings[-1] += data

    def _conclude(self) -> None:
        if self.lang not in ("vi", "en"):
            self.problems.append(f"lang={self.lang!r}")
        if len(self.headings) != 1:
            self.problems.append(f"{len(self.headings)} h1")
        elif not " ".join(self.title.split()).startswith(" ".join(self.headings[0].split())):
            self.problems.append(f"the title {self.title!r} does not start with the h1 {self.headings[0]!r}")
        repeated = {one for one in self.ids if self.ids.count(one) > 1}
        if repeated:
            self.problems.append(f"ids used twice: {repeated}")
        for control in self.controls:
            named = control.get("id") in self.labels or control["inside_label"] or "aria-label" in control
            if not named:
                self.problems.append(f"no label: {control}")
