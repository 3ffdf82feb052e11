"""An organisation that no incident hit must be known to analysts and not shown in public; and what is told apart must come
together again as it was. The same of attackers, whom incidents name by any of their names."""
import json
import os
import re
import sqlite3
import sys
import urllib.error
import urllib.request

import tap
from e2e_desk import begin, claim, code, patiently, press, public
from e2e_links import ask, organisations, publish
from tampered import check_public
from tap import check
from work_harness import Bench

NEW = {"name": "Saint Mary", "country": "FR", "subdivision": "", "place": "Lyon", "org_type": "hospital", "alias": "St Mary\nSte Marie",
       "former": "Old Infirmary", "parent": "", "wikidata": "Q193563", "ror": "https://ror.org/05a28rw58", "finess": "", "ods": "",
       "ccn": "", "reason": "Its own site"}


def send(browser, path, **fields):
    token = patiently(lambda: browser.get(path)).parsed.form(path)["fields"]["token"]
    return patiently(lambda: browser.post(path, {"token": token, **fields}))


def status(bench, path):
    try:
        public(bench, path)
        return 200
    except urllib.error.HTTPError as error:
        return error.code


def test_new(bench, anna, bela):
    path = "/en/organisations/new"
    wrong = [("no name", {"name": ""}, "name"), ("no country", {"country": ""}, "country"), ("a country that is none", {"country": "France"}, "country"),
             ("no type", {"org_type": ""}, "org_type"), ("a check digit that is wrong", {"ror": "https://ror.org/05a28rw59"}, "ror"),
             ("a number of another form", {"wikidata": "193563"}, "wikidata"), ("one of nine digits", {"finess": "750712185"}, "finess"),
             ("a name that is too long", {"alias": "x" * 5000}, "alias"), ("no reason", {"reason": ""}, "reason")]
    for what, fields, field in wrong:
        page = send(anna, path, **{**NEW, **fields, "place": "Typed-on-Sea"})
        check(page.status == 400 and page.faults and re.search(r'id="%s"[^>]*aria-invalid' % field, page.body) and "Typed-on-Sea" in page.body,
              "refused at its field with what was typed: " + what, page)
    check(send(anna, path, **NEW, weather="fine").status == 400, "a field that is none is refused")
    check(anna.post(path, {**NEW, "token": "0" * 64}).status == 403, "so is another session's token")
    page = send(anna, path, **NEW)
    shown = bela.get(page.location or path)
    check("Saint Mary" in shown.body and "Ste Marie" in shown.body and "Q193563" in shown.body, "a draft shows all of it", shown)
    page = publish(anna, bela, page.location)
    check(page.status == 303 and ask(bench, "SELECT id, name FROM organisation") == [(1, "Saint Mary")] and
          ask(bench, "SELECT count(*) FROM alias") == [(5,)], "it is made", page)
    check(ask(bench, "SELECT kind, subject FROM entry") == [("organisation.add", "organisation/1")], "by an entry about itself")
    check(status(bench, "/en/organisations/1") == 404 and "Saint Mary" not in public(bench, "/en/organisations") and
          "/organisations/1" not in public(bench, "/sitemap.xml"), "nobody is told of it before an incident hit it")
    check("Saint Mary" in anna.get("/en/organisations?q=ste+marie").body, "analysts find it")
    check("<td>France</td>" in anna.get("/en/organisations?q=ste+marie").body, "with its country's name")
    for what, fields, field in (("its name", {"wikidata": "", "ror": "", "alias": ""}, "name"), ("an alias", {"name": "St. Mary", "wikidata": "", "ror": ""}, "name"),
                                ("its number", {"name": "Another"}, "ror")):
        page = send(anna, path, **{**NEW, **fields})
        check(page.status == 400 and re.search(r'id="%s"[^>]*aria-invalid' % field, page.body) and "number 1" in page.body,
              "what is there is not made again: by " + what, page)
    file = os.path.join(bench.var, "..", "new.json")
    with open(file, "w", encoding="utf-8") as out:
        json.dump({"facts": {"name": "Beta", "country": "FR", "org_type": "clinic"}, "names": [{"kind": "ccn", "value": "050454"}]}, out)
    answer = bench.run("organisation", "add", file, "--by", "anna", "--reason", "Its own site", "--json")
    number = re.findall(r":(\d+)}", answer.stdout)
    page = publish(anna, bela, "/en/changes/%s" % (number[0] if number else 0))
    check(page.status == 303 and ask(bench, "SELECT name FROM organisation WHERE id = 2") == [("Beta",)], "by a command too", answer.stderr, page)


def hit(bench):
    return ask(bench, "SELECT incident, organisation FROM affected WHERE until IS NULL ORDER BY incident, organisation")


def test_split(bench, anna, bela):
    for i in (1, 2):
        change = begin(anna, "Saint Mary")
        code(anna, change)
        publish(anna, bela, "/en/changes/" + change)
    check(hit(bench) == [(1, 1), (2, 1)], "two incidents are said to have hit it", hit(bench))
    path, link = "/en/organisations/1/split", ask(bench, "SELECT id FROM affected WHERE incident = 2")[0][0]
    other = {"name": "Saint Mary of the Sea", "country": "FR", "subdivision": "", "place": "Nice", "org_type": "hospital", "reason": "Two hospitals"}
    page = send(anna, path, **other)
    check(page.status == 400 and "At least one" in page.faults[0] and "Nice" in page.body, "something goes over", page)
    page = send(anna, path, **{**other, "name": "Saint Mary", "link": str(link)})
    check(page.status == 400 and re.search(r'id="name"[^>]*aria-invalid', page.body), "to one of another name", page)
    page = send(anna, path, **other, link=str(link), alias="alias Ste Marie")
    shown = bela.get(page.location or path)
    check("Incident number 2" in shown.body and "Ste Marie" in shown.body, "the second person sees what goes over", shown)
    page = publish(anna, bela, page.location)
    check(page.status == 303 and hit(bench) == [(1, 1), (2, 3)], "an incident goes over to another organisation", page, hit(bench))
    check(ask(bench, "SELECT organisation FROM alias WHERE value = 'Ste Marie' AND until IS NULL") == [(3,)], "and a name")
    check(tap.wait_for(lambda: [one["name"] for one in organisations(bench, 2)] == ["Saint Mary of the Sea"], 5), "the public site follows")
    check("was told apart from it" in public(bench, "/en/organisations/1") and "Two hospitals" in public(bench, "/en/organisations/1"),
          "and gives the reason")
    entry = ask(bench, "SELECT max(id) FROM act WHERE kind = 'organisation.split'")[0][0]
    page = press(anna, "/en/organisations/1", "undo", entry=str(entry), reason="One after all")
    page = publish(anna, bela, page.location)
    check(page.status == 303 and hit(bench) == [(1, 1), (2, 1)], "taken back, all is as it was", page, hit(bench))
    check(ask(bench, "SELECT organisation FROM alias WHERE value = 'Ste Marie' AND until IS NULL") == [(1,)], "its name too")
    check(tap.wait_for(lambda: "Number 3 was merged into it" in public(bench, "/en/organisations/3"), 5), "the other's address leads to it, with the reason")
    undo = ask(bench, "SELECT max(id) FROM act")[0][0]
    check(undo > entry, "by an entry of its own")


def test_merge(bench, anna, bela):
    page = press(anna, "/en/organisations/1", "merge", into="2", reason="The same clinic")
    publish(anna, bela, page.location)
    check(tap.wait_for(lambda: "The same clinic" in public(bench, "/en/organisations/1") and "Saint Mary" in public(bench, "/en/organisations/2"), 5),
          "the old address leads to the other one, which gives the reason and has the name")
    check("number" not in anna.get("/en/organisations?q=nothing+such").body and "/en/organisations/2" in anna.get("/en/organisations?q=saint+mary").body,
          "analysts find it by the old name")
    entry = ask(bench, "SELECT max(id) FROM act")[0][0]
    page = press(anna, "/en/organisations/1", "undo", entry=str(entry), reason="Two after all")
    page = publish(anna, bela, page.location)
    check(page.status == 303 and hit(bench) == [(1, 1), (2, 1)] and
          ask(bench, "SELECT count(*) FROM alias WHERE organisation = 2 AND until IS NULL") == [(1,)], "taken back, each has its own", page)


HERON = {"name": "Gray Heron", "alias": "Ardea", "former": "Dull Egret", "parent": "", "predecessor": "", "wikidata": "Q111738063", "attack": "",
         "misp": "e6c09b63-a424-4d9e-b7f7-b752cbbca02a", "reason": "MISP galaxy"}


def names_of(bench, actor):
    return sorted(ask(bench, "SELECT kind, value FROM actor_alias WHERE actor = %d AND until IS NULL" % actor))


def test_new_actor(bench, anna, bela):
    path = "/en/actors/new"
    for what, fields, field in (("no name", {"name": ""}, "name"), ("no reason", {"reason": ""}, "reason"), ("no group of ATT&CK", {"attack": "G115"}, "attack"),
                                ("no UUID", {"misp": "e6c09b63a4244d9eb7f7b752cbbca02a"}, "misp"), ("no item", {"wikidata": "111738063"}, "wikidata")):
        page = send(anna, path, **{**HERON, "parent": "Typed Group", **fields})
        check(page.status == 400 and re.search(r'id="%s"[^>]*aria-invalid' % field, page.body) and "Typed Group" in page.body,
              "an attacker is refused at its field with what was typed: " + what, page)
    check(send(anna, path, **HERON, country="RU").status == 400, "it has no country")
    page = send(anna, path, **HERON)
    shown = bela.get(page.location or path)
    check(bela.get("%s/preview" % page.location).status == 200, "its preview changes no figure")
    check("An attacker that the register does not know yet" in shown.body and "Ardea" in shown.body and "Dull Egret" in shown.body and
          "e6c09b63" in shown.body, "a draft shows all of it", shown)
    check(publish(anna, anna, page.location).status != 303 and not ask(bench, "SELECT * FROM actor"), "nobody publishes one alone")
    page = publish(anna, bela, page.location)
    check(page.status == 303 and ask(bench, "SELECT id, name FROM actor") == [(1, "Gray Heron")] and len(names_of(bench, 1)) == 4, "it is made", page)
    check(ask(bench, "SELECT kind, subject FROM entry ORDER BY seq DESC LIMIT 1") == [("actor.add", "actor/1")], "by an entry about itself")
    check(status(bench, "/en/actors/gray-heron") == 404 and "Gray Heron" not in public(bench, "/en/actors"), "nobody is told of it before somebody names it")
    for words in ("gray+h", "ardea", "egret", "Q111738063"):
        check("/en/actors/1" in anna.get("/en/actors?q=" + words).body, "analysts find it by " + words)
    check("knows no attacker" in anna.get("/en/actors?q=saint").body and "/en/actors/1" not in anna.get("/en/organisations?q=gray+heron").body,
          "attackers are no organisations, nor the other way round")
    for what, fields, field in (("its name", {"name": "gray heron", "alias": "", "former": "", "wikidata": "", "misp": ""}, "name"),
                                ("an alias as name", {"name": "ARDEA", "alias": "", "former": "", "wikidata": "", "misp": ""}, "name"),
                                ("its name as alias", {"name": "Other", "alias": "Gray heron", "former": "", "wikidata": "", "misp": ""}, "alias"),
                                ("its number", {"name": "Other", "alias": "", "former": ""}, "misp")):
        page = send(anna, path, **{**HERON, **fields})
        check(page.status == 400 and re.search(r'id="%s"[^>]*aria-invalid' % field, page.body) and "number 1" in page.body,
              "what is there is not made again: by " + what, page)


def data(bench, path):
    return json.loads(public(bench, path))


def attributed(bench, slug):
    """The incidents of an attacker, by its public page's data; nothing when it has none."""
    try:
        return sorted({one["incident"] for one in data(bench, "/api/v1/actors/" + slug)["attributions"]})
    except urllib.error.HTTPError:
        return []


def is_attributed(bench, slug, incidents):
    return tap.wait_for(lambda: attributed(bench, slug) == incidents, 5)


def has_status(bench, incident, status):
    return tap.wait_for(lambda: attribution_status(bench, incident) == status, 5)


def attribution_status(bench, incident):
    return data(bench, "/api/v1/incidents/%d" % incident)["incident"]["attribution_status"][0]


def test_named(bench, anna, bela):
    """Two sources call it by two names: that is one attacker, on whom they agree."""
    begin(anna, "Saint Paul")  # the tenth change, which would be coded a second time
    change = begin(anna, "Saint Vincent")
    code(anna, change)
    for number, (name, claimant) in enumerate((("Ardea", "authority"), ("Gray Heron", "expert"))):
        page = claim(anna, change, "actor", url="https://source%d.example/report" % number, title="Report %d" % number,
                     source_type=("authority", "security_company")[number], reliability="b", claimant=claimant, credibility="c2", value=name)
        check(page.status == 303, "%s is named" % name, page)
    page = publish(anna, bela, "/en/changes/" + change)
    check(page.status == 303 and is_attributed(bench, "gray-heron", [3]), "an incident is attributed to it by either name", page)
    listed = [one for one in data(bench, "/api/v1/actors")["actors"] if one["actor"] == "gray-heron"]
    check([(one["number"], one["name"], one["aliases"], one["identifiers"], one["incidents"]) for one in listed] ==
          [(1, "Gray Heron", ["Ardea", "Dull Egret"], ["misp:e6c09b63-a424-4d9e-b7f7-b752cbbca02a", "wikidata:Q111738063"], 1)], "once in the list", listed)
    check("gray-heron,1,Gray Heron,Ardea; Dull Egret" in public(bench, "/en/actors.csv"), "and in the table", public(bench, "/en/actors.csv"))
    check({"kind": "former", "value": "Dull Egret"} in data(bench, "/api/v1/actors/gray-heron")["names"], "with its names")
    shown = public(bench, "/en/actors/gray-heron")
    check("Dull Egret" in shown and "Q111738063" in shown and "Saint Vincent" in shown, "its page shows them and its incidents")
    with urllib.request.urlopen("http://127.0.0.1:%d/en/actors/ardea" % bench.site_port, timeout=20) as answer:
        check(answer.url.endswith("/en/actors/gray-heron"), "another name's address leads there", answer.url)
    shown = public(bench, "/en/incidents/3")
    check("Gray Heron, called Ardea in the source" in shown and "/en/actors/gray-heron" in shown, "the incident's page says who, and how a source calls it")
    check(has_status(bench, 3, "corroborated"), "two who name the same one agree", attribution_status(bench, 3))
    check("/en/incidents/3" in anna.get("/en/actors/1").body, "analysts see the incident at the attacker's page")
    for words in ("gray+heron", "ardea", "egret", "vincent+egret"):
        found = [one["id"] for one in data(bench, "/api/v1/incidents?q=" + words)["incidents"]]
        check(found == [3], "readers find the incident by “%s”" % words, found)
    entry = [one for one in data(bench, "/api/v1/changes?limit=1000")["changes"] if one["subject"] == "actor/1"][0]
    check((entry["kind"], entry["address"]) == ("actor.add", "/api/v1/actors/gray-heron") and data(bench, entry["address"])["actor"]["number"] == 1,
          "the journal leads from its entries to the attacker", entry)
    check("actor.add,actor/1," in public(bench, "/api/v1/changes.csv") and ",/api/v1/actors/gray-heron" in public(bench, "/api/v1/changes.csv"), "as CSV too")


def test_actor_split(bench, anna, bela):
    page = send(anna, "/en/actors/1/split", name="Ardea", reason="Two groups")
    check(page.status == 400 and any("At least one" in fault for fault in page.faults), "a name goes over", page)
    page = send(anna, "/en/actors/1/split", name="Gray Heron", alias="alias Ardea", reason="Two groups")
    check(page.status == 400 and re.search(r'id="name"[^>]*aria-invalid', page.body), "to one of another name", page)
    page = send(anna, "/en/actors/1/split", name="Ardea", alias="alias Ardea", reason="Two groups")
    check("Ardea" in bela.get(page.location or "/en/").body, "the second person sees what goes over")
    page = publish(anna, bela, page.location)
    check(page.status == 303 and names_of(bench, 2) == [("alias", "Ardea")] and is_attributed(bench, "ardea", [3]) and attributed(bench, "gray-heron") == [3],
          "each is named by one source now", page, names_of(bench, 2))
    check(has_status(bench, 3, "contested"), "who contradict each other", attribution_status(bench, 3))
    check("Ardea was told apart from it" in public(bench, "/en/actors/gray-heron") and "Two groups" in public(bench, "/en/actors/gray-heron"),
          "the public page gives the reason")
    check("An attacker told apart" in public(bench, "/en/incidents/3"), "and so does the incident's history")
    entry = ask(bench, "SELECT max(id) FROM act WHERE kind = 'actor.split'")[0][0]
    page = press(anna, "/en/actors/1", "undo", entry=str(entry), reason="One after all")
    page = publish(anna, bela, page.location)
    check(page.status == 303 and ("alias", "Ardea") in names_of(bench, 1) and has_status(bench, 3, "corroborated") and
          attributed(bench, "gray-heron") == [3], "taken back, all is as it was", page, names_of(bench, 1))


def test_actor_merge(bench, anna, bela):
    page = send(anna, "/en/actors/new", **{**HERON, "name": "Night Heron", "alias": "", "former": "", "wikidata": "", "misp": ""})
    page = publish(anna, bela, page.location)
    check(page.status == 303 and ask(bench, "SELECT name FROM actor WHERE id = 3") == [("Night Heron",)], "another one is made", page)
    page = press(anna, "/en/actors/3", "name", kind="alias", value="Gray Heron", reason="A report")
    check(publish(anna, bela, page.location).status != 303 and names_of(bench, 3) == [], "a name is one attacker's alone", page)
    page = press(anna, "/en/actors/3", "name", kind="ror", value="https://ror.org/05a28rw58", reason="A report")
    check(page.status == 400, "and has no number of an organisation", page)
    page = press(anna, "/en/actors/1", "merge", into="3", reason="The same group")
    page = publish(anna, bela, page.location)
    check(page.status == 303 and is_attributed(bench, "night-heron", [3]) and "Gray Heron was merged into it" in public(bench, "/en/actors/night-heron"),
          "merged, its incidents go over and the page gives the reason", page)
    check("/en/actors/3" in anna.get("/en/actors?q=ardea").body and "/en/actors/1\"" not in anna.get("/en/actors?q=ardea").body, "analysts find the one that stays")
    check("merged into number 3" in anna.get("/en/actors/1").body and not anna.get("/en/actors/1").parsed.form("/split"), "the other's page leads there")
    entry = ask(bench, "SELECT max(id) FROM act WHERE kind = 'actor.merge'")[0][0]
    page = send(anna, "/en/actors/3/split", name="Purple Heron", alias="alias Ardea", reason="Another group")
    publish(anna, bela, page.location)
    page = press(anna, "/en/actors/1", "undo", entry=str(entry), reason="Two after all")
    change = page.location
    page = publish(anna, bela, change)
    check(page.status == 400 and "is a name of number 4 by now" in page.faults[0], "not while one of its names is another one's", page)
    parted = ask(bench, "SELECT max(id) FROM act WHERE kind = 'actor.split'")[0][0]
    page = publish(anna, bela, press(anna, "/en/actors/3", "undo", entry=str(parted), reason="The same group").location)
    check(page.status == 303, "which is taken back first", page)
    page = press(anna, "/en/actors/1", "undo", entry=str(entry), reason="Two after all")
    page = publish(anna, bela, page.location)
    check(page.status == 303 and is_attributed(bench, "gray-heron", [3]) and names_of(bench, 3) == [], "taken back, each has its own", page)


def test_actor_commands(bench, anna, bela):
    found = json.loads(bench.run("actor", "find", "ardea", "--json").stdout)
    check(found == {"actors": [{"name": "Gray Heron", "actor": 1}]}, "a command finds an attacker by another name", found)
    for words in (("name", "1", "predecessor", "Bittern"), ("merge", "3", "1")):
        answer = bench.run("actor", *words, "--by", "anna", "--reason", "A report", "--json")
        number = re.findall(r":(\d+)}", answer.stdout)
        page = publish(anna, bela, "/en/changes/%s" % (number[0] if number else 0))
        check(page.status == 303, "and begins to " + words[0], answer.stderr, page)
    check(("predecessor", "Bittern") in names_of(bench, 1) and ("alias", "Night Heron") in names_of(bench, 1), "which another person publishes", names_of(bench, 1))
    check("Bittern" in public(bench, "/en/actors/gray-heron") and "Successor of" in public(bench, "/en/actors/gray-heron"), "and the public reads")


def test_verified(bench):
    """Names of attackers come from the journal and from nowhere else."""
    answer = bench.run("rebuild")
    check(answer.returncode == 0 and len(names_of(bench, 1)) == 6 and bench.run("verify").returncode == 0, "the rows are made again as they were", answer.stderr)
    for change, told in (("UPDATE actor SET name = 'Blue Heron' WHERE id = 1", "has another name"), ("DELETE FROM same_actor", "is missing")):
        with sqlite3.connect(os.path.join(bench.var, "public.db")) as db:
            db.execute(change)
        answer = bench.run("verify")
        check(answer.returncode != 0 and told in answer.stdout + answer.stderr, "what is changed behind the program's back is told: " + told, answer.stdout, answer.stderr)
        bench.run("rebuild")


def main():
    with Bench() as bench:
        anna, bela = bench.analyst("anna", "coder"), bench.analyst("bela", "reviewer")
        test_new(bench, anna, bela)
        test_split(bench, anna, bela)
        test_merge(bench, anna, bela)
        test_new_actor(bench, anna, bela)
        test_named(bench, anna, bela)
        test_actor_split(bench, anna, bela)
        test_actor_merge(bench, anna, bela)
        test_actor_commands(bench, anna, bela)
        answer = bench.run("verify")
        check(answer.returncode == 0, "the record is whole", answer.stdout, answer.stderr)
        check(bench.stop() == 0, "it ends cleanly", bench.told())
        check_public(bench.var, "act", "alias", "same_organisation", "actor", "actor_alias", "same_actor")
        test_verified(bench)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
