"""What must never happen: somebody gets into the workbench without all that the account asks for, or stays in it."""
import sys
import time

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


def main():
    check_code_oracle()
    with Bench() as bench:
        check_first_login(bench)
        check_second_factor(bench)
        tap.check(bench.stop() == 0, "it ends cleanly", bench.told())
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
