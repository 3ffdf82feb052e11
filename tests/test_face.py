#!/usr/bin/env python3
"""What must never happen: a file that other people's tools refuse, or in which a source's text becomes more than text.

Every form is read by a parser that is not ours. Usage: test_face.py FACE_SAMPLE"""
import html.parser
import io
import json
import os
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from xml.etree import ElementTree

HOSTILE = "</script><b a=\"1\">'&]]> \\{%$#_^~} =1+1\ufffd TY  - BOOK\ufffd"  # as a reader may see it
LAST = "https://vigie.example/en/figures/by-type?q=a%20{b}&as_of=2021-05-09"
sample = sys.argv[1]
environment = dict(os.environ, LSAN_OPTIONS="print_suppressions=0:suppressions=" +
                   os.path.join(os.path.dirname(os.path.abspath(__file__)), "lsan.supp"))
checks = failures = 0


def check(condition, name):
    global checks, failures
    checks += 1
    failures += not condition
    print("%s %d - %s" % ("ok" if condition else "not ok", checks, name))


def skip(name, why):
    global checks
    checks += 1
    print("ok %d - %s # SKIP %s" % (checks, name, why))


def run(form):
    return subprocess.run([sample, form], capture_output=True, env=environment)


def take(form):
    answer = run(form)
    check(answer.returncode == 0, form + " is written")
    return answer.stdout


def one_line(text):
    return re.sub(r"\r\n|[\r\n\t]", " ", text)


def safe(text, name):
    check("\u202e" not in text and "\x01" not in text, name + ": nothing turns the text round")


def check_atom():
    raw = take("atom").decode()
    safe(raw, "atom")
    a = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(raw)
    entries = feed.findall(a + "entry")
    moment = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")
    check(feed.tag == a + "feed" and all(feed.find(a + n) is not None for n in ("id", "title", "updated", "author")),
          "atom: the feed has what RFC 4287 requires")
    links = {link.get("rel"): link.get("href") for link in feed.findall(a + "link")}
    check(links["self"] == feed.findtext(a + "id") and "type=ransomware&country=FR" in links["alternate"],
          "atom: it names itself and its page")
    check(one_line(feed.findtext(a + "title")) == HOSTILE, "atom: a hostile title is text")
    check(len({e.findtext(a + "id") for e in entries}) == 2 and
          all(e.findtext(a + "title") and e.findtext(a + "summary") and e.find(a + "link").get("href") for e in entries),
          "atom: entries are complete and different")
    check(all(moment.match(e.findtext(a + n)) for e in entries for n in ("updated", "published")) and
          all(e.findtext(a + "updated") >= e.findtext(a + "published") for e in entries),
          "atom: moments are RFC 3339 and in order")
    check(entries[0].get("{http://www.w3.org/XML/1998/namespace}lang") == "fr", "atom: an entry says its language")


def check_json_feed():
    raw = take("feed").decode()
    safe(raw, "feed")
    feed = json.loads(raw)
    check(feed["version"] == "https://jsonfeed.org/version/1.1" and feed["title"] == HOSTILE and
          feed["authors"] == [{"name": "Vigie"}], "feed: it is a JSON Feed 1.1")
    check([item["id"] for item in feed["items"]] ==
          ["https://vigie.example/en/incidents/12", "https://vigie.example/en/incidents/7"] and
          all(item["content_text"] and item["date_published"] <= item["date_modified"] for item in feed["items"]),
          "feed: the same entries as Atom, each with content")


def check_citations():
    texts = {form: take(form).decode() for form in ("txt", "bib", "ris", "csl", "meta")}
    for form, text in texts.items():
        safe(text, form)
    check("“" + HOSTILE + "”" in texts["txt"] and texts["txt"].endswith(LAST), "txt: title, and the address at the end")
    bib = texts["bib"]
    depth, least = 0, 1
    for i, c in enumerate(bib):
        if c in "{}" and bib[i - 1] != "\\":
            depth += 1 if c == "{" else -1
            least = min(least, depth) if 0 < i < len(bib) - 2 and depth < 1 and "," in bib[:i] else least
    check(depth == 0 and least == 1, "bib: its braces match and the entry ends at its end")
    check(re.match(r"@online\{[A-Za-z0-9-]+,\n", bib) and bib.count("\n  ") == 9, "bib: one field a line")
    check("\\{\\%\\$\\#\\_" in bib and "{b}" not in bib and "%7Bb%7D&as_of" in bib, "bib: TeX's letters are letters")
    lines = texts["ris"].split("\r\n")
    check(all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1]) and lines[-1] == "", "ris: tags and CR LF")
    tags = [line[:2] for line in lines[:-1]]
    check(tags[0] == "TY" and tags[-1] == "ER" and tags.count("TY") == tags.count("ER") == 1, "ris: one reference")
    check("UR  - " + LAST in lines, "ris: the address as it is")
    csl = json.loads(texts["csl"])
    check(len(csl) == 1 and csl[0]["title"] == HOSTILE and csl[0]["issued"] == {"date-parts": [[2021, 5, 9]]} and
          csl[0]["URL"] == LAST and re.fullmatch(r"[a-z-]+", csl[0]["id"]), "csl: one item with its date")
    metas = {}

    class Reader(html.parser.HTMLParser):
        def handle_starttag(self, tag, attributes):
            metas[dict(attributes).get("name", tag)] = dict(attributes).get("content")
    Reader().feed(texts["meta"])
    check(all(name.startswith("citation_") for name in metas) and metas["citation_title"] == HOSTILE and
          metas["citation_publication_date"] == "2021/05/09" and metas["citation_public_url"] == LAST,
          "meta: Highwire names and nothing else")


def check_objects():
    raw = take("dataset").decode()
    safe(raw, "dataset")
    data = json.loads(raw)
    check(not set("<>&") & set(raw), "dataset: no text can end the script")
    check(data["@type"] == "Dataset" and data["name"] == HOSTILE and
          data["distribution"][0]["contentUrl"].endswith("a=1&b=2") and
          data["temporalCoverage"] == "2020-01-01/2021-05-09", "dataset: it says what it is")
    embed = json.loads(take("oembed"))
    frames = []

    class Reader(html.parser.HTMLParser):
        def handle_starttag(self, tag, attributes):
            frames.append((tag, dict(attributes)))
    Reader().feed(embed["html"])
    check(embed["type"] == "rich" and embed["version"] == "1.0" and embed["width"] == 300, "oembed: not wider than asked")
    check([tag for tag, _ in frames] == ["iframe"] and frames[0][1]["width"] == "300" and
          frames[0][1]["src"].endswith("?type=a&embed=1") and "</script>" in frames[0][1]["title"],
          "oembed: one frame and no other element")


def check_sitemap():
    s, x = "{http://www.sitemaps.org/schemas/sitemap/0.9}", "{http://www.w3.org/1999/xhtml}"
    places = {}
    for url in ElementTree.fromstring(take("sitemap")).findall(s + "url"):
        places[url.findtext(s + "loc")] = {l.get("hreflang"): l.get("href") for l in url.findall(x + "link")}
    check(len(places) == 4 and "https://vigie.example/fr/incidents?type=a&country=FR" in places,
          "sitemap: each page in each language")
    check(all(set(links) == {"en", "fr", "x-default"} and place in links.values() and
              all(places[link] == links for link in links.values()) for place, links in places.items()),
          "sitemap: sisters name each other and themselves")
    index = ElementTree.fromstring(take("sitemap-index"))
    check([e.text for e in index.iter(s + "loc")][1] == "https://vigie.example/sitemap/2.xml", "sitemap: an index")


def check_maps():
    s = "{http://www.w3.org/2000/svg}"
    for form in ("map", "map-page"):
        raw = take(form).decode()
        safe(raw, form)
        tree = ElementTree.fromstring("<body>%s</body>" % raw)
        names = {}
        for mark in tree.iter(s + "g"):
            title = mark.find(s + "title")
            if title is not None:
                names[title.text] = mark
        check(len(names) > 240 and all(len(list(m)) >= 2 for m in names.values()), form + ": each country has its mark")
        classes = [names[n].get("class") for n in ("États-Unis\u00a0: 100", "France\u00a0: 16", "Malte\u00a0: 2")]
        check(classes == ["s5", "s4", "s1"], form + ": more is darker")
        check(names["Égypte\u00a0: 0"].get("fill") is None and names["Égypte\u00a0: 0"].get("class") == "s0" and
              names["Tchad\u00a0: aucun signalement"].get("fill").startswith("url(#"), form + ": no report is not zero")
        check(all(int(c.get("r")) >= 8 for c in tree.iter(s + "circle") if c.get("class") == "touch"),
              form + ": no dot is hard to hit")
        ids = [e.get("id") for e in tree.iter() if e.get("id")]
        check(len(ids) == len(set(ids)), form + ": names are used once")
        used = set(re.findall(r'class="(s\d|no|dot|touch|blank|stripe)', raw))
        check({"s0", "s1", "s3", "s5", "no", "dot", "stripe"} <= used, form + ": states look different")
    points = json.loads(take("geojson"))["features"]
    check(sum(p["properties"]["incidents"] for p in points) == 121 and
          [p["geometry"] is None for p in points] == [False] * 4 + [True], "geojson: nobody is lost")


def cells_of(book, number):
    m = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    tree = ElementTree.fromstring(book.read("xl/worksheets/sheet%d.xml" % number))
    rows = []
    for row in tree.iter(m + "row"):
        rows.append([(c.get("t", "n"), "".join(t.text or "" for t in c.iter(m + "t")) if c.get("t") else c.findtext(m + "v"))
                     for c in row.iter(m + "c")])
    check(tree.find(".//" + m + "f") is None, "xlsx: sheet %d has no formula" % number)
    return tree, rows


def check_xlsx():
    raw = take("xlsx")
    check(raw == run("xlsx").stdout, "xlsx: the same rows are the same bytes")
    book = zipfile.ZipFile(io.BytesIO(raw))
    check(book.testzip() is None and not any(i.extract_version > 20 for i in book.infolist()), "xlsx: a plain archive")
    for name in book.namelist():
        ElementTree.fromstring(book.read(name))
    tree, rows = cells_of(book, 1)
    check(len(rows) == 20006 and [c[1] for c in rows[0]] == ["id", "date", "persons", "share", "note"], "xlsx: all rows")
    pane = next(e for e in tree.iter() if e.tag.endswith("}pane"))
    check(pane.get("state") == "frozen" and pane.get("ySplit") == "1", "xlsx: the header stays")
    check(rows[1] == [("inlineStr", "1"), ("inlineStr", "2021-05"), ("n", "1234"), ("n", "0.5"), ("inlineStr", "=1+1")],
          "xlsx: numbers are numbers, dates and what looks like a formula are text")
    check(rows[2][0] == ("inlineStr", "007") and rows[2][2] == ("inlineStr", "not_reported") and
          rows[2][3] == ("n", "-12.25") and rows[2][4][1].replace("\r\n", "\n") == 'a\nb, "c"', "xlsx: codes stay as they are")
    check(rows[3][2:] == [("inlineStr", "12345678901234567890"), ("inlineStr", "+5"), ("inlineStr", "_x005F_x000D_")],
          "xlsx: what a number would lose stays text")
    check(one_line(rows[4][4][1]) == HOSTILE, "xlsx: a hostile text is a text")
    check(len(rows[5][4][1]) == 32767 and rows[5][4][1].endswith("é…"), "xlsx: a cell is no longer than a spreadsheet takes")
    check(rows[-1][4] == ("inlineStr", "many; rows; that; are; one; list") and len(rows[-1]) == 5,
          "xlsx: a list in a cell stays in its cell")
    about = {r[0][1]: r[1][1] for r in cells_of(book, 2)[1]}
    check(about["Requête"] == "type=ransomware" and about["Licence"] == "CC BY 4.0" and "as_of=" in about["Adresse"],
          "xlsx: the second sheet says what was asked")
    try:
        import openpyxl
    except ImportError:
        skip("openpyxl reads the workbook", "it is not installed")
        return
    sheets = openpyxl.load_workbook(io.BytesIO(raw)).worksheets
    first = sheets[0]
    check(first.max_row == 20006 and first["C2"].value == 1234 and first["E2"].value == "=1+1" and
          first["E2"].data_type != "f" and first.freeze_panes == "A2" and sheets[1]["B2"].value == "type=ransomware",
          "openpyxl reads the workbook")


def pixels(raw):
    width, height = struct.unpack(">II", raw[16:24])
    data, at = b"", 8
    while at < len(raw):
        length, kind = struct.unpack(">I4s", raw[at:at + 8])
        data += raw[at + 8:at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    return width, height, len(set(zlib.decompress(data)))


def check_pictures():
    for form, size in (("card.png", (1200, 630)), ("map.png", (1536, 1118))):
        answer = run(form)
        if b"unavailable: this Vigie was built without" in answer.stderr:
            skip(form, "built without librsvg")
            continue
        check(answer.stdout[:8] == b"\x89PNG\r\n\x1a\n", form + " is a PNG")
        width, height, bytes_used = pixels(answer.stdout)
        check((width, height) == size, "%s is %d by %d" % ((form,) + size))
        check(bytes_used > 50, form + " has colours")
    card = ElementTree.fromstring(take("card.svg"))
    texts = [t.text for t in card.iter("{http://www.w3.org/2000/svg}text")]
    check("1,571 incidents" in " ".join(texts) and texts[-2].endswith("only."), "card: the whole sentence")


check_atom()
check_json_feed()
check_citations()
check_objects()
check_sitemap()
check_maps()
check_pictures()
check_xlsx()
print("1..%d" % checks)
sys.exit(failures != 0)
