"""What must never happen: a facet promises another number than the list then has, an order is not the one that was
asked for, or a walk along a sorted list passes over an incident."""
import csv
import datetime
import io
import json
import re
import sqlite3
import sys
import urllib.parse

import tap
from page_reader import Page
from sheet_reader import sheet
from site_harness import STARTER, Site

FACET = re.compile(r'<a href="(?P<address>[^"]+)" *(?P<chosen>aria-current="true")? *>'
                   r'<span>(?P<label>[^<]*)</span> <span class="number">(?P<count>[^<]*)</span>')
QUERIES = ("", "type=ransomware", "country=FR,DE", "from=2021&to=2021", "severity=major&q=hospital", "source=starter&country=US",
           "type=ddos&country=FR")
COLUMNS = {"persons": "persons_affected", "days": "days_of_disturbed_care", "appointments": "appointments_cancelled",
           "procedures": "procedures_cancelled"}
LEVELS = ["no_effect", "minor", "moderate", "major", "severe", "catastrophic"]


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def facets(site, address):
    text = site.get(address).text
    aside = text[text.index('<aside class="facets"'):text.index("</aside>")] if '<aside class="facets"' in text else ""
    return [(urllib.parse.urljoin(address, found["address"].replace("&amp;", "&")), bool(found["chosen"]), found["label"],
             int(re.sub(r"\D", "", found["count"]))) for found in FACET.finditer(aside)]


def as_csv(site, address):
    path, _, query = address.partition("?")
    return rows(site.get(f"{path}.csv?{query}").text)


def check_facets(site):
    for query in QUERIES:
        given = facets(site, f"/en/incidents?{query}")
        others = [one for one in given if not one[1]]
        wrong = [(label, count) for address, _, label, count in others[::3] if len(as_csv(site, address)) != count]
        tap.check(len(others) > 5 and not wrong, f"{len(others)} facets of “{query}” keep their promise", wrong)
        asked = dict(urllib.parse.parse_qsl(query))
        wanted = sum(len(value.split(",")) for key, value in asked.items() if key not in ("q", "from", "to")) + ("from" in asked)
        taken = [address for address, chosen, _, _ in given if chosen]
        tap.check(len(taken) == wanted, f"what “{query}” asks can be taken back", taken)
        for address in taken:
            left = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query))
            lost = [key for key in asked if left.get(key) != asked[key]]
            tap.check(lost in (["from", "to"], *([key] for key in asked)), f"one thing at a time: {address}", lost)
    kept = facets(site, "/fr/incidents?sort=persons&country=FR")
    tap.check(kept and all("sort=persons" in address for address, *_ in kept), "facets keep the order")
    shown = Page(site.get("/fr/incidents?country=FR&type=ransomware").text)
    tap.check("retirer" in shown.said and "Année" in shown.said, "facets speak French")


def ordered(table, sort):
    if sort in COLUMNS:
        known = [float(row[COLUMNS[sort]]) for row in table if row[COLUMNS[sort]]]
        first = [row[COLUMNS[sort]] != "" for row in table]
        return known == sorted(known, reverse=True) and first == sorted(first, reverse=True) and known
    if sort == "severity":
        levels = [LEVELS.index(row["severity_at_least"]) for row in table]
        return levels == sorted(levels, reverse=True)
    if sort == "added":
        numbers = [int(row["id"]) for row in table]
        return numbers == sorted(numbers, reverse=True)
    days = [row["date_first"] for row in table if row["date_first"]]
    return days == sorted(days, reverse=sort == "newest")


def shown_ids(site, address):
    return [int(number) for number in re.findall(r'<h2><a href="/en/incidents/(\d+)', site.get(address).text)]


def check_orders(site):
    plain = [row["id"] for row in rows(site.get("/en/incidents.csv").text)]
    for sort in ["newest", "oldest", "severity", "added", *COLUMNS]:
        table = rows(site.get(f"/en/incidents.csv?sort={sort}").text)
        ids = [row["id"] for row in table]
        tap.check(ordered(table, sort) and sorted(ids) == sorted(plain), f"the CSV in the order “{sort}”")
        pages = shown_ids(site, f"/en/incidents?sort={sort}") + shown_ids(site, f"/en/incidents?page=2&sort={sort}")
        tap.check(pages == [int(number) for number in ids][:100], f"the pages in the order “{sort}”", pages[:9])
        walked, address = [], f"/api/v1/incidents?limit=9&sort={sort}&country=FR,US,DE"
        while address:
            answer = site.get(address)
            walked += [one["id"] for one in json.loads(answer.text)["incidents"]]
            found = re.search(r'<([^>]+)>; rel="next"', answer.headers.get("Link", ""))
            address = found and found[1]
        wanted = [one["id"] for one in json.loads(site.get(f"/api/v1/incidents?sort={sort}&country=FR,US,DE").text)["incidents"]]
        tap.check(walked == wanted and len(walked) > 18, f"{len(walked)} incidents in pieces in the order “{sort}”")
    link = site.get("/api/v1/incidents?limit=9&sort=persons").headers["Link"]
    cursor = re.search(r"cursor=([^&>]+)", link)[1]
    for query in ("", "sort=days&", "sort=persons&country=FR&"):
        tap.check(site.get(f"/api/v1/incidents?limit=9&{query}cursor={cursor}").status == 400, f"a cursor of another order: “{query}”")
    same = [site.get(f"/en/incidents?sort={sort}").headers["ETag"] for sort in ("newest", "")]
    tap.check(same[0] == same[1] == site.get("/en/incidents").headers["ETag"], "the usual order has one address")


def check_bad(site):
    for language, word in (("en", "days of disturbed care"), ("fr", "jours de soins perturbés")):
        answer = site.get(f"/{language}/incidents?sort=cheapest")
        told = Page(answer.text).said
        tap.check(answer.status == 400 and word in told and "sort" in told, f"/{language}: an unknown order is told, with those that are", told[:400])
    problem = json.loads(site.get("/api/v1/incidents?sort=%00").text)
    tap.check(problem["status"] == 400 and problem["field"] == "sort", "in the API too", problem)
    tap.check(site.get("/api/v1/figures?sort=persons").status == 400, "figures have no order")
    asked = json.loads(site.get("/openapi.json").text)["paths"]["/api/v1/incidents"]["get"]["parameters"]
    words = [key["schema"].get("enum") for key in asked if key["name"] == "sort"]
    tap.check(words and words[0][:2] == ["newest", "oldest"], "OpenAPI lists the orders", words)


def check_workbooks(site):
    for path, query in (("incidents", ""), ("incidents", "country=FR,US&sort=persons"), ("claimed", ""), ("excluded", "q=x"),
                        ("incidents", "type=ransomware&from=2021&to=2021")):
        answer = site.get(f"/fr/{path}.xlsx?{query}", headers={"Accept-Encoding": "gzip"})
        table = list(csv.reader(io.StringIO(site.get(f"/fr/{path}.csv?{query}").text, newline="")))
        book, formula = sheet(answer.body, 1)
        same = [[text.replace("\r\n", "\n") for _, text in row] for row in book] == \
            [[text.replace("\r\n", "\n") for text in row] for row in table]
        tap.check(same and not formula, f"{len(book) - 1} rows of {path}.xlsx?{query} are those of the CSV", answer.status)
        kinds = {name: {row[i][0] for row in book[1:] if row[i][1]} for i, (_, name) in enumerate(book[0])}
        tap.check(all(kinds[name] <= {wanted} for name, wanted in (("id", "number"), ("date_first", "date"), ("title", "text"),
                                                                   ("persons_affected", "number"), ("external_id", "text"))),
                  "numbers are numbers and dates are dates", {name: kinds[name] for name in ("id", "date_first", "title")})
        about = dict((row[0][1], row[1][1]) for row in sheet(answer.body, 2)[0])
        tap.check(about["Adresse"].startswith(f"https://vigie.example/fr/{path}") and about["Licence"], "it says where it is from", about)
    tap.check("Content-Encoding" not in answer.headers, "a workbook is not compressed twice")


def check_forms(site):
    """Every list and every record is offered on its page in three forms, and its workbook holds what its CSV does."""
    for path in ("incidents", "claimed", "excluded", "organisations", "actors", "countries", "sources", "codebook", "corrections", "releases", "incidents/2",
                 "organisations/3", "actors/lockbit", "countries/FR", "sources/1", "sources/starter"):
        page = site.get(f"/fr/{path}").text
        tap.check(all(f'"/fr/{path}.{form}"' in page for form in ("csv", "json", "xlsx")), f"{path} is offered in each form")
        check_workbook(site, f"/fr/{path}")
    for name in ("incidents", "incidents/2", "claims", "sources", "organisations", "actors", "countries", "corrections", "changes",
                 "checkpoints"):
        check_workbook(site, f"/api/v1/{name}")


def check_spreadsheet_csv(site):
    """With bom=1 every CSV is one for spreadsheets: the same cells behind a mark, and none that would be run."""
    for path in ("/fr/incidents", "/fr/countries", "/fr/countries/FR", "/fr/sources/starter", "/fr/figures/by-type", "/fr/codebook",
                 "/en/releases", "/api/v1/figures", "/api/v1/codebook", "/api/v1/checkpoints", "/api/v1/changes"):
        plain, marked = (list(csv.reader(io.StringIO(site.get(path + ".csv" + query).text, newline=""))) for query in ("", "?bom=1"))
        tap.check(marked and marked[0][0] == "\ufeff" + plain[0][0] and [row[1:] for row in marked[:1]] == [row[1:] for row in plain[:1]]
                  and len(marked) == len(plain) and all(a == b or a == "'" + b and b[0] in "=+-@\t\r\n" for one, two in
                                                        zip(marked[1:], plain[1:]) for a, b in zip(one, two)),
                  f"{path}.csv?bom=1 has the same {len(plain)} rows", marked[:2], plain[:2])
    answer = site.get("/en/figures/by-type.csv?bom=1&q=" + urllib.parse.quote("=cmd|'/c calc'!A1"))
    cells = [cell for row in csv.reader(io.StringIO(answer.text.lstrip("\ufeff"), newline="")) for cell in row]
    tap.check(not [cell for cell in cells if cell.startswith("=")], "and nothing that was asked is run", cells[:9])


def check_journal(site):
    """The journal as a table: all its entries, and those behind a moment or a number."""
    def rows(path):
        return list(csv.DictReader(io.StringIO(site.get(path).text, newline="")))
    told = json.loads(site.get("/api/v1/changes").text)["changes"]
    table = rows("/api/v1/changes.csv")
    tap.check([{name: text or None for name, text in row.items()} for row in table] == [{**one, "entry": str(one["entry"])} for one in told]
              and len(told) > 90, f"{len(table)} entries are those of the JSON", table[:1], told[:1])
    tap.check(rows("/api/v1/changes.csv?after=5&limit=3") == table[5:8], "as many as were asked for, behind that number")
    tap.check(rows("/api/v1/changes.csv?since=" + table[-1]["at"]) ==
              [row for row in table if row["at"] == table[-1]["at"]], "or from that moment on")
    points = json.loads(site.get("/api/v1/checkpoints").text)["checkpoints"]
    tap.check([(row["size"], row["root"], row["note"]) for row in rows("/api/v1/checkpoints.csv")] ==
              [(str(one["size"]), one["root"], one["note"]) for one in points] and points, "so are the checkpoints", points[:1])

def check_workbook(site, path):
    answer, table = site.get(path + ".xlsx"), list(csv.reader(io.StringIO(site.get(path + ".csv").text, newline="")))
    book = [[text.replace("\r\n", "\n") for _, text in row] for row in sheet(answer.body, 1)[0]] if answer.status == 200 else []
    empty = any(word in path for word in ("excluded", "corrections", "releases"))  # of the starter incidents
    tap.check(len(table) > (not empty) and book == [[text.replace("\r\n", "\n") for text in row] for row in table],
              f"{path}.xlsx has the {len(table) - 1} rows of the CSV", answer.status, book[:2], table[:2])
    about = dict((row[0][1], row[1][1]) for row in sheet(answer.body, 2)[0])
    tap.check(about and all(text for word, text in about.items() if word not in ("Query", "Requête")),
              f"{path}.xlsx says where it is from", about)


def check_names(site):
    """The day is that of the last entry that was looked at."""
    with sqlite3.connect(f"file:{site.var}/public.db?mode=ro", uri=True) as db:
        last = db.execute("SELECT max(at) FROM entry").fetchone()[0]
    day = datetime.datetime.fromtimestamp(last / 1000, datetime.timezone.utc).date().isoformat()
    for address, wanted in (
            ("/en/incidents.csv", f"vigie-incidents-{day}.csv"),
            ("/en/incidents.csv?type=ransomware&country=FR,DE&sort=days", f"vigie-incidents-country-DE-FR-type-ransomware-{day}.csv"),
            ("/fr/incidents.xlsx?country=FR", f"vigie-incidents-country-FR-{day}.xlsx"),
            ("/fr/claimed.xlsx?q=h%C3%B4pital%22", f"vigie-claimed-q-hopital-{day}.xlsx"),
            ("/fr/countries.xlsx", f"vigie-countries-{day}.xlsx"),
            ("/fr/incidents/7.csv", f"vigie-incident-7-{day}.csv"),
            ("/en/codebook.xlsx", "vigie-codebook.xlsx"),
            ("/api/v1/sources.csv?from=2021", f"vigie-incidents-sources-from-2021-{day}.csv"),
            ("/en/figures/by-type.csv?as_of=2200", f"vigie-by-type-{day}.csv"),
            ("/en/figures/by-type.xlsx?country=FR", f"vigie-by-type-country-FR-{day}.xlsx")):
        told = site.get(address).headers["Content-Disposition"]
        tap.check(told == f'attachment; filename="{wanted}"', f"{address} is called {wanted}", told)
    long = site.get("/en/incidents.csv?q=" + "word+" * 400).headers["Content-Disposition"]
    tap.check(len(long) < 200 and long.endswith(f'-{day}.csv"'), "a long question has a short name", long)


def main():
    with Site("starter", STARTER) as site:
        check_facets(site)
        check_orders(site)
        check_bad(site)
        check_workbooks(site)
        check_forms(site)
        check_spreadsheet_csv(site)
        check_journal(site)
        check_names(site)
        tap.check(site.stop() == 0 and "vigie:" not in site.told(), "it had nothing to complain about", site.told())
    return tap.done()


sys.exit(main())
