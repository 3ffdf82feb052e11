"""A victim whom only the attacker names must never be named in public before the incident is probable: on no page, in no
list, download, feed, search or entry of the journal, nor in the public store. Whom an authority names keeps the name."""
import json
import os
import re
import sqlite3
import sys
import urllib.error
import urllib.request

import tap
from e2e_links import publish, send
from tap import check
from work_harness import Bench

LEAK = """id,name,place,country,kind,type,date,link,title,words,page
zebulon-lockbit,Zebulon Quagmire Clinic,Quagmire Town,FR,clinic,ransomware,2021-03-04,https://zebulon-files.example/post,Zebulon is hacked,\
Files of Zebulon,Post about Quagmire
""".replace("\\\n", "")
REGISTER = """id,name,place,country,kind,type,date,link,title,words,page
r-1,Openhouse Hospital,Oxbridge,GB,hospital,ransomware,2021-03-04,https://register.example/1,Openhouse was attacked,,Register
"""
MAPPING = """name = %s
licence = CC0-1.0
source.type = %s
source.reliability = %s
claimant = %s
credibility = c2
language = en
dates = day-month-year

[columns]
id = key
name = organisation.name
place = organisation.place
country = organisation.country
kind = organisation.type
type = attack_type
date = event_kind.disclosed
link = source.url
title = title
words = summary
page = source.title
"""
SETS = (("posts", "leak_site", "e", "actor", LEAK), ("notices", "register", "a", "authority", REGISTER))
NAME = re.compile(rb"zebulon|quagmire", re.I)


def prepare(var):
    """The same kind of row twice: told by the attacker, and by an authority."""
    folder = os.path.dirname(var)
    for name, *trust, rows in SETS:
        paths = [os.path.join(folder, name + end) for end in (".map", ".csv")]
        for path, text in zip(paths, (MAPPING % (name, *trust), rows)):
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        for told in ("1 published as attacks", "1 unchanged"):
            answer = tap.vigie("import", "--as", "csv", "--mapping", *paths, var=var)
            check(answer.status == 0 and told in answer.out, "%s: %s" % (name, told), answer)


def ask(bench, question):
    with sqlite3.connect("file:%s/public.db?mode=ro" % bench.var, uri=True) as db:
        return db.execute(question).fetchall()


def get(bench, path):
    try:
        with urllib.request.urlopen("http://127.0.0.1:%d%s" % (bench.site_port, path), timeout=20) as answer:
            return answer.read()
    except urllib.error.HTTPError as refused:
        return refused.read()


def addresses(bench):
    """Wherever the register says something; searches are asked apart, since they say again what was asked."""
    lists = ["", "incidents", "claimed", "excluded", "organisations", "sources", "countries", "countries/FR", "corrections", "journal",
             "actors", "sources/posts"]
    paths = ["/en/" + one + form for one in lists for form in ("", ".json", ".csv", ".atom", ".feed.json")]
    paths += ["/fr/incidents/1", "/sitemap.xml", "/tile/entries/000"]
    paths += ["/api/v1/%s?verification=v1%s" % (one, form) for one in ("incidents", "claims", "sources", "organisations") for form in ("", "&q=leak")]
    paths += ["/api/v1/" + one for one in ("incidents", "claims", "sources", "organisations", "changes", "corrections", "actors")]
    for table, path in (("incident", "incidents"), ("organisation", "organisations"), ("source", "sources")):
        paths += [start + "%s/%d%s" % (path, row[0], form) for row in ask(bench, "SELECT id FROM " + table)
                  for start, form in (("/en/", ""), ("/en/", ".json"), ("/en/", ".csv"), ("/api/v1/", ""))]
    return paths + ["/api/v1/entries/%d" % row[0] for row in ask(bench, "SELECT seq FROM entry")]


def stored(bench):
    return b"".join(open(os.path.join(bench.var, name), "rb").read() for name in os.listdir(bench.var) if name.startswith("public.db"))


def telling(bench):
    return [path for path in addresses(bench) if NAME.search(get(bench, path))]


def found(bench):
    return [words for words in ("zebulon", "quagmire", "clinic%20town") for form in ("incidents?verification=v1&", "organisations?")
            if json.loads(get(bench, "/api/v1/%sq=%s" % (form, words))).get("total")]


def test_unnamed(bench, when):
    check(not telling(bench), when + " no page and no data says the name", telling(bench))
    check(not found(bench), when + " nobody finds it by its name", found(bench))
    check(not NAME.search(stored(bench)), when + " the public store does not hold it")


def begin(bench, words, claimant, source, **more):
    """A change of claims which say the name too; its number."""
    body = {"dataset": "workbench", "external": "zebulon", "sources": [{"title": "Zebulon again", **source}],
            "statements": [{"source": 0, "claimant": claimant, "stance": "asserts", "credibility": "c2", "locator": "Zebulon, line 2",
                            "claims": [{"variable": "attack_type", "value": "data_theft", "quote": "data of Zebulon", "raw": "quagmire"}]}], **more}
    path = os.path.join(os.path.dirname(bench.var), "more.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(body, file, sort_keys=True)
    answer = bench.run("change", *words, path, "--by", "anna", "--json")
    return (re.findall(r":(\d+)}", answer.stdout) or [check(False, "a change is begun", answer.stdout, answer.stderr)])[0]


def test_told(bench, anna):
    """Whoever opens an incident is told before how it will be published."""
    affected = [{"naming": "named", "naming_basis": "media", "organisation": {"country": "FR", "name": "Zebulon", "org_type": "clinic"}, "role": "direct"}]
    for claimant, kind, told in (("actor", "leak_site", True), ("authority", "register", False)):
        change = begin(bench, ("open",), claimant, {"reliability": "c", "source_type": kind}, title="Zebulon", affected=affected)
        for language, words in (("en", "Only the attacker tells this."), ("fr", "Seul l’attaquant le dit.")):
            page = anna.get("/%s/changes/%s" % (language, change))
            check(page.status == 200 and (words in page.body) == told, "the page of a change by the %s (%s)" % (claimant, language), page)


def add(bench, claimant, **source):
    change = begin(bench, ("add", "1"), claimant, source)
    bench.run("change", "submit", change, "--by", "anna")
    answer = bench.run("publish", change, "--by", "bela")
    check(answer.returncode == 0, claimant + ": more claims are published", answer.stdout, answer.stderr)


def name_it(bench, anna, bela):
    link = ask(bench, "SELECT id FROM affected WHERE incident = 1 AND until IS NULL")[0][0]
    page = send(anna, "/en/incidents/1/organisations/%d" % link, "change", name="Zebulon Quagmire Clinic", country="FR", org_type="clinic",
                role="direct", naming="named", naming_basis="media", reason="Two papers name it")
    return publish(anna, bela, page.location or "/en/changes/0")


def main():
    with Bench(prepare=prepare) as bench:
        anna, bela = bench.analyst("anna", "coder"), bench.analyst("bela", "reviewer")
        test_unnamed(bench, "told by the attacker,")
        test_told(bench, anna)
        page = get(bench, "/en/incidents/1").decode()
        check("Unnamed organisation" in page and "France" in page and "Clinic" in page, "it is a clinic in France", page[:3000])
        check(b"Openhouse" in get(bench, "/en/incidents/2") and b"Openhouse" in stored(bench), "whom an authority names is named")
        add(bench, "actor", url="https://leaks.example/zebulon2", source_type="leak_site", reliability="e")
        add(bench, "media", url="https://relay.example/zebulon", source_type="media_relay", reliability="d")
        test_unnamed(bench, "told again,")
        page = name_it(bench, anna, bela)
        check(page.status == 400 and "names nobody before it is probable" in page.body, "nor does anybody name it by hand", page)
        test_unnamed(bench, "refused,")
        add(bench, "media", url="https://paper.example/zebulon", source_type="media_own", reliability="b")
        page = name_it(bench, anna, bela)
        check(page.status == 303, "once it is probable it is named", page)
        check(tap.wait_for(lambda: "/en/incidents/1" in telling(bench), 10), "on its page")
        seen = telling(bench)
        wanted = ["/en/incidents", "/en/incidents.csv", "/en/incidents.json", "/en/incidents.atom", "/en/incidents.feed.json", "/en/organisations",
                  "/en/incidents/1.json", "/en/incidents/1.csv", "/fr/incidents/1", "/api/v1/incidents", "/api/v1/organisations", "/api/v1/claims"]
        check(not [path for path in wanted if path not in seen], "in lists, downloads, feeds and the API", [path for path in wanted if path not in seen])
        check(NAME.search(stored(bench)) and json.loads(get(bench, "/api/v1/incidents?q=zebulon"))["total"] == 1, "and found by it")
        answer = bench.run("verify")
        check(answer.returncode == 0, "the record is whole", answer.stdout, answer.stderr)
        check(bench.stop() == 0, "it ends cleanly", bench.told())
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
