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

ROOT = os.environ.get("VIGIE_ROOT", os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
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
        tap.check("<dt>Countries</dt>" not in page, f"in how many countries {code} is, is not told")
    for query_text, told in (("", True), ("?country=FR", False), ("?country=FR,DE", True)):
        tap.check(("<dt>Countries</dt>" in site.get("/en/" + query_text).text) == told, f"countries are counted when there may be several: /en/{query_text}")
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


def walk(site, path, name):
    """All rows of a list that comes in pieces."""
    rows = []
    while path:
        answer = site.get(path)
        rows += json.loads(answer.text)[name]
        found = re.fullmatch(r'<(.+)>; rel="next"', answer.headers.get("Link", ""))
        path = found and found[1]
    return rows


HIT = f"""SELECT DISTINCT organisation.id FROM version JOIN affected ON affected.incident = version.incident
    JOIN organisation ON organisation.id = affected.organisation WHERE {COUNTED} AND {ATTACKED}"""


def check_organisations(site):
    for asked, wanted in (("", ""), ("country=FR", "AND country = 'FR'"), ("sector=patient_care", "AND sector_group = 'patient_care'"),
                          ("country=US&org_type=hospital", "AND country = 'US' AND org_type = 'hospital'"),
                          ("q=HOPITAL", "AND ' ' || folded LIKE '%hopital%'"), ("q=saint+centre", "AND folded LIKE '%saint%' AND folded LIKE '%centre%'"),
                          ("q=zzz", "AND folded LIKE '%zzz%'")):
        ids = sorted(row[0] for row in query(site, f"{HIT} {wanted}"))
        told = data(site, f"/en/organisations.json?{asked}")
        lines = table(site, f"/fr/organisations.csv?{asked}")
        shown = []
        for page in range(1, 99):
            answer = site.get(f"/en/organisations?{asked}&page={page}")
            if answer.status != 200:
                break
            shown += [int(id) for id in re.findall(r'href="/en/organisations/(\d+)"', answer.text)]
        rows = walk(site, f"/api/v1/organisations?{asked}&limit=7", "organisations")
        tap.check(ids == [row["organisation"] for row in told["organisations"]] == [int(row["organisation"]) for row in lines] == shown
                  and told["total"] == len(ids) and rows == told["organisations"],
                  f"{len(ids)} organisations in every form for “{asked}”", (ids[:5], shown[:5]))
    tap.check(data(site, "/en/organisations.json")["total"] == data(site, "/api/v1/figures")["organisations"],
              "all of them are the headline's number")
    for asked in ("type=ransomware", "from=2021&to=2022"):
        tap.check(data(site, f"/api/v1/organisations?{asked}")["total"] == data(site, f"/api/v1/figures?{asked}")["organisations"],
                  f"and so are those of “{asked}”")
    tap.check(site.get("/api/v1/organisations?q=%2B").status == 400, "a search without a letter is refused")
    for id, name, country in query(site, "SELECT id, name, country FROM organisation ORDER BY id")[::17]:
        told = data(site, f"/api/v1/organisations/{id}")
        links = query(site, "SELECT incident, role FROM affected WHERE organisation = ? AND until IS NULL ORDER BY incident", id)
        tap.check(told["organisation"]["name"] == name and sorted((row["incident"], row["role"]) for row in told["incidents"]) == links,
                  f"organisation {id} has its incidents and roles", told)
        page = Page(site.get(f"/fr/organisations/{id}").text)
        tap.check(all(("a", f"/fr/incidents/{row[0]}") in page.links for row in links) and
                  (not country or ("a", f"/fr/countries/{country}") in page.links), f"its page leads to them")
        tap.check(f"/en/organisations/{id}" in site.get(f"/en/incidents/{links[0][0]}").text, "and they lead to it")
    tap.check(site.get("/en/organisations/99999").status == 404 and site.get("/en/organisations/1?as_of=2000").status == 404,
              "one that is not there, or was not yet, is not found")


def check_actors(site):
    pledges = list(csv.DictReader(open(os.path.join(ROOT, "data", "pledges.csv"), encoding="utf-8")))
    also = list(csv.DictReader(open(os.path.join(ROOT, "data", "actors.csv"), encoding="utf-8")))
    main_name = {row["also_called"].lower(): row["actor"] for row in also}
    claims = query(site, """SELECT claim.value, statement.incident, version.verification, coalesce(basis.value, statement.claimant)
        FROM claim JOIN statement ON statement.id = claim.statement JOIN version ON version.incident = statement.incident
        LEFT JOIN claim AS basis ON basis.statement = statement.id AND basis.variable = 'attribution_basis'
        WHERE claim.variable = 'actor' AND claim.value IS NOT NULL AND version.until IS NULL AND version.inclusion = 'included'
            AND statement.stance = 'asserts'""")
    wanted = {row["actor"]: {"sure": set(), "authority": set(), "all": set()} for row in pledges}
    for value, incident, level, basis in claims:
        actor = wanted.setdefault(main_name.get(value.lower(), value), {"sure": set(), "authority": set(), "all": set()})
        actor["all"].add(incident)
        if level[:2] in ("v2", "v3"):
            actor["sure"].add(incident)
        if basis in ("authority", "court", "coalition"):
            actor["authority"].add(incident)
    listed = data(site, "/en/actors.json")["actors"]
    told = {row["name"]: row for row in listed}
    found = {name: (row["incidents"], row["named_by_authority_or_court"]) for name, row in told.items()}
    made = {name: (len(actor["sure"]), len(actor["authority"])) for name, actor in wanted.items()}
    tap.check(found == made, "attackers have the incidents that the store's claims give them", set(found.items()) ^ set(made.items()))
    tap.check(all(row["named_by_itself_alone"] + row["named_by_others"] + row["named_by_authority_or_court"] ==
                  row["incidents"] + row["claimed_only"] for row in listed), "each incident has one basis")
    lines = table(site, "/fr/actors.csv")
    tap.check([row["actor"] for row in lines] == [row["actor"] for row in listed] ==
              [row["actor"] for row in walk(site, "/api/v1/actors?limit=5", "actors")], "the same as CSV and in pieces")
    for name, row in told.items():
        mine = [pledge for pledge in pledges if pledge["actor"] == name]
        one = data(site, f"/api/v1/actors/{row['actor']}")
        tap.check([pledge["pledge"] for pledge in one["pledges"]] == [pledge["pledge_id"] for pledge in mine] and
                  {entry["incident"] for entry in one["attributions"] if entry["asserted"]} >= wanted.get(name, {"all": set()})["all"],
                  f"{name} has its pledges and incidents")
        if not mine:
            continue
        for language, suffix in (("en", ""), ("fr", "_fr")):
            said = Page(site.get(f"/{language}/actors/{row['actor']}").text).said
            words = [pledge[key + suffix] for pledge in mine for key in ("promise", "exceptions", "channel", "explanation", "remedy")
                     if pledge["kind"] != "no_answer" or key != "promise"]
            tap.check(all(word in said for word in words), f"what {name} promised is told in {language}",
                      [word for word in words if word not in said])
    # Who looks for an attacker by any of its names finds the attacks that somebody says were its.
    for words, name in (("LockBit", "LockBit"), ("ransomware+ABCD", "LockBit"), ("noberus", "ALPHV (BlackCat)"), ("R%C3%BFuk", "Ryuk")):
        sought = {row["id"] for row in walk(site, f"/api/v1/incidents?q={words}", "incidents")}
        tap.check(sought and sought == wanted[name]["sure"], f"“{words}” finds the attacks of {name}", sought ^ wanted[name]["sure"])
    one = min(wanted["LockBit"]["sure"])
    town = query(site, "SELECT folded FROM incident WHERE id = %d" % one)[0][0].split()[0]
    found = walk(site, f"/api/v1/incidents?q=lockbit+{town}", "incidents")
    tap.check(one in {row["id"] for row in found} and len(found) < len(wanted["LockBit"]["sure"]), "a name narrows other words", (town, found))
    tap.check(not data(site, "/api/v1/incidents?q=lockbit&as_of=2001")["total"], "as of a day before it was said, nothing is found")
    page = site.get("/en/actors/lockbit").text
    breach = query(site, "SELECT id FROM incident WHERE external = 'HC-2024-008'")[0][0]
    tap.check(f'href="/en/incidents/{breach}"' in page and "Breached and remedied" in page, "a pledge leads to the attack against it")
    tap.check("/en/actors/lockbit" in site.get(f"/en/incidents/{breach}").text, "and the incident to its attacker")
    said = Page(site.get("/fr/actors/ryuk").text).said
    tap.check("aucun engagement n’a été pris" in said and "Jamais fait" in said, "who was asked and was silent promised nothing")
    for row in pledges:
        tap.check(all(bool(row[key]) == bool(row[key + "_fr"]) for key in ("promise", "exceptions", "channel", "explanation", "remedy")),
                  f"{row['pledge_id']} says the same in both languages")
    tap.check(site.get("/en/actors/nobody").status == 404, "one whom nobody names is not found")
    tap.check([row["actor"] for row in data(site, "/en/actors.json?as_of=2000")["actors"] if row["incidents"]] == [],
              "as of a day before the register nothing is attributed")


SECRET = "Zebulon Quagmire Clinic"
CASES = """id,name,place,country,kind,naming,type,date,link
n-1,Open House Hospital,Oxbridge,GB,hospital,named,ransomware,2021-03-04,https://example.org/1
n-2,{secret},Quagmire Town,GB,clinic,type_country,data_theft,2021-05-06,https://example.org/2
n-3,{secret} Annex,Quagmire Town,GB,clinic,withheld,data_theft,2021-06-07,https://example.org/3
"""
MAPPING = """name = naming-test
licence = CC0-1.0
source.type = authority
source.reliability = a
claimant = authority
credibility = c1
language = en
dates = day-month-year

[columns]
id = key
name = organisation.name
place = organisation.place
country = organisation.country
kind = organisation.type
naming = affected.naming
type = attack_type
date = event_kind.impact_start
link = source.url
"""


def check_registers():
    """A register that gives each record an address of its own is one register, of the country whose organisations it names."""
    rows = "".join(f"r-{i},House {i},Town,{'GB' if i else 'IE'},hospital,named,ransomware,2021-03-{i + 1:02},https://register.example/{i}\n"
                   for i in range(12)) + "r-12,House 12,Town,GB,hospital,named,,2021-03-20,https://register.example/12\n"
    with tempfile.TemporaryDirectory() as folder:
        cases, mapping = os.path.join(folder, "cases.csv"), os.path.join(folder, "cases.map")
        for path, text in ((cases, CASES.split("\n")[0] + "\n" + rows), (mapping, MAPPING.replace("source.type = authority", "source.type = register"))):
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        with Site() as site:
            site.fill("csv", cases, "--mapping", mapping)
            tap.wait_for(lambda: data(site, "/api/v1/incidents").get("total") == 12)
            listed = {row["code"]: row["public_registers"] for row in data(site, "/api/v1/countries")["countries"]}
            tap.check(listed == {"GB": 1, "IE": 0}, "one register of one country", listed)
            sources = data(site, "/api/v1/countries/GB")["public_registers"]
            tap.check([row["url"] for row in sources] == ["https://register.example/0"], "it is told by its first record", sources)
            tap.check("None among the sources" in Page(site.get("/en/countries/IE").text).said, "the other country has none")
            check_no_attack(site)


def check_no_attack(site):
    """Of a record that is not taken for an attack nothing is said that only an attack has."""
    excluded = data(site, "/en/excluded.json")["incidents"]
    tap.check([row["inclusion"] for row in excluded] == ["excluded_no_effect"], "a record without an effect is excluded", excluded)
    attack = site.get("/en/incidents/1").text
    for address, words in (("/en/incidents/%d" % excluded[0]["id"], "Concerned by the record"),
                           ("/fr/incidents/%d" % excluded[0]["id"], "Concernée par la fiche"),
                           (re.search(r'href="(/en/organisations/\d+)"', site.get("/en/incidents/%d" % excluded[0]["id"]).text)[1], "Concerned by the record")):
        page = site.get(address).text
        said = Page(page).said
        told = [word for word in ("Directly attacked", "Attaquée directement", "attacker was", "l’attaquant était", "Rules that speak",
                                  "Who is said to have done it", "Similar incidents", "Incidents semblables") if word in said]
        tap.check(words in said and not told, f"{address} speaks of no attack", told)
    tap.check("Directly attacked" in attack and "Rules that speak" in attack and "Similar incidents" in attack, "an attack's page does")


def check_claimed(site):
    """What only an attacker says is told as that; what stands in the store in English is said in the reader's language."""
    incident = data(site, "/en/claimed.json")["incidents"][0]["id"]
    for language, words, never in (("en", ["only attackers say so", "Media with own reporting, reliability b, healsecurity.com"], ["attacker was in"]),
                                   ("fr", ["seuls les attaquants le disent", "Média avec enquête, fiabilité b, healsecurity.com", "colonne conflicting_claims"],
                                    ["l’attaquant était", "reliability", "column", "Unnamed", "cyberattack,"])):
        pages = "".join(site.get(f"/{language}/incidents/{one}").text.split("<main")[1].split('<details class="copies"')[0] for one in (incident, 82))
        said = Page(site.get(f"/{language}/incidents/{incident}").text).said
        tap.check(all(word in pages for word in words) and not [word for word in never if word in said], f"a claim alone is told as one, in {language}",
                  [word for word in words if word not in pages], [word for word in never if word in said])


def check_naming():
    """What may not be named is found by nobody: in no page, no data, no address, no search, not even in the public store."""
    with tempfile.TemporaryDirectory() as folder:
        cases, mapping = os.path.join(folder, "cases.csv"), os.path.join(folder, "cases.map")
        for path, text in ((cases, CASES.format(secret=SECRET)), (mapping, MAPPING)):
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        with Site() as site:
            site.fill("csv", cases, "--mapping", mapping)
            tap.wait_for(lambda: data(site, "/api/v1/incidents").get("total") == 3)
            ids = {row[1]: row[0] for row in query(site, "SELECT organisation.id, naming FROM organisation JOIN affected ON organisation = organisation.id")}
            tap.check(set(ids) == {"named", "type_country", "withheld"}, "three organisations, three ways", ids)
            paths = ["/", "/incidents", "/organisations", "/countries/GB", "/sources", "/incidents.atom", "/incidents.csv", "/organisations.csv",
                     "/organisations.json", "/sources/naming-test", "/incidents.feed.json", "/organisations?q=zebulon",
                     "/incidents?q=zebulon", "/incidents?q=quagmire", "/organisations?q=quagmire"]
            paths += [f"/organisations/{id}{form}" for id in ids.values() for form in ("", ".json")]
            paths += [f"/incidents/{id}{form}" for id in (1, 2, 3) for form in ("", ".json", ".csv")]
            paths = [f"/{language}{path}" for language in ("en", "fr") for path in paths]
            paths += ["/sitemap.xml", "/api/v1/organisations", "/api/v1/incidents", "/api/v1/claims", "/api/v1/changes"]
            telling = [path for path in paths if re.search("zebulon|quagmire", re.sub("(?i)[?&;]q=\\w+|value=.(zebulon|quagmire).|words? “\\w+”|mots? «\\W\\w+", "", site.get(path).text), re.I)]
            tap.check(not telling, "no page and no data says the name", telling)
            page = site.get(f"/en/organisations/{ids['type_country']}")
            tap.check(page.status == 200 and "not named" in Page(page.text).said and "United Kingdom" in page.text,
                      "one is shown by kind and country")
            tap.check(site.get(f"/en/organisations/{ids['withheld']}").status == 404, "one is not shown at all")
            listed = data(site, "/api/v1/organisations")["organisations"]
            tap.check({row["organisation"]: row["name"] for row in listed} ==
                      {ids["named"]: "Open House Hospital", ids["type_country"]: None}, "nor listed", listed)
            tap.check(f"/organisations/{ids['withheld']}<" not in site.get("/sitemap.xml").text and
                      f"/organisations/{ids['withheld']}\"" not in site.get("/en/incidents/3").text, "nor led to")
            for words in ("zebulon", "quagmire", "annex"):
                tap.check(data(site, f"/api/v1/incidents?q={words}")["total"] == data(site, f"/api/v1/organisations?q={words}")["total"] == 0,
                          f"nobody finds it by “{words}”")
            tap.check(data(site, "/api/v1/organisations?q=OPEN")["total"] == 1, "the named one is found")
            stored = b"".join(open(os.path.join(site.var, name), "rb").read() for name in os.listdir(site.var) if name.startswith("public.db"))
            tap.check(b"Open House" in stored and b"Zebulon" not in stored and b"zebulon" not in stored, "the public store does not hold the name")


def main():
    with Site("starter", STARTER) as site:
        check_countries(site)
        check_country(site)
        check_sources(site)
        check_organisations(site)
        check_actors(site)
        check_claimed(site)
        tap.check(site.stop() == 0 and "vigie:" not in site.told(), "it had nothing to complain about", site.told())
    check_naming()
    check_registers()
    return tap.done()


sys.exit(main())
