#!/usr/bin/env python3
"""The readers' texts must never exist in one language only, say different things in the two, hold HTML, lead nowhere, or
show a reader a command that does not work."""
import base64
import csv
import glob
import hashlib
import http.server
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import unicodedata

ROOT = os.environ.get("VIGIE_ROOT", os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TEXTS = os.path.join(ROOT, "texts")
PAGES = ["about", "accessibility", "calls-governments", "calls-health", "calls-industry", "contact", "corrections",
         "data", "journal", "methodology", "naming", "privacy", "under-reporting"]
OTHER_PAGES = ["./", "incidents", "claimed", "excluded", "codebook", "api", "countries", "organisations", "actors", "sources", "releases"]
PLACEHOLDERS = {"contact", "host", "codebook"}
# words of those who make the program, not of those who read the register
INSIDE_WORDS = r"\b(agents?|sub-?agents?|sessions?|issues?|pull requests?|tickets?|prompts?|worktrees?|TODO)\b"
FRENCH = [
    ("a blank before the colon that is not U+00A0", r"[^\u00a0\w/*]:|[^\S\u00a0]:"),
    ("no blank before the colon", r"[\w)*»]:(?!//)"),
    ("no U+202F before ; ! ?", r"[^\u202f][;!?]"),
    ("no U+00A0 after «", r"«[^\u00a0]"),
    ("no U+00A0 before »", r"[^\u00a0]»"),
    ("a straight apostrophe or quotation mark", r"['\"]"),
    ("English quotation marks", r"[“”]"),
    ("two blanks that do not break", r"[\u00a0\u202f]{2}"),
    ("three dots for an ellipsis", r"\.\.\."),
]
numbers = {"run": 0, "failed": 0}


def check(wrong, name):
    """One TAP line; `wrong` lists what is not as it should be."""
    numbers["run"] += 1
    numbers["failed"] += bool(wrong)
    print("%s %d - %s" % ("not ok" if wrong else "ok", numbers["run"], name), flush=True)
    for thing in wrong[:20]:
        print("# " + str(thing).replace("\n", "\n# "))


def skip(name, why):
    numbers["run"] += 1
    print("ok %d - %s # SKIP %s" % (numbers["run"], name, why), flush=True)


class Text:
    """One file, cut into the parts that are compared."""

    def __init__(self, page, language):
        self.name = "%s.%s.md" % (page, language)
        with open(os.path.join(TEXTS, self.name), encoding="utf-8", newline="") as file:
            self.raw = file.read()
        self.code = re.findall(r"^```(\w+)\n(.*?)^```$", self.raw, re.M | re.S)
        self.prose = re.sub(r"^```.*?^```$", "", self.raw, flags=re.M | re.S)
        self.levels = [len(marks) for marks in re.findall(r"^(#+) ", self.prose, re.M)]
        self.links = re.findall(r"\[[^\]]+\]\(([^)]*)\)", self.prose)
        self.items = len(re.findall(r"^ *(?:-|\d+\.) ", self.prose, re.M))
        self.placeholders = sorted(re.findall(r"\{\{(.*?)\}\}", self.raw))
        # what is read as words: without addresses and code
        self.words = re.sub(r"\]\([^)]*\)", "]", re.sub(r"`[^`]*`", "x", self.prose))


def form(text):
    """What is wrong with one file by itself."""
    wrong = []
    if not re.match(r"# \S", text.raw) or text.levels.count(1) != 1:
        wrong.append("the first line is not the only title")
    if max(text.levels) > 2:
        wrong.append("a heading below level 2")
    if re.search(r"<[A-Za-z/!?]|&[a-z]+;", re.sub(r"<https?://[^>]*>", "", text.words)):
        wrong.append("raw HTML")
    if "\t" in text.raw or "\r" in text.raw or re.search(r" $", text.raw, re.M) or not text.raw.endswith("\n"):
        wrong.append("tabs, CR, blanks at the end of a line, or no last line end")
    if text.raw != unicodedata.normalize("NFC", text.raw):
        wrong.append("not in Unicode form NFC")
    if found := re.search(INSIDE_WORDS, text.words, re.I):
        wrong.append("the word “%s”" % found[0])
    if unknown := set(text.placeholders) - PLACEHOLDERS:
        wrong.append("unknown placeholders: %s" % ", ".join(unknown))
    if len(re.findall("```", text.raw)) != 2 * len(text.code):
        wrong.append("a block of code without a language or an end")
    return wrong


def french(text):
    wrong = []
    for what, pattern in FRENCH:
        for found in re.finditer(pattern, text.words):
            around = text.words[max(0, found.start() - 25):found.end() + 15]
            wrong.append("%s: …%s…" % (what, around.replace("\n", " ")))
    return wrong


def english(text):
    return [found[0] for found in re.finditer(r".{0,20}(?:['\"«»\u202f]|\s[;:!?]).{0,15}", text.words)]


def different(one, other):
    wrong = []
    for what in ("levels", "links", "items", "placeholders", "code"):
        if getattr(one, what) != getattr(other, what):
            wrong.append("%s: %s\nbut: %s" % (what, getattr(one, what), getattr(other, what)))
    return wrong


def leads_nowhere(text):
    wrong = []
    for link in text.links:
        page = re.sub(r"[?#].*", "", link)
        if page not in PAGES + OTHER_PAGES and not link.startswith("https://"):
            wrong.append(link)
        if link.endswith("onion") or ".onion/" in link:
            wrong.append(link)
    return wrong


def fold(text):
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", plain.casefold())


def finds_nothing(texts):
    """The searches in links that no starter incident answers, or several do."""
    with open(os.path.join(ROOT, "data", "incidents.csv"), encoding="utf-8", newline="") as file:
        incidents = [fold(row["organisation"] + " " + row["place"]) for row in csv.DictReader(file)]
    wrong = []
    for text in texts:
        for words in re.findall(r"incidents\?q=([^)&]+)", text.prose):
            found = sum(all(word in incident for word in fold(words).split()) for incident in incidents)
            if found != 1:
                wrong.append("%s: %s finds %d" % (text.name, words, found))
    return wrong


def run(command, folder, data=b""):
    done = subprocess.run(command, cwd=folder, input=data, capture_output=True, timeout=60)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def write(folder, name, content):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(content)


def make_checkpoint(folder, entries):
    """A key and a checkpoint as src/store/log.h and src/guard/seal.h describe them, signed by openssl."""
    name = b"vigie/log"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", "secret.pem"], cwd=folder, check=True)
    der = subprocess.run(["openssl", "pkey", "-in", "secret.pem", "-pubout", "-outform", "DER"], cwd=folder, check=True,
                         capture_output=True).stdout
    key = b"\x01" + der[-32:]
    key_id = hashlib.sha256(name + b"\n" + key).digest()[:4]
    signed = name + b"\n%d\n" % entries + base64.b64encode(hashlib.sha256(b"root").digest()) + b"\n"
    write(folder, "message", signed)
    subprocess.run(["openssl", "pkeyutl", "-sign", "-inkey", "secret.pem", "-rawin", "-in", "message", "-out", "made"],
                   cwd=folder, check=True)
    with open(os.path.join(folder, "made"), "rb") as file:
        signature = base64.b64encode(key_id + file.read())
    write(folder, "log.key.pub", name + b"+" + key_id.hex().encode() + b"+" + base64.b64encode(key) + b"\n")
    write(folder, "checkpoint", signed + b"\n\xe2\x80\x94 " + name + b" " + signature + b"\n")


def check_journal(page):
    shell = next(code for language, code in page.code if language == "sh" and "openssl" in code)
    python = next(code for language, code in page.code if language == "python")
    ways = [("openssl", ["bash", "-e", "-o", "pipefail", "-c", shell], "Signature Verified Successfully")]
    if run([sys.executable, "-c", "import cryptography"], None)[0] == 0:
        ways.append(("Python", [sys.executable, "-c", python], "105 entries"))
    else:
        skip("the Python of the journal page verifies a checkpoint", "the package cryptography is not here")
    with tempfile.TemporaryDirectory() as folder:
        make_checkpoint(folder, 105)
        with open(os.path.join(folder, "checkpoint"), "rb") as file:
            good = file.read()
        for name, command, answer in ways:
            write(folder, "checkpoint", good)
            status, out, err = run(command, folder)
            check([] if status == 0 and answer in out else [status, out, err],
                  "the %s of the journal page verifies a checkpoint" % name)
            write(folder, "checkpoint", good.replace(b"\n105\n", b"\n104\n"))
            status, out, err = run(command, folder)
            check([out] if status == 0 or answer in out else [],
                  "the %s of the journal page refuses a changed checkpoint" % name)


INCIDENTS = ("id,date_first,organisations,countries\r\n1,2021-05-14,Health Service Executive,IE\r\n"
             "2,2022-01-02,\"A, B\",NA; FR\r\n3,,,\r\n")
FIGURES = '{"incidents":3,"as_of":"2026-05-09T12:00:00.000Z","codebook":"0.1.0"}'


class Site(http.server.BaseHTTPRequestHandler):
    """Answers the addresses that the data page names, and nothing else."""

    def do_GET(self):
        bodies = {"/api/v1/incidents.csv": INCIDENTS, "/api/v1/figures": FIGURES}
        body = bodies.get(self.path.split("?")[0], "").encode()
        self.send_response(200 if body else 404)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def check_data(page):
    ways = {"r": ["Rscript", "-"], "python": [sys.executable, "-"], "sh": ["bash", "-e", "-s"]}
    answers = {"r": "NA", "python": "3 incidents as of 2026-05-09T12:00:00.000Z by codebook 0.1.0", "sh": FIGURES}
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for language, code in page.code:
        name = "the code for %s on the data page works" % language
        if language not in ways:
            continue
        if not shutil.which(ways[language][0]):
            skip(name, "%s is not here" % ways[language][0])
            continue
        code = code.replace("https://{{host}}", "http://127.0.0.1:%d" % server.server_port)
        with tempfile.TemporaryDirectory() as folder:
            status, out, err = run(ways[language], folder, code.encode())
        check([] if status == 0 and answers[language] in out else [status, out, err], name)
    server.shutdown()


def unknown_names(page):
    """The query keys and columns of the data page that the program does not have."""
    keys_text, columns_text = page.prose.split("\n## ")[2:4]
    sources = {"keys": glob.glob(os.path.join(ROOT, "src", "stats", "f*.[cd]*")),
               "columns": glob.glob(os.path.join(ROOT, "src", "publish", "schema.c"))}
    names = {"keys": re.findall(r"`([a-z_]+)(?:=[^`]*)?`", keys_text),
             "columns": re.findall(r"`([a-z_]+)`", columns_text)}
    wrong = []
    for what, paths in sources.items():
        content = "".join(open(path, encoding="utf-8").read() for path in paths)
        wrong += ["%s of %s" % (name, what) for name in names[what] if content and '"%s"' % name not in content]
    return wrong if names["keys"] and names["columns"] else ["nothing was found to check"]


def kinds_of_entries(page):
    """The kinds that the program writes or reads and the journal page does not name, or the other way round."""
    with open(os.path.join(ROOT, "src", "domain", "acts.def"), encoding="utf-8") as file:
        known = set(re.findall(r'^ACT\(\w+, +"([a-z.]+)"', file.read(), re.M))
    with open(os.path.join(ROOT, "src", "domain", "project.h"), encoding="utf-8") as file:
        known |= set(re.findall(r'#define KIND_(?:OPEN|ADD) "([a-z.]+)"', file.read())) | {"redaction"}
    named = set(re.findall(r"`((?:incident|claim|organisation|actor|affected)\.[a-z]+|redaction)`", page.prose))
    return sorted(known ^ named)


def broken_promises():
    """What the privacy page says of the program must hold in its source."""
    wrong = []
    for path in glob.glob(os.path.join(ROOT, "src", "*", "*.[ch]")) + glob.glob(os.path.join(ROOT, "templates", "*")):
        with open(path, encoding="utf-8") as file:
            content = file.read()
        short = os.path.relpath(path, ROOT)
        if re.search(r"set-cookie", content, re.I):
            wrong.append("%s sets a cookie" % short)
        foreign = r"<(script|img|iframe|source|object|link\b[^>]*stylesheet)\b[^>]*(src|data|href)=\"(https?:)?//"
        if path.endswith(".html") and re.search(foreign, content):
            wrong.append("%s asks another host" % short)
    return wrong


def main():
    found = sorted({re.sub(r"\.\w+\.md$", "", os.path.basename(p)) for p in glob.glob(os.path.join(TEXTS, "*.*.md"))})
    check(["%s, but here are listed %s" % (found, PAGES)] if found != PAGES else [], "every page is known to this test")
    missing = ["%s.%s.md" % (page, language) for page in PAGES for language in ("en", "fr")
               if not os.path.exists(os.path.join(TEXTS, "%s.%s.md" % (page, language)))]
    check(missing, "both languages exist for each page")
    texts = []
    for page in PAGES:
        if any(name.startswith(page + ".") for name in missing):
            continue
        en, fr = Text(page, "en"), Text(page, "fr")
        texts += [en, fr]
        check(form(en) + form(fr), "%s: title, headings, no HTML, no words from inside, known placeholders" % page)
        check(different(en, fr), "%s: the same headings, links, lists, placeholders and code in both languages" % page)
        check(leads_nowhere(en) + leads_nowhere(fr), "%s: every link leads to a page of the site" % page)
        check(english(en), "%s: English marks" % page)
        check(french(fr), "%s: French typography" % page)
    if os.path.exists(os.path.join(ROOT, "data", "incidents.csv")):
        check(finds_nothing(texts), "each search in a text finds the one starter incident that it speaks of")
    else:
        skip("each search in a text finds the one starter incident that it speaks of", "no starter incidents here")
    check_journal(Text("journal", "en"))
    check_data(Text("data", "en"))
    check(unknown_names(Text("data", "en")), "the query keys and columns of the data page are those of the program")
    check(kinds_of_entries(Text("journal", "en")), "the journal page names every kind of entry")
    check(broken_promises(), "no cookie and no request to another host in the source")
    print("1..%d" % numbers["run"])
    return numbers["failed"] > 0


if __name__ == "__main__":
    sys.exit(main())
