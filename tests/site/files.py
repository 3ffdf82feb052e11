"""What people download must open in tools that are not ours, with the right number of rows.

Usage: files.py ADDRESS
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import xml.etree.ElementTree as xml

HERE = os.path.dirname(os.path.abspath(__file__))
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
base = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else ""
run = failed = 0


def check(name, wrong):
    global run, failed
    run += 1
    failed += bool(wrong)
    print("%s %d - %s" % ("not ok" if wrong else "ok", run, name), flush=True)
    for thing in wrong[:10]:
        print("\n".join("# " + line for line in str(thing).splitlines()[:40]))


def skip(name, why):
    global run
    run += 1
    print("ok %d - %s # SKIP %s" % (run, name, why), flush=True)


def get(path):
    """The bytes of an address; None when there is none."""
    try:
        with urllib.request.urlopen(base + path, timeout=60) as answer:
            return answer.read()
    except urllib.error.HTTPError:
        return None


def rows_by_miller(path):
    done = subprocess.run(["mlr", "--icsv", "--ojson", "count", path], capture_output=True, text=True, timeout=60)
    return json.loads(done.stdout)[0]["count"] if done.returncode == 0 else done.stderr


def rows_by_r(path):
    program = "cat(nrow(read.csv(commandArgs(TRUE)[1], encoding = 'UTF-8')))"
    done = subprocess.run(["Rscript", "--vanilla", "-e", program, path], capture_output=True, text=True, timeout=60)
    return int(done.stdout) if done.returncode == 0 and done.stdout.isdigit() else done.stderr


def tables(folder):
    """Each table and the number of its rows, which its JSON tells."""
    readers = [(name, reader) for command, name, reader in
               [("mlr", "Miller", rows_by_miller), ("Rscript", "R", rows_by_r)] if shutil.which(command)]
    if not readers:
        skip("CSV opens in R or Miller", "neither is installed")
    for name in ("incidents", "claimed", "excluded"):
        rows = len(json.loads(get("/en/%s.json" % name))["incidents"])
        for query in ("", "?bom=1"):
            path = os.path.join(folder, "table.csv")
            with open(path, "wb") as file:
                file.write(get("/en/%s.csv%s" % (name, query)))
            for reader, count in readers:
                seen = count(path) if rows or reader != "R" else 0
                check("/en/%s.csv%s has %d rows in %s" % (name, query, rows, reader), [] if seen == rows or not rows else [seen])


def feeds():
    page = get("/en/incidents").decode()
    address = next((line.split('href="')[1].split('"')[0] for line in page.splitlines()
                    if "application/atom+xml" in line and 'href="' in line), None)
    if not address:
        return skip("the Atom feed can be read", "the list names none")
    feed = xml.fromstring(get(address[len(base):] if address.startswith(base) else address))
    wrong = [name for name in ("id", "title", "updated") if feed.find(ATOM + name) is None]
    wrong += ["an entry without " + name for entry in feed.findall(ATOM + "entry")
              for name in ("id", "title", "updated", "link") if entry.find(ATOM + name) is None]
    identities = [entry.findtext(ATOM + "id") for entry in feed.findall(ATOM + "entry")]
    check("the Atom feed can be read, each entry is itself", wrong + ([] if len(set(identities)) == len(identities) > 0 else identities))


def sitemap():
    data = get("/sitemap.xml")
    if data is None:
        return skip("the sitemap can be read, and its addresses answer", "there is no /sitemap.xml")
    addresses = [place.text for place in xml.fromstring(data).iter(SITEMAP + "loc")]
    wrong = [address for address in addresses if not address.startswith("http")]
    wrong += [address for address in addresses[::max(1, len(addresses) // 50)]
              if get("/" + address.split("/", 3)[3]) is None]
    check("the sitemap can be read, and its %d addresses answer" % len(addresses), wrong or ([] if addresses else ["none"]))


def robots():
    data = get("/robots.txt")
    check("robots.txt lets readers in", [] if data and b"User-agent: *" in data and b"Disallow: /\n" not in data else [data])


def openapi(folder):
    data = get("/openapi.json")
    if data is None or not os.path.isdir(os.path.join(HERE, "node_modules", "@redocly")):
        return skip("the API's description lints clean",
                    "there is no /openapi.json" if data is None else "Redocly is not installed")
    path = os.path.join(folder, "openapi.json")
    with open(path, "wb") as file:
        file.write(data)
    done = subprocess.run(["node", os.path.join(HERE, "openapi.mjs"), path], cwd=folder, capture_output=True, text=True, timeout=100)
    check("the API's description lints clean", [] if done.returncode == 0 else [done.stdout + done.stderr])


def main():
    with tempfile.TemporaryDirectory(prefix="vigie-files-") as folder:
        tables(folder)
        feeds()
        sitemap()
        robots()
        openapi(folder)
    print("1..%d" % run)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
