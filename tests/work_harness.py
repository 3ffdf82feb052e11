"""A workbench for end-to-end tests: `vigie serve` with its second listener, a browser that keeps its cookie, and an
authenticator that is independent of the program's (RFC 6238 by Python's hmac)."""
import base64
import contextlib
import functools
import hashlib
import hmac
import html.parser
import http.client
import json
import os
import re
import shutil
import signal
import sqlite3
import struct
import subprocess
import tempfile
import time
import urllib.parse

from tap import VIGIE

PASSWORD = "nine pears under a blue bridge"


def one_time_code(secret, moment=None):
    """RFC 6238: SHA-1, 30 seconds, 6 digits; `secret` in base 32."""
    key = base64.b32decode(secret.replace(" ", "") + "=" * (-len(secret.replace(" ", "")) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(moment or time.time()) // 30), hashlib.sha1).digest()
    place = digest[-1] & 15
    return "%06d" % ((struct.unpack(">I", digest[place:place + 4])[0] & 0x7FFFFFFF) % 1000000)


class Forms(html.parser.HTMLParser):
    """The forms of a page with their fields, its heading and all words of faults."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.text, self.faults, self._in = [], "", [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "form":
            self.forms.append({"action": values.get("action"), "fields": {}})
        elif tag in ("input", "textarea", "select", "button") and self.forms and values.get("name"):
            self.forms[-1]["fields"][values["name"]] = values.get("value") or ""
        if "fault" in (values.get("class") or "").split():
            self.faults.append("")
            self._in = tag

    def handle_endtag(self, tag):
        if tag == self._in:
            self._in = None

    def handle_data(self, data):
        self.text += data
        if self._in:
            self.faults[-1] += data

    def form(self, end):
        return next((form for form in self.forms if form["action"].endswith(end)), None)


class Page:
    def __init__(self, path, status, headers, body):
        self.path, self.status, self.headers, self.body = path, status, headers, body.decode("utf-8", "replace")

    @functools.cached_property
    def parsed(self):
        return Forms(self.body)

    @property
    def faults(self):
        return [fault.strip() for fault in self.parsed.faults]

    @property
    def location(self):
        return self.headers.get("Location")

    def __str__(self):
        return "%s %s -> %s\nfaults: %s\n%s" % (self.path, self.status, self.location, self.faults,
                                               re.sub(r"\s+", " ", self.parsed.text)[:600])


def digests(db, table):
    """Of each row by its number, as src/domain/witness.h says."""
    def cell(value):
        if value is None or isinstance(value, int):
            return b"n" if value is None else b"i%d:" % value
        data = value if isinstance(value, bytes) else value.encode()
        return b"%s%d:%s" % (b"b" if isinstance(value, bytes) else b"t", len(data), data)
    return {row[0]: hashlib.sha256(b"".join(map(cell, row[1:]))).hexdigest()[:32] for row in db.execute("SELECT * FROM " + table)}


def add_deed(db, *words):
    """One more row of the private journal: its kind, its subject and its detail."""
    last, before = db.execute("SELECT id, hash FROM deed ORDER BY id DESC LIMIT 1").fetchone()
    row = [last + 1, int(time.time() * 1000), "program", *words]
    fresh = hashlib.sha256(before + json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()).digest()
    db.execute("INSERT INTO deed (id, at, author, kind, subject, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, fresh))


class Bench:
    """with Bench() as bench: browser = bench.browser()"""

    def __init__(self, *words, prepare=None):
        self.var = os.path.join(tempfile.mkdtemp(prefix="vigie-work-"), "var")
        self.words = words
        if prepare:
            prepare(self.var)  # what stands there before it is served
        self.start()

    def start(self):
        self.log = open(os.path.join(os.path.dirname(self.var), "log"), "w+b")
        self.process = subprocess.Popen([VIGIE, "serve", "--var", self.var, "--listen", "127.0.0.1:0", "--work",
                                         "127.0.0.1:0", *self.words], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=self.log)
        self.site_port, self.port = self.find(r"Serving http://127\.0\.0\.1:(\d+)/"), self.find(r"Workbench at http://127\.0\.0\.1:(\d+)/")

    def find(self, pattern, seconds=60):
        deadline = time.monotonic() + seconds
        while not (found := re.findall(pattern, self.told())):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("vigie serve does not start: " + self.told())
            time.sleep(0.02)
        return int(found[-1])

    def told(self):
        with open(self.log.name, encoding="utf-8", errors="replace") as file:
            return file.read()

    def run(self, *words):
        return subprocess.run([VIGIE, *words, "--var", self.var], capture_output=True, text=True, timeout=60)

    def add(self, name, role):
        """A new account's first password."""
        return json.loads(self.run("account", "add", name, "--role", role, "--json").stdout)["password"]

    def deeds(self, kind=None):
        """What the private journal says, read by another program."""
        with sqlite3.connect("file:%s/work.db?mode=ro" % self.var, uri=True) as db:
            rows = db.execute("SELECT author, kind, subject, detail FROM deed ORDER BY id").fetchall()
        return [row for row in rows if kind in (None, row[1])]

    def change(self, sql, *values):
        """What only an attacker can do to the store."""
        with sqlite3.connect("%s/work.db" % self.var, timeout=20) as db:
            db.execute(sql, values)

    def arrange(self, sql, *values):
        """What only a clock can do to the store, or a tale that is too long to be told: the private journal is told of it."""
        table = re.search(r"(?:UPDATE|DELETE FROM) (\w+)", sql)[1]
        with contextlib.closing(sqlite3.connect("%s/work.db" % self.var, timeout=20, isolation_level=None)) as db:
            db.execute("BEGIN IMMEDIATE")
            before = digests(db, table)
            db.execute(sql, values)
            after = digests(db, table)
            told = {number: after.get(number) for number in before if after.get(number) != before[number]}
            add_deed(db, "rows.written", "written", json.dumps({table: told}, separators=(",", ":")))
            db.execute("COMMIT")

    def browser(self):
        return Browser(self.port)

    @property
    def host(self):
        """The name under which it is found, and passkeys work."""
        return "localhost:%d" % self.port

    @property
    def origin(self):
        return "http://" + self.host

    def named_browser(self):
        return Browser(self.port, self.host)

    def analyst(self, name, role):
        """Somebody who has logged in for the first time, chosen a password and, where the role asks, set up codes."""
        browser = self.browser()
        browser.name, browser.first = name, self.add(name, role)
        browser.log_in(name, browser.first)
        browser.send("/en/password", password=PASSWORD, again=PASSWORD)
        if role != "coder":
            browser.set_up_codes()
        return browser

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()
        shutil.rmtree(os.path.dirname(self.var), ignore_errors=True)


class Browser:
    """Keeps the cookie and fills in the hidden fields of forms, as a browser without scripts does."""

    def __init__(self, port, host=None):
        self.host = host or "127.0.0.1:%d" % port
        self.port, self.cookie, self.secret, self.recovery, self.used = port, None, None, [], 0
        self.looks = True # False: may code a second time, and so does not look at the first coding

    def copy(self):
        """The same session in another window."""
        other = Browser(self.port, self.host)
        other.__dict__.update(self.__dict__)
        return other

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"User-Agent": "test browser", "Host": self.host, **(headers or {})}
        if self.cookie and "Cookie" not in sent:
            sent["Cookie"] = "__Host-vigie=" + self.cookie
        try:
            connection.request(method, path, body=body, headers=sent)
            answer = connection.getresponse()
            page = Page(path, answer.status, answer.headers, answer.read())
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            self.cookie = re.match(r"__Host-vigie=([0-9a-f]*);", cookie)[1] or None
        return page

    def get(self, path, **headers):
        """A page. Of a record whose coding is hidden from its reader, as somebody who does not mean to code it."""
        page = self.ask("GET", path, headers=headers)
        if page.status != 303 or not self.looks or not re.match(r"/\w\w/changes/\d+/second$", page.location or ""):
            return page
        self.look(page.location)
        return self.ask("GET", path, headers=headers)

    def look(self, path):
        hidden = self.ask("GET", path).parsed.form("/second")
        return self.post(path, {"token": hidden["fields"]["token"], "action": "look"}) if hidden else None

    def post(self, path, fields, headers=None):
        body = fields if isinstance(fields, (bytes, str)) else urllib.parse.urlencode(fields, doseq=True)
        return self.ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})})

    def send(self, path, action=None, **fields):
        """Opens the page, fills in its form and sends it."""
        page = self.get(path)
        form = page.parsed.form(action or path.split("?")[0])
        if not form:
            return page
        return self.post(form["action"], {**form["fields"], **fields})

    def log_in(self, name, password):
        return self.send("/en/login", name=name, password=password)

    def code(self):
        """A code that was not used yet: of this step, else of the next, which is good too."""
        step = max(int(time.time()) // 30, self.used + 1)
        while step > int(time.time()) // 30 + 1:
            time.sleep(0.5)
        self.used = step
        return one_time_code(self.secret, step * 30)

    def set_up_codes(self):
        page = self.get("/en/codes")
        self.secret = re.search(r'class="secret"[^>]*>([A-Z2-7 ]+)<', page.body)[1]
        self.used = 0
        page = self.post("/en/codes", {**page.parsed.form("/codes")["fields"], "code": self.code()})
        self.recovery = re.findall(r"<li><code[^>]*>([a-z0-9-]{29})</code>", page.body)
        return page
