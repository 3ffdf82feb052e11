"""What must never happen: something that was published is changed or withdrawn, and the list of corrections does not say
so, tells another change than the one that was made, or leaves out the reason."""
import csv
import io
import json
import os
import re
import sqlite3
import sys
import xml.etree.ElementTree
from contextlib import closing

import tap
from page_reader import Page
from sheet_reader import sheet
from site_harness import Site

EVIL = "</title><script>alert(1)</script><img src=x onerror=alert(2)> \"'&"
ATOM = "{http://www.w3.org/2005/Atom}"


def statement(claims, day):
    return {"source": 0, "claimant": "victim", "stance": "asserts", "credibility": "c1", "known_since": day,
            "claims": [dict(zip(("variable", "value"), claim)) for claim in claims]}


def record(name, persons, day="2021-05-14", **more):
    source = {"url": f"https://{name.lower()}.example/statement", "title": f"Statement of {name}", "source_type": "victim",
              "reliability": "b"}
    return {"dataset": "workbench", "external": name, "sources": [source],
            "statements": [statement([("persons_affected", str(persons))], day)], **more}


def whole(name, persons):
    data = record(name, persons, title=f"Ransomware at {name}, May 2021",
                  affected=[{"organisation": {"name": name, "country": "FR", "org_type": "hospital"}, "role": "direct"}])
    data["statements"][0]["claims"] += [{"variable": "attack_type", "value": "ransomware"},
                                        {"variable": "event_kind.detected", "value": "2021-05-13"}]
    return data


class Bench:
    """The workbench by its commands: anna writes, cora codes blind, bela agrees."""

    def __init__(self, site):
        self.site, self.folder = site, os.path.dirname(site.var)
        for name, role in (("anna", "coder"), ("bela", "reviewer"), ("cora", "editor")):
            tap.vigie("account", "add", name, "--role", role, var=site.var)

    def run(self, *words, by):
        answer = tap.vigie(*[str(word) for word in words], "--by", by, "--json", var=self.site.var)
        numbers = re.findall(r":(\d+)}", answer.out)
        if answer.status or not numbers:
            tap.check(False, "vigie " + " ".join(map(str, words)), answer)
        return int(numbers[0]) if numbers else 0

    def file(self, content):
        path = os.path.join(self.folder, "body.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(content, file)
        return path

    def do(self, *words, why=None):
        change = self.run("change", *words, *(["--reason", why] if why else []), by="anna")
        tap.vigie("change", "submit", str(change), "--by", "anna", var=self.site.var)
        if words[0] == "open":  # one in ten is coded twice
            tap.vigie("change", "code", str(change), words[1], "--by", "cora", var=self.site.var)
        return self.run("publish", change, by="bela")

    def claim(self, incident, variable):
        with closing(sqlite3.connect(f"{self.site.var}/public.db")) as db:
            return db.execute("SELECT id FROM claim WHERE variable = ? AND until IS NULL AND id / 1048576 = ?",
                              (variable, incident)).fetchone()[0]


def entries(site):
    with closing(sqlite3.connect(f"{site.var}/public.db")) as db:
        return db.execute("SELECT max(seq) FROM entry").fetchone()[0]


def told(site, path="/en/corrections.json"):
    return json.loads(site.get(path).text)


def changes(one):
    return {change["variable"]: tuple(side and side["value"] for side in (change["before"], change["after"]))
            for change in one["changes"]}


def check_empty(site):
    page = Page(site.get("/fr/corrections").text)
    tap.check(not page.wrong and "Rien de ce qui a été publié n’a encore été changé." in page.said and
              told(site) == {"corrections": [], "before": None}, "where nothing was changed the page says so", page.wrong)


def make(bench):
    """What was done, newest first: (kind, incident, reason)."""
    done = []
    one, two = (bench.do("open", bench.file(whole(name, 100))) for name in ("Alpha", "Beta"))
    bench.do("correct", one, bench.file(record("Alpha", 250, "2021-06-01")), bench.claim(one, "persons_affected"),
             why="The final report says 250")
    done.append(("claim.correct", one, "The final report says 250"))
    bench.do("retract", one, bench.claim(one, "persons_affected"), why=EVIL)
    done.append(("claim.retract", one, EVIL))
    bench.do("withdraw", two, why="It was a power cut")
    done.append(("incident.withdraw", two, "It was a power cut"))
    gone = entries(bench.site)
    bench.do("undo", two, gone, why="It was an attack after all")
    done.append(("incident.undo", two, "It was an attack after all"))
    bench.do("merge", two, one, why="The same attack")
    done += [("incident.merge", one, "The same attack"), ("incident.merge", two, "The same attack")]
    return done[::-1]


def check_told(site, done):
    listed = told(site)["corrections"]
    tap.check(sorted((one["kind"], one["incident"], one["reason"]) for one in listed) == sorted(done) and
              [one["entry"] for one in listed] == sorted((one["entry"] for one in listed), reverse=True),
              "each change is told once, with its reason, newest first", listed)
    by_kind = {(one["kind"], one["incident"]): one for one in listed}
    correct, retract = by_kind[("claim.correct", 1)], by_kind[("claim.retract", 1)]
    tap.check(changes(correct)["persons_affected"] == ("100", "250") and correct["author"] == "anna" and
              correct["reviewer"] == "bela", "a correction tells what stood and what stands, and who did it", correct)
    tap.check(changes(retract)["persons_affected"] == ("250", None), "a retraction what is published no more", retract)
    tap.check([by_kind[key]["left"] for key in (("incident.withdraw", 2), ("incident.merge", 2), ("claim.correct", 1))] ==
              [True, True, False], "what left the register is told as such", listed)
    with closing(sqlite3.connect(f"{site.var}/public.db")) as db:
        wanted = {row[0] for row in db.execute("SELECT id FROM act UNION SELECT until FROM version WHERE until IS NOT NULL")}
        at = dict(db.execute("SELECT seq, at FROM entry"))
    tap.check({one["entry"] for one in listed} == wanted, "no entry that ended something is left out", wanted)
    page = site.get("/en/corrections").text
    tap.check(not Page(page).wrong and "<script>alert" not in page and "<img src=x" not in page and EVIL in Page(page).said,
              "a hostile reason is shown, and does not act", Page(page).wrong)
    said = re.sub(r"\s+", " ", Page(page).said)
    tap.check("The final report says 250" in said and "Persons affected 100 → 250" in said and "It is no longer published." in said,
              "the page says the same", said[:1500])
    feed = xml.etree.ElementTree.fromstring(site.get("/fr/corrections.atom").text)
    names = [entry.findtext(ATOM + "id") for entry in feed.iter(ATOM + "entry")]
    text = "".join(feed.itertext())
    tap.check(len(names) == len(set(names)) == len(listed) and EVIL in text and "250" in text and len(at) > 0,
              "the feed says the same, each under its own name", names)
    history = json.loads(site.get("/api/v1/incidents/1").text)["history"]
    tap.check([one["kind"] for one in history] == ["incident.open", "claim.correct", "claim.retract", "incident.merge"] and
              history[1]["ended"] and history[2]["ended"] and not history[2]["claims"] and
              changes(history[1])["persons_affected"] == ("100", "250"), "the incident's own history too", history)
    listed = json.loads(site.get("/api/v1/corrections").text)
    shape = json.loads(site.get("/openapi.json").text)["components"]["schemas"]["correction"]
    tap.check(listed == told(site) and all(set(one) == set(shape["required"]) for one in listed["corrections"]),
              "the API has the same list, as it is described", listed)
    page = Page(site.get("/en/incidents/1").text)
    tap.check(not page.wrong and "Claims no longer in force" in page.said and EVIL in page.said and
              f"entry-{history[2]['entry']}" in page.ids, "and its page", page.wrong)


def check_pages(site, bench):
    """More than one page of corrections: nothing is lost between them, nothing is told twice."""
    for number in range(1, 26):
        bench.do("correct", 1, bench.file(record("Alpha", 1000 + number, "2021-07-%02d" % number)),
                 bench.claim(1, "persons_affected" if number > 1 else "attack_type"), why=f"Count number {number}")
    tap.wait_for(lambda: told(site)["corrections"][0]["reason"] == "Count number 25")
    seen, path, pages = [], "/en/corrections.json", 0
    while path and pages < 9:
        answer = site.get(path)
        seen += json.loads(answer.text)["corrections"]
        found = re.fullmatch(r'<(.+)>; rel="next"', answer.headers.get("Link", ""))
        path, pages = found and found[1], pages + 1
    keys = [(one["entry"], one["incident"]) for one in seen]
    with closing(sqlite3.connect(f"{site.var}/public.db")) as db:
        wanted = sorted(db.execute("SELECT id, subject FROM act UNION SELECT until, incident FROM version WHERE until IS NOT NULL"),
                        reverse=True)
    tap.check(pages > 1 and len(keys) == len(set(keys)) and sorted(keys, reverse=True) == wanted, f"{len(keys)} corrections on {pages} pages",
              keys, wanted)
    check_rows(site, seen)
    older = re.search(r'href="(/en/corrections\?before=\d+)"', site.get("/en/corrections").text)[1]
    page = Page(site.get(older).text)
    tap.check(not page.wrong and "The final report says 250" in page.said and "The newest ones" in page.said,
              "the page leads to older ones and back", page.wrong)
    for wrong in ("before=x", "before=-1", "after=3", "type=ddos"):
        tap.check(site.get(f"/en/corrections?{wrong}").status == 400, f"{wrong} is refused")


def rows_of(site, path):
    return list(csv.DictReader(io.StringIO(site.get(path).text, newline="")))


def check_rows(site, listed):
    """As a table: a row for each value that was changed, all of them in one file."""
    def sides(change):
        return tuple(side and side[part] or "" for side in (change["before"], change["after"]) for part in ("value", "missing", "contested"))

    nothing = {"variable": "", "before": None, "after": None}
    wanted = [(str(one["entry"]), str(one["incident"]), one["kind"], one["author"], one["reviewer"] or "", one["reason"] or "", "yes" if one["left"] else "no",
               change["variable"], *sides(change)) for one in listed for change in one["changes"] or [nothing]]
    names = ("entry", "incident", "kind", "author", "reviewer", "reason", "left", "variable", "before", "before_missing", "before_contested",
             "after", "after_missing", "after_contested")
    rows = rows_of(site, "/fr/corrections.csv")
    tap.check([tuple(row[name] for name in names) for row in rows] == wanted and len(wanted) > len(listed),
              "the table has a row for each value that was changed, and no page has an end", rows[:2], wanted[:2])
    tap.check(rows_of(site, "/api/v1/corrections.csv") == rows, "the API has the same table")
    half = rows[len(rows) // 2]["entry"]
    tap.check(rows_of(site, f"/en/corrections.csv?before={half}") == [row for row in rows if int(row["entry"]) < int(half)],
              "or what came before an entry")
    book, formula = sheet(site.get("/en/corrections.xlsx").body, 1)
    tap.check([[text for _, text in row] for row in book[1:]] == [list(row.values()) for row in rows] and not formula,
              "a workbook has the same rows", book[:2])


def check_archived(site, bench):
    """The copies that were read stand beside their source, each once; those of an attacker's page have no link."""
    def copy(number, **source):
        body = whole("Gamma", 5)
        body["sources"][0].update(sha256="%064x" % number, archive=f"https://archive.example/{number}", **source)
        return body

    gamma = bench.do("open", bench.file(copy(1)))
    again = record("Gamma", 7, "2021-07-01")
    again["sources"] = [dict(copy(2)["sources"][0])]
    bench.do("correct", gamma, bench.file(again), bench.claim(gamma, "persons_affected"), why="Read again")
    bench.do("correct", gamma, bench.file({**again, "statements": record("Gamma", 8, "2021-08-01")["statements"]}),
             bench.claim(gamma, "persons_affected"), why="And again")
    leak = copy(3, source_type="leak_site", url="https://leak.example/x", title="A leak site")
    leak["statements"][0]["claimant"] = "actor"
    body = whole("Delta", 6)
    body["sources"].append(leak["sources"][0])
    body["statements"].append({**leak["statements"][0], "source": 1})
    delta = bench.do("open", bench.file(body))
    tap.wait_for(lambda: site.get(f"/api/v1/incidents/{delta}").status == 200)
    told_of = json.loads(site.get(f"/api/v1/incidents/{gamma}").text)["archived"]
    tap.check([(one["sha256"], one["address"]) for one in told_of] ==
              [("%064x" % number, f"https://archive.example/{number}") for number in (1, 2)],
              "each copy that was read is told once", told_of)
    page = Page(site.get(f"/fr/incidents/{gamma}").text)
    tap.check(not page.wrong and "%064x" % 2 in page.said and ("a", "https://archive.example/2") in page.links,
              "its fingerprint and its address stand beside the source", page.wrong)
    page = Page(site.get(f"/en/incidents/{delta}").text)
    tap.check("%064x" % 3 in page.said and not [link for _, link in page.links if "archive.example" in link or "leak.example" in link],
              "of a page of an attacker there is the fingerprint, and no link", page.links)
    body = copy(4)
    body["affected"][0]["organisation"]["name"] = body["external"] = "Eta"
    body["sources"][0].update(archive="javascript:alert(1)", url="https://eta.example/")
    eta = bench.do("open", bench.file(body))
    tap.wait_for(lambda: site.get(f"/api/v1/incidents/{eta}").status == 200)
    page = Page(site.get(f"/en/incidents/{eta}").text)
    tap.check("%064x" % 4 in page.said and not [link for _, link in page.links if "javascript" in link],
              "an address of a copy that would run is no link", page.links)
    for wrong, word in (({"sha256": "12"}, "sha256"), ({"archive": "https://a.example"}, "archive")):
        body = whole("Epsilon", 5)
        body["sources"][0].update(wrong)
        change = bench.run("change", "open", bench.file(body), by="anna")
        answer = tap.vigie("change", "submit", str(change), "--by", "anna", var=site.var)
        tap.check(answer.status == 65 and word in answer.err, f"a wrong {word} is refused", answer)
    answer = tap.vigie("verify", var=site.var)
    tap.check(answer.status == 0, "and all tables can be made again from the journal", answer)


def check_rank(site, bench):
    """A claim that reviewers prefer is published, and the page says that this is why."""
    body = whole("Theta", 100)
    body["sources"].append({"url": "https://paper.example/theta", "title": "A paper", "source_type": "media_own", "reliability": "b"})
    body["statements"].append({**statement([("persons_affected", "90")], "2021-05-20"), "source": 1, "claimant": "media"})
    theta = bench.do("open", bench.file(body))
    with closing(sqlite3.connect(f"{site.var}/public.db")) as db:
        other = db.execute("SELECT id FROM claim WHERE value = '90' AND id / 1048576 = ?", (theta,)).fetchone()[0]
    tap.wait_for(lambda: site.get(f"/api/v1/incidents/{theta}").status == 200)
    before = re.findall(r'<p class="verdict">([^<]+)</p>', site.get(f"/en/incidents/{theta}").text)
    bench.do("rank", theta, "preferred", other, why="The court has counted them")
    tap.wait_for(lambda: len(json.loads(site.get(f"/api/v1/incidents/{theta}").text)["history"]) == 2)
    ranked = json.loads(site.get(f"/api/v1/incidents/{theta}").text)["history"][1]
    after = re.findall(r'<p class="verdict">([^<]+)</p>', site.get(f"/en/incidents/{theta}").text)
    tap.check(before == ["published", "not chosen: in the order of speakers, Victim comes before Media"] and
              after == ["published", "not chosen: the published claim is marked as preferred"],
              "the reason for a choice follows the rank", before, after)
    tap.check(ranked["kind"] == "claim.rank" and changes(ranked)["persons_affected"] == ("100", "90") and
              ranked["reason"] == "The court has counted them", "and the history tells what the rank changed", ranked)


def main():
    with Site() as site:
        check_empty(site)
        bench = Bench(site)
        done = make(bench)
        tap.wait_for(lambda: len(told(site)["corrections"]) == len(done))
        check_told(site, done)
        check_pages(site, bench)
        check_archived(site, bench)
        check_rank(site, bench)
        tap.check(site.stop() == 0 and "vigie:" not in site.told(), "it had nothing to complain about", site.told())
    return tap.done()


sys.exit(main())
