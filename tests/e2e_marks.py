"""What is marked as confidential must never be seen by a role above whose ceiling it is — not in a list, not in a count, not
by its number, not by a form that comes back — and must never be published while it is marked."""
import copy
import html.parser
import itertools
import json
import os
import re
import sqlite3
import sys
import time

import tap
from e2e_desk import patiently
from e2e_partner import RECORD, Program, token_of
from tap import check
from work_harness import Bench

MARKS = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]
# What each role may see at most: by hand, from docs/analysts.md.
SEES = {"coder": "AMBER", "reviewer": "AMBER+STRICT", "editor": "AMBER+STRICT", "legal": "RED", "administrator": "RED"}
STATES = {"/L/queue": ["", "held", "pending", "unverified", "sent", "postponed", "refused"], "/L/changes": ["", "draft", "in_review", "published", "dropped"],
          "/L/replies": ["", "waiting", "answered", "objection", "no_answer", "waived"]}
NOBODY = 999999


def word(kind, mark):
    """In the title and the organisation of a record, and nowhere else."""
    return "Clinic %s%s" % (kind, mark.replace("+", "").lower().capitalize())


def hidden(role):
    return MARKS[MARKS.index(SEES[role]) + 1:]


def press(browser, path, action, **fields):
    page = patiently(lambda: browser.get(path))
    form = page.parsed.form(path)
    sent = {"token": form["fields"]["token"] if form else "", "action": action, **fields}
    return patiently(lambda: browser.post(path, sent))


def routes():
    """The pages of the table, so that a new list is walked as soon as there is one."""
    text = open(os.path.join(os.environ.get("VIGIE_ROOT", "."), "src/work/routes.def"), encoding="utf-8").read()
    return re.findall(r'^WORK\((GET|POST), +"([^"]+)", +(\w+)', text, re.M)


def lists():
    left = ("/", "/L/login", "/L/logout", "/assets/*", "/api/v1/openapi.json")
    paths = [path for method, path, _ in routes() if method == "GET" and "#" not in path and path not in left]
    return [path.replace("/L/", "/en/") + ("?state=" + state if state else "") for path in paths for state in STATES.get(path, [""])]


def decide(program, root, mark):
    """One candidate more that is refused, and one that is postponed."""
    for kind, fields in (("Refused", {"why": "no_source"}), ("Postponed", {"until": "2099-01-01"})):
        record = copy.deepcopy(RECORD)
        record.update(external=kind + mark, title="Ransomware at %s" % word(kind, mark))
        path = "/en/candidates/%d" % program.send(record).json["candidate"]["id"]
        if mark != "CLEAR":
            press(root, path, "mark", tlp=mark)
        press(root, path, {"Refused": "refuse", "Postponed": "postpone"}[kind], **fields)


def fill(bench, root):
    """A candidate, a change and a reply of each mark. They are made by the administrator, who sees them all."""
    made = {}
    bench.run("account", "add", "cert", "--role", "partner")
    program = Program(bench.port, token_of(bench, "cert")["token"])
    for mark in MARKS:
        record = copy.deepcopy(RECORD)
        record.update(external="m-" + mark, title="Ransomware at %s" % word("Candidate", mark))
        record["affected"][0]["organisation"]["name"] = word("Candidate", mark)
        candidate = program.send(record).json["candidate"]["id"]
        if mark != "CLEAR":
            press(root, "/en/candidates/%d" % candidate, "mark", tlp=mark)
        page = patiently(lambda: root.send("/en/changes/new", title="Attack on %s" % word("Change", mark), organisation=word("Change", mark),
                                           country="FR", org_type="hospital", role="direct", tlp=mark))
        change = int(re.match(r"/en/changes/(\d+)/form$", page.location or "/en/changes/0/form")[1])
        page = patiently(lambda: root.send("/en/changes/%d/reply" % change, organisation=word("Change", mark), way="mail",
                                           asked=time.strftime("%Y-%m-%d", time.gmtime())))
        reply = int(re.match(r"/en/replies/(\d+)$", page.location or "/en/replies/0")[1])
        made[mark] = {"candidates": candidate, "changes": change, "replies": reply}
        decide(program, root, mark)
    check(all(all(numbers.values()) for numbers in made.values()), "a candidate, a change and a reply of each mark are made", made)
    return program, made


def shown(page, marks):
    return [mark for mark in marks for kind in ("Candidate", "Change", "Refused", "Postponed") if word(kind, mark) in page.body]


def test_lists(role, browser):
    pages = {path: patiently(lambda path=path: browser.get(path)) for path in lists()}
    leaks = ["%s shows %s" % (path, mark) for path, page in pages.items() for mark in shown(page, hidden(role))]
    check(not leaks, "no list shows a %s what is marked above %s" % (role, SEES[role]), leaks)
    seen = MARKS[:MARKS.index(SEES[role]) + 1]
    for path, kind in (("/en/queue", "Candidate"), ("/en/queue?state=sent", "Candidate"), ("/en/queue?state=refused", "Refused"),
                       ("/en/queue?state=postponed", "Postponed"), ("/en/changes", "Change"), ("/en/replies", "Change")):
        page = pages[path]
        check(all(word(kind, mark) in page.body for mark in seen), "%s shows a %s the others" % (path, role), page)
        labels = re.findall(r'data-mark="(\w+)"[^>]*>TLP:([A-Z+]+)<', page.body)
        check([label for _, label in labels] == seen and len({code for code, _ in labels}) == len(seen), "each with its mark in words", labels)
    count = re.search(r"From partners.*?(\d+)|(\d+)\D{0,40}From partners", pages["/en/"].parsed.text, re.S)
    numbers = [int(number) for number in re.findall(r">(\d+)<", pages["/en/"].body)]
    check(len(seen) in numbers and (len(seen) == len(MARKS) or len(MARKS) not in numbers), "and counts no others on the start page", (count, numbers))


def numbered(kind, number):
    """Every address under one record, with a capture that there is not."""
    return [(method, path.replace("/L/", "/en/").replace("#", str(number), 1).replace("#", "1"))
            for method, path, _ in routes() if path.startswith("/L/%s/#" % kind)]


def answer_to(browser, method, path, token):
    page = patiently(lambda: browser.get(path) if method == "GET" else browser.post(path, {"token": token}))
    return page.status, re.sub(r"\d+", "", page.body.replace(path, ""))


def test_numbers(role, browser, made):
    """Every address under the first record that is too confidential, and the pages of the others."""
    token = browser.get("/en/sessions").parsed.forms[0]["fields"]["token"]
    asked = [(way, nowhere) for mark in hidden(role) for kind, number in made[mark].items()
             for way, nowhere in zip(numbered(kind, number), numbered(kind, NOBODY)) if mark == hidden(role)[0]]
    differing = [(method, path) for (method, path), (_, nowhere) in asked
                 if (there := answer_to(browser, method, path, token)) != answer_to(browser, method, nowhere, token) or there[0] not in (403, 404)]
    check((asked or SEES[role] == "RED") and not differing,
          "a %s is answered by number as if there were nothing (%d addresses)" % (role, len(asked)), differing)
    pages = ["/en/%s/%d" % (kind, number) for mark in hidden(role)[1:] for kind, number in made[mark].items()]
    check({browser.get(path).status for path in pages} <= {404}, "whatever its mark", pages)
    stale = [path for mark in hidden(role)[:1] for kind, number in made[mark].items() for path in ["/en/%s/%d" % (kind, number)]
             if shown(patiently(lambda path=path: browser.post(path, {"token": "0" * 64})), MARKS)]
    check(not stale, "nor does a form come back that was not theirs to send", stale)


def test_words(browser, made):
    page = browser.get("/en/candidates/%d" % made["AMBER"]["candidates"])
    check('data-mark="amber"' in page.body and re.search(r"TLP:AMBER\s+for those who need to know", page.parsed.text), "a record's page says its mark", page)
    check("changed the mark from TLP:CLEAR to TLP:AMBER" in page.body, "and who gave it", page)
    page = browser.get("/fr/changes/%d/form" % made["AMBER"]["changes"])
    check(re.search(r"TLP:AMBER\s+pour celles et ceux", page.parsed.text), "on every page about it, in French too", page)


def mark_of(bench, table, number):
    with sqlite3.connect("file:%s/work.db?mode=ro" % bench.var, uri=True) as db:
        return MARKS[db.execute("SELECT tlp FROM %s WHERE id = ?" % table, (number,)).fetchone()[0]]


def test_taking(bench, anna, bela, root, made):
    path = "/en/candidates/%d" % made["GREEN"]["candidates"]
    page = anna.get(path)
    check(re.search('<option value="GREEN" +selected', page.body) and 'value="RED"' not in page.body, "a form offers what the reader may see", page)
    for wrong in ("CLEAR", "RED", "PINK"):
        page = press(anna, path, "take", tlp=wrong)
        check(page.status == 400 and page.faults, "a candidate of TLP:GREEN is not taken as %s by a coder" % wrong, page)
    page = press(anna, path, "take", tlp="AMBER")
    change = int(re.match(r"/en/changes/(\d+)/form$", page.location or "/en/changes/0/form")[1])
    check(change and (mark_of(bench, "change", change), mark_of(bench, "import_row", made["GREEN"]["candidates"])) == ("AMBER", "AMBER"),
          "taken with a higher mark, both have it", page)
    press(root, "/en/changes/%d" % change, "mark", tlp="RED")
    check(anna.get("/en/changes/%d" % change).status == 404 and anna.get(path).status == 404 and root.get(path).status == 200,
          "raised later, the draft and its candidate are both out of sight")
    page = press(root, path, "mark", tlp="CLEAR", reason=" ")
    page = press(root, path, "mark", tlp="CLEAR", reason="")
    check(page.status == 400 and "takes a reason" in str(page.faults), "a mark is not lowered without a reason", page)
    press(root, path, "mark", tlp="GREEN", reason="CERT agreed by telephone")
    deeds = [(author, subject, json.loads(detail)) for author, kind, subject, detail in bench.deeds("mark.lower")]
    story = {"from": "RED", "reason": "CERT agreed by telephone", "to": "GREEN"}
    check([("root", "candidate/%d" % made["GREEN"]["candidates"], story), ("root", "change/%d" % change, story)] == deeds[-2:],
          "with one it is, which is written down for both", deeds)
    check("CERT agreed by telephone" in anna.get("/en/changes/%d" % change).body, "and told to whoever works on it")
    page = press(anna, path, "mark", tlp="GREEN")
    check(page.status == 400 and "already" in str(page.faults), "a mark that it has is not given again", page)
    return change


def test_publishing(bench, anna, bela, change):
    path = "/en/changes/%d" % change
    page = press(anna, path, "submit")
    check(page.status == 303, "what is marked is reviewed", page)
    for mark in ("GREEN", "AMBER"):
        if mark != "GREEN":
            press(anna, path, "mark", tlp=mark)
        page = press(bela, path, "publish")
        check(page.status == 400 and "marked TLP:%s: only what is TLP:CLEAR is published" % mark in str(page.faults),
              "what is TLP:%s is not published" % mark, page)
    page = bela.post(path.replace("/en/", "/fr/"), {"token": bela.get(path).parsed.form(path)["fields"]["token"], "action": "publish"})
    check(page.status == 400 and "seul ce qui est TLP:CLEAR est publié" in str(page.faults), "in French too", page)
    press(bela, path, "mark", tlp="CLEAR", reason="CERT agreed in writing")
    page = press(bela, path, "publish")
    if page.status == 400 and "second coding" in str(page.faults):
        return
    check(page.status == 303 and "Published" in bela.get(path).parsed.text, "TLP:CLEAR, it is", page)
    token = bela.get("/en/sessions").parsed.forms[0]["fields"]["token"]
    page = bela.post(path, {"token": token, "action": "mark", "tlp": "AMBER", "reason": "too late"})
    check(page.status == 400 and "is published" in str(page.faults), "and is not hidden afterwards", page)


def test_partner(bench, program, root, made):
    record = copy.deepcopy(RECORD)
    record.update(external="marked", title="Ransomware at Clinic Api", tlp="TLP:AMBER")
    reply = program.send(record)
    check(reply.status == 400 and reply.json["pointer"] == "/tlp" and "another way" in reply.json["detail"],
          "what is above this way is not taken by it", reply)
    for wrong in ("pink", 3, None):
        reply = program.send({**record, "tlp": wrong})
        check(reply.status == 400 and reply.json["pointer"] == "/tlp", "a mark is one of five: %r" % (wrong,), reply)
    first = program.send({**record, "tlp": "TLP:GREEN"}, '"green"')
    number = first.json["candidate"]["id"]
    check(first.status == 201 and first.json["candidate"]["tlp"] == "GREEN" and mark_of(bench, "import_row", number) == "GREEN",
          "a partner's mark is kept", first)
    check(("cert", "candidate/%d" % number) in [(author, subject) for author, _, subject, _ in bench.deeds("mark.raise")], "and written down")
    del record["tlp"]
    reply = program.send(record)
    check(reply.json["outcome"] == "unchanged" and reply.json["candidate"]["tlp"] == "GREEN", "sent again without it, it stays", reply)
    press(root, "/en/candidates/%d" % number, "mark", tlp="AMBER")
    listed = program.ask("GET", "/api/v1/candidates").json["candidates"]
    check({row["tlp"] for row in listed} <= {"CLEAR", "GREEN"} and number not in [row["id"] for row in listed] and
          made["CLEAR"]["candidates"] in [row["id"] for row in listed], "a list of the API has nothing above its ceiling", listed)
    alike = [program.ask("GET", "/api/v1/candidates/%d" % row) for row in (number, made["RED"]["candidates"], NOBODY)]
    check({(reply.status, re.sub(r"\d+", "", reply.text)) for reply in alike} == {(404, re.sub(r"\d+", "", alike[2].text))},
          "nor by its number, as if there were none", [str(reply) for reply in alike])
    again = [program.send({**record, "tlp": "TLP:GREEN"}, '"green"'), program.send({**record, "title": "Ransomware at Clinic Api again"})]
    check([reply.status for reply in again] == [404, 404] and mark_of(bench, "import_row", number) == "AMBER",
          "an answer that was given before is not given again, and what is sent anew does not bring it back", [str(reply) for reply in again])


class TextFields(html.parser.HTMLParser):
    """Of each form of a page the fields into which somebody types, but secrets, which do not come back; and the first choice
    of each list, which a browser sends."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.chosen, self.list = [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "form":
            self.forms.append([])
            self.chosen.append({})
        elif tag == "select":
            self.list = values.get("name")
        elif tag == "option" and self.chosen and values.get("value"):
            self.chosen[-1].setdefault(self.list, values["value"])
        elif self.forms and values.get("name") not in (None, "code") and (
                tag == "textarea" or tag == "input" and values.get("type", "text") in ("text", "search", "email", "url")):
            self.forms[-1].append(values["name"])


def addresses(numbers):
    """Every page of the table that has a form, about something that there is."""
    posted = {path for method, path, _ in routes() if method == "POST"}
    queries = {"/claim": "?variable=attack_type", "/statement": "?entity=attribution"}
    for method, path, _ in routes():
        place = next((key for key in numbers if path.startswith(key + "/#")), None)
        if method == "GET" and path in posted and "/second" not in path and path.count("#") <= bool(place):
            yield path.replace("#", str(numbers.get(place))).replace("/L/", "/en/") + queries.get(path[path.rfind("/"):], "")


def came_back(page, form, typed):
    """With a sentence, and with what was typed."""
    same = [other for other in page.parsed.forms if other["action"] == form["action"] and
            other["fields"].get("action") == form["fields"].get("action")]
    return same and page.faults and (typed is None or typed in page.body)


def test_forms(bench, people, numbers):
    """Whatever is wrong with a form, it comes back with what was typed, and a sentence."""
    known, wrong = set(), []
    some = itertools.cycle([bench.analyst(name, "reviewer") for name in ("rita", "rosa", "rene")]) # so that nobody asks too often
    for path in addresses(numbers):
        person = people["root"] if "/accounts" in path else people["edda"] if "/releases" in path else next(some)
        page = patiently(lambda: person.get(path))
        shown = TextFields(page.body)
        for form, texts, chosen in zip(page.parsed.forms, shown.forms, shown.chosen):
            fields, named = {**form["fields"], **chosen}, (form["action"], form["fields"].get("action"))
            if "token" not in fields or form["action"].endswith("/logout") or named in known:
                continue
            known.add(named)
            typed = "Words that %d typed" % len(known) if texts else None
            first = {**fields, **{name: typed for name in texts[:1]}}
            cases = [("a stale token", {**first, "token": "0" * 64}, 403, typed), ("an unknown field", {**first, "queen": "1"}, 400, typed)]
            cases += [("%s is too long" % name, {**fields, name: "x" * 5000 + "!"}, 400, "x" * 5000 + "!") for name in texts]
            for what, sent, status, back in cases:
                answer = patiently(lambda: person.post(form["action"], sent))
                if answer.status != status or not came_back(answer, form, back):
                    wrong.append("%s %s: %s: %s" % (*named, what, answer))
    check(len(known) > 30 and not wrong, "all of %d forms come back with what was typed, and a sentence" % len(known), *wrong)


def main():
    with Bench() as bench:
        people = {name: bench.analyst(name, role) for name, role in (("anna", "coder"), ("bela", "reviewer"), ("edda", "editor"),
                                                                     ("lena", "legal"), ("root", "administrator"))}
        program, made = fill(bench, people["root"])
        for role, name in zip(SEES, people):
            test_lists(role, people[name])
            test_numbers(role, people[name], made)
        test_words(people["anna"], made)
        change = test_taking(bench, people["anna"], people["bela"], people["root"], made)
        test_publishing(bench, people["anna"], people["bela"], change)
        test_partner(bench, program, people["root"], made)
        test_forms(bench, people, {"/L/candidates": made["GREEN"]["candidates"], "/L/changes": made["GREEN"]["changes"], "/L/incidents": 1,
                            "/L/replies": made["GREEN"]["replies"], "/L/organisations": 1, "/L/actors": 1, "/L/accounts": 1})
        page = people["root"].get("/en/journal")
        check("sent a candidate" in page.body and "import_row" not in page.body, "digests of rows are not listed in the journal", page)
        answer = bench.run("verify")
        check(answer.returncode == 0, "the record is whole, and the private journal", answer.stdout, answer.stderr)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
