"""Reads a page as a strict reader would, and notes what is wrong with it."""
import re
from html.parser import HTMLParser

VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
MAY_STAY_OPEN = {"li", "dt", "dd", "p", "tr", "td", "th", "option", "thead", "tbody", "html", "body", "head"}


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.wrong, self.open, self.ids, self.links, self.words = [], [], [], [], []
        self.attributes = {}
        self.labels, self.fields, self.described = set(), set(), set()
        self.feed(text)
        self.close()
        self.wrong += [f"<{tag}> is not closed" for tag in self.open if tag not in MAY_STAY_OPEN]
        self.wrong += [f"id {name} stands twice" for name in set(self.ids) if self.ids.count(name) > 1]
        self.wrong += [f"no label for {name}" for name in self.fields - self.labels]
        self.wrong += [f"nothing has the id {name}" for name in self.described - set(self.ids)]

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.attributes.setdefault(tag, []).append(values)
        if tag not in VOID and tag not in MAY_STAY_OPEN:
            self.open.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.wrong.append(f"{tag} has {name}")
            if name in ("aria-labelledby", "aria-describedby"):
                self.described |= set(value.split())
            if name in ("href", "src", "action"):
                self.links.append((tag, value))
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "label":
            self.labels.add(values.get("for"))
        if tag in ("input", "select") and values.get("type") != "hidden":
            self.fields.add(values.get("id"))
        described_data = tag == "script" and values == {"type": "application/ld+json"}  # no browser runs it
        own_script = tag == "script" and values.get("type") == "module" and values.get("src", "").startswith("/assets/")
        if not described_data and not own_script and tag in ("script", "iframe", "object", "embed", "style"):
            self.wrong.append(f"there is a <{tag}>")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag in MAY_STAY_OPEN:
            return
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> does not close {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data):
        self.words.append(data)

    @property
    def said(self):
        return re.sub(r"[ \n\t]+", " ", "".join(self.words))
