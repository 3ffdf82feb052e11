#!/usr/bin/env python3
"""A passkey must never open for another site, another page, another account or twice; nor may who has lost it be locked
out, or whoever has a copy of it be let in. The device is tests/softkey.py."""
import re
import time

import tap
from softkey import HAS_KEY, PRESENT, VERIFIED, Offer, SoftKey, cbor, text_of
from tap import check
from tampered import check_named
from work_harness import PASSWORD, Bench

ADD, LOGIN, CODE, CONFIRM = "/en/passkeys", "/en/login", "/en/code", "/en/confirm"


def offer(browser, path):
    return Offer(browser.get(path))


def add(bench, browser, key, name="blue key", **lies):
    return browser.post(ADD, {**offer(browser, ADD).answer(key, bench.origin, **lies), "name": name})


def log_in(bench, key, **lies):
    browser = bench.named_browser()
    return browser, browser.post(LOGIN, offer(browser, LOGIN).answer(key, bench.origin, **lies))


def after_password(bench, name):
    browser = bench.named_browser()
    return browser, browser.log_in(name, PASSWORD)


def prove_later(bench, name):
    """Eleven minutes pass for the account's sessions."""
    bench.arrange("UPDATE session SET proven = proven - 660000 WHERE account = (SELECT id FROM account WHERE name = ?)", name)


def refused(page, words, status=400):
    return page.status == status and any(words in fault for fault in page.faults)


def test_setting_up(bench):
    """A publishing role with a passkey alone."""
    browser, key = bench.named_browser(), SoftKey(counter=5)
    browser.log_in("rita", bench.add("rita", "reviewer"))
    page = browser.send("/en/password", password=PASSWORD, again=PASSWORD)
    page = browser.get("/en/")
    check(page.location == "/en/codes" and 'href="/en/passkeys"' in browser.get("/en/codes").body,
          "a role that needs a second factor is led to codes, or passkeys instead", page)
    asked = offer(browser, ADD)
    check(asked.data["act"] == "create" and asked.data["party"] == "localhost" and asked.data["keys"] == "" and
          asked.data["name"] == "rita" and len(asked.challenge) == 64, "the page asks for a new key", asked.data)
    check("hidden>" in browser.get(ADD).body.split("passkeys\"", 2)[-1], "in a form that only a script shows")
    page = browser.post(ADD, {**asked.form["fields"], "name": "x"})
    check(refused(page, "No passkey came"), "without a script it says so", page)
    page = browser.post(ADD, {**asked.answer(key, bench.origin), "name": " "})
    check(refused(page, "Please give it a name"), "a name is needed", page)
    for lies, words in (({"act": "get"}, "something else"), ({"challenge": text_of(bytes(48))}, "open for too long"),
                        ({"site": "evil.example"}, "another site"), ({"flags": VERIFIED | HAS_KEY}, "Nobody touched"),
                        ({"flags": PRESENT | HAS_KEY}, "not checked"), ({"coded": cbor(key.public())[:-1]}, "cannot be read"),
                        ({"coded": cbor(7)}, "kind of key"),
                        ({"client": b"{"}, "cannot be read"), ({"more": bytes(5000)}, "cannot be read")):
        page = add(bench, browser, key, **lies)
        check(refused(page, words), "not added: %s" % words, lies, page)
    page = browser.post(ADD, {**offer(browser, ADD).answer(key, "https://evil.example"), "name": "x"})
    check(refused(page, "another site"), "not added from another origin", page)
    page = browser.post(ADD, {**asked.answer(key, bench.origin), "name": "blue <key>"})
    shown = page.body
    check(page.status == 200 and shown.count("<li><code") == 8, "it is added, and recovery codes are shown", page)
    page = browser.get("/en/")
    check(page.status == 200 and "Good work" in page.body, "that is enough for the role", page)
    page = browser.get(ADD)
    check("blue &lt;key&gt;" in page.body and Offer(page).data["keys"] == text_of(key.id), "it is listed", page)
    page = browser.post(ADD, {**asked.answer(SoftKey(), bench.origin), "name": "x"})
    check(refused(page, "open for too long, or"), "a challenge is answered once", page)
    page = add(bench, browser, key)
    check(refused(page, "already has a passkey"), "a key is added once", page)
    other = bench.analyst("otto", "coder")
    other.host = bench.host
    owner = key.owner
    page = add(bench, other, key)
    check(refused(page, "already has a passkey"), "also by somebody else", page)
    key.owner = owner
    deeds = [deed[3] for deed in bench.deeds("account.passkey")]
    check(len(deeds) == 1 and deeds[0] == '{"passkey":"blue <key>"}', "the private journal says so", deeds)
    return key, re.findall(r"<li><code[^>]*>([a-z0-9-]{29})</code>", shown)


def test_login(bench, key):
    browser, page = log_in(bench, key)
    check(page.status == 303 and page.location == "/en/", "a passkey alone opens", page)
    check(browser.get("/en/").status == 200, "with the second factor given", browser.get("/en/"))
    check(browser.get("/en/passkeys").status == 200, "and proven", browser.get("/en/passkeys"))
    check(bench.deeds("session.passkey")[-1] == ("rita", "session.passkey", "account/rita", '{"passkey":"blue <key>"}'),
          "the private journal says by which", bench.deeds("session.passkey"))
    stranger = bench.named_browser()
    asked = offer(stranger, LOGIN)
    check(asked.data["keys"] == "" and asked.data["act"] == "get", "a stranger is told of no key", asked.data)
    sent = asked.answer(key, bench.origin)
    check(stranger.copy().post(LOGIN, sent).status == 303, "an answer opens")
    page = stranger.post(LOGIN, sent)
    check(refused(page, "open for too long, or"), "but once", page)
    elsewhere = bench.named_browser()
    page = elsewhere.post(LOGIN, {**offer(stranger, LOGIN).answer(key, bench.origin),
                                  "token": offer(elsewhere, LOGIN).form["fields"]["token"]})
    check(refused(page, "open for too long, or"), "and not in another browser", page)
    for lies, words in (({"act": "create"}, "something else"), ({"challenge": text_of(bytes(48))}, "open for too long"),
                        ({"site": "evil.example"}, "another site"), ({"flags": VERIFIED}, "Nobody touched"),
                        ({"flags": PRESENT}, "not checked"), ({"client": b"[]"}, "cannot be read")):
        _, page = log_in(bench, key, **lies)
        check(refused(page, words), "no login: %s" % words, lies, page)
    unknown = SoftKey()
    unknown.owner = key.owner
    _, page = log_in(bench, unknown)
    check(refused(page, "not known here"), "no login with an unknown key", page)
    thief = SoftKey()
    thief.id, thief.owner = key.id, key.owner
    _, page = log_in(bench, thief, counter=key.counter + 50)
    check(refused(page, "does not fit"), "no login with another's signature", page)
    key.owner, kept = b"\0" * 32, key.owner
    _, page = log_in(bench, key)
    check(refused(page, "not known here"), "no login when the device names another owner", page)
    key.owner = kept
    whys = [deed[3] for deed in bench.deeds("session.passkey-wrong")]
    check('{"why":"party"}' in whys and '{"why":"signature"}' in whys and '{"why":"unknown"}' in whys,
          "the private journal says why", whys)


def test_second(bench, key):
    browser, page = after_password(bench, "rita")
    check(page.location == "/en/" and browser.get("/en/").location == "/en/code",
          "after the password it is asked for", page)
    asked = offer(browser, CODE)
    first = offer(browser, CODE).challenge
    check(asked.data["keys"] == text_of(key.id), "by name", asked.data)
    foreign = SoftKey()
    page = browser.post(CODE, asked.answer(foreign, bench.origin))
    check(refused(page, "not known here"), "no other is taken", page)
    page = browser.post(CODE, offer(browser, CODE).answer(key, bench.origin))
    check(page.status == 303 and browser.get("/en/").status == 200, "it is taken", page)
    prove_later(bench, "rita")
    page = browser.get(ADD)
    check(page.location == "/en/confirm?next=%2Fen%2Fpasskeys", "keys ask for a proof after ten minutes", page)
    page = browser.send(CONFIRM, password=PASSWORD, code="")
    check(page.status == 400, "the password alone is none for who has a second factor", page)
    asked = offer(browser, CONFIRM)
    page = browser.post(CONFIRM, {**asked.answer(key, bench.origin, challenge=first), "passkey.challenge": first})
    check(refused(page, "open for too long, or"), "one that was asked for by another page is not", page)
    page = browser.post(CONFIRM, {**offer(browser, CONFIRM + "?next=%2Fen%2Fpasskeys").answer(key, bench.origin)})
    check(page.location == "/en/passkeys" and browser.get(ADD).status == 200, "a passkey is one", page)
    prove_later(bench, "rita")
    page = browser.post(ADD, {"token": asked.form["fields"]["token"], "name": "green key", "passkey.client": "x"})
    check("passkey.client" not in (Offer(page).form["fields"].get("kept") or "x passkey.client"),
          "what a device said does not wait with a kept form", page)
    return browser


def test_recovery(bench, codes):
    browser, _ = after_password(bench, "rita")
    page = browser.send(CODE, code=codes[0])
    check(page.status == 303 and browser.get("/en/").status == 200, "who has lost the device uses a recovery code", page)
    browser, _ = after_password(bench, "rita")
    check(browser.send(CODE, code=codes[0]).status == 400, "once")


def test_copy(bench, browser, key, code):
    page = browser.post(CONFIRM, offer(browser, CONFIRM).answer(key, bench.origin, counter=1))
    check(refused(page, "There is a copy"), "a counter that goes back is a copy", page)
    page = browser.post(CONFIRM, offer(browser, CONFIRM).answer(key, bench.origin, counter=1000))
    check(refused(page, "There is a copy"), "which opens nothing any more, nor does the first", page)
    check([deed[2] for deed in bench.deeds("session.passkey-copied")] == 2 * ["account/rita"], "the private journal says so")
    page = browser.send(CONFIRM, password=PASSWORD, code=code)
    check(page.status == 303, "a password and a recovery code prove it instead", page)
    page = browser.get(ADD)
    check("there is a copy of it" in page.body, "and so does the list", page)
    other, page = after_password(bench, "rita")
    check(other.get("/en/").location.startswith("/en/code"), "the account still asks for a second factor", page)


def test_removing(bench, browser):
    row = browser.get(ADD).body.split('name="remove" value="')[1].split('"')[0]
    token = browser.get(ADD).parsed.form("/logout")["fields"]["token"]
    page = browser.post(ADD, {"token": token, "remove": row})
    check(refused(page, "this is the last one"), "the last second factor of a publishing role stays", page)
    new = SoftKey("EdDSA")
    check(add(bench, browser, new, "green key").location == ADD, "another key")
    page = browser.post(ADD, {"token": token, "remove": row})
    check(page.location == ADD and "blue &lt;" not in browser.get(ADD).body, "then it can go", page)
    check(browser.post(ADD, {"token": token, "remove": row}).status == 404, "once")
    check(browser.post(ADD, {"token": token, "remove": "x"}).status == 404, "a number is expected")
    for _ in range(2):
        check(log_in(bench, new)[1].status == 303, "a device that does not count opens again and again")
    stranger = bench.analyst("stella", "coder")
    mine = browser.get(ADD).body.split('name="remove" value="')[1].split('"')[0]
    token = stranger.get("/en/").parsed.form("/logout")["fields"]["token"]
    check(stranger.post(ADD, {"token": token, "remove": mine}).status == 404 and "green" in browser.get(ADD).body,
          "nobody removes another's")
    return new


def test_end(bench, key):
    listed = bench.run("account", "list", "--json").stdout
    check('"name":"rita","passkeys":1' in listed.replace(" ", ""), "the list of accounts counts passkeys", listed)
    bench.run("account", "disable", "rita")
    check(refused(log_in(bench, key)[1], "cannot be used"), "a disabled account is not opened")
    bench.run("account", "enable", "rita")
    check(log_in(bench, key)[1].status == 303, "enabled again it is")
    bench.run("account", "reset", "rita")
    check(refused(log_in(bench, key)[1], "not known here"), "a reset drops passkeys")


def test_other_kinds(bench):
    browser = bench.analyst("carl", "coder")
    browser.host = bench.host
    key = SoftKey("RS256", counter=1)
    check(add(bench, browser, key).status == 200, "a coder may have one too, of another kind")
    check(log_in(bench, key)[1].status == 303, "and log in with it")
    again, page = after_password(bench, "carl")
    check(again.get("/en/").location.startswith("/en/code"), "the password alone does not open any more", page)


def test_elsewhere(bench):
    browser = bench.browser()
    page = browser.get(LOGIN)
    check("passkey" not in page.body, "under another address no passkey is offered", page)
    browser.log_in("carl", PASSWORD)
    key = browser.get(CODE)
    check('class="passkey"' not in key.body, "nor as the second factor", key)
    browser = bench.analyst("vera", "coder")
    page = browser.get(ADD)
    check(bench.origin + "/en/passkeys" in page.body and 'class="passkey"' not in page.body, "the page says where", page)
    for address in ("http://work.example", "https://127.0.0.1:8081", "https://work.example/desk"):
        done = bench.run("serve", "--listen", "127.0.0.1:0", "--work", "127.0.0.1:0", "--work-address", address)
        check(done.returncode == 2 and "no address for passkeys" in done.stderr, "not taken: %s" % address, done.stderr)


def main():
    began = time.monotonic()
    with Bench() as bench:
        key, codes = test_setting_up(bench)
        test_login(bench, key)
        browser = test_second(bench, key)
        test_recovery(bench, codes)
        test_copy(bench, browser, key, codes[1])
        check_named(bench.var, "passkeys")
        test_end(bench, test_removing(bench, browser))
        check(bench.run("verify").returncode == 0, "also those that were removed and dropped", bench.run("verify"))
        test_other_kinds(bench)
        test_elsewhere(bench)
    print("# %.1f s" % (time.monotonic() - began))
    return tap.done()


if __name__ == "__main__":
    raise SystemExit(main())
