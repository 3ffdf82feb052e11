"""What is confidential must never leave by mail, no name may write a header, and no alert may get lost because a mail server
was away."""
import datetime
import email
import email.policy
import glob
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

import tap
from tap import check
from tampered import check_named
from work_harness import Bench

PYTHON = "/usr/bin/python3"  # for which Debian packages aiosmtpd
EVIL = "Alpha\r\nBcc: evil@example.org"


class Post:
    """A mail server that can be away."""

    def __init__(self, folder, *files):
        self.files, self.box, self.process = files, tempfile.mkdtemp(prefix="box-", dir=folder), None
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = one.getsockname()[1]

    def up(self):
        self.process = subprocess.Popen([PYTHON, os.path.join(tap.ROOT, "tests", "mail_server.py"), str(self.port), self.box, *self.files],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout.readline() == "ready\n"
        return self

    def down(self):
        if self.process:
            self.process.terminate()
            self.process.wait()
            self.process.stdout.close()
            self.process = None

    def mails(self):
        found = []
        for number in range(len(glob.glob(self.box + "/*.json"))):
            with open("%s/%d.json" % (self.box, number), encoding="ascii") as file:
                one = json.load(file)
            one["mail"] = email.message_from_string(one["bytes"], policy=email.policy.default)
            found.append(one)
        return found

    def next(self, count, seconds=60):
        """The newest, once there are so many; else None."""
        return self.mails()[-1] if wait(lambda: len(self.mails()) >= count, seconds) else None


def wait(what, seconds=60):
    deadline = time.monotonic() + seconds
    while not (found := what()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def settings(folder, name, **values):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write("# mail\n" + "".join("%s %s\n" % pair for pair in values.items()))
    os.chmod(path, 0o600)
    return path


def ask(bench, sql, *values):
    with sqlite3.connect("file:%s/work.db?mode=ro" % bench.var, uri=True) as db:
        return db.execute(sql, values).fetchall()


def act(browser, path, action, **fields):
    """A form of a page with several, by its field "action"."""
    page = browser.get(path)
    form = next(form for form in page.parsed.forms if form["fields"].get("action") == action)
    return browser.post(path, {**form["fields"], **fields})


def claim(browser, change, variable, value, **fields):
    path = "/en/changes/%s/claim" % change
    return browser.send("%s?variable=%s" % (path, variable), path, value=value, stance="asserts",
                        **{"credibility": "c1", "claimant": "authority", "known_since": "2021-05-14", "source": "0", **fields})


def begin(browser, title):
    page = browser.send("/en/changes/new", title=title, organisation="Alpha", country="FR", org_type="hospital", role="direct")
    change = re.match(r"/en/changes/(\d+)/form$", page.location)[1]
    claim(browser, change, "attack_type", "ransomware", source="new", url="https://news.example/alpha", title="News of Alpha",
          source_type="authority", reliability="a")
    claim(browser, change, "event_kind.detected", "2021-05-13")
    claim(browser, change, "metric.clinical_disruption_days", "3")
    return change


def publish(anna, bela, change):
    act(anna, "/en/changes/" + change, "submit")
    return act(bela, "/en/changes/" + change, "publish")


def is_clean(one, to):
    """One recipient, one of each header, and nothing of what records say."""
    mail, head = one["mail"], one["bytes"].split("\r\n\r\n")[0]
    names = [name.lower() for name in mail.keys()]
    return (one["to"] == [to] and mail["To"] == to and len(names) == len(set(names)) and "bcc" not in names and
            all(len(line) < 79 for line in one["bytes"].split("\r\n")) and not re.search("[^\x20-\x7e\r\n]", one["bytes"]) and
            "Alpha" not in mail.get_content() and "alpha" not in mail.get_content() and "Alpha" not in head)


def test_addresses(bench, anna):
    for name, address in [("without a domain", "anna"), ("with two", "anna@example.org@example.org"), ("with a blank", "an na@example.org"),
                          ("with a line end", "anna@example.org\r\nBcc: evil@example.org"), ("with a line feed", "anna@example.org\nx"),
                          ("with a comma", "anna@example.org,evil@example.org"), ("in brackets", "<anna@example.org>"),
                          ("with an accent", "ann\u00e1@example.org"), ("without a name", "@example.org"), ("with an empty label", "a@example..org"),
                          ("that is too long", "a" * 65 + "@example.org")]:
        page = anna.send("/en/alerts", "/en/alerts", address=address, language="en", kind="assigned")
        check(page.status == 400 and not ask(bench, "SELECT * FROM mailbox"), "an address is refused: " + name, page)
    test = bench.run("account", "mail", "anna", "anna@example.org\r\nBcc: evil@example.org")
    check(test.returncode == 65 and not ask(bench, "SELECT * FROM mailbox"), "on the command line too", test)
    page = anna.get("/en/alerts")
    page = anna.post("/en/alerts", [("token", page.parsed.form("/alerts")["fields"]["token"]), ("address", "anna@example.org"), ("language", "en"),
                                    ("kind", "assigned"), ("kind", "reply"), ("kind", "contested"), ("kind", "gone")])
    check(page.status == 303 and ask(bench, "SELECT address, kinds, language FROM mailbox") ==
          [("anna@example.org", "assigned reply contested gone", "en")], "a good one is kept", page)
    test = bench.run("account", "mail", "bela", "bela@example.org", "assigned,contested", "fr")
    check(test.returncode == 0 and "bela@example.org: assigned contested (fr)" in test.stdout, "and on the command line", test)
    check("example.org" not in str(bench.deeds("account.mail")) and len(bench.deeds("account.mail")) == 2,
          "the private journal says that, and not to where", bench.deeds("account.mail"))


def test_marked(bench, post, bela, change):
    """What is marked while its mail waits is not mailed to who may not see it any more."""
    tries = "SELECT tries FROM alert WHERE mail = 'waiting'"
    check(wait(lambda: ask(bench, tries + " AND tries > 0")), "while the server is away, its mail waits", bench.told())
    bench.arrange("UPDATE change SET tlp = 4 WHERE id = ?", change)
    check("/en/changes/" + change not in bela.get("/en/alerts").body, "once it is marked above a ceiling, the alert is not shown")
    bench.arrange("UPDATE alert SET next = 0")
    before = ask(bench, tries)
    post.up()
    time.sleep(2.5)
    check(not post.mails() and ask(bench, tries) == before, "nor mailed", post.mails(), ask(bench, tries))
    bench.arrange("UPDATE change SET tlp = 3 WHERE id = ?", change)
    check(post.next(1), "it is once the mark is one that its reader may see", bench.told())
    check("/en/changes/" + change in bela.get("/en/alerts").body, "and shown", bela.get("/en/alerts"))
    bench.arrange("UPDATE change SET tlp = 0 WHERE id = ?", change)


def test_assigned(bench, post, anna, bela, change):
    post.down()
    page = act(anna, "/en/changes/" + change, "assign", account="bela")
    check(page.status == 303 and bench.deeds("change.assign"), "a change is given to somebody", page)
    test_marked(bench, post, bela, change)
    one = post.next(1)
    check(one and one["from"] == "vigie@example.org" and is_clean(one, "bela@example.org"), "who gets a mail, with nothing of the record",
          one and one["bytes"], bench.told())
    if one:
        check(one["mail"]["Subject"] == "Vigie\u00a0: La modification %s vous a \u00e9t\u00e9 confi\u00e9e." % change and
              "https://work.example/fr/changes/" + change in one["mail"].get_content(), "in its language, with where to go",
              one["mail"]["Subject"], one["mail"].get_content())
        check(one["mail"]["Auto-Submitted"] == "auto-generated" and re.match(r"<alert-\d+-\d+@example\.org>$", one["mail"]["Message-ID"]),
              "as one that nobody wrote by hand", one["bytes"])
    page = act(anna, "/en/changes/" + change, "assign", account="zoe")
    check(page.status == 400 and "zoe" in page.body, "nobody gets it who is not there", page)
    bench.arrange("UPDATE change SET tlp = 4 WHERE id = ?", change)
    test = bench.run("change", "assign", change, "anna", "--by", "anna")
    check(test.returncode == 65 and "may not see it" in test.stderr, "nor who may not see it", test)
    bench.arrange("UPDATE change SET tlp = 0 WHERE id = ?", change)
    test = bench.run("change", "assign", change, "anna", "--by", "anna")
    check(test.returncode == 0 and not ask(bench, "SELECT 1 FROM alert JOIN account ON account.id = alert.account WHERE name = 'anna'"),
          "who takes it is not told what they did", test)


def test_reply(bench, post, anna, change):
    asked = datetime.datetime.now(datetime.timezone.utc).date() - datetime.timedelta(days=7)
    path = "/en/changes/%s/reply" % change
    anna.send(path, path, organisation=EVIL, way="press office", asked=str(asked))
    one = post.next(2)
    check(one and is_clean(one, "anna@example.org") and one["mail"]["Subject"].startswith("Vigie: Change %s: a reply is due on " % change) and
          re.search(r"https://work\.example/en/replies/\d+\s", one["mail"].get_content()), "a reply that is due is told to who asked",
          one and one["bytes"], bench.told())
    bench.arrange("UPDATE reply SET due = due - 30, asked = asked - 30")
    time.sleep(1.5)
    check(len(post.mails()) == 2, "once", [one["mail"]["Subject"] for one in post.mails()])
    bench.arrange("UPDATE alert SET incident = 1, change = 0 WHERE kind = 'reply'")
    for mark, seen in ((3, False), (2, True), (0, True)):
        bench.arrange("UPDATE change SET tlp = ? WHERE id = ?", mark, change)
        check(("/en/replies/" in anna.get("/en/alerts").body) == seen, "a reply is as confidential as its change: %d" % mark)


def test_contested(bench, post, anna, bela, incident):
    post.down()
    page = act(anna, "/en/incidents/%s" % incident, "add")
    more = re.match(r"/en/changes/(\d+)$", page.location)[1]
    claim(anna, more, "metric.clinical_disruption_days", "90", source="new", url="https://other.example/alpha", title="Other news of Alpha",
          source_type="authority", reliability="a")
    page = publish(anna, bela, more)
    check(page.status == 303, "another value is published", page)
    trouble = wait(lambda: ask(bench, "SELECT trouble FROM alert WHERE kind = 'contested' AND tries > 0 AND mail = 'waiting'"))
    check(trouble and "not reached" in trouble[0][0], "while the server is away, a mail waits", trouble, bench.told())
    page = anna.get("/en/alerts")
    check("a published value became contested" in page.body and "could not be sent yet" in page.body, "the workbench says so", page)
    check("a published value became contested" in anna.get("/en/").body, "and on the start page", page)
    post.up()
    bench.arrange("UPDATE alert SET next = 0 WHERE mail = 'waiting'")
    check(post.next(4), "once it is back, they arrive", [one["mail"]["Subject"] for one in post.mails()], bench.told())
    time.sleep(1.5)
    new = post.mails()[2:]
    check(sorted(one["to"][0] for one in new) == ["anna@example.org", "bela@example.org"] and all(is_clean(one, one["to"][0]) for one in new),
          "each once, to who coded it and who had it to see to", [(one["to"], one["bytes"]) for one in new])
    check(any(re.search(r"/en/incidents/%s\s" % incident, one["mail"].get_content()) for one in new), "with where to go",
          [one["mail"].get_content() for one in new])
    check(not ask(bench, "SELECT 1 FROM alert WHERE mail = 'waiting'"), "and nothing waits any more")


def test_gone(bench, post, anna, bela, incident):
    path = "/en/incidents/%s/sources" % incident
    page = bela.get(path)
    form = page.parsed.form("/sources")
    fields = {"token": form["fields"]["token"], "source": form["fields"]["source"], "state": "gone"}
    check("News of Alpha" in page.body and "Gone, said" not in page.body, "the sources of an incident are listed", page)
    page = bela.post(path, fields)
    check(page.status == 303 and "Gone, said bela" in bela.get(path).body and bench.deeds("source.gone"), "one is said to be gone", page)
    one = post.next(5)
    check(one and is_clean(one, "anna@example.org") and one["mail"]["Subject"] == "Vigie: Incident %s: a source is gone." % incident and
          path in one["mail"].get_content(), "and who coded the incident gets a mail", one and one["bytes"], bench.told())
    page = bela.post(path, fields)
    check(page.status == 400 and "said so already" in page.body, "not twice", page)
    page = bela.post(path, {**fields, "source": "4711"})
    check(page.status == 404, "a source of another incident is none of this page", page)
    page = bela.post(path, {**fields, "state": "there"})
    check(page.status == 303 and "There again, said bela" in bela.get(path).body, "and that it is there again", page)


def test_giving_up(bench, post, anna, bela):
    change = begin(anna, "Beta")
    page = anna.get("/en/alerts")
    anna.post("/en/alerts", {"token": page.parsed.form("/alerts")["fields"]["token"], "address": "anna@example.org", "language": "en", "kind": "gone"})
    act(bela, "/en/changes/" + change, "assign", account="anna")
    check(ask(bench, "SELECT mail FROM alert ORDER BY id DESC LIMIT 1") == [("none",)], "what somebody does not want is shown and not sent")
    bench.run("account", "mail", "bela", "nobody@example.org")
    act(anna, "/en/changes/" + change, "assign", account="bela")
    trouble = wait(lambda: ask(bench, "SELECT trouble FROM alert WHERE mail = 'waiting' AND tries > 0"))
    check(trouble and "answered 550" in trouble[0][0], "a server that refuses a mail is believed for the time being", trouble, bench.told())
    first = ask(bench, "SELECT next - at FROM alert WHERE mail = 'waiting'")
    bench.arrange("UPDATE alert SET next = 0 WHERE mail = 'waiting'")
    wait(lambda: ask(bench, "SELECT 1 FROM alert WHERE tries > 1"))
    second = ask(bench, "SELECT next - at FROM alert WHERE mail = 'waiting'")
    check(first and second and second[0][0] - first[0][0] >= 10000, "it waits longer each time", first, second)
    bench.arrange("UPDATE alert SET at = at - 4 * 86400000, next = 0 WHERE mail = 'waiting'")
    given_up = wait(lambda: ask(bench, "SELECT 1 FROM alert WHERE mail = 'given_up'"))
    check(given_up and "was given up" in bela.get("/en/alerts").body, "and after days it is given up, which the workbench says",
          bela.get("/en/alerts"))
    check(len(post.mails()) == 5, "no mail went astray", [one["to"] for one in post.mails()])


def certificate(folder, name):
    key, file = os.path.join(folder, name + ".key"), os.path.join(folder, name + ".pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", file,
                    "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
    return file, key


def test_encrypted(bench, folder, anna, change):
    """By name, with a password, under a certificate that the settings trust, and under no other."""
    good, other = certificate(folder, "good"), certificate(folder, "other")
    post = Post(folder, *good).up()
    values = {"server": "127.0.0.1", "port": post.port, "sender": "vigie@example.org", "user": "vigie", "password": "secret"}
    try:
        for authorities, name in [(other[0], "a certificate of somebody else"), (good[0], "the right certificate")]:
            bench.stop()
            bench.words = ("--mail", settings(folder, "tls.conf", authorities=authorities, **values), "--work-address", "https://work.example")
            bench.log.close()
            bench.start()
            anna.port, anna.host = bench.port, "127.0.0.1:%d" % bench.port
            bench.run("account", "mail", "anna", "anna@example.org", "assigned")
            act(anna, "/en/changes/" + change, "assign", account="")
            bench.run("change", "assign", change, "anna", "--by", "bela")
            if authorities == other[0]:
                trouble = wait(lambda: ask(bench, "SELECT trouble FROM alert WHERE mail = 'waiting' AND tries > 0"))
                check(trouble and "not reached" in trouble[0][0] and not post.mails(), "no mail goes under " + name, trouble, bench.told())
                bench.arrange("UPDATE alert SET mail = 'none'")
            else:
                one = post.next(1)
                check(one and one["tls"] and one["user"] == "vigie" and len(post.mails()) == 1, "it goes under %s, by STARTTLS and password" % name,
                      one and one["bytes"], bench.told(), ask(bench, "SELECT trouble FROM alert ORDER BY id DESC LIMIT 1"))
    finally:
        post.down()


def test_settings(folder):
    var = os.path.join(folder, "var")
    for name, values, mode, words in [("without a server", {"sender": "a@example.org"}, 0o600, "server and sender are needed"),
                                      ("with a sender that is none", {"server": "localhost", "sender": "a"}, 0o600, "line 3: sender"),
                                      ("with a word that is none", {"server": "localhost", "colour": "red"}, 0o600, "'colour' is no setting"),
                                      ("with a port that is none", {"server": "localhost", "port": "70000"}, 0o600, "port"),
                                      ("with a password in the open", {"server": "localhost", "sender": "a@example.org", "user": "a", "password": "b",
                                                                       "security": "none"}, 0o600, "without encryption"),
                                      ("that others may read", {"server": "localhost", "sender": "a@example.org", "user": "a", "password": "b"}, 0o644,
                                       "nobody but its owner")]:
        path = settings(folder, "wrong.conf", **values)
        os.chmod(path, mode)
        test = tap.vigie("serve", "--mail", path, "--listen", "127.0.0.1:0", "--work", "127.0.0.1:0", var=var)
        check(test.status in (2, 77) and words in test.err, "settings are refused: " + name, test)
    test = tap.vigie("serve", "--mail", os.path.join(folder, "none.conf"), "--no-work", var=var)
    check(test.status == 2, "no mails without the workbench", test)


def main():
    if subprocess.run([PYTHON, "-c", "import aiosmtpd"], capture_output=True).returncode:
        tap.skip("mails", "python3-aiosmtpd is not installed")
        return tap.done()
    folder = tempfile.mkdtemp(prefix="vigie-mail-")
    post = Post(folder).up()
    try:
        test_settings(folder)
        path = settings(folder, "mail.conf", server="127.0.0.1", port=post.port, security="none", sender="vigie@example.org")
        with Bench("--mail", path, "--work-address", "https://work.example") as bench:
            anna, bela = bench.analyst("anna", "coder"), bench.analyst("bela", "reviewer")
            test_addresses(bench, anna)
            change = begin(anna, EVIL)
            test_assigned(bench, post, anna, bela, change)
            test_reply(bench, post, anna, change)
            act(bela, "/en/changes/" + change, "assign", account="bela")
            page = publish(anna, bela, change)
            check(page.status == 303, "the incident is published", page)
            incident = ask(bench, "SELECT incident FROM change WHERE id = ?", change)[0][0]
            test_contested(bench, post, anna, bela, incident)
            test_gone(bench, post, anna, bela, incident)
            test_giving_up(bench, post, anna, bela)
            test_encrypted(bench, folder, anna, ask(bench, "SELECT max(id) FROM change")[0][0].__str__())
            check_named(bench.var, "mails")
    finally:
        post.down()
        shutil.rmtree(folder, ignore_errors=True)
    return tap.done()


sys.exit(main())
