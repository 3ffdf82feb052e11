"""What must never happen: the page of an incident hides that something was changed, shows another change than the one that
was made, or gives another reason for a choice than the method's."""
import csv
import datetime
import io
import json
import os
import re
import sqlite3
import sys
import tempfile
import xml.etree.ElementTree
from contextlib import closing

import tap
from page_reader import Page
from site_harness import STARTER, Site

ROWS = 1 << 20  # ids of the rows of an incident are incident * ROWS + n
EVIL = "</title></del><script>alert(1)</script><img src=x onerror=alert(2)>\"'&<!--"


def starter():
    with open(STARTER, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fill(site, rows):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rows.csv")
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        site.fill("starter", path)


def store(site):
    return closing(sqlite3.connect(f"file:{site.var}/public.db?mode=ro", uri=True))


def record(site, incident, query=""):
    return json.loads(site.get(f"/api/v1/incidents/{incident}{query}").text)


def shown(page):
    """The text of a page with single blanks."""
    return re.sub(r"\s+", " ", Page(page).said)


def make(site):
    """Four vintages of the starter list: what changes in them is known here."""
    rows = starter()
    fill(site, rows)
    rows[0].update(actor="Other group", days_disrupted="9")
    rows[1].update(appointments_cancelled="300")
    rows[2].update(actor=EVIL, impact_note="nothing else")
    fill(site, rows)
    rows[0].update(confidence="low")
    rows[1].update(appointments_cancelled="450")
    fill(site, rows)
    rows[1].update(appointments_cancelled="")
    fill(site, rows)


def numbers(site):
    with store(site) as db:
        return dict(db.execute("SELECT external, id FROM incident"))


def changes_of(data):
    return [{change["variable"]: tuple(side and (side["value"], side["missing"]) for side in (change["before"], change["after"]))
             for change in revision["changes"]} for revision in data["history"]]


def check_known_changes(site, ids):
    rows = starter()
    one, two = (record(site, ids[rows[i]["incident_id"]]) for i in (0, 1))
    told = changes_of(one)
    tap.check(len(told) == 3 and told[0] == {} and told[1]["actor"] == (("NetWalker", None), ("Other group", None)),
              "a changed actor is a change from one to the other", told)
    tap.check("metric.clinical_disruption_days" in told[1] and told[2].get("ransomware_status") ==
              (("confirmed", None), ("suspected", None)), "what follows from a change is told too", told)
    told = [change.get("metric.appointments_cancelled") for change in changes_of(two)]
    tap.check(told == [None, (None, ("300", None)), (("300", None), ("450", None)), (("450", None), (None, "not_reported"))],
              "a number that came, grew and was withdrawn", told)


def check_against_store(site):
    """Each revision is a version of the store, and its changes are the difference of the record on both sides."""
    wrong, many = [], 0
    with store(site) as db:
        versions = db.execute("SELECT incident, since, (SELECT at FROM entry WHERE seq = since), (SELECT author FROM entry "
                              "WHERE seq = since) FROM version ORDER BY incident, since").fetchall()
        claims = dict(db.execute("SELECT statement.incident || '/' || claim.since, count(*) FROM claim JOIN statement ON "
                                 "statement.id = claim.statement GROUP BY 1"))
    for incident in sorted({row[0] for row in versions}):
        data = record(site, incident)
        wanted = [(row[1], row[3], claims[f"{incident}/{row[1]}"]) for row in versions if row[0] == incident]
        if [(one["entry"], one["author"], len(one["claims"])) for one in data["history"]] != wanted:
            wrong.append((incident, data["history"], wanted))
        states = [record(site, incident, f"?as_of={one['at']}")["incident"] for one in data["history"]] if len(wanted) > 1 else []
        for before, after, change in zip(states, states[1:], changes_of(data)[1:]):
            many += 1
            for column in ("verification", "inclusion", "severity_low", "coverage", "ransomware_status", "main_type"):
                variable = {"verification": "verification_level", "inclusion": "inclusion_decision",
                            "severity_low": "severity"}.get(column, column)
                if column in before and column != "main_type" and (before[column] != after[column]) != (variable in change):
                    wrong.append((incident, column, before[column], after[column], change))
    tap.check(many == 6 and not wrong, f"{many} changes are the differences between what stood and what stands", wrong[:3])


def check_page(site, ids):
    rows = starter()
    for language, words in (("en", ("Opened with 11 claims from 3 sources", "contested: between")),
                            ("fr", ("Ouverture avec 11\u00a0affirmations de 3\u00a0sources", "contestée\u00a0: entre"))):
        text = site.get(f"/{language}/incidents/{ids[rows[0]['incident_id']]}").text
        said = shown(text).replace(" ", " ")
        tap.check(all(re.sub(r"\s+", " ", word) in said for word in words), f"the history in {language}", said[-2500:])
        tap.check(re.search(r"<del><bdi>NetWalker</bdi>\s*</del>", text) and re.search(r"<ins><bdi>Other group</bdi>\s*</ins>", text),
                  f"what was there and what is there are marked in {language}")
        links = re.findall(r'href="(/\w+/incidents/\d+\?as_of=[^"]+)"', text)
        told = [Page(site.get(link).text).said for link in links[:2]]
        tap.check("NetWalker" in told[0] and "Other group" not in told[0] and "Other group" in told[1],
                  f"the page as it stood then, in {language}", links)
        entry = re.search(r'href="(/api/v1/entries/\d+)"', text)[1]
        tap.check(json.loads(site.get(entry).text)["kind"] == "incident.open", f"the entry itself can be read, in {language}")
    page = site.get(f"/en/incidents/{ids[rows[2]['incident_id']]}").text
    tap.check(not Page(page).wrong and "<script>alert(1)</script>" in Page(page).said and "<img" not in page.split("<main")[1],
              "a hostile text in a change is shown, and does not act", Page(page).wrong)


def better(one, other):
    """METHOD.md 4, written a second time: the first rule by which two claims differ."""
    order = {"court": 0, "authority": 1, "victim": 2, "study": 3, "expert": 4, "media": 5, "project": 6, "person": 7, "actor": 8}

    def standing(claim):
        if claim["claimant"] == "actor" or claim["type"] == "leak_site":
            return 8
        speaks_for = {("authority", "court"): "court", ("expert", "study"): "study"}
        return order[speaks_for.get((claim["claimant"], claim["type"]), claim["claimant"])]

    def day(claim):
        return claim["as_of"] if claim["as_of"] is not None else claim["known"] if claim["known"] is not None else -10 ** 9

    rules = [("preferred", lambda c: c["rank"] != "preferred"), ("order of speakers", standing), ("later day", lambda c: -day(c)),
             ("more credible", lambda c: c["credibility"]), ("more reliable", lambda c: c["reliability"]),
             ("newer entry", lambda c: -c["since"])]
    for name, key in rules:
        if key(one) != key(other):
            return name, key(one) < key(other)
    return "newer entry", one["id"] < other["id"]


def check_reasons(site):
    """The reason beside each claim of a contested value is the rule by which the chosen one stands before it."""
    with store(site) as db:
        db.row_factory = sqlite3.Row
        claims = {row["id"]: row for row in db.execute(
            "SELECT claim.id, variable, rank, claim.since, claimant, credibility, as_of, known_since AS known, source_type AS type, "
            "reliability, incident FROM claim JOIN statement ON statement.id = claim.statement JOIN source ON source.id = source")}
    seen, wrong = {}, []
    for incident in sorted({row["incident"] for row in claims.values()}):
        for block in re.findall(r'<ul\s+class="claims beside"[^>]*>(.*?)</ul>', site.get(f"/en/incidents/{incident}").text, re.S):
            items = [(int(re.search(r'id="claim-(\d+)"', item)[1]), re.search(r'<p class="verdict">([^<]+)</p>', item))
                     for item in re.findall(r"<li(.*?)</li>", block, re.S)]
            chosen = claims[items[0][0]]
            if not items[0][1] or items[0][1][1] != "published":
                wrong.append((incident, items))
            for claim, verdict in items[1:]:
                if not verdict or not verdict[1].startswith("not chosen") or "attacker" in verdict[1]:
                    continue
                name, first = better(chosen, claims[claim])
                name = name if name != "order of speakers" or chosen["claimant"] != claims[claim]["claimant"] else "court or a study"
                seen[name] = seen.get(name, 0) + 1
                if not first or name not in verdict[1]:
                    wrong.append((incident, claim, name, verdict[1]))
    tap.check(sum(seen.values()) > 20 and len(seen) > 1 and not wrong, f"the reasons are the method's: {seen}", wrong[:5])


def day(text):
    return (datetime.date.fromisoformat(text) - datetime.date(1970, 1, 1)).days


def observe(site, incident, variable, observations, claimant="authority", kind=None):
    """Claims as an importer would leave them: (day, lower bound, upper bound or None, value)."""
    first, last = incident * ROWS, incident * ROWS + ROWS - 1
    with closing(sqlite3.connect(f"{site.var}/public.db")) as db:
        for when, low, high, value in observations:
            statement, claim = (db.execute(f"SELECT max(id) + 1 FROM {table} WHERE id BETWEEN ? AND ?", (first, last)).fetchone()[0]
                                for table in ("statement", "claim"))
            source, since = db.execute("SELECT source, since FROM statement WHERE incident = ? ORDER BY id LIMIT 1", (incident,)).fetchone()
            if kind:
                source = db.execute("SELECT max(id) + 1 FROM source").fetchone()[0]
                db.execute("INSERT INTO source (id, look_up, title, source_type, reliability, since) VALUES (?, 0, ?, ?, 'a', ?)",
                           (source, f"{kind} {source}", kind, since))
            db.execute("INSERT INTO statement (id, incident, source, claimant, stance, credibility, known_since, as_of, since) "
                       "VALUES (?, ?, ?, ?, 'asserts', 'c2', ?, ?, ?)",
                       (statement, incident, source, claimant, day(when) + 3, day(when), since))
            db.execute("INSERT INTO claim (id, statement, variable, value, low, high, rank, since) VALUES (?, ?, ?, ?, ?, ?, 'normal', ?)",
                       (claim, statement, variable, value, low, high, since))
        db.commit()


def say(site, incident, claims, claimant="authority"):
    """One statement with several claims."""
    first, last = incident * ROWS, incident * ROWS + ROWS - 1
    with closing(sqlite3.connect(f"{site.var}/public.db")) as db:
        statement, claim = (db.execute(f"SELECT max(id) + 1 FROM {table} WHERE id BETWEEN ? AND ?", (first, last)).fetchone()[0]
                            for table in ("statement", "claim"))
        source, since = db.execute("SELECT source, since FROM statement WHERE incident = ? ORDER BY id LIMIT 1", (incident,)).fetchone()
        db.execute("INSERT INTO statement (id, incident, source, claimant, stance, credibility, known_since, since) "
                   "VALUES (?, ?, ?, ?, 'asserts', 'c2', 19000, ?)", (statement, incident, source, claimant, since))
        for number, (variable, value) in enumerate(claims):
            db.execute("INSERT INTO claim (id, statement, variable, value, rank, since) VALUES (?, ?, ?, ?, 'normal', ?)",
                       (claim + number, statement, variable, value, since))
        db.commit()


def seed(site, ids):
    """An incident whose effect was observed on several days, by several speakers."""
    incident = ids["HC-2020-005"]
    observe(site, incident, "metric.appointments_cancelled",
            [("2024-06-24", 2194, 2194, "2194"), ("2024-06-10", 800, 800, "800"), ("2024-07-08", 6199, 6199, "6199")])
    observe(site, incident, "metric.appointments_cancelled", [("2024-06-30", 9999, 9999, "9999")], "media")
    observe(site, incident, "metric.appointments_cancelled", [("2024-07-20", 1, 1, "1")], "actor")
    observe(site, incident, "persons_affected", [("2024-09-01", 254000, None, "254000.."), ("2024-06-20", 100, 300, "100..300")])
    observe(site, incident, "metric.beds_closed", [("2024-06-20", 5, 5, "5")])
    for variable, when in (("clinical_recovery", "2024-08-02"), ("disclosed", "2024-06-04"), ("detected", "2024-06-03")):
        observe(site, incident, f"event_kind.{variable}", [(when, day(when), day(when), when)])
    say(site, incident, [("action_type", "indictment"), ("directed_at", "attacker"), ("jurisdiction", "US"),
                         ("legal_reference", "bud-5"), ("legal_reference", "gc4-18"), ("legal_reference", "un-cc"),
                         ("legal_reference", EVIL), ("stage", "open")])
    say(site, incident, [("actor", EVIL), ("attribution_basis", "media")], "media")
    with closing(sqlite3.connect(f"{site.var}/public.db")) as db:
        for number, role in enumerate(["via_supplier"] * 14 + ["precautionary"]):
            db.execute("INSERT INTO affected (id, incident, organisation, role, naming, since) VALUES (?, ?, ?, ?, 'named', ?)",
                       (incident * ROWS + 100 + number, incident, number + 10, role, incident))
        db.commit()
    return incident


def check_impact(site, incident):
    path = f"/en/incidents/{incident}/impact/"
    lines = list(csv.DictReader(io.StringIO(site.get(path + "metric.appointments_cancelled.csv").text, newline="")))
    tap.check([(line["day"], line["value"]) for line in lines] ==
              [("2024-06-10", "800"), ("2024-06-24", "2194"), ("2024-06-30", "2194"), ("2024-07-08", "6199"), ("2024-07-20", "6199")],
              "each day has what the method publishes of what was observed by then: not the press, never the attacker", lines)
    lines = list(csv.DictReader(io.StringIO(site.get(path + "persons_affected.csv").text, newline="")))
    tap.check([(line["low"], line["high"]) for line in lines][-2:] == [("100", "300"), ("254000", "")],
              "a range and a lower bound stay what they are", lines)
    data = record(site, incident)
    tap.check({series["variable"]: [step["day"] for step in series["steps"]] for series in data["impact"]}
              ["metric.appointments_cancelled"] == ["2024-06-10", "2024-06-24", "2024-06-30", "2024-07-08", "2024-07-20"] and
              "metric.beds_closed" not in [series["variable"] for series in data["impact"]],
              "JSON has the same steps, and nothing that was seen on one day only", data["impact"])
    for language in ("en", "fr"):
        answer = site.get(f"/{language}/incidents/{incident}/impact/metric.appointments_cancelled.svg")
        root = xml.etree.ElementTree.fromstring(answer.text)
        space = "{http://www.w3.org/2000/svg}"
        names = [group.findtext(space + "title") for group in root.iter(space + "g")]
        tap.check(root.find(space + "title").text and len(list(root.iter(space + "circle"))) == 5 and "2024" in names[0] and
                  "800" in names[0] and answer.headers["Content-Type"] == "image/svg+xml",
                  f"the chart in {language} is a picture with a name for each step", names)
        tap.check(f"https://vigie.example/{language}/incidents/{incident}" in "".join(root.itertext()),
                  f"and says in {language} where it comes from")
        page = site.get(f"/{language}/incidents/{incident}").text
        tap.check(not Page(page).wrong and f"/{language}/incidents/{incident}/impact/persons_affected.svg" in page and
                  page.count("<figure class=\"series\">") == len(data["impact"]), f"the page in {language} shows them", Page(page).wrong)
    picture = site.get(path + "persons_affected.png")
    if picture.status == 503:
        tap.skip("the chart is a PNG too", "this build draws none")
    else:
        tap.check(picture.status == 200 and picture.body.startswith(b"\x89PNG\r\n") and len(picture.body) > 5000,
                  "the chart is a PNG too", picture.status)
    name = site.get(path + "persons_affected.csv").headers["Content-Disposition"]
    tap.check(f"incident-{incident}-persons_affected" in name, "the table's name says what it is", name)
    for wrong in (f"{incident}/impact/metric.beds_closed.svg", f"{incident}/impact/x.csv", "99999999/impact/persons_affected.svg",
                  "99999999999999999999999/impact/persons_affected.csv"):
        tap.check(site.get("/en/incidents/" + wrong).status == 404, f"there is no {wrong}")
    tap.check(site.get(path + "persons_affected.csv?type=ddos").status == 400, "it takes a moment and nothing else")


def check_timeline(site, incident):
    data = record(site, incident)
    days = [(event["first"], event["event"]) for event in data["timeline"]]
    tap.check(len(days) >= 4 and days == sorted(days) and ("2024-08-02", "event_kind.clinical_recovery") in days,
              "the events stand in the order of their days", days)
    page = site.get(f"/en/incidents/{incident}").text
    told = re.findall(r"<li><b>([^<]+)</b>", re.search(r'<ol class="timeline">(.*?)</ol>', page, re.S)[1])
    tap.check(len(told) == len(days) and "4 June 2024" in told, "on the page too", told)
    wrong = []
    bases = {"start": "event_kind.impact_start", "detected": "event_kind.detected", "disclosed": "event_kind.disclosed"}
    for row in csv.DictReader(io.StringIO(site.get("/en/incidents.csv").text, newline="")):
        events = {event["event"]: (event["first"], event["last"]) for event in record(site, row["id"])["timeline"]}
        if events.get(bases.get(row["date_basis"])) != (row["date_first"], row["date_last"]) and int(row["id"]) != incident:
            wrong.append((row["id"], row["date_first"], events))
    tap.check(not wrong, "each reference date is the day of its event", wrong[:3])


UNION = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()


def engaged(rule, row, countries, kinds, conflict):
    """Whether the rule speaks of an incident, by the columns of norms.csv alone."""
    fits = {"always": True, "stated": False, "conflict": conflict, "EU": bool(countries & set(UNION)), "US": "US" in countries,
            "AU": "AU" in countries, "research": bool(kinds & {"research", "pharma"})}
    return bool(fits[rule["applies_when"]] and rule["applies_from"] and row and row >= rule["applies_from"])


def check_norms(site):
    with open(os.path.join(tap.ROOT, "data", "norms.csv"), encoding="utf-8", newline="") as file:
        rules = list(csv.DictReader(file))
    with store(site) as db:
        named = {}
        for incident, code, source in db.execute("SELECT incident, value, source FROM claim JOIN statement ON statement.id = statement "
                                                 "WHERE variable = 'legal_reference'"):
            named.setdefault(incident, {}).setdefault(code, []).append(source)
        conflict = {row[0] for row in db.execute("SELECT version.incident FROM version_value JOIN version ON version.id = version "
                                                 "WHERE until IS NULL AND variable = 'conflict_context' AND code = 'nexus'")}
        affected = {}
        for incident, country, kind in db.execute("SELECT incident, country, org_type FROM affected JOIN organisation ON "
                                                  "organisation.id = organisation"):
            affected.setdefault(incident, []).append((country, kind))
    wrong, many = [], set()
    for row in csv.DictReader(io.StringIO(site.get("/en/incidents.csv").text, newline="")):
        incident = int(row["id"])
        facts = ({one[0] for one in affected[incident]}, {one[1] for one in affected[incident]}, incident in conflict)
        wanted = {rule["code"]: (engaged(rule, row["date_first"], *facts), named.get(incident, {}).get(rule["code"], []))
                  for rule in rules}
        wanted = {code: both for code, both in wanted.items() if both[0] or both[1]}
        told = {norm["code"]: (norm["engaged"], norm["named_by"]) for norm in record(site, incident)["norms"]}
        many |= set(told)
        if told != wanted:
            wrong.append((incident, told, wanted))
    tap.check(not wrong and {"gc4-18", "un-cc", "gdpr-33", "hipaa-brn", "nis2-23"} <= many,
              "the rules are those that the table engages or a source names", wrong[:2], many)


def check_said(site, incident):
    with store(site) as db:
        rows = db.execute("SELECT variable, value FROM claim JOIN statement ON statement.id = statement WHERE incident = ? AND "
                          "claimant = 'authority' AND variable IN ('action_type', 'directed_at', 'jurisdiction', 'stage', "
                          "'legal_reference')", (incident,)).fetchall()
    data = record(site, incident)
    tap.check(len(data["accountability"]) == 1 and sorted((claim["variable"], claim["value"])
                                                          for claim in data["accountability"][0]["claims"]) == sorted(rows),
              "what one statement says of what followed stays together", data["accountability"])
    actors = {claim["value"] for said in data["attributions"] for claim in said["claims"] if claim["variable"] == "actor"}
    tap.check(EVIL in actors and len(actors) > 1, "each attribution stands by itself", actors)
    for language, words in (("en", ["Who is said to have done it", "Indictment", "United States", "Geneva Convention IV, article 18",
                                    "Through a supplier", "not yet compared with its text", "Named by: Authority"]),
                            ("fr", ["Qui est désigné comme auteur", "Inculpation", "États-Unis", "Quatrième Convention de Genève, article 18",
                                    "Via un fournisseur", "pas encore comparé avec son texte", "Nommée par : Autorité"])):
        text = site.get(f"/{language}/incidents/{incident}").text
        said = shown(text).replace("\u00a0", " ")
        tap.check(not Page(text).wrong and all(word in said for word in words) and "<script>alert" not in text,
                  f"the page in {language} tells roles, authors, what followed and the rules", [w for w in words if w not in said])
    plain = shown(site.get("/en/incidents/2").text)
    tap.check("No source in this register names anybody." in plain and "No step is known to this register." in plain,
              "where nobody says anything, the page says so")


def traits(site):
    """Of each counted incident, from the tables: day, main type, countries, sectors, actors that are named in force."""
    with store(site) as db:
        found = {row[0]: {"day": row[1], "main_type": {row[2]} - {None}, "country": set(), "sector_group": set(), "actor": set()}
                 for row in db.execute("SELECT incident, date_first, main_type FROM version WHERE until IS NULL AND inclusion = "
                                       "'included' AND verification IN ('v2_probable', 'v3_confirmed') AND date_first IS NOT NULL")}
        for incident, country, sector in db.execute("SELECT incident, country, sector_group FROM affected JOIN organisation ON "
                                                    "organisation.id = organisation WHERE role IN ('direct', 'via_supplier')"):
            if incident in found:
                found[incident]["country"] |= {country} - {None}
                found[incident]["sector_group"] |= {sector} - {None}
        for incident, actor, *_ in db.execute(
                "SELECT incident, value, max(coalesce(as_of, known_since, -1e9) * 1e6 + claim.since) FROM claim JOIN statement ON "
                "statement.id = statement WHERE variable = 'actor' AND value IS NOT NULL GROUP BY incident, source, claimant"):
            if incident in found:
                found[incident]["actor"].add(actor)
    return found


def check_similar(site):
    known, wrong, many, reasons = traits(site), [], 0, set()
    for incident, own in known.items():
        wanted = []
        for other, its in known.items():
            shared = [name for name in ("main_type", "country", "sector_group", "actor") if own[name] & its[name]]
            if other != incident and abs(its["day"] - own["day"]) <= 183 and len(shared) > 1:
                wanted.append({"incident": other, "shared": shared, "days": its["day"] - own["day"]})
        wanted.sort(key=lambda one: (-len(one["shared"]), abs(one["days"]), -one["incident"]))
        told = record(site, incident)["similar"]
        many += len(told)
        reasons |= {name for one in told for name in one["shared"]}
        if told != wanted[:6]:
            wrong.append((incident, told, wanted[:6]))
    tap.check(many > 100 and len(reasons) == 4 and not wrong, f"{many} similar incidents, each for its reasons", len(wrong), *[f"{i}\n{a}\n{b}" for i, a, b in wrong[:3]])
    said = shown(site.get("/fr/incidents/5").text)
    tap.check("Incidents semblables" in said and "le même" in said, "the page says why they are similar", said[:50])


def main():
    with Site() as site:
        make(site)
        site.stop()
        ids = numbers(site)
        observed = seed(site, ids)
        site.start()
        check_known_changes(site, ids)
        check_against_store(site)
        check_page(site, ids)
        check_reasons(site)
        check_impact(site, observed)
        check_timeline(site, observed)
        check_norms(site)
        check_similar(site)
        check_said(site, observed)
        tap.check(site.stop() == 0 and "vigie:" not in site.told(), "it had nothing to complain about", site.told())
    return tap.done()


sys.exit(main())
