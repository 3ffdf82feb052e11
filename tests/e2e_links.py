"""Who an incident hit, how, and through whom must never be shown otherwise than two people agreed: no name without a reason
why it may be shown, no trace in public of one that may not, and everything can be taken back."""
import json
import re
import sqlite3
import sys
import urllib.error

import tap
from e2e_desk import begin, claim, code, patiently, press, public
from tap import check
from work_harness import Bench

LINK = {"organisation": "", "name": "", "country": "FR", "subdivision": "", "place": "", "org_type": "hospital", "role": "via_supplier",
        "naming": "named", "naming_basis": "own_statement", "supplier": "", "reason": "Its own statement"}


def send(browser, path, action="add", **fields):
    """The form of that action on a page with several."""
    page = patiently(lambda: browser.get(path))
    form = next((form for form in page.parsed.forms if "token" in form["fields"] and form["action"] == path), None)
    if not form:
        return page
    sent = {**LINK, **fields, "action": action, "token": form["fields"]["token"]}
    if "version" in form["fields"]:
        sent.pop("reason")
        sent.setdefault("version", form["fields"]["version"])
    return patiently(lambda: browser.post(path, sent))


def publish(author, second, change):
    press(author, change, "submit")
    return press(second, change, "publish")


def organisations(bench, incident, query=""):
    try:
        return json.loads(public(bench, "/api/v1/incidents/%s%s" % (incident, query)))["organisations"]
    except urllib.error.HTTPError:
        return []


def ask(bench, question, store="public.db"):
    with sqlite3.connect("file:%s/%s?mode=ro" % (bench.var, store), uri=True) as db:
        return db.execute(question).fetchall()


def test_draft(bench, anna, bela):
    change = begin(anna, "Softway")
    path = "/en/changes/%s/organisations" % change
    page = anna.get(path)
    check("Softway" in page.body and "Directly attacked" in page.body, "a draft shows whom it hit", page)
    wrong = [("no organisation", {"role": "direct"}, "name"), ("no role", {"name": "Beta", "role": ""}, "role"),
             ("no naming", {"name": "Beta", "naming": ""}, "naming"), ("a naming that is none", {"name": "Beta", "naming": "loud"}, "naming"),
             ("a name without a basis", {"name": "Beta", "naming_basis": ""}, "naming_basis"),
             ("a name by the attacker alone", {"name": "Beta", "naming_basis": "actor_only"}, "naming_basis"),
             ("a country that is none", {"name": "Beta", "country": "France"}, "country"),
             ("no type", {"name": "Beta", "org_type": ""}, "org_type"), ("a number that is none", {"organisation": "seven"}, "organisation"),
             ("an unknown number", {"organisation": "4711"}, "organisation"), ("a supplier that is none", {"name": "Beta", "supplier": "9"}, "supplier"),
             ("a name that is too long", {"name": "B" * 5000}, "name"), ("number and name", {"organisation": "1", "name": "Beta"}, "name")]
    for what, fields, field in wrong:
        page = send(anna, path, place="Typed-on-Sea", **fields)
        check(page.status == 400 and page.faults and re.search(r'id="add-%s"[^>]*aria-invalid' % field, page.body) and
              "Typed-on-Sea" in page.body, "refused at its field with what was typed: " + what, page)
    page = send(anna, path, name="Beta", weather="fine")
    check(page.status == 400, "a field that is none is refused", page)
    page = send(anna, path, name="Beta", version="99")
    check(page.status == 400 and "saved since" in page.body and 'value="Beta"' in page.body,
          "so is a form that was made from another version", page)
    page = send(anna, path, name="Beta", supplier="1")
    check(page.status == 303 and page.location == path, "an organisation is linked", page)
    send(anna, path, name="Clinic of Nowhere", org_type="clinic", naming="type_country", naming_basis="", supplier="1")
    send(anna, path, name="Gamma", supplier="2")
    page = anna.get(path)
    check("hit through Softway" in page.body and "Own statement" in page.body and "hit through Beta" in page.body and
          "Clinic of Nowhere" in page.body, "with who it was hit through and why it is named", page)
    page = send(anna, path + "/2", "change", name="Beta", supplier="4")
    check(page.status == 400 and re.search(r'id="change-supplier"[^>]*aria-invalid', page.body), "nobody is hit through themselves", page)
    page = send(anna, path + "/2", "change", name="Beta Hospital", place="Lyon", supplier="1")
    check(page.status == 303 and "Beta Hospital" in anna.get(path).body, "a link is changed", page)
    send(anna, path, name="Mistake")
    page = anna.get(path + "/5")
    form = page.parsed.form(path + "/5")["fields"]
    page = anna.post(path + "/5", {"token": form["token"], "action": "end", "version": form["version"]})
    check(page.status == 303 and "Mistake" not in anna.get(path).body, "one that was not hit is taken out", page)
    check(anna.get(path + "/5").status == 404 and bela.get("/en/changes/999/organisations").status == 404, "what is not there is not found")
    code(anna, change)
    page = publish(anna, bela, "/en/changes/" + change)
    check(page.status == 303 and tap.wait_for(lambda: len(organisations(bench, 1)) == 4, 5), "it is published", page)
    check(anna.get(path).status == 409, "what is published is no draft any more")
    return change


def test_public(bench):
    rows = {row["name"] or row["org_type"]: row for row in organisations(bench, 1)}
    number = rows["Softway"]["organisation"]
    check(rows["Beta Hospital"]["supplier"] == number and rows["Gamma"]["supplier"] == rows["Beta Hospital"]["organisation"] and
          rows["clinic"]["supplier"] == number, "the cascade is public", rows)
    check(rows["Beta Hospital"]["naming_basis"] == "own_statement" and rows["clinic"]["naming_basis"] is None, "and why a name is", rows)
    page = public(bench, "/en/incidents/1")
    check("2 organisations hit through it" in page and re.search(r'hit through\s*<a href="/en/organisations/%d"' % number, page) and
          "named by: Own statement" in page, "the page shows who was hit through whom")
    page = public(bench, "/en/organisations/%d" % number)
    check("2 organisations hit through it" in page, "the organisation's page too")
    check("hit through Softway" in public(bench, "/en/organisations/%d" % rows["Beta Hospital"]["organisation"]), "on both sides")
    check("Touchée" not in page and "par l’intermédiaire" in public(bench, "/fr/incidents/1"), "in French too")
    with open("%s/public.db" % bench.var, "rb") as file, open("%s/public.db-wal" % bench.var, "rb") as log:
        check(b"Nowhere" not in file.read() + log.read(), "what may not be named is nowhere in the public store")


def link_of(bench, name, incident=1):
    return ask(bench, "SELECT affected.id FROM affected JOIN organisation ON organisation.id = affected.organisation WHERE "
               "affected.until IS NULL AND incident = %d AND name = '%s'" % (incident, name))[0][0]


def test_acts(bench, anna, bela):
    path = "/en/incidents/1/organisations"
    before = ask(bench, "SELECT max(seq) FROM entry")[0][0]
    number = ask(bench, "SELECT id FROM organisation WHERE name = 'Softway'")[0][0]
    page = send(anna, path, name="Delta", reason="")
    check(page.status == 400 and re.search(r'id="add-reason"[^>]*aria-invalid', page.body), "a published incident asks why", page)
    page = anna.get(path + "?q=softway")
    check("%s?organisation=%d" % (path, number) in page.body, "an organisation is found by its name", page)
    page = anna.get("%s?organisation=%d" % (path, number))
    check(re.search(r'name="organisation"[^>]*value="%d"' % number, page.body), "and chosen", page)
    page = send(anna, path, organisation=str(number), reason="Again")
    page = publish(anna, bela, page.location)
    check(page.status == 400 and "linked to the incident already" in page.body, "but linked once", page)
    page = send(anna, path, name="Delta", supplier=str(number))
    shown = bela.get(page.location)
    check("Delta" in shown.body and "Through a supplier" in shown.body and "Softway" in shown.body, "the second person sees what is linked", shown)
    publish(anna, bela, page.location)
    check(tap.wait_for(lambda: len(organisations(bench, 1)) == 5, 5), "a further organisation is linked")
    check("/en/incidents/1" in public(bench, "/en/incidents?q=delta"), "by whose name the incident is found")
    link = link_of(bench, "Delta")
    page = send(anna, "%s/%d" % (path, link), "change", org_type="", country="", role="precautionary", naming="type_country",
                naming_basis="", supplier=str(number), reason="It objected")
    publish(anna, bela, page.location)
    check(tap.wait_for(lambda: not any(row["name"] == "Delta" for row in organisations(bench, 1)), 5), "a name is taken back")
    row = next(row for row in organisations(bench, 1) if row["role"] == "precautionary")
    check(row["organisation"] != ask(bench, "SELECT id FROM organisation WHERE name = 'Delta'")[0][0] and row["country"] == "FR",
          "and no number leads to it", row)
    check("/en/incidents/1" not in public(bench, "/en/incidents?q=delta"), "nor any search")
    page = send(anna, "%s/%d" % (path, link), "end")
    check(page.status == 404, "a link that has ended is not there", page)
    link = ask(bench, "SELECT id FROM affected WHERE role = 'precautionary' AND until IS NULL")[0][0]
    page = send(anna, "%s/%d" % (path, link), "end", reason="A mistake")
    publish(anna, bela, page.location)
    check(tap.wait_for(lambda: len(organisations(bench, 1)) == 4, 5), "a link ends")
    page = send(anna, "%s/%d" % (path, link_of(bench, "Softway")), "end", reason="A mistake")
    page = publish(anna, bela, page.location)
    check(page.status == 400 and "hit through one that the incident did not hit" in page.body, "but not that of a supplier", page)
    entry = ask(bench, "SELECT max(id) FROM act WHERE kind = 'affected.end'")[0][0]
    page = press(anna, "/en/incidents/1", "undo", entry=str(entry), reason="It was hit after all")
    publish(anna, bela, page.location)
    check(tap.wait_for(lambda: len(organisations(bench, 1)) == 5, 5), "the end is taken back")
    check("It objected" in public(bench, "/en/incidents/1") and "Organisations linked otherwise" in public(bench, "/en/incidents/1"),
          "the history tells each step with its reason")
    moment = ask(bench, "SELECT strftime('%%Y-%%m-%%dT%%H:%%M:%%f', at / 1000.0, 'unixepoch') FROM entry WHERE seq = %d" % before)[0][0]
    check(len(organisations(bench, 1, "?as_of=%sZ" % moment)) == 4, "as of before, the four stand")


def test_merge(bench, anna, bela):
    """A supplier that is another organisation of the register, and an incident that is another one, keep the cascade."""
    rows = {row["name"]: row["organisation"] for row in organisations(bench, 1)}
    page = press(anna, "/en/organisations/%d" % rows["Softway"], "merge", into=str(rows["Gamma"]), reason="The same")
    page = publish(anna, bela, page.location)
    check(page.status == 400 and page.faults, "two are not one when one would be hit through itself", page)
    page = send(anna, "/en/incidents/1/organisations", name="Softway SA", org_type="it_supplier", role="direct")
    publish(anna, bela, page.location)
    other = ask(bench, "SELECT id FROM organisation WHERE name = 'Softway SA'")[0][0]
    page = press(anna, "/en/organisations/%d" % rows["Softway"], "merge", into=str(other), reason="The same")
    publish(anna, bela, page.location)
    check(tap.wait_for(lambda: any(row["supplier"] == other and row["name"] == "Beta Hospital" for row in organisations(bench, 1)), 5),
          "merged, those hit through it are hit through the other")
    check(not any(one["name"] == "Softway" for one in organisations(bench, 1)), "which stands for both")
    entry = ask(bench, "SELECT max(id) FROM act")[0][0]
    page = press(anna, "/en/organisations/%d" % rows["Softway"], "undo", entry=str(entry), reason="Two after all")
    publish(anna, bela, page.location)
    check(tap.wait_for(lambda: any(row["name"] == "Softway" for row in organisations(bench, 1)), 5), "taken back, all is as before")
    check({row["name"]: row["supplier"] for row in organisations(bench, 1)}["Beta Hospital"] == rows["Softway"], "the cascade too")


def main():
    with Bench() as bench:
        anna, bela = bench.analyst("anna", "coder"), bench.analyst("bela", "reviewer")
        test_draft(bench, anna, bela)
        test_public(bench)
        test_acts(bench, anna, bela)
        test_merge(bench, anna, bela)
        answer = bench.run("rebuild")
        check(answer.returncode == 0 and "0 rows differ" in answer.stdout + answer.stderr or "differ" not in answer.stdout,
              "the rows are those that the journal makes", answer.stdout, answer.stderr)
        answer = bench.run("verify")
        check(answer.returncode == 0, "the record is whole", answer.stdout, answer.stderr)
        check(bench.stop() == 0, "it ends cleanly", bench.told())
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
