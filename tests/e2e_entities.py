"""What must never happen: the page of a country, source, organisation or attacker says another number than the register,
a country stands ranked or beside another where too little is known, or a name is shown that may not be."""
import csv
import io
import json
import os
import re
import sqlite3
import sys
import tempfile
from contextlib import closing

import tap
from page_reader import Page
from site_harness import STARTER, Site

COUNTED = """version.until IS NULL AND version.inclusion = 'included'
    AND version.verification IN ('v2_probable', 'v3_confirmed')"""
ATTACKED = "affected.until IS NULL AND affected.role IN ('direct', 'via_supplier')"


def data(site, path):
    answer = site.get(path)
    return json.loads(answer.text) if answer.status == 200 else {}


def table(site, path):
    return list(csv.DictReader(io.StringIO(site.get(path).text, newline="")))


def query(site, sql, *values):
    """What another program finds in the public store."""
    with closing(sqlite3.connect(f"file:{site.var}/public.db?mode=ro", uri=True)) as db:
        return db.execute(sql, values).fetchall()


def headings(page):
    return [part.strip() for part in re.findall(r"<h[12][^>]*>(?:<bdi>)?(.*?)(?:</bdi>)?</h[12]>", page)]


def check_countries(site):
    wanted = dict(query(site, f"""SELECT country, count(DISTINCT version.incident) FROM version
        JOIN affected ON affected.incident = version.incident JOIN organisation ON organisation.id = affected.organisation
        WHERE {COUNTED} AND {ATTACKED} AND country IS NOT NULL GROUP BY country"""))
    listed = data(site, "/fr/countries.json")["countries"]
    tap.check({row["code"]: row["incidents"] for row in listed} == wanted, "the countries count as the store does", len(listed))
    lines = table(site, "/fr/countries.csv")
    tap.check([(row["code"], row["name"], str(row["incidents"])) for row in listed] ==
              [(row["code"], row["name"], row["incidents"]) for row in lines], "and the same as CSV")
    page = site.get("/en/countries").text
    shown = re.findall(r'href="/en/countries/([A-Z]{2})"', page)
    names = re.findall(r'href="/en/countries/[A-Z]{2}"><bdi>(.*?)</bdi>', page)
    tap.check(sorted(shown) == sorted(wanted) and names == sorted(names), "the page has them in the alphabet's order", names[:5])
    few = {code for code, count in wanted.items() if count < 5}
    compared = set(re.findall(r'href="/en/incidents\?country=([A-Z]{2})"', page))
    tap.check(few and compared == set(wanted) - few, "fewer than five are not compared", compared & few)
    registers = {row[0] for row in query(site, """SELECT DISTINCT country FROM source JOIN statement ON statement.source = source.id
        JOIN affected ON affected.incident = statement.incident JOIN organisation ON organisation.id = affected.organisation
        WHERE source_type = 'register' AND country IS NOT NULL""")}
    tap.check({row["code"] for row in listed if row["public_registers"]} <= registers, "a register is told of where one is", registers)


def check_country(site):
    for code in ("US", "FR", "CA"):
        told = data(site, f"/en/countries/{code}.json")
        counted = data(site, f"/api/v1/figures?country={code}")
        tap.check(all(told["figures"][key] == counted[key] for key in ("incidents", "by_type", "by_month", "persons_affected")),
                  f"{code} has the figures of its filter")
        tap.check(sum(row["incidents"] for row in told["data_sets"]) == counted["incidents"],
                  f"its data sets add up to its incidents", told["data_sets"])
        page = site.get(f"/en/countries/{code}").text
        order = headings(page)
        tap.check(order.index("Who reports there") < order.index("Key figures") < order.index("Charts"),
                  f"who reports stands before any figure of {code}", order)
        tap.check(f"/en/incidents.csv?country={code}" in page and f"/en/figures/by-month.svg?country={code}" in page,
                  f"{code} leads to its data")
    page = Page(site.get("/en/countries/CL").text).said
    tap.check("too few to be compared" in page, "few incidents are said to be few")
    page = Page(site.get("/fr/countries/BT").text).said
    tap.check("n’est pas zéro" in page and "Bhoutan" in page, "a country without a report has a page that says so", page[:300])
    for path in ("/en/countries/fr", "/en/countries/ZZ", "/en/countries/FRA", "/en/countries/%3Cb%3E"):
        tap.check(site.get(path).status == 404, f"{path} is no country")
    tap.check(site.get("/en/countries?country=FR").status == 400, "the list takes a moment only")
    tap.check(data(site, "/en/countries.json?as_of=2000")["countries"] == [], "as of a day before the register there is none")
    tap.check("/en/countries/FR" in site.get("/en/incidents?country=FR").text, "a list leads to its countries")


def check_sources(site):
    documents = query(site, "SELECT id, url, title, licence FROM source ORDER BY id")
    exported = data(site, "/en/sources.json")["sources"]
    tap.check(sorted((row["source"], row["url"], row["title"], row["licence"]) for row in exported) == documents,
              "the list of sources is the store's", len(exported))
    tap.check([int(row["source"]) for row in table(site, "/fr/sources.csv")] == [row["source"] for row in exported],
              "and the same as CSV")
    shown = []
    for page in range(1, 99):
        answer = site.get(f"/en/sources?page={page}")
        if answer.status != 200:
            break
        shown += [int(id) for id in re.findall(r'href="/en/sources/(\d+)"', answer.text)]
    tap.check(shown == [row[0] for row in documents], "its pages have each of them once", (len(shown), len(documents)))
    for id, url, title, licence in documents[::23] + [row for row in documents if row[2]]:
        told = data(site, f"/en/sources/{id}.json")["source"]
        wanted = query(site, """SELECT count(DISTINCT incident), count(*),
            (SELECT count(*) FROM claim WHERE statement IN (SELECT id FROM statement WHERE source = ?1)),
            date(min(known_since) * 86400, 'unixepoch'), date(max(known_since) * 86400, 'unixepoch')
            FROM statement WHERE source = ?1""", id)[0]
        tap.check((told["incidents"], told["statements"], told["claims"], told["said_from"], told["said_until"]) == wanted,
                  f"source {id} is used as the store says", (told, wanted))
        page = Page(site.get(f"/en/sources/{id}").text)
        tap.check((not url or ("a", url) in page.links) and (not licence or licence in page.said), f"source {id} is told")
    for name in ("starter",):
        told, counted = data(site, f"/en/sources/{name}.json"), data(site, f"/api/v1/figures?source={name}")
        tap.check(told["figures"]["by_month"] == counted["by_month"] and told["licences"] == ["CC BY 4.0"], f"{name} is told")
        page = site.get(f"/fr/sources/{name}").text
        tap.check(f"/fr/incidents.csv?source={name}" in page, f"{name} leads to its exports")
    for path in ("/en/sources/999999", "/en/sources/nobody", "/en/sources?page=99"):
        tap.check(site.get(path).status == 404, f"{path} is not there")
    incident = site.get("/en/incidents/7").text
    cited = query(site, "SELECT DISTINCT source FROM statement WHERE incident = 7")
    tap.check(all(f'href="/en/sources/{row[0]}"' in incident for row in cited), "an incident leads to its sources", cited)


def main():
    with Site("starter", STARTER) as site:
        check_countries(site)
        check_country(site)
        check_sources(site)
        tap.check(site.stop() == 0 and "vigie:" not in site.told(), "it had nothing to complain about", site.told())
    return tap.done()


sys.exit(main())
