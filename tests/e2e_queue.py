"""Who looks through the queue must see of each candidate what it is worth, whose it is and whether it is there already; and
what was decided about one must be found again and taken back."""
import copy
import html
import re
import sys

import tap
import wire
from e2e_desk import patiently, press
from e2e_partner import RECORD, Program, token_of
from tap import check
from work_harness import Bench

ROWS = [wire.HEADINGS, "1,Gamma Hospital,France,5.3.2024,locked", "2,GAMMA HÔPITAL,France,6.3.2024,locked",
        "3,Gamma Hospital,Spain,5.3.2024,locked", "4,Gamma Hospital,France,5.9.2024,locked", "5,Delta,France,,locked"]


def listed(browser, state=""):
    """Of each candidate of the list by its title and number: the words of its row."""
    page = patiently(lambda: browser.get("/en/queue" + (state and "?state=" + state)))
    rows = re.findall(r'<li><p class="when">.*?</ul></li>', page.body, re.S)
    return {int(re.search(r"/candidates/(\d+)", row)[1]): html.unescape(re.sub(r"<[^>]+>|\s+", " ", row)) for row in rows}


def number_of(browser, external):
    page = patiently(lambda: browser.get("/en/queue"))
    rows = re.findall(r'<li><p class="when">.*?</ul></li>', page.body, re.S)
    return next(int(re.search(r"/candidates/(\d+)", row)[1]) for row in rows if ">%s</span>" % external in row)


def send(program, external, **changed):
    record = copy.deepcopy(RECORD)
    record.update(external=external, title="Ransomware at Gamma Hospital, told by " + external, **changed)
    return program.send(record).json["candidate"]["id"]


def same(browser, candidate):
    found = re.search(r"(\d+) records? of the same name", re.sub(" +", " ", listed(browser)[candidate]))
    return int(found[1]) if found else 0


def alike(browser, candidate):
    page = patiently(lambda: browser.get("/en/candidates/%d" % candidate))
    part = re.search(r'id="alike">(.*?)</section>', page.body, re.S)
    return re.findall(r'href="/en/((?:incidents|candidates)/\d+)"', part[1]) if part else []


def test_rows(anna, program):
    wired = [number_of(anna, number) for number in "12345"]
    rows = listed(anna)
    check("Data set: wire" in rows[wired[0]] and " 1 " in rows[wired[0]], "a row says which data set it is from", rows[wired[0]])
    page = patiently(lambda: anna.get("/en/candidates/%d" % wired[0]))
    score = re.search(r"Score (\d+)", page.parsed.text)[1]
    check("Score " + score in rows[wired[0]] and int(score) > 0 and "Data set: wire" in page.parsed.text, "and its score, which is that of its page", rows, page)
    check(int(re.search(r"Score (\d+)", rows[wired[4]])[1]) < int(score), "which is lower for one that tells no day", rows)
    check([same(anna, one) for one in wired] == [0] * 5, "nothing is of the same name in the same country and at the same time", rows)
    check(alike(anna, wired[0]) == ["candidates/%d" % wired[1]], "what is nearly of the same name is told on the page", alike(anna, wired[0]))
    first = send(program, "first")
    check("Partner: cert" in listed(anna)[first], "of what was sent, who sent it", listed(anna)[first])
    check((same(anna, first), same(anna, wired[0])) == (1, 1), "two candidates are told of each other as soon as the second is there", listed(anna))
    check(alike(anna, first) == ["candidates/%d" % number for number in wired[:2]], "on their pages too", alike(anna, first))
    check('href="/en/candidates/%d#alike"' % first in anna.get("/en/queue").body, "to which the list leads")
    return wired, first


def test_changed(anna, program, first):
    """A candidate that is sent again with another organisation is like those of that name, and no longer of its old one."""
    moved = send(program, "moved")
    check(same(anna, moved) == 2, "a third one counts two", listed(anna))
    elsewhere = copy.deepcopy(RECORD["affected"])
    elsewhere[0]["organisation"]["name"] = "Delta Laboratory"
    check(send(program, "moved", affected=elsewhere) == moved and same(anna, moved) == 0, "sent anew with another name it counts none", listed(anna))
    check(same(anna, first) == 1, "nor is it counted by those of its old name", listed(anna))


def test_confidential(bench, anna, root, wired, first):
    press(root, "/en/candidates/%d" % first, "mark", tlp="RED")
    check(same(anna, wired[0]) == 0 and same(root, wired[0]) == 1, "what somebody may not see is not counted for them", listed(anna))
    check("candidates/%d" % first not in alike(anna, wired[0]) and "candidates/%d" % first in alike(root, wired[0]), "nor named")
    press(root, "/en/candidates/%d" % first, "mark", tlp="CLEAR", reason="for the test")


def test_refusing(anna, wired, first):
    path = "/en/candidates/%d" % first
    page = patiently(lambda: anna.get(path))
    reasons = re.search(r'<select id="refuse-why".*?</select>', page.body, re.S)[0]
    check(re.search(r'<select[^>]*>\s*<option value="" *>Please choose</option>', reasons) and "selected" not in reasons,
          "no reason to refuse is chosen beforehand", reasons)
    page = press(anna, path, "refuse", why="", note="typed words")
    check(page.status == 400 and page.faults == ["Choose a reason."] and "typed words" in page.body and
          re.search(r'id="refuse-why"[^>]*aria-invalid', page.body), "without one it is said at the field", page)
    page = press(anna, path.replace("/en/", "/fr/"), "refuse", why="", note="")
    check(page.faults == ["Choisissez un motif."], "in French too", page)
    page = press(anna, path, "refuse", why="known_already", note="")
    check(page.status == 303 and first not in listed(anna) and "Refused: Already in the register" in listed(anna, "refused")[first],
          "what is refused stands under its tab, with the reason", listed(anna, "refused"))
    check(same(anna, wired[0]) == 0, "and is no candidate like another any more", listed(anna))
    press(anna, path, "reopen")
    check(first in listed(anna) and not listed(anna, "refused") and same(anna, wired[0]) == 1, "opened again, it waits as before", listed(anna))


def test_postponing(bench, anna, first):
    path = "/en/candidates/%d" % first
    press(anna, path, "postpone", until="2099-01-31")
    check(first not in listed(anna) and "Postponed until 31 January 2099" in listed(anna, "postponed")[first],
          "what is postponed stands under its tab, with its day", listed(anna, "postponed"))
    press(anna, path, "reopen")
    check(first in listed(anna) and not listed(anna, "postponed"), "and is opened again from there")
    page = anna.get("/fr/queue?state=refused")
    check("Refusé" in page.parsed.text and 'aria-current="page"' in page.body and anna.get("/en/queue?state=lost").status == 404,
          "the tabs are those of the list", page)


def test_published(anna, bela, first, other):
    """One of two is taken and published: it is told as an incident, and no longer as a candidate."""
    page = press(anna, "/en/candidates/%d" % other, "take")
    change = re.search(r"/changes/(\d+)", page.location)[1]
    check(same(anna, first) == 0, "one that is taken waits no longer", listed(anna))
    press(anna, "/en/changes/" + change, "submit")
    page = press(bela, "/en/changes/" + change, "publish")
    check(page.status == 303 and same(anna, first) == 1 and "incidents/1" in alike(anna, first),
          "published, it is told as an incident", page, listed(anna), alike(anna, first))


def main():
    with Bench(prepare=lambda var: wire.hold(var, ROWS)) as bench:
        anna, bela, root = bench.analyst("anna", "coder"), bench.analyst("bela", "reviewer"), bench.analyst("root", "administrator")
        bench.run("account", "add", "cert", "--role", "partner")
        program = Program(bench.port, token_of(bench, "cert")["token"])
        wired, first = test_rows(anna, program)
        test_changed(anna, program, first)
        test_confidential(bench, anna, root, wired, first)
        test_refusing(anna, wired, first)
        test_postponing(bench, anna, first)
        test_published(anna, bela, first, wired[0])
        answer = bench.run("verify")
        check(answer.returncode == 0, "the record is whole, and the private journal", answer.stdout, answer.stderr)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
