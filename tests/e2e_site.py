"""What must never happen: a reader meets a broken page, a dead link, another number in another form of the same figure,
or a page that tells nothing when something is wrong."""
import csv
import datetime
import io
import json
import re
import sys
import urllib.parse
import xml.etree.ElementTree
import zipfile

import tap
from page_reader import Page
from site_harness import STARTER, Site

TEXTS = ["about", "accessibility", "calls-governments", "calls-health", "calls-industry", "contact", "corrections", "data",
         "journal", "methodology", "naming", "privacy", "under-reporting"]
PAGES = ["/", "/releases", "/incidents", "/claimed", "/excluded", "/incidents/1", "/codebook", "/api", "/figures/by-type", "/figures/headline", "/countries",
         "/countries/FR", "/countries/BT", "/organisations", "/organisations/2", "/actors", "/actors/lockbit", "/actors/nefilim", "/sources", "/sources/3", "/sources/starter"] + ["/" + text for text in TEXTS]


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def check_pages(site):
    for language in ("en", "fr"):
        for path in PAGES:
            answer = site.get(f"/{language}{path}")
            page = Page(answer.text)
            name = f"/{language}{path}"
            tap.check(answer.status == 200 and not page.wrong, f"{name} is a good page", page.wrong)
            tap.check(page.attributes["html"][0]["lang"] == language, f"{name} says its language")
            tap.check(all(tag in page.attributes for tag in ("title", "h1", "main", "nav", "header", "footer")),
                      f"{name} has title, heading and landmarks")
            tap.check(("a", "#content") in page.links and "content" in page.ids, f"{name} can skip to its content")
            other = "fr" if language == "en" else "en"
            tap.check(any(link.startswith(f"/{other}{path}") for _, link in page.links),
                      f"{name} leads to itself in the other language")


def check_weight(site):
    """The home page with all that it loads, as it comes over the line: below 60 kB."""
    for language in ("en", "fr"):
        page = site.get(f"/{language}/", headers={"Accept-Encoding": "gzip"})
        loads = set(re.findall(r'<(?:link rel="(?:stylesheet|icon)"[^>]*href|script[^>]*src|img[^>]*src)="(/[^"]+)"', page.text))
        bytes_of = {path: len(site.get(path, headers={"Accept-Encoding": "gzip"}).body) for path in loads}
        total = len(page.body) + sum(bytes_of.values())
        tap.check(len(loads) >= 3 and len(page.body) < 0.5 * len(page.text) and total < 60000,
                  f"the home page in {language} takes {total} bytes with everything", bytes_of)
        scripts = {path: len(site.get(path).body) for path in loads if ".js" in path}
        tap.check(scripts and max(scripts.values()) < 5000, "a script has less than 5 kB", scripts)


def check_texts(site):
    """No placeholder is left, and what those who run the site say stands in them."""
    for language in ("en", "fr"):
        for text in TEXTS:
            answer = site.get(f"/{language}/{text}").text
            tap.check("{{" not in answer, f"/{language}/{text} has all its words")
        told = site.get(f"/{language}/contact").text
        tap.check("desk@vigie.example &amp; others" in told, f"/{language}/contact says how to reach the site", told[-900:])
        tap.check("https://vigie.example/api/v1/figures" in site.get(f"/{language}/data").text,
                  f"/{language}/data quotes the site's own address")


def check_for_programs(site):
    atom = "{http://www.w3.org/2005/Atom}"
    for query in ("", "country=FR", "type=ddos&from=2023", "q=zzzz"):
        wanted = min(50, json.loads(site.get(f"/api/v1/figures?{query}").text)["incidents"])
        feed = xml.etree.ElementTree.fromstring(site.get(f"/fr/incidents.atom?{query}").text)
        same = json.loads(site.get(f"/fr/incidents.feed.json?{query}").text)["items"]
        told = [entry.findtext(atom + "id") for entry in feed.iter(atom + "entry")]
        tap.check(len(told) == wanted and told == [item["id"] for item in same], f"{wanted} incidents in the feeds for “{query}”")
    place = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    listed = [e.text for e in xml.etree.ElementTree.fromstring(site.get("/sitemap.xml").text).iter(place)]
    dead = [address for address in listed[::7] if site.get(address.removeprefix("https://vigie.example")).status != 200]
    tap.check(len(listed) > 2 * (100 + len(TEXTS)) and len(set(listed)) == len(listed) and not dead, "the sitemap's pages are there", dead[:3])
    tap.check("https://vigie.example/sitemap.xml" in site.get("/robots.txt").text, "robots.txt names the sitemap")
    lines = dict(line.split(": ", 1) for line in site.get("/.well-known/security.txt").text.splitlines())
    left = datetime.datetime.fromisoformat(lines["Expires"].replace("Z", "+00:00")) - datetime.datetime.now(datetime.timezone.utc)
    tap.check(lines["Contact"] == "https://vigie.example/en/contact" and 90 < left.days < 365 and
              lines["Canonical"] == "https://vigie.example/.well-known/security.txt" and
              site.get("/security.txt").text == site.get("/.well-known/security.txt").text, "security.txt says whom to tell", lines)
    places = json.loads(site.get("/en/figures/map.geojson?type=ransomware").text)["features"]
    rows_of = json.loads(site.get("/en/figures/by-country.json?type=ransomware").text)["rows"]
    tap.check({(f["properties"]["code"] or "", f["properties"]["incidents"]) for f in places} ==
              {(row["code"], row["incidents"]) for row in rows_of}, "the map counts as the bars do")
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', site.get("/en/").text)
    tap.check(data and json.loads(data.group(1))["@type"] == "Dataset", "the home page describes its data set")
    page = Page(site.get("/en/incidents/1").text)
    tap.check("BibTeX" in page.said and "@online{" in page.said, "an incident can be cited")
    with zipfile.ZipFile(io.BytesIO(site.get("/en/figures/by-type.xlsx").body)) as book:
        tap.check(b"Ransomware" in book.read("xl/worksheets/sheet1.xml"), "a figure is a workbook too")


def check_links(site):
    """Follows every local link that can be reached in three steps."""
    seen, queue, broken = {"/en/", "/fr/"}, [("/en/", 0), ("/fr/", 0)], []
    while queue:
        path, depth = queue.pop()
        answer = site.get(path)
        if answer.status != 200:
            broken.append((path, answer.status))
        if depth == 3 or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        for _, link in Page(answer.text).links:
            target = urllib.parse.urljoin(path, link).split("#")[0]
            if target.startswith("/") and target not in seen and len(seen) < 900:
                seen.add(target)
                queue.append((target, depth + 1))
    tap.check(not broken and len(seen) > 200, f"{len(seen)} links lead somewhere", broken[:5])


def check_numbers(site):
    figures = json.loads(site.get("/api/v1/figures").text)
    wanted = ("incidents claimed_only organisations countries by_type by_main_type by_country by_month by_sector "
              "persons_affected days_of_disturbed_care as_of codebook query").split()
    tap.check(all(key in figures for key in wanted), "the figures have their keys", figures.keys())
    tap.check(figures["incidents"] > 90 and figures["countries"] > 40, "the starter incidents are counted")
    tap.check(sum(figures["by_main_type"].values()) == figures["incidents"], "main types add up to the total")
    tap.check(sum(figures["by_month"].values()) == figures["incidents"], "months add up to the total")
    for query in ("", "type=ransomware", "country=FR,DE", "from=2021-03&to=2022", "severity=major&q=hospital",
                  "type=ddos&type=data_theft", "sector=patient_care&verification=v3"):
        counted = json.loads(site.get(f"/api/v1/figures?{query}").text)
        table = rows(site.get(f"/en/incidents.csv?{query}").text)
        api = json.loads(site.get(f"/api/v1/incidents?{query}").text)
        page = Page(site.get(f"/en/incidents?{query}").text)
        home = Page(site.get(f"/en/?{query}").text)
        number = counted["incidents"]
        told = f"{number} incident" in page.said and (f"{number} incident" in home.said or number == 0)
        tap.check(number == len(table) == api["total"] == len(api["incidents"]) and told,
                  f"{number} incidents in every form for “{query}”", (len(table), api["total"]))
        named = [figure for name in ("by-type", "by-country", "by-month", "by-main-type", "by-sector")
                 for figure in [(name, json.loads(site.get(f"/fr/figures/{name}.json?{query}").text)["rows"],
                                 rows(site.get(f"/fr/figures/{name}.csv?{query}").text))]]
        same = all(counted[name.replace("-", "_")].get(row["code"] or "unknown") == row["incidents"]
                   and int(line["incidents"]) == row["incidents"]
                   for name, listed, lines in named for row, line in zip(listed, lines))
        tap.check(same, f"the named figures say the same for “{query}”")


def check_charts(site):
    for name in ("headline", "by-month", "by-type", "by-main-type", "by-country", "by-sector"):
        answer = site.get(f"/fr/figures/{name}.svg?type=ransomware")
        root = xml.etree.ElementTree.fromstring(answer.text)
        space = "{http://www.w3.org/2000/svg}"
        tap.check(root.tag == space + "svg" and root.find(space + "title").text and root.find(space + "desc").text,
                  f"{name}.svg is a picture with a name and a description")
        tap.check("sha256-" in answer.headers["Content-Security-Policy"], f"{name}.svg is shown with its own style only")


def check_words(site):
    french = Page(site.get("/fr/").text).said
    tap.check(re.search(r"\d+\u00a0incidents ont touché \d+\u00a0organisations de santé dans \d+\u00a0pays\u00a0:", french),
              "the French headline is French", french[:300])
    tap.check(re.search(r"\d\u202f\d{3}", french), "French numbers have French blanks")
    english = Page(site.get("/en/?country=FR&from=2021&to=2021").text).said
    tap.check("From 1 January 2021 to 31 December 2021" in english, "the headline says its period")
    none = Page(site.get("/en/?from=1990&to=1991").text).said
    tap.check("No incident in the register matches." in none, "no incident is said in words")
    tap.check("not known" in none and "at least, from 0" not in none, "what nobody tells is not shown as zero")


def check_incident(site):
    table = rows(site.get("/en/incidents.csv").text)
    contested = [row for row in table if row["conflicting"] == "yes"]
    tap.check(contested, "the starter has contradictions")
    page = Page(site.get(f"/en/incidents/{contested[0]['id']}").text)
    tap.check("Contested:" in page.said, "a contested value is shown as one")
    data = json.loads(site.get(f"/en/incidents/{contested[0]['id']}.json").text)
    tap.check(data["claims"] and data["sources"] and data["incident"]["id"] == int(contested[0]["id"]),
              "an incident has its claims and sources as data")
    lines = rows(site.get(f"/en/incidents/{contested[0]['id']}.csv").text)
    tap.check(len(lines) == len(data["claims"]), "its claims are the same as CSV")
    linked = {link for tag, link in page.links if tag == "a"}
    tap.check(any(source["url"] in linked for source in data["sources"] if source["url"]), "its sources are linked")
    tap.check(site.get(f"/en/incidents/{contested[0]['id']}?as_of=2000-01-01").status == 404,
              "before it was recorded it was not there")


def check_claimed(site):
    figures = json.loads(site.get("/api/v1/figures").text)
    claimed = rows(site.get("/en/claimed.csv").text)
    asked = json.loads(site.get("/api/v1/incidents?verification=v1").text)
    tap.check(len(claimed) == figures["claimed_only"] == asked["total"], "what only attackers claim stands apart")
    tap.check(all(row["verification"] == "v1_claimed" for row in claimed), "and is marked")


def main():
    with Site("starter", STARTER) as site:
        check_pages(site)
        check_weight(site)
        check_texts(site)
        check_for_programs(site)
        check_numbers(site)
        check_charts(site)
        check_words(site)
        check_incident(site)
        check_claimed(site)
        check_links(site)
        tap.check(site.stop() == 0, "it ends when asked, without a complaint")
        tap.check("vigie:" not in site.told(), "it had nothing to complain about", site.told())
    return tap.done()


sys.exit(main())
