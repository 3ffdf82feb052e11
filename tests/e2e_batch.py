"""Several changes that are published at once must be let by the same rules as one alone, and what stops one of them must
neither stop nor lose the others."""
import json
import os
import re
import signal
import sys
import threading
import time

import tap
from e2e_after import claim_of, fill, open_incident
from e2e_button import children_of, content
from e2e_desk import claim, counted, patiently, press, public
from e2e_records import record
from tap import check
from work_harness import Bench

BLIND = "not shown to you while you may still code it"


def opened(bench, name, by="anna", **more):
    """A new incident in review, by commands."""
    path = os.path.join(os.path.dirname(bench.var), "body.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(record(name, **more), file)
    change = json.loads(bench.run("change", "open", path, "--by", by, "--json").stdout)["change"]
    bench.run("change", "submit", str(change), "--by", by)
    return str(change)


def corrected(anna, incident, number, persons):
    """A correction of a claim in review."""
    page = fill(anna, "/en/incidents/%d/correct?claim=%s" % (incident, number), value=persons, reason="The final report says %s" % persons)
    press(anna, page.location or "/en/", "submit")
    return (page.location or "/en/changes/0").split("/")[-1]


def query(path, changes):
    return path + "?" + "&".join("change=%s" % change for change in changes)


def preview(browser, *changes, language="en"):
    return patiently(lambda: browser.get(query("/%s/batch/preview" % language, changes)))


def send(browser, *changes, language="en", **fields):
    """Publishes by the form; `fields` stand beside it."""
    token = browser.get("/en/sessions").parsed.forms[0]["fields"]["token"]
    return patiently(lambda: browser.post("/%s/batch" % language, {"token": token, **fields, "change": changes}))


def rows(page):
    """Of each row of the first table, its words by the title of the change."""
    found = re.findall(r"<tr>(?:<td>.*?</td>)?\s*<th scope=\"row\">(.*?)</th>(.*?)</tr>", page.body.split("</table>")[0], re.S)
    return {re.sub(r"\s*<[^>]*>\s*", "", title).strip(): re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", rest)).strip() for title, rest in found}


def row(page, words):
    return next((said for title, said in rows(page).items() if words in title), None)


def boxes(page):
    """The boxes that there are, each with what it is called, and those that are ticked."""
    found = re.findall(r'<input type="checkbox" name="change" value="(\d+)" aria-label="([^"]+)"\s*(checked)?', page.body)
    return {number: label for number, label, _ in found}, [number for number, _, ticked in found if ticked]


def figure(page, name):
    found = re.search(r'<th scope="row">%s</th><td></td><td>([^<]*)</td><td>([^<]*)</td>' % name, page.body)
    return found.groups() if found else None


def test_list(anna, bela, made):
    page = bela.ask("GET", "/en/batch")
    check(BLIND in (row(page, "at Alpha") or "") and made["alpha"] not in boxes(page)[0], "who may still code it blind does not choose it", page)
    page = preview(bela, made["alpha"])
    check(page.status == 200 and BLIND in page.body and "Documented level" not in page.body and not page.parsed.form("/batch"),
          "nor sees in a preview what was coded", page)
    page = send(bela, made["alpha"])
    check(page.status == 409 and BLIND in page.body, "nor agrees to it unseen", page)
    for name in ("alpha", "beta", "tenth", "gamma"):
        bela.get("/en/changes/" + made[name])
    page = bela.get("/en/changes?state=in_review")
    check('href="/en/batch"' in page.body, "the list of changes leads there", page)
    page = bela.get("/en/batch")
    check(set(boxes(page)[0]) == {made[name] for name in ("alpha", "beta", "gamma", "correction")} and not boxes(page)[1],
          "each that the reader may agree to has a box", boxes(page))
    check("at Alpha" in boxes(page)[0].get(made["alpha"], "") and "New incident anna TLP:CLEAR" in (row(page, "at Alpha") or ""),
          "with its title, kind, author and mark", rows(page))
    for name, why in (("at Own", "own work"), ("at Tenth", "needs a blind second coding"), ("at Marked", "is marked TLP:GREEN"),
                      ("at Asked", "may answer until")):
        check(why in (row(page, name) or ""), "and each other the reason: " + why, rows(page))
    check(row(page, "at Red") is None, "what is too confidential for its reader is not there", rows(page))
    page = anna.get("/en/batch")
    check(page.status == 200 and not boxes(page)[0] and "may not publish: a reviewer or an editor may" in page.body and
          "Preview what is chosen" not in page.body, "a coder is told who publishes", page)
    check("relecture" in anna.get("/fr/batch").body and "ne peut pas publier" in anna.get("/fr/batch").body, "in French too", anna.get("/fr/batch"))


def test_wrong(anna, bela, made):
    """What is not as it must be comes back with a sentence; nothing is published by it."""
    many = [made["alpha"]] + [str(number) for number in range(1001, 1051)]
    wrong = [("nothing is chosen", [], "at least one"), ("no number", ["many"], "number is expected"), ("no number of a change", ["-1"], "number is expected"),
             ("a number that is too long", ["9" * 30], "number is expected"), ("more than there may be", many, "At most 50")]
    for what, changes, word in wrong:
        for page in (preview(bela, *changes), send(bela, *changes)):
            check(page.status == 400 and word in "".join(page.faults), "a sentence when %s" % what, page)
    check(boxes(page)[1] == [made["alpha"]], "with what was chosen", boxes(page))
    page = preview(bela, *[made["alpha"]] * 60)
    check(page.status == 200 and len(rows(page)) == 1, "what is sent twice counts once", page)
    page = send(bela, made["alpha"], token="0" * 64)
    check(page.status == 403 and page.faults and boxes(page)[1] == [made["alpha"]], "a stale token brings the list back, as it was ticked", page)
    page = send(bela, made["alpha"], weather="bad")
    check(page.status == 400 and page.faults and boxes(page)[1] == [made["alpha"]], "so does an unknown field", page)
    page = patiently(lambda: bela.get(query("/en/batch/preview", [made["alpha"]]) + "&weather=bad"))
    check(page.status == 400 and "does not take" in page.body, "and a preview does not take it", page)
    page = send(anna, made["alpha"])
    check(page.status == 403 and "Your role" in page.body, "a coder publishes nothing", page)
    page = preview(anna, made["alpha"])
    check(page.status == 200 and "may not publish" in page.body and not page.parsed.form("/batch"), "nor is offered to", page)
    page = preview(bela, 999999)
    check("There is no change 999999." in page.body and page.body.replace("999999", made["red"]) == preview(bela, made["red"]).body.replace("999999", made["red"]),
          "what is too confidential is as if it were not there", page)


def test_publishing(bench, bela, made):
    page = preview(bela, made["alpha"], made["beta"])
    check(page.status == 200 and figure(page, "Incidents") == ("1", "3") and figure(page, "Persons affected") == ("100", "130"),
          "two together: how each figure would change", page)
    check("Documented level: " in (row(page, "at Alpha") or "") and "Verification: Confirmed" in row(page, "at Beta"), "and why", rows(page))
    check('href="/en/batch?change=%s&amp;change=%s"' % (made["alpha"], made["beta"]) in page.body and
          boxes(bela.get(query("/en/batch", [made["alpha"], made["beta"]])))[1] == [made["alpha"], made["beta"]], "with a way back to what is ticked", page)
    mixed = preview(bela, made["beta"], made["own"], made["correction"])
    check(figure(mixed, "Incidents") == ("1", "2") and figure(mixed, "Persons affected") == ("100", "110"),
          "what the reader may not publish is not counted", mixed)
    check("<q>The final report says 90</q>" in mixed.body and "own work" in (row(mixed, "at Own") or "") and 'value="%s"' % made["own"] not in mixed.body,
          "and not sent; a correction says its reason", mixed)
    french = preview(bela, made["alpha"], made["beta"], language="fr")
    check("Niveau documenté\u00a0: " in french.body and "Publier celles-ci" in french.body, "in the reader's language", french)
    check(counted(bench) == 1, "a preview changes nothing")
    form = page.parsed.form("/batch")["fields"]
    hidden = re.findall(r'<input type="hidden" name="change" value="(\d+)">', page.body)
    versions = dict(re.findall(r'<input type="hidden" name="(version\.\d+)" value="(\d+)">', page.body))
    check(set(versions) == {"version." + number for number in hidden}, "which versions were looked at goes along", page)
    other = {name: str(int(version) + 1) for name, version in versions.items()}
    stale = patiently(lambda: bela.post("/en/batch", {"token": form["token"], "change": hidden, **other}))
    check(stale.status == 409 and stale.body.count("has been saved since") == 2 and counted(bench) == 1, "nobody agrees to another one", stale)
    page = patiently(lambda: bela.post("/en/batch", {"token": form["token"], "change": hidden, **versions}))
    check(page.status == 200 and row(page, "at Alpha") == "Published" and row(page, "at Beta") == "Published" and len(rows(page)) == 2,
          "both are published by one button", page)
    check(tap.wait_for(lambda: counted(bench) == 3, 5) and "at Beta" in public(bench, "/en/incidents"), "the public site counts both", counted(bench))


def test_refused(bench, anna, bela, made):
    """Each of the others is published, whatever stops one before it."""
    page = send(bela, made["own"], made["alpha"], made["tenth"], made["red"], made["correction"], 999999, made["gamma"])
    said = rows(page)
    check(page.status == 200 and len(said) == 7, "what became of each is told", page)
    for name, why in (("at Own", "own work"), ("at Alpha", "is published, not in_review"), ("at Tenth", "needs a blind second coding"),
                      ("Change 999999", "There is no change 999999."), ("Change " + made["red"], "There is no change %s." % made["red"])):
        check((row(page, name) or "").startswith("Not published ") and why in row(page, name), "refused with its sentence: " + name, said)
    check(row(page, "at Gamma") == "Published" and list(said.values()).count("Published") == 2, "the others are published", said)
    check(tap.wait_for(lambda: counted(bench) == 4 and json.loads(public(bench, "/api/v1/incidents/1"))["incident"]["persons_affected"] == 90, 5),
          "and the public site shows them")
    page = send(bela, made["own"], made["alpha"], language="fr")
    check(page.status == 409 and "Non publiée" in page.body and "propre travail" in page.body,
          "when none is, that is said, in the reader's language", page)


def test_quarrel(anna, bela):
    """Two that cannot both be published are seen before, and one of them is."""
    number = claim_of(anna, 1, "Persons affected")
    two = [corrected(anna, 1, number, persons) for persons in ("80", "70")]
    page = preview(bela, *two)
    check(page.status == 409 and "not in force" in "".join(page.faults) and not page.parsed.form("/batch"), "two that exclude each other are not offered", page)
    check(preview(bela, two[0]).status == 200, "either alone is")
    page = send(bela, *two)
    said = list(rows(page).values())
    check(page.status == 200 and said[:1] != said[1:] and "not in force" in page.body and page.body.count("<b>Published</b>") == 1,
          "the first is published, and the log refuses the second", page)
    check("Draft" in bela.get("/en/changes/" + two[1]).body, "which goes back to its author")


def test_log_gone(bench, bela, names):
    """The log is killed while it is asked: nothing more is begun, and what was agreed to is finished."""
    work = children_of(bench.process.pid)[1]
    log = next(child for child in children_of(work) if content("/proc/%d/comm" % child).strip() == "vigie-log")
    answers = []
    os.kill(log, signal.SIGSTOP)
    asked = threading.Thread(target=lambda: answers.append(send(bela, *names)))
    asked.start()
    agreed = tap.wait_for(lambda: "change.agree" in [deed[1] for deed in bench.deeds() if deed[2] == "change/" + names[0]], 10)
    os.kill(log, signal.SIGKILL)
    asked.join(60)
    page = answers[0] if answers else None
    check(agreed and page and page.status == 503 and "did not answer" in (row(page, "at Delta") or "") and
          "is as it was" in (row(page, "Change " + names[1]) or ""), "when the log is gone, it is told how far it came", page)
    check(tap.wait_for(lambda: counted(bench) == 5, 20), "what was agreed to is published when it is back")


def main():
    with Bench() as bench:
        anna, bela, root = bench.analyst("anna", "coder"), bench.analyst("bela", "reviewer"), bench.analyst("root", "administrator")
        open_incident(bench, "First")
        made = {name: opened(bench, name.capitalize(), persons=persons) for name, persons in (("alpha", 10), ("beta", 20), ("gamma", 30), ("marked", 1),
                                                                                             ("red", 1), ("asked", 1))}
        made["own"] = opened(bench, "Own", by="bela")
        made["correction"] = corrected(anna, 1, claim_of(anna, 1, "Persons affected"), "90")
        made["tenth"] = opened(bench, "Tenth")
        check(made["tenth"] == "10", "one in ten is coded twice", made)
        press(root, "/en/changes/" + made["marked"], "mark", tlp="GREEN")
        press(root, "/en/changes/" + made["red"], "mark", tlp="RED")
        anna.send("/en/changes/%s/reply" % made["asked"], organisation="Asked", way="mail", asked=time.strftime("%Y-%m-%d", time.gmtime()))
        for name in ("marked", "asked"):
            bela.get("/en/changes/" + made[name])
        test_list(anna, bela, made)
        test_wrong(anna, bela, made)
        test_publishing(bench, bela, made)
        test_refused(bench, anna, bela, made)
        test_quarrel(anna, bela)
        last = [opened(bench, name) for name in ("Delta", "Epsilon")]
        for change in last:
            bela.get("/en/changes/" + change)
        test_log_gone(bench, bela, last)
        check(bench.stop() == 0, "it ends cleanly", bench.told())
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
