"""What must never happen: the journal cannot be verified over HTTP by a program that is not ours, or such a program calls
a journal whole that was changed.

The oracle is RFC 6962 and C2SP tlog-tiles, written here with hashlib, and openssl for the signature."""
import base64
import concurrent.futures
import csv
import hashlib
import html
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing

import tap
from page_reader import Page
from site_harness import STARTER, Site

ENTRIES = 700
DER = bytes.fromhex("302a300506032b6570032100")  # of an Ed25519 key, before its 32 bytes


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(hashes):
    if len(hashes) == 1:
        return hashes[0]
    half = 1 << (len(hashes) - 1).bit_length() - 1
    return node(root_of(hashes[:half]), root_of(hashes[half:]))


def write_rows(path):
    with open(STARTER, encoding="utf-8", newline="") as file:
        sample = list(csv.DictReader(file))
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(sample[0]))
        writer.writeheader()
        for number in range(ENTRIES):
            writer.writerow({**sample[number % len(sample)], "incident_id": f"J-{number}", "conflicting_claims": ""})


def address(kind, number, width):
    groups = "%03d" % (number % 1000)
    while number >= 1000:
        number //= 1000
        groups = "x%03d/" % (number % 1000) + groups
    return f"/tile/{kind}/{groups}" + ("" if width == 256 else f".p/{width}")


def leaves_of(site, size):
    """The hashes of level 0, each compared with its entry."""
    leaves = []
    for first in range(0, size, 256):
        width = min(256, size - first)
        hashes = site.get(address("0", first // 256, width)).body
        bundle = site.get(address("entries", first // 256, width)).body
        for place in range(width):
            leaf = hashes[32 * place:32 * place + 32]
            length = int.from_bytes(bundle[:2], "big")
            entry, bundle = bundle[2:2 + length], bundle[2 + length:]
            if hashlib.sha256(b"\x00" + entry).digest() != leaf:
                raise ValueError(f"entry {first + place + 1} does not give its hash")
            leaves.append(leaf)
        if bundle or len(hashes) != 32 * width:
            raise ValueError("bytes are left over")
    return leaves


def tile_hash(site, size, level, index):
    """The root of the complete subtree of 256 ** level entries number `index`, read from its tile."""
    full = size // 256 ** level
    number, place = divmod(index, 256)
    return site.get(address(str(level), number, min(256, full - 256 * number))).body[32 * place:32 * place + 32]


def subtree(site, size, first, last):
    """The root over the entries [first, last), from the highest tiles that have it."""
    count = last - first
    level = 0
    while count >= 256 ** (level + 1) and last <= size // 256 ** (level + 1) * 256 ** (level + 1):
        level += 1
    if count == 256 ** level:
        return tile_hash(site, size, level, first // count)
    half = 1 << (count - 1).bit_length() - 1
    return node(subtree(site, size, first, first + half), subtree(site, size, first + half, last))


def inclusion(site, size, index):
    """The audit path of RFC 6962 section 2.1.1, lowest first, and the root that it leads to."""
    path, first, last = [], 0, size
    while last - first > 1:
        half = 1 << (last - first - 1).bit_length() - 1
        if index < first + half:
            path.append(("right", subtree(site, size, first + half, last)))
            last = first + half
        else:
            path.append(("left", subtree(site, size, first, first + half)))
            first += half
    root = hashlib.sha256(b"\x00" + site.get(f"/api/v1/entries/{index + 1}").body).digest()
    for side, hash_ in reversed(path):
        root = node(root, hash_) if side == "right" else node(hash_, root)
    return root, len(path)


def signed_by(note, key):
    """Whether openssl accepts the note's signature by this verifier key."""
    name, key_id, public = key.strip().split("+", 2)
    public = base64.b64decode(public)
    text, signature = note.split("\n\n", 1)
    dash, signer, signature = signature.rstrip("\n").split(" ")
    signature = base64.b64decode(signature)
    if (dash, signer, signature[:4].hex()) != ("\u2014", name, key_id) or public[0] != 1 \
            or hashlib.sha256(name.encode() + b"\n" + public).hexdigest()[:8] != key_id:
        return False
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("key", DER + public[1:]), ("text", (text + "\n").encode()), ("signature", signature[4:])):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(content)
        done = subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key", "-rawin", "-in",
                               "text", "-sigfile", "signature"], cwd=folder, capture_output=True, check=False)
    return done.returncode == 0 and b"Success" in done.stdout


def check_from_outside(site):
    note, key = site.get("/checkpoint").text, site.get("/log.key.pub").text
    with open(os.path.join(site.var, "log.key.pub"), encoding="utf-8") as file:
        tap.check(key == file.read(), "the log's public key is served as it stands", key)
    tap.check(signed_by(note, key), "openssl accepts the newest checkpoint", note)
    tap.check(not signed_by(note.replace("\n700\n", "\n699\n"), key), "and refuses it with another size")
    size, root = int(note.split("\n")[1]), base64.b64decode(note.split("\n")[2])
    leaves = leaves_of(site, size)
    tap.check(size == ENTRIES and root_of(leaves) == root, "the entries that are served give the signed root", size)
    above = site.get(address("1", 0, size // 256)).body
    tap.check(above == b"".join(root_of(leaves[i:i + 256]) for i in range(0, size - 255, 256)),
              "the tile of level 1 holds the roots of the full ones below", above.hex())
    for index in (0, 1, 255, 256, 300, 511, 512, 698, 699):
        found, steps = inclusion(site, size, index)
        tap.check(found == root and steps <= 10, f"entry {index + 1} is proved to be in the tree", steps)
    notes = json.loads(site.get("/api/v1/checkpoints").text)["checkpoints"]
    tap.check(all(signed_by(one["note"], key) and root_of(leaves[:one["size"]]) == base64.b64decode(one["root"])
                  for one in notes), "each checkpoint is signed and covers the same entries", len(notes))
    return leaves


def check_addresses(site):
    full, part = site.get("/tile/0/000"), site.get("/tile/0/002.p/188")
    tap.check(full.status == part.status == 200 and "immutable" in full.headers["Cache-Control"] and
              full.headers["Content-Type"] == "application/octet-stream" and full.headers["Access-Control-Allow-Origin"] == "*",
              "a tile may be kept for ever, by anybody", dict(full.headers))
    tap.check(site.get("/tile/0/000.p/17").body == full.body[:17 * 32], "a part of a full tile is its beginning")
    tap.check("immutable" not in site.get("/tile/entries/000").headers["Cache-Control"],
              "a bundle may not: what is in it can be redacted")
    for path in ("0/002", "0/002.p/189", "0/003.p/1", "1/000", "1/000.p/3", "2/000.p/1", "7/000.p/1", "8/000", "0/000.p/0",
                 "0/000.p/256", "0/000.p/01", "0/00", "0/0000", "0/x000/000", "0/x00a/000", "0/000/000", "0/x001", "-1/000",
                 "00/000", "entries/003.p/1", "entries/", "entries", "", "0/", "0/000.p/", "0/000.p/1/2", "0/%30%30%30",
                 "entries/x999/x999/x999/x999/x999/999", "0/x999/x999/x999/x999/x999/x999/999", "0/%2f000"):
        answer = site.get("/tile/" + path)
        tap.check(answer.status == 404, f"there is no tile {path}", answer.status)
    for path in ("0", "701", "-1", "99999999999999999999", "x"):
        tap.check(site.get(f"/api/v1/entries/{path}").status == 404, f"there is no entry {path}")


def code_of(site, language, kind, word):
    """A program of the page, word by word as it is shown, but for the host."""
    text = site.get(f"/{language}/journal").text
    programs = re.findall(rf'<pre[^>]*><code class="language-{kind}">(.*?)</code></pre>', text, re.S)
    program = next(program for program in programs if word in program)
    return html.unescape(program).replace("https://vigie.example", f"http://127.0.0.1:{site.port}")


def run(command, folder, program):
    done = subprocess.run(command, cwd=folder, input=program.encode(), capture_output=True, timeout=120, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def check_page(site):
    size, root = site.get("/checkpoint").text.split("\n")[1:3]
    for language in ("en", "fr"):
        page = Page(site.get(f"/{language}/journal").text)
        tap.check(not page.wrong and size in page.said and root in page.said and site.get("/log.key.pub").text.strip() in page.said,
                  f"/{language}/journal tells size, root and key", page.wrong)
    folder = os.path.dirname(site.var)
    shell = ["bash", "-e", "-o", "pipefail", "-s"]
    got = run(shell, folder, code_of(site, "en", "sh", "curl"))
    tap.check(got[0] == 0, "the page's curl fetches a checkpoint and the key", got)
    told = run(shell, folder, code_of(site, "fr", "sh", "openssl"))
    tap.check(told[0] == 0 and "Signature Verified Successfully" in told[1], "the page's openssl verifies them", told)


def verify(site):
    return run([sys.executable, "-"], os.path.dirname(site.var), code_of(site, "en", "python", "/tile/"))


def damaged(site, *statements):
    """What the page's program says of a journal that somebody has changed; the journal is then mended."""
    store = os.path.join(site.var, "public.db")
    site.stop()
    with closing(sqlite3.connect(store)) as db:
        sound = [db.execute("SELECT * FROM entry").fetchall(), db.execute("SELECT * FROM checkpoint").fetchall()]
        for statement in statements:
            db.execute(statement)
        db.commit()
    site.start()
    told = verify(site)
    site.stop()
    with closing(sqlite3.connect(store)) as db:
        for table, rows in zip(("entry", "checkpoint"), sound):
            db.execute(f"DELETE FROM {table}")
            db.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)
        db.commit()
    site.start()
    return told


def long_body(site, hashed):
    """A statement that gives entry 301 a body longer than a bundle can hold, with its own hash or the one it had."""
    entry = site.get("/api/v1/entries/301").text
    body = '{"title":"%s"}' % ("x" * 70000)
    start, end = entry.index('"body":') + 7, entry.rindex(',"kind":')
    leaf = hashlib.sha256(b"\x00" + (entry[:start] + body + entry[end:]).encode()).hexdigest()
    return f"UPDATE entry SET body = '{body}'" + (f", hash = x'{leaf}'" if hashed else "") + " WHERE seq = 301"


def check_damage(site):
    told = verify(site)
    tap.check(told[0] == 0 and told[1].count("holds: 700 entries") == 2, "the page's program finds the journal whole", told)
    for name, statement, words in (
            ("a changed body", "UPDATE entry SET body = replace(body, 'a', 'b') WHERE seq = 40", "entry 40 was changed"),
            ("a changed author", "UPDATE entry SET author = 'somebody' WHERE seq = 700", "entry 700 was changed"),
            ("a long body instead", long_body(site, False), "entry 301 was changed"),
            ("a long body with its own hash, which is served alone", long_body(site, True), "is of another journal"),
            ("a changed hash", "UPDATE entry SET hash = zeroblob(32) WHERE seq = 256", "entry 256 was changed"),
            ("a changed body with its hash left out", "UPDATE entry SET body = NULL, hash = zeroblob(32) WHERE seq = 7",
             "is of another journal"),
            ("a missing entry", "DELETE FROM entry WHERE seq = 300", "503")):
        told = damaged(site, statement)
        tap.check(told[0] != 0 and words in told[1] + told[2], f"{name} is found", told[1][-500:], told[2][-500:])
    kept = os.path.join(os.path.dirname(site.var), "checkpoint")
    with open(kept, encoding="utf-8") as file:
        note = file.read()
    for name, changed, words in (("of another journal", note.replace(note.split("\n")[2], "A" * 43 + "="), "is of another journal"),
                                 ("with more entries", note.replace("\n700\n", "\n701\n"), "entries are missing")):
        with open(kept, "w", encoding="utf-8") as file:
            file.write(changed)
        told = verify(site)
        tap.check(told[0] != 0 and words in told[2], f"a kept checkpoint {name} is told", told)
    with open(kept, "w", encoding="utf-8") as file:
        file.write(note)
    told = damaged(site, "UPDATE entry SET body = NULL WHERE seq = 12")
    tap.check(told[0] == 0 and "entry 12 was redacted" in told[1], "a redacted entry is told, and its hash holds the tree", told)
    told = verify(site)
    tap.check(told[0] == 0, "and mended it is whole again", told)


def check_growth(site, leaves):
    """More entries: what was fetched stays as it is."""
    kept, tile = site.get("/checkpoint").text, site.get("/tile/0/001").body
    site.fill("starter", STARTER)
    tap.wait_for(lambda: site.get("/checkpoint").text != kept)
    size = int(site.get("/checkpoint").text.split("\n")[1])
    tap.check(size > ENTRIES and leaves_of(site, size)[:ENTRIES] == leaves and site.get("/tile/0/001").body == tile,
              "a journal that grew holds what it held", size)
    tap.check(inclusion(site, size, 5)[0] == base64.b64decode(site.get("/checkpoint").text.split("\n")[2]),
              "and proves it against its new root")
    told = verify(site)
    tap.check(told[0] == 0 and "the one you kept holds: 700 entries" in told[1], "so says the page's program too", told)


def check_many(site):
    """More at once than the process has readers of its store."""
    paths = ["/api/v1/changes.csv", "/api/v1/checkpoints.csv", "/api/v1/changes.xlsx?limit=2"] * 40
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(lambda path: site.get(path).status, paths))
    tap.check(set(statuses) == {200}, "files of the journal are given to many at once", sorted(statuses)[-3:])


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rows.csv")
        write_rows(path)
        with Site("starter", path) as site:
            leaves = check_from_outside(site)
            check_addresses(site)
            check_page(site)
            check_many(site)
            check_damage(site)
            check_growth(site, leaves)
    with Site() as site:
        tap.check(site.get("/checkpoint").status == 404 and site.get("/tile/0/000.p/1").status == 404,
                  "before anything is published there is nothing to verify")
        page = Page(site.get("/fr/journal").text)
        tap.check(not page.wrong and "Rien n’a encore été publié." in page.said, "and the page says so")
    return tap.done()


sys.exit(main())
