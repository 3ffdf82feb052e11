"""What is shown, downloaded and counted from the tables must never be three different numbers: for random questions as
of random moments, the figures, the CSV, the JSON and a count over the public store agree."""
import csv
import datetime
import io
import json
import os
import random
import re
import sqlite3
import statistics
import sys
import urllib.parse

from site_harness import Site
from tap import STARTER, TESTING, check, done, folder, vigie

QUERIES = 40 if TESTING else 200  # the build with sanitizers looks for other faults
DAY = datetime.date(1970, 1, 1)
HEADER = ["Name of Covered Entity", "State", "Covered Entity Type", "Individuals Affected", "Breach Submission Date",
          "Type of Breach", "Location of Breached Information", "Business Associate Present", "Web Description"]


def breaches(chance, count):
    """Rows as the US health department publishes them, about organisations that do not exist."""
    kinds = ["Hacking/IT Incident"] * 6 + ["Unauthorized Access/Disclosure", "Theft", "Loss", "Improper Disposal"]
    rows = []
    for i in range(count):
        day = datetime.date(2015, 1, 1) + datetime.timedelta(days=chance.randrange(2800))
        persons = chance.choice(["500", "501", "", str(int(10 ** chance.uniform(2, 6)))])
        rows.append(["Invented Clinic %d" % (i % (count * 3 // 4)), chance.choice(["CA", "TX", "NY", "OH"]),
                     chance.choice(["Healthcare Provider", "Health Plan", "Business Associate"]), persons,
                     day.strftime("%m/%d/%Y"), chance.choice(kinds), chance.choice(["Email", "Network Server"]),
                     chance.choice(["Yes", "No"]), ""])
    return rows


def write_csv(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([HEADER] + rows)


def fill(var):
    """The starter incidents and two vintages of a register: later ones change what earlier ones said."""
    chance = random.Random(1)
    rows = breaches(chance, 400)
    later = [row[:3] + [str(int(row[3] or 7) * 2 if chance.random() < 0.3 else row[3])] + row[4:] for row in rows]
    files = [("starter", STARTER, None)]
    for name, table, observed in (("a.csv", rows, "2022-10-01"), ("b.csv", later + breaches(chance, 60), "2023-02-01")):
        write_csv(os.path.join(var, name), table)
        files.append(("hhs-ocr", os.path.join(var, name), observed))
    for importer, path, observed in files:
        answer = vigie("import", "--as", importer, *(["--observed", observed] if observed else []), path, var=var)
        check(answer.status == 0, "import of %s" % os.path.basename(path), answer)


class Register:
    """The public store's tables, read once; counted in the plainest way."""

    def __init__(self, var):
        db = sqlite3.connect("file:%s?mode=ro" % os.path.join(var, "public.db"), uri=True)
        db.row_factory = sqlite3.Row
        self.moments = [(row["seq"], row["at"]) for row in db.execute("SELECT seq, at FROM entry ORDER BY seq")]
        self.versions = [dict(row) for row in db.execute(
            "SELECT version.*, dataset, folded FROM version JOIN incident ON incident.id = version.incident")]
        self.values, self.links = {}, {}
        for row in db.execute("SELECT version, variable, code FROM version_value"):
            self.values.setdefault((row["version"], row["variable"]), set()).add(row["code"])
        for row in db.execute("SELECT affected.*, country, sector_group, org_type FROM affected "
                              "JOIN organisation ON organisation.id = affected.organisation"):
            self.links.setdefault(row["incident"], []).append(dict(row))
        db.close()

    def entries(self, as_of):
        return max([seq for seq, at in self.moments if as_of is None or at <= as_of], default=0)

    def affected(self, version, entry, *roles):
        return [link for link in self.links.get(version["incident"], [])
                if link["role"] in roles and link["since"] <= entry
                and (link["until"] is None or link["until"] > entry)]

    def hit(self, version, entry):
        return self.affected(version, entry, "direct", "via_supplier")

    def facet(self, version, key, entry):
        hit = self.hit(version, entry)
        if key in ("country", "sector", "org_type"):
            column = "sector_group" if key == "sector" else key
            return {link[column] for link in hit if link[column]}
        if key == "severity":
            return {["no_effect", "minor", "moderate", "major", "severe", "catastrophic"][version["severity_low"]]}
        columns = {"verification": "verification", "inclusion": "inclusion", "source": "dataset",
                   "main_type": "main_type", "ransomware_status": "ransomware_status"}
        if key in columns:
            return {version[columns[key]]}
        return self.values.get((version["id"], "attack_type" if key == "type" else key), set())

    def select(self, query):
        """The versions that match, as of an entry."""
        entry = self.entries(query.get("as_of"))
        found = []
        for version in self.versions:
            day = version["date_first"]
            if version["since"] > entry or (version["until"] is not None and version["until"] <= entry):
                continue
            if ("from" in query or "to" in query) and (
                    day is None or not query.get("from", -10**9) <= day <= query.get("to", 10**9)):
                continue
            if all(self.facet(version, key, entry) & codes for key, codes in query.get("facets", {}).items()):
                found.append(version)
        return entry, found

    def figures(self, query):
        entry, found = self.select(query)
        level = lambda v: v["verification"][:2] if v["inclusion"] == "included" else ""
        counted = [v for v in found if level(v) in ("v2", "v3")]
        hit = [(link["organisation"], link["country"], v["incident"]) for v in counted for link in self.hit(v, entry)]
        persons = sorted(v["persons"] for v in counted if v["persons"] is not None)
        days = sorted(v["disturbed_days"] for v in counted if v["disturbed_days"] is not None)

        def by(sets):
            tally = {}
            for codes in sets:
                for code in codes or {"unknown"}:
                    tally[code] = tally.get(code, 0) + 1
            return tally

        return {
            "entries": entry,
            "incidents": len(counted),
            "claimed_only": sum(level(v) == "v1" for v in found),
            "excluded": sum(v["inclusion"].startswith("excluded_") for v in found),
            "organisations": len({organisation for organisation, _, _ in hit}),
            "attacks_on_organisations": len({(organisation, incident) for organisation, _, incident in hit}),
            "organisations_beside": {
                role: len({link["organisation"] for v in counted for link in self.affected(v, entry, role)})
                for role in ("precautionary", "collateral", "spillover")},
            "countries": len({country for _, country, _ in hit if country}),
            "by_type": by(self.facet(v, "type", entry) for v in counted),
            "by_main_type": by({v["main_type"]} - {None} for v in counted),
            "by_country": by(self.facet(v, "country", entry) for v in counted),
            "by_sector": by(self.facet(v, "sector", entry) for v in counted),
            "by_severity": by(self.facet(v, "severity", entry) for v in counted),
            "by_care": by(self.facet(v, "care_disruption", entry) for v in counted),
            "by_discloser": by(self.facet(v, "first_discloser", entry) for v in counted),
            "by_attribution": by(self.facet(v, "attribution_basis", entry) for v in counted),
            "by_attribution_status": by(self.facet(v, "attribution_status", entry) for v in counted),
            "by_month": by({month(v["date_first"])} - {None} for v in counted),
            "by_exclusion": by({v["inclusion"]} for v in found if v["inclusion"].startswith("excluded_")),
            "persons": (sum(persons) if persons else None, len(persons),
                        sum(v["persons_missing"] == "placeholder" for v in counted),
                        statistics.median(persons) if persons else None),
            "days": (sum(days) if days else None, len(days), statistics.median(days) if days else None),
            "ids": [v["incident"] for v in sorted(counted, key=lambda v: (v["date_first"] or 0, v["incident"]))],
            "claimed": {v["incident"] for v in found if level(v) == "v1"},
            "left_out": {v["incident"] for v in found if v["inclusion"].startswith("excluded_")},
        }


def month(day):
    return None if day is None else (DAY + datetime.timedelta(days=day)).strftime("%Y-%m")


def question(chance, register):
    """A random query string and what it means."""
    versions, query, parts = register.versions, {"facets": {}}, []
    newest = register.entries(None)
    for key, often in (("type", 0.4), ("country", 0.3), ("sector", 0.15), ("severity", 0.15), ("verification", 0.08),
                       ("inclusion", 0.08), ("source", 0.15), ("main_type", 0.08), ("org_type", 0.08),
                       ("encryption", 0.05), ("data_disclosure", 0.1), ("ransomware_status", 0.05)):
        if chance.random() < often:
            present = sorted(set().union(*(register.facet(v, key, newest) for v in versions)) - {None})
            codes = chance.choices(present, k=chance.randint(1, 3)) if present else []
            if codes:
                query["facets"][key] = set(codes)
                parts += ["%s=%s" % (key, code) for code in codes]
    first = datetime.date(2014, 1, 1) + datetime.timedelta(days=chance.randrange(3500))
    if chance.random() < 0.3:
        query["from"] = (first - DAY).days
        parts.append("from=%s" % first)
    if chance.random() < 0.3:
        last = first + datetime.timedelta(days=chance.randrange(2500))
        query["to"] = (last - DAY).days
        parts.append("to=%s" % last)
    if chance.random() < 0.4:
        at = chance.choice(register.moments)[1] + chance.choice([-1, 0, 1])
        query["as_of"] = at
        text = datetime.datetime.fromtimestamp(at // 1000, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
        parts.append("as_of=" + urllib.parse.quote("%s.%03dZ" % (text, at % 1000)))
    return "&".join(parts), query


def close(a, b):
    return a == b or (a is not None and b is not None and abs(a - b) <= 1e-9 * max(abs(a), abs(b)))


def disagreements(figures, expected):
    """The names of what differs between `vigie figures --json` and the tables."""
    wrong = [key for key in ("entries", "incidents", "claimed_only", "excluded", "organisations",
                             "attacks_on_organisations", "organisations_beside", "countries", "by_type", "by_main_type",
                             "by_country", "by_sector", "by_severity", "by_care", "by_discloser", "by_attribution", "by_attribution_status",
                             "by_exclusion") if figures[key] != expected[key]]
    if {key: n for key, n in figures["by_month"].items() if n} != expected["by_month"]:
        wrong.append("by_month")
    persons, days = figures["persons_affected"], figures["days_of_disturbed_care"]
    for name, found, wanted in (
            ("persons", (persons["sum"], persons["known"], persons["placeholders"], persons["median"]), "persons"),
            ("days", (days["sum"], days["known"], days["median"]), "days")):
        if not all(close(a, b) for a, b in zip(found, expected[wanted])):
            wrong.append(name)
    return wrong


class Asked:
    """One question to the site, which a running program answers; the command line says the same, byte for byte."""

    def __init__(self, site, text):
        self.site, self.text, self.got = site, text, {}

    def get(self, path):
        answer = self.site.get("%s?%s" % (path, self.text))
        self.got[path] = answer.text
        return answer.text if answer.status == 200 else check(False, "%s?%s" % (path, self.text), answer.status, answer.text) or ""

    def figures(self):
        return json.loads(self.get("/api/v1/figures") or "{}")

    def rows(self, table):
        return list(csv.DictReader(io.StringIO(self.get("/en/%s.csv" % table), newline="")))

    def records(self):
        return json.loads(self.get("/en/incidents.json") or "{}").get("incidents", [])

    def differing(self):
        """What the command line says otherwise."""
        wrong = []
        for path, text in self.got.items():
            table, _, form = os.path.basename(path).partition(".")
            words = ("export", table, "--" + form) if form else ("figures", "--json")
            if vigie(*words, self.text, var=self.site.var).out != text:
                wrong.append("vigie " + " ".join(words))
        return wrong


def ask(text, query, register, site, twice):
    expected, asked = register.figures(query), Asked(site, text)
    figures = asked.figures()
    wrong = disagreements(figures, expected) if figures else ["figures"]
    rows, records = asked.rows("incidents"), asked.records()
    if sorted(int(row["id"]) for row in rows) != sorted(expected["ids"]):
        wrong.append("incidents of the CSV")
    if [record["id"] for record in records] != [int(row["id"]) for row in rows]:
        wrong.append("incidents of the JSON")
    persons = [float(row["persons_affected"]) for row in rows if row["persons_affected"]]
    if (sum(persons) if persons else None) != expected["persons"][0]:
        wrong.append("persons of the CSV")
    types = [code for row in rows for code in re.split("; ", row["attack_types"]) if code]
    if {code: types.count(code) for code in types} != {k: n for k, n in expected["by_type"].items() if k != "unknown"}:
        wrong.append("types of the CSV")
    countries = [code for record in records for code in record["countries"]]
    if {code: countries.count(code) for code in countries} != {
            k: n for k, n in expected["by_country"].items() if k != "unknown"}:
        wrong.append("countries of the JSON")
    for table, ids in (("claimed", expected["claimed"]), ("excluded", expected["left_out"])):
        if {int(row["id"]) for row in asked.rows(table)} != ids:
            wrong.append("the CSV of " + table)
    wrong += asked.differing() if twice else []
    check(not wrong, "%d incidents, %d excluded: %s" % (expected["incidents"], expected["excluded"], text or "(all)"),
          wrong)
    return expected["incidents"]


def main():
    with folder() as var:
        fill(var)
        with Site(var=var) as site:
            register, chance = Register(var), random.Random(2)
            some = sum(ask(*question(chance, register), register, site, n % 10 == 0) > 0 for n in range(QUERIES))
            ask("", {}, register, site, True)
        check(some > QUERIES / 4, "many of the questions have incidents: %d" % some)
    return done()


sys.exit(main())
