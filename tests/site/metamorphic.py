"""Whatever is asked, the page, its CSV, its JSON, the API, the workbook, the feed and SQL over the tables must say the
same number.

Usage: metamorphic.py ADDRESS PUBLIC_DB; SITE_SEED chooses other filters than the usual ones.
"""
import csv
import datetime
import io
import json
import os
import random
import re
import sqlite3
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as xml
import zipfile

FILTERS = 50
SEVERITIES = ["no_effect", "minor", "moderate", "major", "severe", "catastrophic"]
LEVELS = ["v2_probable", "v3_confirmed"]
WORDS = ["hospital", "health", "medical", "clinic", "center", "saint", "university", "care", "dr", "group", "lockbit",
         "ryuk"]
ACTORS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "actors.csv")
ATOM = "{http://www.w3.org/2005/Atom}"
base = sys.argv[1].rstrip("/") if len(sys.argv) > 2 else ""
run = failed = 0


def check(name, wrong):
    global run, failed
    run += 1
    failed += bool(wrong)
    print("%s %d - %s" % ("not ok" if wrong else "ok", run, name), flush=True)
    for thing in wrong[:10]:
        print("# " + str(thing).replace("\n", " ")[:400])


def skip(name, why):
    global run
    run += 1
    print("ok %d - %s # SKIP %s" % (run, name, why), flush=True)


def get(path):
    with urllib.request.urlopen(base + path, timeout=30) as answer:
        return answer.read()


def offered(path):
    try:
        get(path)
        return True
    except urllib.error.HTTPError:
        return False


class Sql:
    """Counts of METHOD.md 5.1, asked of a copy of the tables by whoever did not write the program's own counting."""

    def __init__(self, path):
        original = sqlite3.connect("file:%s?mode=ro" % urllib.parse.quote(path), uri=True)
        self.db = sqlite3.connect(":memory:")
        original.backup(self.db)
        original.close()
        self.name_attackers()
        self.moments = [row[0] for row in self.db.execute("SELECT at FROM entry ORDER BY seq")]

    def name_attackers(self):
        """A table of who is said to have attacked in which incident, with all names of each."""
        with open(ACTORS, encoding="utf-8") as file:
            known = list(csv.DictReader(file))
        mains = {row["also_called"].lower(): row["actor"] for row in known}
        self.db.execute("CREATE TABLE attributed (incident, names, since, until)")
        for value, *place in self.db.execute(
                "SELECT c.value, s.incident, c.since, c.until FROM claim c JOIN statement s ON s.id = c.statement WHERE "
                "c.variable = 'actor' AND c.value IS NOT NULL AND s.stance = 'asserts' AND c.rank <> 'deprecated'").fetchall():
            main = mains.get(value.lower(), value)
            names = " ".join([value, main] + [row["also_called"] for row in known if row["actor"] == main])
            self.db.execute("INSERT INTO attributed VALUES (?, ?, ?, ?)", (place[0], names.lower(), *place[1:]))

    def conditions(self, choice):
        entry = "(SELECT max(seq) FROM entry WHERE at <= %d)" % choice.get("as_of", 1 << 60)
        yield "v.since <= %s AND (v.until IS NULL OR v.until > %s)" % (entry, entry), []
        yield "v.inclusion = 'included' AND v.verification IN ('v2_probable', 'v3_confirmed')", []
        linked = ("EXISTS (SELECT 1 FROM affected a JOIN organisation o ON o.id = a.organisation WHERE a.incident = "
                  "v.incident AND a.role IN ('direct', 'via_supplier') AND a.since <= {0} AND (a.until IS NULL OR "
                  "a.until > {0}) AND o.%s IN (%s))").replace("{0}", entry)
        for key, values in choice.items():
            marks = ", ".join("?" * len(values)) if isinstance(values, list) else "?"
            if key in ("country", "sector"):
                yield linked % ({"country": "country", "sector": "sector_group"}[key], marks), values
            elif key == "type":
                yield ("EXISTS (SELECT 1 FROM version_value x WHERE x.version = v.id AND x.variable = 'attack_type' AND "
                       "x.code IN (%s))" % marks), values
            elif key == "severity":
                yield "v.severity_low IN (%s)" % marks, [SEVERITIES.index(value) for value in values]
            elif key == "verification":
                yield "v.verification IN (%s)" % marks, values
            elif key == "source":
                yield "i.dataset IN (%s)" % marks, values
            elif key in ("from", "to"):
                day = (datetime.date.fromisoformat(values) - datetime.date(1970, 1, 1)).days
                yield "v.date_first %s ?" % (">=" if key == "from" else "<="), [day]
            elif key == "q":
                for word in values.split():
                    yield ("(instr(i.folded, ?) > 0 OR EXISTS (SELECT 1 FROM attributed a WHERE a.incident = i.id AND "
                           "a.since <= {0} AND (a.until IS NULL OR a.until > {0}) AND instr(a.names, ?) > 0))").replace(
                               "{0}", entry), [word, word]

    def counts(self, choice):
        conditions, values = zip(*self.conditions(choice))
        row = self.db.execute(
            "SELECT count(*), count(v.persons), coalesce(sum(v.persons), 0), sum(v.ransomware_status = 'confirmed') FROM "
            "version v JOIN incident i ON i.id = v.incident WHERE " + " AND ".join(conditions),
            [value for some in values for value in some]).fetchone()
        return {"incidents": row[0], "known": row[1], "persons": int(row[2]), "confirmed": row[3] or 0}


def random_filter(some, figures, moments, datasets):
    """One to four keys; whatever the register has, weighted towards filters that find something."""
    pools = {"type": list(figures["by_type"]), "country": list(figures["by_country"]), "sector": list(figures["by_sector"]),
             "severity": SEVERITIES, "verification": LEVELS, "source": datasets}
    choice = {}
    for key in some.sample(sorted(pools) + ["from", "to", "q", "as_of"], some.randint(1, 4)):
        if key in pools:
            pool = [code for code in pools[key] if code and code != "unknown"]
            choice[key] = sorted(some.sample(pool, min(len(pool), some.choice([1, 1, 2, 4]))))
        elif key == "q":
            choice[key] = some.choice(WORDS)
        elif key == "as_of":
            choice[key] = some.choice(moments) + some.choice([0, 1, 1000])
        else:
            middle = datetime.date(2019, 1, 1) + datetime.timedelta(days=some.randint(-900, 900))
            choice[key] = str(middle - datetime.timedelta(days=700) if key == "from" else middle + datetime.timedelta(days=700))
    return choice


def query_of(choice):
    words = {}
    for key, value in choice.items():
        if key == "as_of":
            moment = datetime.datetime.fromtimestamp(value // 1000, datetime.timezone.utc)
            value = moment.strftime("%Y-%m-%dT%H:%M:%S") + ".%03dZ" % (value % 1000)
        words[key] = ",".join(value) if isinstance(value, list) else value
    return urllib.parse.urlencode(words)


def number_in(html, before):
    """The first number of the page after the pattern; digits are grouped by comma or by a narrow blank."""
    found = re.search(before + r"\s*(?:<[^>]*>\s*)*(\d[\d,\u00a0\u202f]*)", html)
    return int(re.sub(r"\D", "", found[1])) if found else None


def of_csv(text):
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    persons = [row["persons_affected"] for row in rows if row["persons_affected"]]
    return {"incidents": len(rows), "known": len(persons), "persons": int(sum(map(float, persons))),
            "confirmed": sum(row["ransomware_status"] == "confirmed" for row in rows)}


def of_json(rows):
    persons = [row["persons_affected"] for row in rows if row["persons_affected"] is not None]
    return {"incidents": len(rows), "known": len(persons), "persons": int(sum(persons)),
            "confirmed": sum(row["ransomware_status"] == "confirmed" for row in rows)}


def of_figures(figures):
    return {"incidents": figures["incidents"], "known": figures["persons_affected"]["known"],
            "persons": int(figures["persons_affected"]["sum"] or 0), "confirmed": figures["ransomware"]["confirmed"]}


def of_workbook(data):
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = next(name for name in sorted(book.namelist()) if re.search(r"worksheets/sheet1?\.xml$", name))
        rows = sum(event.tag.endswith("}row") for _, event in xml.iterparse(book.open(sheet)))
    return rows - 1  # the header


def sayings(query, also):
    """What every form says to one question, by the name of the form."""
    ask = "?" + query
    said = {"API": of_figures(json.loads(get("/api/v1/figures.json" + ask))),
            "CSV": of_csv(get("/en/incidents.csv" + ask).decode()),
            "CSV for spreadsheets": of_csv(get("/en/incidents.csv%s&bom=1" % ask).decode("utf-8-sig")),
            "JSON": of_json(json.loads(get("/fr/incidents.json" + ask))["incidents"]),
            "JSON of the API": of_json(json.loads(get("/api/v1/incidents.json" + ask))["incidents"])}
    for language in ("en", "fr"):
        home = get("/%s/%s" % (language, ask)).decode()
        said["home page, " + language] = {"incidents": number_in(home, "<dt>Incidents</dt>")}
        listed = get("/%s/incidents%s" % (language, ask)).decode()
        said["list, " + language] = {"incidents": number_in(listed, r'<p class="count" role="status">') or 0}
    if also["xlsx"]:
        said["workbook"] = {"incidents": of_workbook(get("/en/incidents.xlsx" + ask))}
    return said


def feed_counts(address, query, incidents):
    """The feed shows all that is counted, or as many as it ever shows."""
    most = len(xml.fromstring(get(address)).findall(ATOM + "entry"))
    some = len(xml.fromstring(get(address.split("?")[0] + "?" + query)).findall(ATOM + "entry"))
    return [] if some == min(most, incidents) else ["feed: %d, not %d" % (some, min(most, incidents))]


def main():
    sql = Sql(sys.argv[2])
    seed = int(os.environ.get("SITE_SEED", "20210101"))
    some = random.Random(seed)
    figures = json.loads(get("/api/v1/figures.json"))
    datasets = [row[0] for row in sql.db.execute("SELECT DISTINCT dataset FROM incident ORDER BY 1")]
    feed = re.search(r'<link[^>]*type="application/atom\+xml"[^>]*href="([^"]*)"', get("/en/incidents").decode())
    feed = urllib.parse.urlsplit(feed[1]).path if feed else None
    also = {"xlsx": offered("/en/incidents.xlsx")}
    found = 0
    for number in range(FILTERS):
        choice = random_filter(some, figures, sql.moments, datasets) if number else {}
        query = query_of(choice)
        truth = sql.counts(choice)
        found += truth["incidents"] > 0
        wrong = ["%s: %s; SQL: %s" % (form, said, truth) for form, said in sayings(query, also).items()
                 if any(truth[key] != value for key, value in said.items())]
        if feed:
            wrong += feed_counts(feed, query, truth["incidents"])
        check("every form says %d to ?%s" % (truth["incidents"], query), wrong)
    check("at least half of the filters find something (seed %d)" % seed, [] if found > FILTERS / 2 else [found])
    if not also["xlsx"]:
        skip("the workbook says the same", "there is no /en/incidents.xlsx")
    if not feed:
        skip("the feed says the same", "the list names no Atom feed")
    print("1..%d" % run)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
