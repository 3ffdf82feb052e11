"""A release must be what was published, whole and signed: whoever changes a byte of it is found by tools that know nothing of
the program; and an older one stays as it was."""
import csv
import fcntl
import glob
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import urllib.request

import tap
from tap import STARTER, check, fetch, folder, served, skip, vigie


def folder_of(var, number):
    """That of a release, named after its number and the begin of its sums."""
    return next(iter(glob.glob(os.path.join(var, "releases", "%d-*" % number))), "")


def read(path):
    with open(path, "rb") as file:
        return file.read()


def signed(place, key):
    return subprocess.run(["minisign", "-Vm", os.path.join(place, "SHA256SUMS"), "-P", key], capture_output=True).returncode == 0


def sums_hold(place):
    for line in read(os.path.join(place, "SHA256SUMS")).decode().splitlines():
        digest, name = line.split("  ")
        if hashlib.sha256(read(os.path.join(place, name))).hexdigest() != digest:
            return False
    return True


def fits(kind, cell):
    if not cell:
        return True
    if kind == "integer":
        return cell.lstrip("-").isdigit()
    if kind == "number":
        return float(cell) is not None
    if kind == "date":
        return len(cell) == 10 and cell[4] == cell[7] == "-"
    return cell in ("yes", "no") if kind == "boolean" else True


def check_package(place):
    package = json.loads(read(os.path.join(place, "datapackage.json")))
    check(package["$schema"].endswith("/2.0/datapackage.json") and package["version"] == "1.0.0" and package["licenses"],
          "it is a Data Package of version 2")
    names = [resource["name"] for resource in package["resources"]]
    check(len(set(names)) == len(names) and {"incidents", "claims", "sources", "codebook-txt"} <= set(names),
          "its resources have names of their own", names)
    for language in ("en", "fr"):
        with open(os.path.join(tap.ROOT, "texts", "methodology.%s.md" % language), "rb") as file:
            check(read(os.path.join(place, "methodology.%s.md" % language)) == file.read() and "methodology.%s-md" % language in names,
                  "it keeps the method of its day, in " + language)
    wrong = []
    for resource in package["resources"]:
        content = read(os.path.join(place, resource["path"]))
        if len(content) != resource["bytes"] or "sha256:" + hashlib.sha256(content).hexdigest() != resource["hash"]:
            wrong.append(resource["path"])
        if "schema" not in resource:
            continue
        rows = list(csv.reader(content.decode("utf-8").splitlines(True)))
        fields = resource["schema"]["fields"]
        if rows[0] != [field["name"] for field in fields]:
            wrong.append((resource["path"], "header"))
        for row in rows[1:]:
            for field, cell in zip(fields, row):
                codes = {one["value"] for one in field.get("categories", ())}
                if not fits(field["type"], cell) or (codes and cell and cell not in codes):
                    wrong.append((resource["path"], field["name"], cell))
    check(not wrong, "each file has its size, its hash and the columns, types and codes that the schema says", wrong[:5])


def check_left(releases, var):
    """What others left who were killed goes, whoever they were and whichever number they had."""
    for name in ("2.new", "7.make", "1-0123456789abcdef", "2-0123456789abcdef"):
        os.makedirs(os.path.join(releases, name))
        with open(os.path.join(releases, name, "incidents.csv"), "w", encoding="utf-8") as file:
            file.write("half a")
    with open(os.path.join(releases, ".lock"), "wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        answer = vigie("release", "--by", "cora", var=var)
        check(answer.fails_clearly(75) and len(os.listdir(releases)) == 6, "nobody makes one while another is being made", answer)
    vigie("release", "--by", "cora", var=var)
    left = sorted(name for name in os.listdir(releases) if name[0].isdigit())
    check(len(left) == 2 and left[0].startswith("1-") and left[1].startswith("2-") and "0123456789abcdef" not in "".join(left),
          "what was left half made is cleared away", left)


def main():
    if not shutil.which("minisign"):
        skip("a release is signed", "there is no minisign")
        return tap.done()
    with folder() as place:
        var = os.path.join(place, "var")
        vigie("import", "--as", "starter", STARTER, var=var)
        vigie("account", "add", "cora", "--role", "editor", var=var)
        vigie("account", "add", "anna", "--role", "coder", var=var)
        answer = vigie("release", "--by", "anna", var=var)
        check(answer.fails_clearly(77) and not folder_of(var, 1), "a coder releases nothing", answer)
        answer = vigie("release", "--by", "cora", "--json", var=var)
        check(answer.status == 0, "an editor makes a release", answer)
        first = folder_of(var, 1)
        with sqlite3.connect(os.path.join(var, "public.db")) as db:
            kind, subject, author, body = db.execute("SELECT kind, subject, author, body FROM entry ORDER BY seq DESC").fetchone()
            counted = db.execute("SELECT count(*) FROM version WHERE until IS NULL AND inclusion = 'included' AND "
                                 "verification IN ('v2_probable', 'v3_confirmed')").fetchone()[0]
        body = json.loads(body)
        check((kind, subject, author) == ("release.publish", "release/1", "cora"), "which is an entry of the public journal", kind)
        check(hashlib.sha256(read(os.path.join(first, "SHA256SUMS"))).hexdigest() == body["sums"], "that holds the hash of its sums")
        check(sums_hold(first) and signed(first, body["key"]), "sums and signature are right, minisign says")
        with open(os.path.join(first, "incidents.csv"), encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        check(len(rows) == counted, "it has the incidents that count", len(rows), counted)
        check_package(first)
        kept = {name: read(os.path.join(first, name)) for name in os.listdir(first)}
        for name in ("incidents.csv", "SHA256SUMS"):
            path = os.path.join(first, name)
            with open(path, "r+b") as file:
                file.seek(40)
                byte = file.read(1)
                file.seek(40)
                file.write(bytes([byte[0] ^ 1]))
            check(not (sums_hold(first) and signed(first, body["key"])), "a changed byte is found: " + name)
            with open(path, "wb") as file:
                file.write(kept[name])
        check_left(os.path.join(var, "releases"), var)
        check({name: read(os.path.join(first, name)) for name in os.listdir(first)} == kept and
              os.path.exists(os.path.join(folder_of(var, 2), "SHA256SUMS")), "a further release leaves the first as it was")
        check(vigie("verify", var=var).status == 0, "the record is whole")
        vigie("rebuild", var=var)
        with served(var, "--no-work") as (_, address):
            with urllib.request.urlopen(address + "/releases/1/incidents.csv") as answer:
                check(answer.read() == kept["incidents.csv"] and "immutable" in answer.headers["Cache-Control"],
                      "the site gives out the files of the first")
            listed = json.loads(fetch(address + "/en/releases.json")[1])["releases"]
            check([row["release"] for row in listed] == [2, 1] and listed[1]["sums"] == body["sums"], "and lists both", listed)
            status, page = fetch(address + "/fr/releases")
            check(status == 200 and "Livraison 1" in page and body["key"] in page, "in French too")
            odd = ["/releases/1/none.csv", "/releases/3/incidents.csv", "/releases/1/../../public.db", "/releases/1/..%2f..%2flog.key",
                   "/releases/1/", "/releases/", "/releases/0/incidents.csv", "/releases/1/.hidden", "/releases/01x/incidents.csv"]
            answers = {path: fetch(address + path)[0] for path in odd}
            check(all(status in (400, 404, 406) for status in answers.values()), "nothing else of the folder is given out", answers)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
