"""What must never happen: somebody gets into the workbench without all that the account asks for, or stays in it."""
import os
import re
import signal
import sys
import threading
import time
import urllib.request

import tap
from work_harness import PASSWORD, Bench, one_time_code


def check_code_oracle():
    """The test vectors of RFC 6238, appendix B (SHA-1, last six digits): the oracle itself."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for moment, code in ((59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")):
        tap.check(one_time_code(secret, moment) == code, "the oracle knows RFC 6238's code of %d" % moment)


def check_first_login(bench):
    browser, first = bench.browser(), bench.add("maria", "coder")
    page = browser.get("/en/queue")
    tap.check(page.status == 303 and page.location == "/en/login?next=%2Fen%2Fqueue", "a stranger is led to the login", page)
    page = browser.send(page.location, "/login", name="maria", password=first)
    tap.check(page.status == 303 and page.location == "/en/queue", "the first password opens", page)
    page = browser.get("/en/")
    tap.check(page.status == 303 and page.location == "/en/password", "and must be replaced first of all", page)
    for password, again, fault in (("short", "short", "fewer than 12"), (first, first, "that you have now"),
                                   ("password1234!", "password1234!", "attacker would try"),
                                   ("abcabcabcabc", "abcabcabcabc", "attacker would try"),
                                   ("maria-2024-2025", "maria-2024-2025", "your name"), ("x" * 1100, "", "1,024 bytes"),
                                   (PASSWORD, PASSWORD + "!", "not the same")):
        page = browser.send("/en/password", password=password, again=again)
        tap.check(page.status == 400 and len(page.faults) == 1 and fault in page.faults[0],
                  "refused as a password: %.20s" % password, page)
        tap.check(password not in page.body, "and never sent back")
    page = browser.send("/en/password", password=PASSWORD, again=PASSWORD)
    tap.check(page.status == 303 and page.location == "/en/", "a good password is taken", page)
    page = browser.get("/en/")
    tap.check(page.status == 200 and "maria" in page.body and "Coder" in page.body, "and the workbench opens", page)
    page = browser.get("/fr/queue")
    tap.check(page.status == 200 and "File d’attente" in page.body, "the queue is there, in French too", page)
    again = bench.browser()
    tap.check(again.log_in("maria", first).status == 400, "the first password opens nothing any more")
    tap.check(again.log_in("Maria ", PASSWORD).status == 303, "the new one does, with a telephone's capital letter")
    return browser


def check_second_factor(bench):
    browser, first = bench.browser(), bench.add("rui", "reviewer")
    browser.log_in("rui", first)
    browser.send("/en/password", password=PASSWORD, again=PASSWORD)
    page = browser.get("/en/queue")
    tap.check(page.status == 303 and page.location == "/en/codes", "a role that publishes must set up codes", page)
    page = browser.send("/en/codes", code="000000")
    tap.check(page.status == 400 and "not the code" in page.faults[0], "a wrong code sets nothing up", page)
    page = browser.set_up_codes()
    tap.check(page.status == 200 and len(set(browser.recovery)) == 8, "the right one does, with eight recovery codes", page)
    tap.check(browser.get("/en/").status == 200, "and the workbench opens")

    other = bench.browser()
    other.secret, other.used = browser.secret, browser.used
    other.log_in("rui", PASSWORD)
    page = other.get("/en/queue")
    tap.check(page.status == 303 and page.location.startswith("/en/code?next="), "the next login asks for a code", page)
    tap.check(other.send("/en/code", code=one_time_code(browser.secret, browser.used * 30)).status == 400,
              "a code that was used opens nothing")
    code = other.code()
    page = other.send("/en/code?next=%2Fen%2Fqueue", "/code", code=code)
    tap.check(page.status == 303 and page.location == "/en/queue", "a new one opens, and leads on", page)
    third = bench.browser()
    third.log_in("rui", PASSWORD)
    tap.check(third.send("/en/code", code=code).status == 400, "also not in another browser at the same moment")
    recovery = browser.recovery[0]
    tap.check(third.send("/en/code", code=recovery.upper().replace("-", " ")).status == 303, "a recovery code opens")
    tap.check(third.get("/en/").status == 200, "all of it")
    fourth = bench.browser()
    fourth.log_in("rui", PASSWORD)
    tap.check(fourth.send("/en/code", code=recovery).status == 400, "but once only")
    kinds = [deed[1] for deed in bench.deeds() if deed[2].endswith("/rui")]
    tap.check(all(kind in kinds for kind in ("account.add", "account.password", "account.codes", "session.recovery",
                                             "session.second", "session.second-wrong")), "the journal says all of it", kinds)
    return browser


def check_sessions(bench):
    """A session must end when it is told to, and by its own age."""
    one = bench.analyst("ana", "coder")
    two = bench.browser()
    two.log_in("ana", PASSWORD)
    tap.check(len(one.cookie) == 64 and one.cookie != two.cookie, "each session has a token of its own, of 256 bits")
    with open("%s/work.db" % bench.var, "rb") as store, open("%s/work.db-wal" % bench.var, "rb") as log:
        tap.check(one.cookie.encode() not in store.read() + log.read(), "the store does not have it")
    page = two.get("/en/login")
    header = two.ask("POST", "/en/login", "", {"Content-Type": "application/x-www-form-urlencoded", "Cookie": "x=y"})
    cookie = header.headers["Set-Cookie"]
    tap.check(all(word in cookie for word in ("__Host-vigie=", "Path=/", "Secure", "HttpOnly", "SameSite=Strict")) and
              "Domain" not in cookie, "the cookie is kept to this host, from scripts and from other sites", cookie)
    two.cookie = None
    stranger = two.get("/en/login")
    fixed = two.cookie
    two.log_in("ana", PASSWORD)
    tap.check(fixed and two.cookie != fixed, "logging in gives a new token, whatever the browser came with", stranger)
    page = one.get("/en/sessions")
    numbers = [form["fields"]["session"] for form in page.parsed.forms if form["action"].endswith("/sessions")]
    tap.check(len(numbers) == 3 and page.body.count("(this one)") == 1, "all of one's sessions are listed", page)
    mine = page.parsed.form("/sessions")["fields"]
    page = one.post("/en/sessions", {**mine, "session": numbers[0] if "(this one)" not in page.body.split("<tr>")[2] else numbers[1]})
    tap.check(page.status == 303, "one can be ended", page)
    tap.check(two.get("/en/").location.startswith("/en/login"), "and is over", two.get("/en/"))
    other = bench.analyst("otto", "coder")
    theirs = other.get("/en/sessions").parsed.form("/sessions")["fields"]
    page = other.post("/en/sessions", {**theirs, "session": numbers[2]})
    tap.check(page.status == 404, "that of somebody else cannot be ended", page)

    old = one.cookie
    form = one.get("/en/").parsed.form("/logout")
    page = one.post("/en/logout", form["fields"])
    tap.check(page.status == 303 and page.location == "/en/login" and one.cookie is None, "logging out takes the cookie away", page)
    one.cookie = old
    tap.check(one.get("/en/").status == 303, "and the token opens nothing any more")

    for name, sql in (("an hour without a request", "UPDATE session SET seen = seen - 3600001"),
                      ("twelve hours", "UPDATE session SET made = made - 43200001")):
        browser = bench.browser()
        browser.log_in("otto", PASSWORD)
        tap.check(browser.get("/en/").status == 200, "a session before %s goes on" % name)
        bench.arrange(sql + " WHERE ended IS NULL")
        tap.check(browser.get("/en/").status == 303, "and after it is over")

    for name, words in (("a change of role", ("role", "otto", "--role", "reviewer")), ("disabling", ("disable", "otto")),
                        ("a reset", ("reset", "otto", "--quiet"))):
        browser = bench.browser()
        browser.log_in("otto", PASSWORD)
        before = browser.get("/en/sessions").status
        done = bench.run("account", *words)
        page = browser.get("/en/sessions")
        tap.check(before in (200, 303) and done.returncode == 0 and page.location.startswith("/en/login"),
                  "%s ends the sessions at once" % name, page, done)
        if name == "disabling":
            tap.check(browser.log_in("otto", PASSWORD).status == 400, "and nobody gets in again")
            bench.run("account", "enable", "otto")
    tap.check(browser.log_in("otto", PASSWORD).status == 400, "after a reset the old password opens nothing")


def check_partner(bench):
    page = bench.browser().log_in("pia", bench.add("pia", "partner"))
    tap.check(page.status == 400, "who works by the API only does not get in here", page)


def check_forms(bench):
    """Whatever is wrong with a form, it comes back with what was typed, and nothing of it is done."""
    browser = bench.analyst("fay", "administrator")
    good = browser.get("/en/accounts").parsed.form("/accounts")["fields"]
    fields = {**good, "name": "new-one", "role": "coder"}
    cases = [
        ("a stale token", {**fields, "token": "0" * 64}, {}, 403, "open for too long"),
        ("no token", {key: value for key, value in fields.items() if key != "token"}, {}, 403, "open for too long"),
        ("a token that is too short", {**fields, "token": good["token"][:-1]}, {}, 403, "open for too long"),
        ("another session's token", {**fields, "token": bench.analyst("flo", "coder").get("/en/").parsed.form("/logout")["fields"]["token"]},
         {}, 403, "open for too long"),
        ("an unknown field", {**fields, "admin": "1"}, {}, 400, "does not take"),
        ("a name that is none", {**fields, "name": "new one!"}, {}, 400, "2 to 40"),
        ("a name that is missing", {**fields, "name": ""}, {}, 400, "2 to 40"),
        ("a name that is taken", {**fields, "name": "fay"}, {}, 400, "already an account"),
        ("a role that there is not", {**fields, "role": "queen"}, {}, 400, "choose a role"),
    ]
    for name, sent, headers, status, sentence in cases:
        page = browser.post("/en/accounts", sent, headers)
        form = page.parsed.form("/accounts")
        tap.check(page.status == status and form and any(sentence in fault for fault in page.faults),
                  "the form comes back with a sentence: %s" % name, page)
        tap.check(form and form["fields"]["name"] == sent["name"], "and with what was typed", form)
    body = "&".join("%s=%s" % pair for pair in fields.items())
    refused = [
        ("another site's form", fields, {"Origin": "https://evil.example"}, 403),
        ("a form without an origin of its own", fields, {"Origin": "null"}, 403),
        ("what a browser calls cross-site", fields, {"Sec-Fetch-Site": "cross-site"}, 403),
        ("a sister site's", fields, {"Sec-Fetch-Site": "same-site"}, 403),
        ("a form that is too big", body + "&x=" + "y" * 270000, {}, 413),
        ("a field twice", body + "&name=other", {}, 400),
        ("a bad percent sign", body + "%zz", {}, 400),
        ("a NUL", body + "%00", {}, 400),
        ("what is no UTF-8", body + "%ff", {}, 400),
        ("JSON", '{"name": "new-one"}', {"Content-Type": "application/json"}, 400),
        ("a multipart form", "--x\r\n\r\n--x--", {"Content-Type": "multipart/form-data; boundary=x"}, 400),
    ]
    for name, sent, headers, status in refused:
        page = browser.post("/en/accounts", sent, headers)
        tap.check(page.status == status, "refused: %s" % name, page)
    tap.check("new-one" not in bench.run("account", "list").stdout, "none of them made an account")
    own = {"Origin": "http://127.0.0.1:%d" % bench.port, "Sec-Fetch-Site": "same-origin"}
    page = browser.post("/en/accounts", fields, own)
    tap.check(page.status == 200 and "first password of new-one" in page.body, "a good one does", page)
    for method, path, status in (("DELETE", "/en/accounts", 405), ("PUT", "/en/accounts", 405), ("GET", "/en/logout", 405),
                                 ("GET", "/en/nothing", 404), ("GET", "/en/queue?color=red", 400),
                                 ("GET", "/en/queue?state=red", 404), ("GET", "/../etc/passwd", 404), ("GET", "/en/accounts/99", 404)):
        page = browser.ask(method, path)
        tap.check(page.status == status and ("<h1>" in page.body), "%s %s: %d, as a page" % (method, path, status), page)
    page = browser.post("/en/login", {"name": "x", "password": "y", "next": "https://evil.example/", "token": good["token"]})
    tap.check(page.status == 400 and "evil" in page.parsed.form("/login")["fields"]["next"], "a wrong login keeps where it leads", page)
    for next_ in ("https://evil.example/", "//evil.example/", "/\\evil.example", "/en/../..//evil.example", "/en/nothing", "javascript:x"):
        page = browser.send("/en/login", name="fay", password=PASSWORD, next=next_)
        tap.check(page.location == "/en/", "a login leads nowhere else: %s" % next_, page)


def check_headers(bench):
    page = bench.browser().get("/en/login")
    policy = page.headers["Content-Security-Policy"]
    tap.check("default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy, "a strict policy", policy)
    tap.check(page.headers["Cache-Control"] == "no-store" and page.headers["X-Content-Type-Options"] == "nosniff" and
              page.headers["Referrer-Policy"] == "same-origin" and "<script" not in page.body, "nothing is kept or guessed", page.headers)
    asset = bench.browser().get("/assets/work.css")
    tap.check(asset.status == 200 and asset.headers["Content-Type"].startswith("text/css"), "its style is there", asset.headers)


def check_kept(bench):
    """What was typed outlives the session: it comes back after the login, and is not carried out by itself."""
    browser = bench.analyst("kate", "administrator")
    fields = {**browser.get("/en/accounts").parsed.form("/accounts")["fields"], "name": "typed-long-ago", "role": "editor"}
    bench.arrange("UPDATE session SET proven = proven - 600001")
    page = browser.post("/en/accounts", fields)
    form = page.parsed.form("/confirm")
    tap.check(page.status == 403 and form and "typed-long-ago" in form["fields"]["kept"] and fields["token"] not in form["fields"]["kept"],
              "a form for which a proof is missing goes along to the confirmation", page)
    page = browser.post("/en/confirm", {**form["fields"], "password": "wrong", "code": ""})
    form = page.parsed.form("/confirm")
    tap.check(page.status == 400 and "typed-long-ago" in form["fields"]["kept"], "also past a wrong password", page)
    page = browser.post("/en/confirm", {**form["fields"], "password": PASSWORD, "code": browser.code()})
    form = page.parsed.form("/accounts")
    tap.check(page.status == 200 and form and form["fields"]["name"] == "typed-long-ago" and "send it again" in page.faults[0] and
              re.search(r'value="editor" *selected', page.body), "and comes back into its form", page)
    tap.check("typed-long-ago" not in bench.run("account", "list").stdout, "nothing was done with it yet")
    bench.arrange("UPDATE session SET seen = 0")
    page = browser.post("/en/accounts", form["fields"])
    form = page.parsed.form("/login")
    tap.check(page.status == 403 and form and "log in again" in page.faults[0] and "kate" not in page.parsed.text, "after the session too", page)
    page = browser.post("/en/login", {**form["fields"], "name": "kate", "password": PASSWORD})
    form = page.parsed.form("/code")
    tap.check(form and "typed-long-ago" in form["fields"]["kept"], "by way of the code", page)
    page = browser.post("/en/code", {**form["fields"], "code": browser.recovery[0]})
    form = page.parsed.form("/accounts")
    tap.check(page.status == 200 and form and form["fields"]["name"] == "typed-long-ago", "it comes back", page)
    page = browser.post("/en/accounts", {**form["fields"], "role": "editor"})
    tap.check(page.status == 200 and "first password of typed-long-ago" in page.body, "and is done when it is sent again", page)
    bench.arrange("UPDATE session SET seen = 0")
    page = browser.post("/en/accounts", {**fields, "token": "0" * 64})
    tap.check(page.status == 403 and not page.parsed.form("/login"), "a form of another session does not come along", page)
    page = browser.send("/en/login", "/login", name="kate", password=PASSWORD, next="/en/password", kept="password=known-to-another&again=known-to-another")
    tap.check("known-to-another" not in page.body or page.status == 303, "and nothing secret is put into a form", page)


def number_of(browser, name):
    return re.search(r'/accounts/(\d+)" translate="no">%s<' % name, browser.get("/en/accounts").body)[1]


def check_proof(bench):
    """What changes keys and roles asks again after ten minutes."""
    browser = bench.analyst("keeper", "administrator")
    tap.check(browser.get("/en/accounts").status == 200, "just after the login no proof is asked for")
    bench.arrange("UPDATE session SET proven = proven - 600001")
    page = browser.get("/en/accounts")
    tap.check(page.status == 303 and page.location == "/en/confirm?next=%2Fen%2Faccounts", "ten minutes later one is", page)
    tap.check(browser.get("/en/queue").status == 200, "but not for reading the queue")
    page = browser.send(page.location, "/confirm", password="wrong password here", code="123456")
    tap.check(page.status == 400 and "not your password" in page.faults[0], "a wrong password proves nothing", page)
    page = browser.send("/en/confirm?next=%2Fen%2Faccounts", "/confirm", password=PASSWORD, code="000000")
    tap.check(page.status == 400 and "does not fit" in page.faults[0], "nor does the password without a code", page)
    page = browser.send("/en/confirm?next=%2Fen%2Faccounts", "/confirm", password=PASSWORD, code=browser.code())
    tap.check(page.status == 303 and page.location == "/en/accounts", "both together do", page)
    tap.check(browser.get("/en/accounts").status == 200, "and lead on")
    number = number_of(browser, "keeper")
    token = browser.get("/en/").parsed.form("/logout")["fields"]["token"]
    page = browser.post("/en/accounts/" + number, {"token": token, "act": "disable"})
    tap.check(page.status == 400 and browser.get("/en/").status == 200, "nobody shuts the account under their own feet", page)
    bench.add("victim", "coder")
    number = number_of(browser, "victim")
    for act, word in (("disable", "Disabled"), ("enable", "Not used yet")):
        page = browser.post("/en/accounts/" + number, {"token": token, "act": act})
        tap.check(page.status == 303 and word in browser.get(page.location).body, "another's is changed: %s" % act, page)
    page = browser.post("/en/accounts/" + number, {"token": token, "act": "role", "role": "legal"})
    tap.check(page.status == 303 and "Legal" in browser.get(page.location).body, "its role too", page)
    page = browser.post("/en/accounts/" + number, {"token": token, "act": "reset"})
    tap.check(page.status == 200 and "first password of victim" in page.body, "and its password", page)
    page = browser.get("/en/journal")
    tap.check(page.status == 200 and "disabled an account" in page.body and "account/victim" in page.body, "the journal shows all of it", page)
    tap.check(bench.analyst("cody", "coder").get("/en/journal").status == 403, "but not to everybody")


def worked(bench):
    """Processor time of the workbench's process, in clock ticks: what else the machine does is not in it."""
    with open("/proc/%d/task/%d/children" % (bench.process.pid, bench.process.pid), encoding="ascii") as children:
        workbench = children.read().split()[1]
    with open("/proc/%s/stat" % workbench, encoding="utf-8") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def check_guessing(bench):
    """Nobody may try passwords or codes for long, nor learn which names there are."""
    name = "guessed"
    bench.add(name, "coder")
    browser = bench.browser()
    answers = [browser.log_in(name, "wrong password %d" % i) for i in range(7)]
    tap.check([page.status for page in answers] == [400] * 5 + [429] * 2, "after five wrong tries a name rests",
              [page.status for page in answers])
    tap.check(int(answers[-1].headers["Retry-After"]) > 0 and "Too many attempts" in answers[-1].faults[0], "and it is said for how long", answers[-1])
    others = [browser.log_in("no-such-name", "wrong password %d" % i) for i in range(7)]
    tap.check([page.status for page in others] == [page.status for page in answers] and
              others[0].faults == answers[0].faults, "a name that there is not is answered the same")
    times = {}
    for name in ("cody", "unknown-name"):
        start = worked(bench)
        for i in range(3):
            browser.log_in(name, "wrong")
        times[name] = worked(bench) - start
    if tap.TESTING:
        tap.skip("and takes as long", "this build hashes too quickly to tell")
    else:
        tap.check(0.5 < times["cody"] / times["unknown-name"] < 2, "and takes as long", times)
    tap.check(sum(deed[1] == "session.refused" for deed in bench.deeds()) >= 16, "all of it is in the journal")
    browser = bench.analyst("codes", "reviewer")
    other = bench.browser()
    other.log_in("codes", PASSWORD)
    statuses = [other.send("/en/code", code="%06d" % i).status for i in range(7)]
    tap.check(statuses == [400] * 5 + [429] * 2, "five wrong codes, then a rest", statuses)


def check_flood(bench):
    """A flood of logins must not take the public site with it."""
    form = bench.browser()
    fields = form.get("/en/login").parsed.form("/login")["fields"]
    statuses, slow, going = [], [], True

    def flood(number):
        browser = bench.browser()
        browser.cookie = form.cookie
        for i in range(2):
            statuses.append(browser.post("/en/login", {**fields, "name": "flood-%d-%d" % (number, i), "password": "a wrong password"}).status)

    def read():
        while going:
            start = time.monotonic()
            with urllib.request.urlopen("http://127.0.0.1:%d/en/" % bench.site_port, timeout=30) as answer:
                answer.read()
            slow.append(time.monotonic() - start)
            time.sleep(0.02)

    reader = threading.Thread(target=read)
    reader.start()
    floods = [threading.Thread(target=flood, args=(i,)) for i in range(40)]
    for thread in floods:
        thread.start()
    for thread in floods:
        thread.join()
    going = False
    reader.join()
    tap.check((503 in statuses or tap.TESTING) and set(statuses) <= {400, 429, 503}, "a flood of logins is refused", sorted(set(statuses)))
    middle = sorted(slow)[len(slow) // 2]
    tap.check(len(slow) >= 5 and middle < 0.5, "while the public site answers", "%d answers, the middle one in %.0f ms" % (len(slow), middle * 1000))


def check_crash(bench):
    children = open("/proc/%d/task/%d/children" % (bench.process.pid, bench.process.pid)).read().split()
    tap.check(len(children) == 2, "the site and the workbench are processes of their own", children)
    os.kill(int(children[1]), signal.SIGKILL)
    tap.check(tap.fetch("http://127.0.0.1:%d/en/" % bench.site_port)[0] == 200, "the public site outlives the workbench")
    seen = tap.wait_for(lambda: bench.told().count("Workbench at") == 2)
    tap.check(seen and "vigie: work: " in bench.told() and "started again" in bench.told(), "which is started again", bench.told())


def main():
    check_code_oracle()
    with Bench() as bench:
        check_first_login(bench)
        check_second_factor(bench)
        check_sessions(bench)
        check_partner(bench)
        check_headers(bench)
        tap.check(bench.stop() == 0, "it ends cleanly", bench.told())
    with Bench() as bench:
        check_forms(bench)
        check_proof(bench)
        check_kept(bench)
    with Bench() as bench:
        check_guessing(bench)
    with Bench() as bench:
        check_flood(bench)
        check_crash(bench)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
