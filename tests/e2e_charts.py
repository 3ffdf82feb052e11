"""What must never happen: a chart hides how much is not known, a past month's number is said to have been known before it
was, or the home page tells of changes that the register does not have."""
import concurrent.futures
import csv
import html
import io
import json
import math
import re
import sqlite3
import statistics
import struct
import sys
import time
import xml.etree.ElementTree
import zlib

import tap
from page_reader import Page
from site_harness import STARTER, Site

WEEK = 7 * 24 * 3600 * 1000
UNKNOWN_KEYS = {"by-month": "by_month", "by-type": "by_type", "by-main-type": "by_main_type", "by-country": "by_country",
                "map": "by_country", "by-sector": "by_sector", "by-severity": "by_severity", "by-care": "by_care",
                "by-attribution": "by_attribution", "by-attribution-status": "by_attribution_status", "by-discloser": "by_discloser"}


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def check_unknown(site):
    for query in ("", "type=ransomware", "country=FR", "from=1990&to=1991"):
        figures = json.loads(site.get(f"/api/v1/figures?{query}").text)
        for name, key in UNKNOWN_KEYS.items():
            data = json.loads(site.get(f"/en/figures/{name}.json?{query}").text)
            wanted = {"incidents": figures[key].get("unknown", 0), "of": figures["incidents"]} if figures["incidents"] else None
            tap.check(data.get("unknown") == wanted, f"{name}: what is not known for “{query}”", data.get("unknown"))
    table = rows(site.get("/en/incidents.csv").text)
    silent = sum(not row["care_disruption"] for row in table)
    share = round(100 * silent / len(table))
    english, french = Page(site.get("/en/").text).said, Page(site.get("/fr/").text).said
    tap.check(0 < silent and f"Not known for {silent} of {len(table)} incidents ({share}%)." in english, "it stands under its chart")
    tap.check(f"Inconnu pour {silent} sur {len(table)}\u00a0incidents ({share}\u202f%)." in french or
              f"Inconnu pour {silent} sur {len(table)}\u00a0incidents ({share}\u00a0%)." in french, "in French too")


def check_growth(site):
    for query in ("", "country=US", "from=2021&to=2021"):
        grown = rows(site.get(f"/en/figures/growth.csv?{query}").text)
        wrong = [row for row in grown[::7] + grown[-1:]
                 if json.loads(site.get(f"/api/v1/figures?known_by={row['code']}&{query}").text)["incidents"] != int(row["incidents"])]
        tap.check(len(grown) > 5 and not wrong, f"{len(grown)} months of growth are what was known by then: “{query}”", wrong)
    tap.check(site.get("/en/figures/growth.svg?as_of=2200").status == 400, "the two clocks are never mixed")
    for address, there in (("/en/", True), ("/en/?known_by=2022", True), ("/en/?as_of=2200", False)):
        tap.check(("growth-heading" in site.get(address).text) == there, f"{address} shows the growth: {there}")
    shown = rows(site.get("/en/figures/growth.csv?known_by=2022-03").text)
    tap.check(shown[-1]["code"] <= "2022-03", "it ends where it is asked to", shown[-1])


def check_changes(site):
    """Counted in the tables: of the incidents that are counted today, those with a version of the last seven days."""
    with sqlite3.connect(f"file:{site.var}/public.db?mode=ro", uri=True) as db:
        added, changed = db.execute(
            "SELECT count(*) FILTER (WHERE first > before), count(*) FILTER (WHERE first <= before) FROM (SELECT v.since, "
            "(SELECT min(since) FROM version w WHERE w.incident = v.incident) AS first, "
            "(SELECT max(seq) FROM entry WHERE at <= (SELECT max(at) FROM entry) - ?) AS before "
            "FROM version v WHERE v.until IS NULL AND v.inclusion = 'included' "
            "AND v.verification IN ('v2_probable', 'v3_confirmed')) WHERE since > coalesce(before, 0)", (WEEK,)).fetchone()
        if not added:
            added = db.execute("SELECT count(*) FROM version WHERE until IS NULL AND inclusion = 'included' AND "
                               "verification IN ('v2_probable', 'v3_confirmed')").fetchone()[0]
    page = site.get("/en/").text
    said = Page(page).said
    tap.check(f"{added} incidents were added" in said and (f"{changed} incident" in said) == bool(changed),
              f"{added} were added and {changed} were changed", said[said.find("What changed"):][:200])
    section = page[page.index('<section class="changes"'):].split("</section>")[0]
    newest = [row["id"] for row in rows(site.get("/en/incidents.csv?sort=added").text)][:5]
    tap.check(re.findall(r"/en/incidents/(\d+)", section) == newest, "the last ones have their names there", section[-600:])
    tap.check("Ce qui a changé cette semaine" in Page(site.get("/fr/?country=FR").text).said, "in French, of a filter too")
    tap.check("What changed this week" not in Page(site.get("/en/?known_by=2022").text).said, "another clock knows no week")
    tap.check("Nothing was added or changed" in Page(site.get("/en/?country=AQ").text).said, "nothing is told as nothing")


def png(body):
    """Its width, height, and how many different bytes its lines have; every check sum is looked at."""
    assert body[:8] == b"\x89PNG\r\n\x1a\n"
    at, data, kinds = 8, b"", []
    while at < len(body):
        length, kind = struct.unpack(">I4s", body[at:at + 8])
        piece = body[at + 8:at + 8 + length]
        assert struct.unpack(">I", body[at + 8 + length:at + 12 + length])[0] == zlib.crc32(kind + piece)
        data += piece if kind == b"IDAT" else b""
        kinds.append(kind)
        at += length + 12
    assert kinds[-1] == b"IEND"
    return (*struct.unpack(">II", body[16:24]), len(set(zlib.decompress(data))))


def offers_png(site):
    return site.get("/en/figures/by-type.png").status == 200


def check_pictures(site):
    for name in ("headline", "map", "growth", *UNKNOWN_KEYS):
        answer = site.get(f"/fr/figures/{name}.png?type=ransomware", headers={"Accept-Encoding": "gzip"})
        svg = xml.etree.ElementTree.fromstring(site.get(f"/fr/figures/{name}.svg?type=ransomware").text)
        width, height, used = png(answer.body)
        wanted = math.ceil(float(svg.get("height")) * 1536 / float(svg.get("width")))
        tap.check((width, height) == (1536, wanted) and used > 30 and answer.headers["Content-Type"] == "image/png",
                  f"{name}.png is twice as large as its SVG: {width} by {height}", (width, height, wanted, used))
        tap.check("Content-Encoding" not in answer.headers and answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin",
                  f"{name}.png can be used elsewhere", answer.headers)
    again = site.get("/fr/figures/map.png?type=ransomware", headers={"If-None-Match": site.get("/fr/figures/map.png?type=ransomware").headers["ETag"]})
    tap.check(again.status == 304, "a picture that is known is not sent again", again.status)
    tap.check(site.get("/fr/figures/map.png?type=none").status == 400 and site.get("/fr/figures/nothing.png").status == 404,
              "a bad question gets no picture")
    one, other = site.get("/fr/figures/headline.png").body, site.get("/fr/figures/headline.png?country=FR").body
    tap.check(one != other, "another question has another picture")


def code_of(text, title):
    """What stands to be copied under a title, as the reader copies it."""
    found = re.search(r"<dt>" + re.escape(title) + r"</dt>\s*<dd><pre[^>]*><code>(.*?)</code>", text, re.S)
    return found and html.unescape(found[1])


def check_embedding(site):
    for name, query in (("by-type", "country=FR"), ("headline", ""), ("growth", "country=US")):
        path = f"/en/figures/{name}" + (f"?{query}" if query else "")
        page = site.get(path)
        discovered = re.search(r'type="application/json\+oembed" href="([^"]+)"', page.text)
        address = html.unescape(discovered[1]).removeprefix("https://vigie.example")
        told = json.loads(site.get(address).text)
        frame = Page(told["html"]).attributes["iframe"][0]
        tap.check(told["type"] == "rich" and told["html"] == code_of(page.text, "Embed as a page"), f"{name}: oEmbed gives what is to be copied", told)
        shown = site.get(frame["src"].removeprefix("https://vigie.example"))
        policy = shown.headers["Content-Security-Policy"]
        tap.check(shown.status == 200 and "frame-ancestors *" in policy and "script" not in policy and
                  ("<svg" in shown.text or name == "headline" and '<p class="sentence">From' in shown.text) and
                  shown.headers["Cross-Origin-Resource-Policy"] == "cross-origin", f"{name} may be shown in a frame", shown.headers)
        tap.check(not Page(shown.text).wrong, f"{name}: the frame holds a good page", Page(shown.text).wrong)
        small = json.loads(site.get(address + "&maxwidth=300&maxheight=200&format=json").text)
        tap.check((small["width"], small["height"]) == (300, 200), f"{name}: no larger than asked")
        permalink = code_of(page.text, "As it stands now, for ever")
        kept = site.get(permalink.removeprefix("https://vigie.example"))
        tap.check(kept.status == 200 and (("as_of=" in permalink) != (name == "growth")), f"{name}: the permalink says its moment", permalink)
        tap.check(permalink in code_of(page.text, "Cite"), f"{name}: it can be cited", code_of(page.text, "Cite"))
    there = "https%3A%2F%2Fvigie.example%2Ffr%2Ffigures%2Fmap.svg"
    tap.check("Où des incidents" in json.loads(site.get(f"/oembed.json?url={there}").text)["title"], "a file of a figure can be asked for too")
    for query, status in (("", 400), ("url=https%3A%2F%2Fevil.example%2Fen%2Ffigures%2Fmap", 404), ("url=https%3A%2F%2Fvigie.example%2Fen%2Fincidents", 404),
                          (f"url={there}&format=xml", 400), (f"url={there}&width=3", 400), (f"url={there}%3Ftype%3Dnone", 400), ("url=%FF", 400),
                          ("url=https%3A%2F%2Fvigie.example.evil%2Fen%2Ffigures%2Fmap", 404), (f"url={there}&maxwidth=-1", 400)):
        tap.check(site.get(f"/oembed.json?{query}").status == status, f"oembed.json?{query} is {status}", site.get(f"/oembed.json?{query}").text)
    tap.check("frame-ancestors 'none'" in site.get("/en/figures/by-type").headers["Content-Security-Policy"], "pages are not shown in frames")


def check_cards(site):
    for path in ("/en/", "/fr/incidents?country=FR", "/fr/figures/by-care?type=ransomware", "/en/methodology"):
        head = site.get(path).text.split("</head>")[0]
        metas = dict(re.findall(r'<meta property="og:([a-z:]+)" content="([^"]*)"', head))
        card = site.get(html.unescape(metas["image"]).removeprefix("https://vigie.example"))
        width, height, used = png(card.body)
        tap.check((width, height) == (1200, 630) == (int(metas["image:width"]), int(metas["image:height"])) and used > 30,
                  f"{path} has a card of 1200 by 630", (width, height))
        tap.check(html.unescape(metas["url"]) == "https://vigie.example" + path and metas["title"] and metas["description"],
                  f"{path} says what it is where it is shared", metas)
    tap.check(site.get("/en/cards/nothing.png").status == 404 and site.get("/en/cards/home.png?q=").status == 200, "other cards are not there")
    metas = re.findall(r'<meta name="(citation_[a-z_]+)"', site.get("/en/figures/map").text)
    tap.check({"citation_title", "citation_author", "citation_publication_date"} <= set(metas), "Zotero finds a figure's citation", metas)


def check_script(site):
    """It adds comfort only: no page needs it, and it can make nothing of a text and ask nobody."""
    page = site.get("/fr/figures/by-type").text
    found = re.search(r'<script type="module" src="(/assets/[^"]+)" data-copy="Copier" data-done="Copié">', page)
    answer = site.get(found[1])
    tap.check(answer.headers["Content-Type"] == "text/javascript; charset=utf-8" and "immutable" in answer.headers["Cache-Control"],
              "the script is kept under its version", answer.headers)
    tap.check(len(answer.text.encode()) < 5000, f"it has {len(answer.text.encode())} bytes, less than 5000")
    tap.check(not re.search(r"innerHTML|outerHTML|insertAdjacent|eval\(|Function\(|fetch\(|XMLHttp|document\.write|localStorage|cookie|import", answer.text),
              "it writes no HTML, asks nobody and keeps nothing")
    tap.check(page.count("<script") == 1 and "<button>" in page, "there is no other, and the form is sent without it")


def pages_meanwhile(site, many, year):
    """Asks for many pictures at once and, until they are drawn, for one page after the other: how many pictures were
    drawn while each page was waited for, and what the pictures were answered with."""
    asked = [many.submit(site.get, f"/en/figures/by-type.png?from=20{year:02}-{month:02}&type={kind}")
             for month in range(1, 13) for kind in ("ransomware", "data_theft", "data_leak", "ddos", "intrusion")]
    drawn = lambda: sum(one.done() and one.result().status == 200 for one in asked)  # noqa: E731
    during = []
    while not all(one.done() for one in asked) and len(during) < 400:
        before = drawn()
        if site.get(f"/en/incidents?q=word{year}x{len(during)}").status == 200:
            during.append(drawn() - before)
    return during, {one.result().status for one in asked}


def check_queue(site):
    """Many pictures at once: each is drawn or told to wait, and pages are answered meanwhile. How long that takes hangs on
    the machine; how many pictures are drawn while one page is made hardly does: a few, and where pages stand behind
    pictures in a queue, dozens."""
    with concurrent.futures.ThreadPoolExecutor(64) as many:
        during, year = [], 20
        while not during and year < 25:
            during, states = pages_meanwhile(site, many, year)
            year += 1
    tap.check(200 in states and states <= {200, 503}, "many pictures at once are drawn or told to wait", states)
    tap.check(during and statistics.median(during) <= 8, f"{len(during)} pages meanwhile, none behind a queue of pictures", during[:9])


def main():
    with Site("starter", STARTER) as site:
        check_unknown(site)
        check_growth(site)
        check_changes(site)
        check_embedding(site)
        check_script(site)
        if offers_png(site):
            check_pictures(site)
            check_cards(site)
            check_queue(site)
        else:
            tap.skip("pictures", "built without librsvg")
        tap.check(site.stop() == 0 and "vigie:" not in site.told(), "it had nothing to complain about", site.told())
    return tap.done()


sys.exit(main())
