"""Every answer that the public site can give about a small register: each row of its route table in each of its forms and
languages, whatever these lead to, and the answers to what is wrong."""
import collections
import http.client
import io
import os
import re
import zipfile

from tap import ROOT

ROUTES = os.path.join(ROOT, "src", "web", "routes.def")
FIRST = {"incidents": ["1", "11"], "countries": ["FR", "US"], "organisations": ["1", "2"], "actors": ["netwalker"],
         "sources": ["1", "starter"], "figures": ["by-type", "map", "headline"], "embed": ["by-month"], "cards": ["by-type"],
         "sitemap": ["1"], "entries": ["1", "2"], "impact": ["persons_affected"]} # by the part before it
EXTRA = ["/timemap.link?url=https%3A%2F%2Fvigie.example%2Fen%2Fincidents%2F1",
         "/oembed.json?url=https%3A%2F%2Fvigie.example%2Fen%2Ffigures%2Fby-type",
         "/api/v1/changes?since=2000-01-01", "/api/v1/incidents?limit=2", "/tile/0/000.p/1", "/tile/entries/000.p/1",
         *("/releases/1/" + name for name in ("README.md", "CITATION.cff", "SHA256SUMS", "SHA256SUMS.minisig", "minisign.pub",
                                             "codebook.txt", "LICENCES.csv"))]
WRONG = [("GET", "/en/nothing"), ("GET", "/fr/rien"), ("GET", "/"), ("GET", "/en/incidents/99999"), ("GET", "/fr/incidents/99999.json"),
         ("GET", "/en/incidents?color=red"), ("GET", "/fr/incidents?from=hier"), ("GET", "/en/incidents.doc"), ("POST", "/en/"),
         ("DELETE", "/en/incidents/1"), ("HEAD", "/en/incidents"), ("OPTIONS", "/fr/"), ("GET", "/../work.db"), ("GET", "/work.db"),
         ("GET", "/en/%00"), ("GET", "/en/%ff"), ("GET", "/releases/1/work.db"), ("GET", "/releases/99/incidents.csv"),
         ("GET", "/en/queue"), ("GET", "/en/login"), ("GET", "/en/changes/1"), ("GET", "/tile/0/999"), ("GET", "/en/" + "x" * 3000)]
OF_A_KIND = 4 # addresses of one row of the table, form and language; all texts, figures and incidents are of more rows


def routes():
    """(path, form) of each row of the table: ("/L/incidents", "csv")."""
    with open(ROUTES, encoding="utf-8") as file:
        rows = re.findall(r'^(ROUTE|API)\("([^"]+)",\s*"([^"]*)"', file.read(), re.M)
    return [(path, form) for _, path, forms in rows for form in forms.split()]


def pattern(path, form):
    parts = {"L": "(en|fr)", "#": r"\d+", "*": r"[^/?]+", "**": r"[^?]+"}
    address = "/".join(parts.get(part, re.escape(part)) for part in path.split("/"))
    if path.endswith("**"): # files whose names are their own
        return re.compile(address if form == "html" else r"%s\.%s" % (address, form))
    if form == "html":
        return re.compile(r"(?!.*\.(%s)$)%s" % ("|".join({form for _, form in routes()}), address))
    return re.compile(r"%s(\.%s)%s" % (address, form, "?" if form == "json" and path.startswith("/api/") else ""))


def first_addresses():
    for path, form in routes():
        addresses, before = [""], ""
        for part in path.split("/")[1:]:
            parts = ["en", "fr"] if part == "L" else [part] if part not in ("#", "*") else FIRST.get(before, ["1"])
            addresses = ["%s/%s" % (address, one) for address in addresses for one in parts]
            before = part
        for address in addresses:
            if "**" not in address:
                yield address if form == "html" else "%s.%s" % (address, form)


class Every:
    """`answers`: (method, address) -> (status, headers, body)."""

    def __init__(self, port, own="https://vigie.example"):
        self.own, self.answers, self.kinds = own, {}, collections.Counter()
        self.patterns = [(row, pattern(*row)) for row in routes()]
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, method, address, headers=None):
        try:
            self.connection.request(method, address, headers=headers or {})
            answer = self.connection.getresponse()
            body = answer.read()
        except (http.client.HTTPException, OSError): # refused in the middle, or closed between two questions
            self.connection.close()
            self.connection.request(method, address, headers=headers or {})
            answer = self.connection.getresponse()
            body = answer.read()
        kept = [(name, value) for name, value in answer.getheaders() if name not in ("Date", "Connection")]
        self.answers[method, address] = (answer.status, kept, body)
        return answer.status, kept, body

    def again(self, addresses):
        for method, address in addresses:
            self.ask(method, address)
        return self

    def all(self):
        """Goes wherever an answer leads, to some addresses of each kind."""
        waiting = [*first_addresses(), *EXTRA]
        for address in waiting:
            if ("GET", address) in self.answers or not self.is_wanted(address):
                continue
            status, headers, body = self.ask("GET", address)
            if status == 200:
                waiting += self.links(body)
            waiting += [value for name, value in headers if name == "Location" and value.startswith("/")]
        for method, address in WRONG:
            self.ask(method, address)
        return self

    def is_wanted(self, address):
        path, _, query = address.partition("?")
        row = next((row for row, fits in self.patterns if fits.fullmatch(path)), path)
        keys = tuple(sorted({part.split("=")[0] for part in query.split("&")}))
        kind = (row, path[:4], keys if query else path.count("/"))
        self.kinds[kind] += 1
        self.kinds[kind[:2]] += bool(query)
        most = 1 if query else 100 if row[0] in ("/L/*", "/releases/**") else OF_A_KIND
        return self.kinds[kind] <= most and len(keys) < 3 and self.kinds[kind[:2]] < 12

    def links(self, body):
        text = body.decode("utf-8", "replace").replace("&amp;", "&").replace("\\u0026", "&").replace(self.own, "")
        return [link.split("#")[0] for link in re.findall(r'(?:href="|src="|<loc>|"(?:url|link|path|href)":")(/(?!/)[^"<\s]*)', text)]

    def missing(self):
        """Rows of the route table of which no answer with content was seen."""
        given = [address.split("?")[0] for (method, address), answer in self.answers.items() if method == "GET" and answer[0] in (200, 302)]
        return [row for row in routes() if not any(pattern(*row).fullmatch(address) for address in given)]

    def bytes(self):
        """All that was answered: ("GET /en/", its headers and its body; files inside of archives too)."""
        for (method, address), (_, headers, body) in self.answers.items():
            head = "\n".join("%s: %s" % pair for pair in headers).encode()
            yield "%s %s" % (method, address), head + b"\n\n" + body
            if body.startswith(b"PK"):
                with zipfile.ZipFile(io.BytesIO(body)) as archive:
                    for name in archive.namelist():
                        yield "%s %s/%s" % (method, address, name), archive.read(name)
