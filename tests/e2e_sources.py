"""A bad day of a server must never make a source gone, nobody may be alerted twice, and no source may lead the register
into a private network or make it read what it did not ask for."""
import fcntl
import hashlib
import http.server
import json
import os
import pty
import re
import signal
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

import tap
from tampered import check_named
from tap import check
from work_harness import Bench

DAY = 86400000
HUGE = 64 << 20
NOWHERE = "x" * 64 + ".example"  # longer than any name may be: nobody need be asked about it
PAGES = {}  # path: what is done with a request
SEEN = []   # (moment, method, host, path, headers) of each
SENT = {}   # path: bytes of the body that were taken


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """Whoever asks hangs up when it has seen enough."""


class Site(http.server.BaseHTTPRequestHandler):
    """Everything that a web can do to who asks it."""
    protocol_version = "HTTP/1.1"

    def do(self):
        SEEN.append((time.monotonic(), self.command, self.headers["Host"].split(":")[0], self.path, self.headers))
        try:
            PAGES[self.path](self)
        except OSError:
            self.close_connection = True

    do_HEAD = do_GET = do

    def answer(self, status, **headers):
        self.send_response(status)
        for name, value in {"Content_Length": "0", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, *_):
        pass


def status(code, get=None):
    return lambda site: site.answer(get if get and site.command == "GET" else code)


def to(address, **headers):
    return lambda site: site.answer(302, Location=address, **headers)


def slow(site):
    time.sleep(8)
    site.answer(200)


def huge(site):
    if site.command == "HEAD":
        return site.answer(405)
    site.answer(200, Content_Length=str(HUGE))
    for _ in range(HUGE >> 16):
        SENT[site.path] = SENT.get(site.path, 0) + site.wfile.write(bytes(1 << 16))


def chatty(site):
    site.send_response(200)
    for number in range(3000):
        site.send_header("X-%d" % number, "x" * 50)
    site.end_headers()


# Path, host, what is done, what is to be seen. Each host is a machine of its own to who asks; the first is none at all.
CASES = [
    ("none", NOWHERE, None, "no_host"),
    ("slow", "127.0.0.7", slow, "refused"),  # once it has got faster
    ("named", "localhost", status(200), "answer"),
    ("found", "127.0.0.1", status(200), "answer"),
    ("missing", "127.0.0.2", status(404), "not_found"),
    ("removed", "127.0.0.3", status(410), "removed"),
    ("forbidden", "127.0.0.4", status(403), "refused"),
    ("fault", "127.0.0.5", status(500), "refused"),
    ("loop", "127.0.0.6", to("/loop"), "redirects"),
    ("nohead", "127.0.0.8", status(405, 200), "answer"),
    ("huge", "127.0.0.9", huge, "answer"),
    ("inside", "127.0.0.10", to("http://10.255.255.1/"), "private"),
    ("file", "127.0.0.11", to("file:///etc/passwd"), "unusable"),
    ("liar", "127.0.0.12", status(404, 200), "answer"),
    ("moved", "127.0.0.13", to("/new", Set_Cookie="a=b"), "answer"),
    ("chatty", "127.0.0.14", chatty, "unreached"),
    ("busy", "127.0.0.15", status(429), "refused"),
    ("password", "ana:secret@127.0.0.16", status(200), "unusable"),
    ("secure", "127.0.0.18", status(200), "answer"),
    ("forged", "127.0.0.19", status(200), "certificate"),
    ("leak", "127.0.0.17", status(200), None),  # a page of attackers
    ("again", "127.0.0.1", status(200), "answer"),  # its host was asked before
]
COPY = "<!DOCTYPE html><title>Alpha</title><p>Our files were encrypted."
PORTS = {}  # by name of the source: of those that are encrypted; "plain": of all others
CERTIFICATES = []  # files: one that is trusted
GONE = ["none", "missing", "removed"]


def certificate(folder, name, host):
    file, key = ("%s/%s.%s" % (folder, name, end) for end in ("crt", "key"))
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", file,
                    "-days", "2", "-subj", "/CN=" + name, "-addext", "subjectAltName=IP:" + host], check=True, capture_output=True)
    return file, key


def serve(certificate_and_key=None):
    server = Server(("0.0.0.0", 0), Site)
    if certificate_and_key:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate_and_key)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


def address(path, host):
    if host == NOWHERE:
        return "http://%s/%s" % (host, path)
    return "%s://%s:%d/%s" % ("https" if path in PORTS else "http", host, PORTS.get(path, PORTS["plain"]), path)


def record():
    sources, statements = [], []
    for path, host, _, _ in CASES:
        statements.append({"source": len(sources), "claimant": "victim", "stance": "asserts", "credibility": "c1",
                           "known_since": "2021-05-14", "claims": [{"variable": "attack_type", "value": "ransomware"}]})
        sources.append({"url": address(path, host), "title": "The " + path,
                        "source_type": "leak_site" if path == "leak" else "victim", "reliability": "b"})
    statements[1]["claims"] += [{"variable": "event_kind.detected", "value": "2021-05-13"}]
    return {"dataset": "workbench", "external": "alpha", "title": "Ransomware at Alpha, May 2021", "sources": sources,
            "affected": [{"organisation": {"name": "Alpha", "country": "FR", "org_type": "hospital"}, "role": "direct"}],
            "statements": statements}


def publish(bench):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(record(), file)
        file.flush()
        opened = bench.run("change", "open", file.name, "--by", "anna", "--json")
    change = re.search(r":(\d+)}", opened.stdout)[1]
    with tempfile.NamedTemporaryFile("w", suffix=".html") as file:
        file.write(COPY)
        file.flush()
        kept = bench.run("capture", "add", change, address("found", "127.0.0.1"), file.name, "--by", "anna")
    check(kept.returncode == 0, "a copy of one source is kept", kept)
    bench.run("change", "submit", change, "--by", "anna")
    done = bench.run("publish", change, "--by", "bela", "--json")
    check(done.returncode == 0, "the incident is published", opened, done)
    return re.search(r":(\d+)}", done.stdout)[1]


def asked(bench, *words):
    """What was seen by name of the source, and all of the answer."""
    answer = bench.run("sources", "check", "--allow-private", "127.0.0.0/8", "--authorities", CERTIFICATES[0], "--json", *words)
    told = json.loads(answer.stdout) if answer.returncode == 0 else {"sources": []}
    return {row["address"].rsplit("/", 1)[1]: row for row in told["sources"]}, told, answer


def on_terminal(bench, *words):
    """The answer, and what somebody sees who waits for it."""
    terminal, inside = pty.openpty()
    answer = subprocess.run([tap.VIGIE, "sources", "check", "--var", bench.var, *words], stdout=subprocess.PIPE, stderr=inside, text=True,
                            timeout=60)
    os.write(inside, b".")  # so that there is something to read
    os.close(inside)
    shown = os.read(terminal, 4096).decode()
    os.close(terminal)
    return answer, shown


def pass_days(bench, days):
    bench.arrange("UPDATE source_check SET at = at - ?, gone_since = gone_since - ?", days * DAY, days * DAY)
    bench.arrange("UPDATE source_state SET at = at - ?", days * DAY)


def site_shows(bench, incident):
    """All that the public site says of the incident, but for what changes with the clock."""
    pages = []
    for path in ("/en/incidents/%s" % incident, "/api/v1/incidents/%s" % incident, "/en/sources"):
        with urllib.request.urlopen("http://127.0.0.1:%d%s" % (bench.site_port, path)) as answer:
            pages.append(answer.read())
    return pages


def alerts(bench):
    with sqlite3.connect("file:%s/work.db?mode=ro" % bench.var, uri=True) as db:
        return db.execute("SELECT account.name, alert.mail FROM alert JOIN account ON account.id = alert.account "
                          "WHERE kind = 'gone' ORDER BY alert.id").fetchall()


def cell_of(page, name):
    row = re.search(r"<bdi>The %s</bdi>.*?</tr>" % name, page.body, re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row[0])) if row else ""


def test_private(bench):
    rows, told, answer = asked(bench, "--limit", "1", "--allow-private", "192.168.7.0/24")
    check(rows.get("none", {}).get("seen") == "unreached" and told["left"] == len(CASES) - 2,
          "where no name is found at all, none is said not to be there", answer)
    answer, shown = on_terminal(bench, "--limit", "2")
    check("Asking sources  [" in shown and "checked" not in shown, "progress is shown on a terminal", shown)
    check(answer.returncode == 0 and re.search(r"^ +2 checked\n +0 answering\n +0 gone\n +2 could not be told\n", answer.stdout),
          "nothing private is asked", answer)
    check(re.search(r"^ +%d more are due$" % (len(CASES) - 4), answer.stdout, re.M), "and how much is left is told", answer)
    check(not SEEN, "not even a connection is made", SEEN)
    bench.arrange("DELETE FROM source_check WHERE source > 1")


def test_slow(bench, anna, incident):
    rows, _, answer = asked(bench, "--limit", "1", "--timeout", "1")
    check(rows.get("slow", {}).get("seen") == "timeout", "what takes too long is not waited for", answer)
    page = anna.get("/en/incidents/%s/sources" % incident)
    check("no answer in time" in cell_of(page, "slow") and "It was not asked" in cell_of(page, "found"), "which the workbench says", page)
    digest = hashlib.sha256(COPY.encode()).hexdigest()[:16]
    check("SHA-256 %s…" % digest in cell_of(page, "found") and re.search(r'href="/en/changes/\d+/captures/\d+">SHA-256 ' + digest, page.body) and
          page.body.count("SHA-256") == 1, "and of which source a copy is kept, and where", cell_of(page, "found"))
    PAGES["/slow"] = status(503)
    SEEN.clear()


def test_first_day(bench):
    rows, told, answer = asked(bench, "--after", "0", "--address", "https://vigie.example")
    check(answer.returncode == 0 and not answer.stderr, "sources are asked, without a word on the way", answer)
    for path, _, _, seen in CASES:
        got = rows.get(path, {}).get("seen")
        check(got == seen, "%s is seen as %s" % (path, seen), got, rows.get(path))
    check(all(rows[name]["said"] == ("suspected" if name in GONE else None) for name in rows), "and none is gone yet", answer)
    verdicts = [row["seen"] for row in rows.values()]
    check(told["checked"] == len(CASES) - 1 and told["answering"] == verdicts.count("answer") and told["gone"] == len(GONE) and
          told["untold"] == told["checked"] - told["answering"] - told["gone"] and told["left"] == 0, "the counts fit", told)
    check(rows["moved"]["led_to"].endswith(".13:%d/new" % PORTS["plain"]) and rows["found"]["led_to"] is None, "where one led to is told", rows["moved"])
    check([method for _, method, _, path, _ in SEEN if path == "/found"] == ["HEAD"] and
          [method for _, method, _, path, _ in SEEN if path == "/nohead"] == ["HEAD", "GET"] and
          [method for _, method, _, path, _ in SEEN if path in ("/busy", "/slow")] == ["HEAD"] * 2, "by HEAD, and once more where that is refused", SEEN)
    check(all(headers["Range"] == "bytes=0-1023" for _, method, _, _, headers in SEEN if method == "GET") and SENT["/huge"] < HUGE // 4,
          "a page is not read", SENT)
    check(all(headers["User-Agent"].startswith("Vigie/") and "+https://vigie.example" in headers["User-Agent"] and
              not headers["Cookie"] and not headers["Authorization"] for *_, headers in SEEN), "each is told who asks, and no more")
    check(len([1 for *_, path, _ in SEEN if path == "/loop"]) <= 6, "what leads in a circle is left", SEEN)
    times = {path: moment for moment, _, _, path, _ in SEEN}
    check(abs(times["/again"] - times["/found"]) > 1.9, "one host has time to breathe", times["/again"] - times["/found"])
    check(not [1 for *_, path, _ in SEEN if path in ("/leak", "/password", "/forged")], "what nobody is to visit is not", SEEN)


def test_again(bench):
    count = len(SEEN)
    rows, told, answer = asked(bench)
    check(told["checked"] == 0 and len(SEEN) == count and not bench.deeds("source.gone"), "on the same day, nothing is asked again", answer)


def test_second_day(bench, anna, incident):
    page = anna.get("/en/incidents/%s/sources" % incident)
    check("Not found (404) on" in cell_of(page, "missing") and "Gone, " not in page.body and
          "answered 403" in cell_of(page, "forbidden") and
          "It led to http://127.0.0.13" in cell_of(page, "moved") and "It led to http://10.255.255.1/" in cell_of(page, "inside") and
          'href="http://10.255' not in page.body and 'href="http://127.0.0.13:%d/new"' % PORTS["plain"] in page.body and "It was not asked" in cell_of(page, "leak"),
          "the workbench says what was seen", page)
    pass_days(bench, 1)
    count = len(SEEN)
    answer = bench.run("sources", "check", "--allow-private", "127.0.0.0/8")
    check(re.search(r"^ +3 checked\n +0 answering\n +2 gone\n +1 could", answer.stdout) and "more are due" not in answer.stdout,
          "on the next day those that were gone are asked again, and no others", answer)
    told = re.findall(r"now said to be gone: source \d+, http://\S+/(\w+)", answer.stdout)
    check(answer.returncode == 0 and told == ["missing", "removed"] and {path for *_, path, _ in SEEN[count:]} == {"/missing", "/removed"},
          "and are said to be gone", answer)
    deeds = bench.deeds("source.gone")
    check(len(deeds) == 2 and all(deed[0] == "check:sources" for deed in deeds), "by the program", deeds)
    check(alerts(bench) == [("anna", "waiting")] * 2, "who worked on the incident gets one mail about each", alerts(bench))
    page = anna.get("/en/incidents/%s/sources" % incident)
    check("Gone, seen when it was asked on" in cell_of(page, "missing") and "First seen so on" in cell_of(page, "missing"),
          "and the workbench says so, with both days", cell_of(page, "missing"))
    check("It was not reached" not in page.body and page.body.count("Gone, seen") == 2, "of these alone", page)


def test_persons(bench, anna, incident):
    """A person's word stands until the program has seen it change."""
    path = "/en/incidents/%s/sources" % incident
    page = anna.get(path)
    numbers = {name: re.search(r'name="source" value="(\d+)"', re.search(r"<bdi>The %s</bdi>.*?</tr>" % name, page.body, re.S)[0])[1]
               for name in ("removed", "found")}
    token = page.parsed.form("/sources")["fields"]["token"]
    for name, state in (("removed", "there"), ("found", "gone")):
        answer = anna.post(path, {"token": token, "source": numbers[name], "state": state})
        check(answer.status == 303, "a person says that one is " + state, answer)


def test_later(bench, anna, incident):
    PAGES["/missing"] = status(200)
    pass_days(bench, 40)
    bench.arrange("UPDATE source_check SET at = at + ? WHERE source = ?", 2 * DAY, len(CASES))
    rows, told, answer = asked(bench, "--limit", str(len(CASES) - 2))
    check(told["checked"] == len(CASES) - 2 and told["left"] == 1, "after a month all are asked", answer)
    check({name: row["said"] for name, row in rows.items() if row["said"] not in (None, "suspected")} == {"missing": "there", "none": "gone"},
          "what answers is there again, a host that is not there is gone, and no bad days of a server made one gone", answer)
    page = anna.get("/en/incidents/%s/sources" % incident)
    check("There again, seen when it was asked on" in cell_of(page, "missing") and "It answered on" in cell_of(page, "missing"),
          "which the workbench says", cell_of(page, "missing"))
    check("Gone, said anna" in cell_of(page, "found") and "There again, said anna" in cell_of(page, "removed"),
          "and what a person said stands", page)
    check(len(bench.deeds("source.there")) == 2 and alerts(bench) == [("anna", "waiting")] * 3, "nobody is alerted twice, or to their own word", alerts(bench))


def test_broken(bench, anna, incident):
    """An answer that the process which asks does not survive must not be in the way for ever."""
    PAGES["/slow"], count = slow, len(SEEN)
    bench.arrange("UPDATE source_check SET at = 0 WHERE source = 2")
    asking = subprocess.Popen([tap.VIGIE, "sources", "check", "--var", bench.var, "--limit", "1", "--allow-private", "127.0.0.0/8"],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    tap.wait_for(lambda: len(SEEN) > count)
    with open("/proc/%d/task/%d/children" % (asking.pid, asking.pid), encoding="ascii") as file:
        child = int(file.read().split()[0])
    os.kill(child, signal.SIGKILL)
    out, err = asking.communicate(timeout=60)
    check(asking.returncode == 69 and not out and "is gone" in err, "when the process that asks ends badly, that is told", out, err)
    page = anna.get("/en/incidents/%s/sources" % incident)
    check("its answer was not understood" in cell_of(page, "slow"), "and the next round does not begin with the same", cell_of(page, "slow"))


def test_refusals(bench):
    for words in (["--limit", "0"], ["--after", "-1"], ["--timeout", "soon"], ["--allow-private", "10.0.0.0/33"], ["--allow-private", "home"],
                  ["--address", "https://a.example\r\nX: y"], ["--address", "https://a.example)"], ["--authorities", "/nonexistent"], ["now"]):
        answer = bench.run("sources", "check", *words)
        check(answer.returncode == (66 if "--authorities" in words else 2) and not answer.stdout, "a wrong call is refused: " + " ".join(words).split("\r")[0], answer)
    with open(os.path.join(bench.var, "sources.lock"), "w", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        answer = bench.run("sources", "check")
        check(answer.returncode == 75 and "another process" in answer.stderr, "two rounds at once are refused", answer)
    answer = tap.vigie("sources", "check", "--var", os.path.join(bench.var, "nowhere"))
    check(answer.status == 66 and not answer.out, "and one without stores", answer)


def main():
    PAGES.update({"/" + path: act for path, _, act, _ in CASES if act})
    PAGES["/new"] = status(200)
    with tap.folder() as folder, Bench() as bench:
        hosts = {path: host for path, host, *_ in CASES}
        keys = {name: certificate(folder, name, hosts[name]) for name in ("secure", "forged")}
        PORTS.update({"plain": serve(), **{name: serve(key) for name, key in keys.items()}})
        CERTIFICATES.append(keys["secure"][0])
        anna = bench.analyst("anna", "coder")
        bench.add("bela", "reviewer")
        bench.run("account", "mail", "anna", "anna@example.org", "gone")
        incident = publish(bench)
        tap.wait_for(lambda: tap.fetch("http://127.0.0.1:%d/en/incidents/%s" % (bench.site_port, incident))[0] == 200)
        before = site_shows(bench, incident)
        test_private(bench)
        test_slow(bench, anna, incident)
        test_first_day(bench)
        test_again(bench)
        check(bench.run("verify").returncode == 0, "and the journals are whole", bench.run("verify"))
        check_named(bench.var, "addresses")
        test_second_day(bench, anna, incident)
        test_persons(bench, anna, incident)
        test_later(bench, anna, incident)
        test_broken(bench, anna, incident)
        check(site_shows(bench, incident) == before, "the public site says nothing of it")
        test_refusals(bench)
    return tap.done()


sys.exit(main())
