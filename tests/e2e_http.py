"""What must never happen: a request that is malformed, endless or too large is served, or stops others being served."""
import json
import os
import socket
import sqlite3
import stat
import sys
import threading
import time
from contextlib import closing

import tap
from site_harness import STARTER, Site


def raw(site, request, wait=5):
    """Sends bytes as they are; what comes back until the server closes or falls silent."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=wait) as connection:
        connection.sendall(request)
        answer = b""
        try:
            while part := connection.recv(65536):
                answer += part
                if b"\r\n\r\n" in answer and b"keep-alive" in answer.lower():
                    break
        except (socket.timeout, ConnectionResetError):
            pass
        return answer


def status_of(answer):
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.") else 0


HEAD = b"GET /en/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"

REFUSED = [
    ("a request without a host", b"GET /en/ HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
    ("a body on GET", HEAD + b"Content-Length: 4\r\n\r\nbody", 400),
    ("a chunked body on GET", HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    ("both lengths", HEAD + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    ("a blank before the colon", HEAD + b"Content-Length : 4\r\n\r\nbody", 400),
    ("a blank in a header's name", HEAD + b"X Y: 1\r\n\r\n", 400),
    ("a header without a colon", HEAD + b"nonsense\r\n\r\n", 400),
    ("a header over the limit", HEAD + b"X: " + b"a" * 40000 + b"\r\n\r\n", 431),
    ("too many headers", HEAD + b"".join(b"X-%d: %s\r\n" % (i, b"b" * 100) for i in range(400)) + b"\r\n", 431),
    ("an address over the limit", b"GET /en/?q=" + b"a" * 7000 + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 414),
    ("an address over all limits", b"GET /" + b"a" * 60000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
    ("posting", b"POST /en/ HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nConnection: close\r\n\r\na=b", 405),
    ("a method that nobody knows", b"BREW /en/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 405),
]


def check_refused(site):
    for name, request, status in REFUSED:
        answer = raw(site, request)
        tap.check(status_of(answer) in (status, 400) and status_of(answer) >= 400, f"refused: {name}", answer[:200])
    answer = raw(site, b"GET /en/ HTTP/1.1\r\nHost: a\r\nX-Nul: a\x00b\r\nConnection: close\r\n\r\n")
    tap.check(status_of(answer) in (0, 200, 400), "a NUL in a header does no harm", answer[:200])
    tap.check(status_of(raw(site, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")) in (0, 400), "TLS to a plain port is refused")
    tap.check(site.get("/en/").status == 200, "and the next reader is served")
    allow = site.get("/en/", "DELETE").headers.get("Allow")
    tap.check(allow == "GET, HEAD, OPTIONS", "405 says what is allowed", allow)


HEADERS = {
    "/en/": {"Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
                                        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
             "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
             "Cross-Origin-Opener-Policy": "same-origin", "Content-Type": "text/html; charset=utf-8",
             "Cache-Control": "public, max-age=60", "Vary": "Accept-Encoding, Accept-Datetime"},
    "/en/?as_of=2026": {},
    "/nowhere": {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
    "/api/v1/figures": {"Content-Type": "application/json", "Access-Control-Allow-Origin": "*",
                        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"},
    "/en/incidents.csv": {"Content-Type": "text/csv; charset=utf-8; header=present"},
    "/en/figures/by-type.svg": {"Content-Type": "image/svg+xml", "Cross-Origin-Resource-Policy": "cross-origin"},
}


def check_again(site):
    """What was answered before is sent again, in the form and as of the moment that are asked for."""
    for path in ("/en/figures/by-type.json?country=FR,DE&type=ransomware", "/en/figures/by-type.json?type=ransomware&country=DE,FR",
                 "/fr/incidents?country=FR", "/api/v1/figures", "/assets/icon.svg"):
        plain, packed = ([site.get(path, headers=headers) for _ in range(3)] for headers in ({}, {"Accept-Encoding": "gzip"}))
        tap.check(len({(one.status, one.text, one.headers["ETag"]) for one in plain + packed}) == 1, f"{path} stays the same")
        tap.check(all("Content-Encoding" not in one.headers for one in plain) and
                  len({one.headers.get("Content-Encoding") for one in packed}) == 1, "in each form")
        tag = plain[0].headers["ETag"]
        tap.check(site.get(path, headers={"If-None-Match": tag}).status == 304, "who has it already is told so")
        tap.check(site.get(path, "HEAD").headers["ETag"] == tag and site.get(path, "DELETE").status == 405, "other methods are heard")
    then = site.get("/fr/incidents?country=FR", headers={"Accept-Datetime": "Sat, 01 May 2027 00:00:00 GMT"})
    tap.check(then.status == 302 and "as_of=" in then.headers["Location"], "another moment leads to another address", then.status)


def check_headers(site):
    for path, wanted in HEADERS.items():
        found = site.get(path).headers
        wrong = {name: found.get(name) for name, value in wanted.items() if found.get(name) != value}
        tap.check(not wrong, f"{path} has its headers", wrong)
    style = [line for line in site.get("/en/").text.splitlines() if "site.css" in line][0].split('"')[3]
    tap.check("immutable" in site.get(style).headers["Cache-Control"], "the style is kept for ever under its version")
    past = site.get("/en/?as_of=2020-01-01").headers["Cache-Control"]
    tap.check(past == "public, max-age=86400", "the past is kept longer", past)


def check_preflight(site):
    """A script of another site may read the data, with headers of its own, and no page."""
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET",
             "Access-Control-Request-Headers": "if-none-match, x-requested-with"}
    for path in ("/api/v1/incidents?type=ransomware", "/api/v1/organisations/1", "/en/incidents.csv", "/en/figures/by-type.json", "/checkpoint"):
        answer = site.get(path, "OPTIONS", asked)
        told = {name: answer.headers.get(f"Access-Control-{name}") for name in ("Allow-Origin", "Allow-Methods", "Allow-Headers", "Max-Age")}
        tap.check(answer.status == 204 and not answer.body and answer.headers["Allow"] == "GET, HEAD, OPTIONS" and
                  told == {"Allow-Origin": "*", "Allow-Methods": "GET, HEAD, OPTIONS", "Allow-Headers": "*", "Max-Age": "86400"},
                  f"{path} may be read from elsewhere", (answer.status, told))
    for path in ("/en/", "/fr/incidents", "/en/organisations"):
        answer = site.get(path, "OPTIONS", asked)
        tap.check(answer.status == 204 and "Access-Control-Allow-Origin" not in answer.headers and
                  answer.headers["Allow"] == "GET, HEAD, OPTIONS", f"{path} may not", dict(answer.headers))
    tap.check(site.get("/nowhere", "OPTIONS", asked).status == 404, "nothing is allowed where nothing is")
    answer = site.get("/api/v1/incidents?limit=1")
    exposed = answer.headers["Access-Control-Expose-Headers"].split(", ")
    tap.check("Link" in answer.headers and {"Link", "ETag"} <= set(exposed), "a script can see where the rest is", exposed)
    tap.check("Deprecation" not in answer.headers and "Sunset" not in answer.headers, "what stays is not called deprecated")


def check_caching(site):
    for path in ("/en/", "/fr/incidents?type=ransomware", "/en/incidents.csv", "/en/incidents/1", "/en/figures/by-month.svg"):
        first = site.get(path)
        again = site.get(path, headers={"If-None-Match": first.headers["ETag"]})
        tap.check(again.status == 304 and not again.body, f"{path} is not sent twice", again.status)
        packed = site.get(path, headers={"Accept-Encoding": "br, gzip;q=0.5"})
        tap.check(packed.headers.get("Content-Encoding") == "gzip" and packed.text == first.text
                  and len(packed.body) < len(first.body) / 2, f"{path} is compressed for those who take it")
        plain = site.get(path, headers={"Accept-Encoding": "gzip;q=0"})
        tap.check("Content-Encoding" not in plain.headers and plain.text == first.text, f"{path} is plain for others")
        head = site.get(path, "HEAD")
        tap.check(head.status == 200 and not head.body and head.headers["ETag"] == first.headers["ETag"],
                  f"{path} answers HEAD")
    written = [site.get(path).headers["ETag"] for path in
               ("/en/?type=ddos&country=FR", "/en/?country=FR&type=ddos&from=", "/en/?type=ddos,ddos&country=fr")]
    tap.check(len(set(written)) == 1, "one question has one address, however it is written", written)
    before = site.get("/en/").headers["ETag"]
    answer = tap.vigie("rebuild", var=site.var)
    tap.wait_for(lambda: site.get("/en/").headers["ETag"] != before)
    again = site.get("/en/", headers={"If-None-Match": before})
    tap.check(answer.status == 0 and again.status == 200 and again.body, "rows that were made anew are asked for anew", answer)


ERRORS = [
    ("/en/?type=ransom", 400, "type", ["Attack type", "ransomware"]),
    ("/fr/?type=ransom", 400, "type", ["Type d’attaque", "Rançongiciel", "Cette demande ne peut être lue"]),
    ("/fr/incidents?from=21", 400, "from", ["AAAA-MM-JJ"]),
    ("/en/incidents?from=2022&to=2021", 400, "from", ["not after to"]),
    ("/en/?severity=awful", 400, "severity", ["catastrophic"]),
    ("/en/?country=Narnia", 400, "country", ["two letters"]),
    ("/en/?colour=red", 400, "colour", ["no such filter"]),
    ("/en/?q=%FF", 400, "q", []),
    ("/en/incidents?page=-1", 400, "page", ["whole number"]),
    ("/fr/incidents?page=0", 400, "page", ["nombre entier à partir de 1"]),
    ("/en/incidents?page=99", 404, "page", []),
    ("/en/nowhere", 404, None, ["There is nothing at this address", "All incidents"]),
    ("/fr/rien", 404, None, ["Il n’y a rien à cette adresse"]),
    ("/en/incidents/99999999", 404, None, []),
    ("/en/incidents/99999999999999999999", 404, None, []),
    ("/en/incidents/0", 404, None, []),
    ("/en/incidents.pdf", 406, None, ["no such form"]),
    ("/en/figures/by-moon.svg", 404, None, []),
    ("/../etc/passwd", 404, None, []),
    ("/en/%2e%2e/%00", 404, None, []),
    ("/de/", 404, None, []),
]


def check_errors(site):
    for path, status, field, words in ERRORS:
        answer = site.get(path)
        said = answer.text
        good = answer.status == status and all(word in said for word in words) and (not field or f">{field}</code>" in said
                                                                                    or field in said)
        tap.check(good, f"{path} answers {status} and says why", (answer.status, said[-1500:]))
    for path, status, field in (("/api/v1/figures?type=x", 400, "type"), ("/en/incidents.json?from=x", 400, "from"),
                                ("/api/v1/incidents?limit=a", 400, "limit"), ("/api/v2/x", 404, None),
                                ("/en/incidents/99999999.json", 404, None)):
        answer = site.get(path)
        problem = json.loads(answer.text)
        tap.check(answer.status == status == problem["status"] and problem.get("field") == field and problem["detail"]
                  and answer.headers["Content-Type"] == "application/problem+json", f"{path} answers problem+json", problem)


def check_problems(site):
    """A program's reader has a language too, and a program takes the allowed values as data."""
    fr = {"Accept-Language": "fr"}
    for path, headers, detail, allowed in (
            ("/fr/incidents.json?severity=9", {}, "severity\u00a0: il faut no_effect, minor, moderate, major, severe et catastrophic.", 6),
            ("/api/v1/incidents?severity=9", fr, "severity\u00a0: il faut no_effect, minor, moderate, major, severe et catastrophic.", 6),
            ("/api/v1/incidents?severity=9", {}, '"9" is not a value of severity; expected no_effect, minor, moderate, major, severe, catastrophic', 6),
            ("/api/v1/incidents?limit=0", fr, "limit\u00a0: Il faut un nombre entier à partir de 1.", 0),
            ("/api/v1/incidents?limit=0", {}, "limit takes a whole number from 1 to 2147483647", 0),
            ("/api/v1/incidents?cursor=x", fr, "cursor\u00a0: Il se trouve dans l’en-tête Link de la réponse précédente et ne vaut que pour la même question.", 0),
            ("/api/v1/incidents?sort=x", fr, "sort\u00a0: il faut newest, oldest, persons, days, appointments, procedures, severity et added.", 8),
            ("/fr/incidents/99999999.json", {}, "Elle contient peut-être une faute de frappe, ou l’incident porte un autre numéro.", 0)):
        problem = json.loads(site.get(path, headers=headers).text)
        tap.check(problem["detail"] == detail and len(problem.get("allowed", [])) == allowed, f"{path} says in words of its reader what it takes", problem)


def check_languages(site):
    for header, target in (("fr", "/fr/"), ("fr-CH, fr;q=0.9, en;q=0.8", "/fr/"), ("de, en;q=0.5", "/en/"),
                           ("", "/en/"), ("en;q=0.2, fr;q=0.3", "/fr/"), ("*", "/en/")):
        answer = site.get("/?type=ddos", headers={"Accept-Language": header})
        tap.check(answer.status == 302 and answer.headers["Location"] == target + "?type=ddos"
                  and answer.headers["Vary"] == "Accept-Language", f"“{header}” leads to {target}",
                  answer.headers.get("Location"))


def check_many(site):
    """More idle connections than one address may have do not keep others from being served in the end."""
    idle = []
    for _ in range(150):
        connection = socket.create_connection(("127.0.0.1", site.port))
        connection.sendall(b"GET /en/ HT")
        idle.append(connection)
    start = time.monotonic()
    tap.check(site.get("/en/").status == 200 and time.monotonic() - start < 5, "150 idle connections stop nobody")
    for connection in idle:
        connection.close()


def check_shut_in(site):
    status = open(f"/proc/{child_of(site)}/status", encoding="utf-8").read()
    tap.check("Seccomp:\t2" in status and "NoNewPrivs:\t1" in status, "the server has shut itself in", status)
    files = descriptors(child_of(site))
    private = [name for name in files if "/work.db" in name or name.endswith("log.key")]
    tap.check(not private, "it has neither the work store nor the key open", private)
    modes = [mode for name, mode in files.items() if "public.db" in name]
    tap.check(modes and not any(mode & stat.S_IWUSR for mode in modes), "it can only read the public store", files)


def descriptors(process):
    """What a process has open, and how: {path: mode}."""
    found, folder = {}, f"/proc/{process}/fd"
    for name in os.listdir(folder):
        try:
            found[os.readlink(f"{folder}/{name}")] = os.stat(f"{folder}/{name}", follow_symlinks=False).st_mode
        except FileNotFoundError:
            pass
    return found


def child_of(site):
    """The process that serves: `vigie serve` starts it and watches it."""
    children = open(f"/proc/{site.process.pid}/task/{site.process.pid}/children", encoding="utf-8").read().split()
    return int(children[0]) if children else site.process.pid


def check_end(site):
    """A question that the database would never have done with does not keep the program from its end."""
    with closing(sqlite3.connect(f"{site.var}/public.db")) as db:
        db.executescript("""DROP TABLE checkpoint;
            CREATE VIEW checkpoint AS WITH RECURSIVE endless(size) AS (SELECT 1 UNION ALL SELECT size + 1 FROM endless)
                SELECT size, 0 AS at, 0 AS number, x'00' AS root, 'note' AS note FROM endless;""")
    threads = [threading.Thread(target=raw, args=(site, b"GET /checkpoint HTTP/1.1\r\nHost: a\r\n\r\n", 20)) for _ in range(2)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    tap.check(all(thread.is_alive() for thread in threads), "two readers wait for an endless answer")
    start = time.monotonic()
    tap.check(site.stop() == 0 and time.monotonic() - start < 5, "it ends when asked, whatever is asked of the database",
              time.monotonic() - start)
    for thread in threads:
        thread.join()


def main():
    with Site("starter", STARTER) as site:
        check_refused(site)
        check_again(site)
        check_headers(site)
        check_preflight(site)
        check_caching(site)
        check_errors(site)
        check_problems(site)
        check_languages(site)
        check_many(site)
        check_shut_in(site)
        check_end(site)
    return tap.done()


sys.exit(main())
