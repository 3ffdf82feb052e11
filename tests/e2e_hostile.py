"""What must never happen: a text that a source wrote acts in a reader's browser or spreadsheet, or hides what it is."""
import csv
import io
import json
import os
import re
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree
import zipfile

import tap
from page_reader import Page
from site_harness import STARTER, Site

EVIL = "</title></textarea></script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&<!--"
ROWS = [
    {"organisation": EVIL, "place": EVIL, "impact_note": EVIL, "actor": EVIL, "conflicting_claims": EVIL},
    {"organisation": '=HYPERLINK("http://evil.example","x")', "place": "+1+1", "impact_note": "@SUM(A1)", "actor": "-2+3"},
    {"organisation": "Hospital \u202egnp.exe\u202c \u2066x\u2069", "place": "\u200fx", "impact_note": "bell \x07 \x1b[31m"},
    {"organisation": "Clinic of links", "source_url": "javascript:alert(1)", "source2_url": "data:text/html,x"},
    {"organisation": "HÃ´pital Saint-Ã‰tienne", "place": "ZÃ¼rich"},
    {"organisation": "{{ x }} %s%n {n} ${7*7}", "source_url": 'https://example.org/?a="><script>alert(3)</script>'},
    {"organisation": "a" * 3000, "impact_note": "b " * 2000},
]
PAGES = ["/{}/", "/{}/incidents", "/{}/excluded", "/{}/incidents?q=script", "/{}/incidents?q=%3Cscript%3Ealert(1)",
         "/{}/?source=%22%3E%3Cscript%3E", "/{}/?type=%3Cscript%3E", "/{}/%3Cscript%3Ealert(1)%3C/script%3E",
         "/{}/?%3Cscript%3E=1", "/{}/methodology", "/{}/codebook", "/{}/corrections", "/{}/journal",
         "/{}/countries", "/{}/countries/US", "/{}/sources", "/{}/sources/starter", "/{}/sources/1", "/{}/sources/2", "/{}/sources/3",
         "/{}/figures/by-type?q=%22%3E%3Cscript%3Ealert(1)", "/{}/embed/headline?q=%3C%2Fscript%3E%01%E2%80%AEa", "/{}/sources/4", "/{}/sources/5", "/{}/organisations", "/{}/organisations?q=script", "/{}/organisations/1", "/{}/organisations/2", "/{}/organisations/3",
         "/{}/organisations/5", "/{}/organisations/6", "/{}/actors", "/{}/actors/%3Cscript%3E", "/{}/actors/2-3",
         "/{}/actors/lockbit", "/{}/sources/%3Cscript%3E", "/{}/countries/%22%3E"]


def write_file(path):
    with open(STARTER, encoding="utf-8", newline="") as file:
        sample = list(csv.DictReader(file))
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(sample[0]))
        writer.writeheader()
        for number, change in enumerate(ROWS):
            writer.writerow({**sample[0], "incident_id": f"X-{number}", "conflicting_claims": "", **change})


def check_page(path, answer):
    page = Page(answer.text)
    tap.check(answer.status in (200, 400, 404) and not page.wrong, f"{path} is a good page", (answer.status, page.wrong))
    scripts = [script.get("type") for script in page.attributes.get("script", [])
               if not re.fullmatch(r"/assets/comfort\.js\?v=[0-9a-f]+", script.get("src") or "")]
    tap.check(set(scripts) <= {"application/ld+json"} and all("onerror" not in image for image in page.attributes.get("img", [])),
              f"{path} runs nothing", scripts)
    schemes = {link.split(":")[0] for _, link in page.links if re.match(r"[a-z]+:", link)}
    tap.check(schemes <= {"http", "https"}, f"{path} links to pages only", schemes)
    hidden = [c for c in answer.text if unicodedata.category(c) in ("Cc", "Cf") and c not in "\n\t\r"]
    tap.check(not hidden, f"{path} has no control characters and no overrides", hidden[:5])


def check_pages(site, ids):
    for language in ("en", "fr"):
        for path in PAGES + ["/{}/incidents/%d" % id for id in ids]:
            check_page(path.format(language), site.get(path.format(language)))
    shown = Page(site.get(f"/en/incidents/{ids[0]}").text).said
    tap.check("<script>alert(1)</script>" in shown and "onerror=alert(2)" in shown, "what was written can be read as text")


def check_mended(site, ids):
    answer = site.get(f"/en/incidents/{ids[4]}")
    tap.check("Hôpital Saint-Étienne" in answer.text and "HÃ´pital Saint-Ã‰tienne" in answer.text,
              "text that was encoded twice is mended for the reader, and as it came can be seen")
    data = json.loads(site.get(f"/en/incidents/{ids[4]}.json").text)
    tap.check(data["organisations"][0]["name"] == "HÃ´pital Saint-Ã‰tienne", "data are never mended")


def check_pictures(site):
    """What a reader types stands in pictures too."""
    for q in ("%22%3E%3Cscript%3Ealert(1)", "%01%1B%E2%80%AEa%5D%5D%3E%26lt%3B", "%F0%9F%8F%A5%EF%BF%BFa", "a" * 900):
        for address in (f"/fr/figures/by-type.svg?q={q}", f"/fr/figures/headline.svg?q={q}"):
            root = xml.etree.ElementTree.fromstring(site.get(address).text)
            tags = {one.tag.rpartition("}")[2] for one in root.iter()}
            tap.check(not tags & {"script", "foreignObject", "a", "image", "use"}, f"{address[:60]} draws and does nothing", tags)
        for address in (f"/fr/figures/by-type.png?q={q}", f"/fr/cards/home.png?q={q}"):
            answer = site.get(address)
            tap.check(answer.status in (200, 503, 404) and (answer.status != 200 or answer.body[:4] == b"\x89PNG"), f"{address[:60]} is a picture", answer.status)


def check_exports(site):
    plain = list(csv.DictReader(io.StringIO(site.get("/en/incidents.csv").text, newline="")))
    sheet_text = site.get("/en/incidents.csv?bom=1").text
    sheet = list(csv.DictReader(io.StringIO(sheet_text.removeprefix("\ufeff"), newline="")))
    names = {row["external_id"]: row["organisations"] for row in plain}
    for number, row in enumerate(ROWS):
        tap.check(names[f"X-{number}"] == row["organisation"].strip(), f"data have the name of X-{number} as it was written",
                  names[f"X-{number}"][:200])
    tap.check(sheet_text.startswith("\ufeff"), "the spreadsheet's variant says its encoding")
    cells = [cell for row in sheet for cell in row.values()]
    tap.check(not [cell for cell in cells if cell[:1] in "=+-@\t\r" and not re.fullmatch(r"-?[\d.]+|", cell)],
              "no cell of it is a formula")
    tap.check({row["organisations"].lstrip("'") for row in sheet} == {row["organisations"].lstrip("'") for row in plain},
              "and nothing is lost in it")
    data = json.loads(site.get("/api/v1/incidents").text)
    tap.check({name for row in data["incidents"] for name in row["organisations"]} == set(names.values()),
              "JSON has the names as they were written")
    with zipfile.ZipFile(io.BytesIO(site.get("/en/incidents.xlsx").body)) as book:
        parts = {name: book.read(name).decode("utf-8") for name in book.namelist()}
    cells = xml.etree.ElementTree.fromstring(parts["xl/worksheets/sheet1.xml"]).iter(
        "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}c")
    texts = {"".join(cell.itertext()): cell.get("t") for cell in cells}
    tap.check(all(texts.get(name) == "inlineStr" for name in names.values() if name[:1] in "=<"),
              "the workbook has them as texts", [name for name in names.values() if name not in texts])
    tap.check(not re.search("<f[ >/]|hyperlink|externalLink|vbaProject", "".join(parts.values()).replace("HYPERLINK", "")),
              "and nothing in it acts", list(parts))
    for row in data["incidents"]:
        claims = list(csv.DictReader(io.StringIO(site.get(f"/en/incidents/{row['id']}.csv?bom=1").text, newline="")))
        tap.check(claims and not [cell for claim in claims for cell in claim.values()
                                  if cell[:1] in "=+-@" and not re.fullmatch(r"-?[\d.]+|", cell)],
                  f"no claim of {row['external_id']} is a formula")


def check_actors(site):
    """A name that is nothing but markup has a page like any other, at an address of letters and digits."""
    names = {row["name"]: row["actor"] for row in json.loads(site.get("/en/actors.json").text)["actors"]}
    tap.check(EVIL in names and re.fullmatch(r"[\w%-]+", names[EVIL]), "the hostile attacker is listed as it was written", list(names)[:5])
    for language in ("en", "fr"):
        check_page(f"/{language}/actors/{names[EVIL]}", site.get(f"/{language}/actors/{names[EVIL]}"))
    tap.check("<script>alert(1)</script>" in Page(site.get(f"/en/actors/{names[EVIL]}").text).said, "and can be read as text")
    for path in ("actors", "organisations", "sources"):
        text = site.get(f"/en/{path}.csv?bom=1").text.removeprefix("\ufeff")
        cells = [cell for row in csv.DictReader(io.StringIO(text, newline="")) for cell in row.values()]
        tap.check(cells and not [cell for cell in cells if cell[:1] in "=+-@\t\r" and not re.fullmatch(r"-?[\d.]+|", cell)],
                  f"no cell of {path} is a formula")


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "hostile.csv")
        write_file(path)
        with Site("starter", path) as site:
            rows = json.loads(site.get("/api/v1/incidents").text)["incidents"]
            ids = [row["id"] for row in sorted(rows, key=lambda row: row["external_id"])]
            tap.check(len(ids) == len(ROWS), "the hostile rows are in the register", len(ids))
            check_pages(site, ids)
            check_mended(site, ids)
            check_exports(site)
            check_pictures(site)
            check_actors(site)
    return tap.done()


sys.exit(main())
