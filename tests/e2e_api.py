"""What must never happen: a copy made through the API lacks a record or has one twice, or a cursor answers another
question than the one it came from."""
import base64
import csv
import io
import json
import os
import re
import sqlite3
import sys
from contextlib import closing

import tap
from site_harness import STARTER, Site


def data(site, path):
    answer = site.get(path)
    return json.loads(answer.text) if answer.status == 200 else {}


def next_of(answer):
    found = re.fullmatch(r'<(.+)>; rel="next"', answer.headers.get("Link", ""))
    return found and found[1]


def walk(site, path, name):
    """All rows of a table that comes in pieces, and the sizes of the pieces."""
    rows, sizes = [], []
    while path and len(sizes) < 200:
        answer = site.get(path)
        part = json.loads(answer.text)[name]
        rows += part
        sizes.append(len(part))
        path = next_of(answer)
    return rows, sizes


def check_cursors(site):
    whole = data(site, "/api/v1/incidents")["incidents"]
    for limit in (1, 7, 40, len(whole), len(whole) + 1):
        rows, sizes = walk(site, f"/api/v1/incidents?limit={limit}", "incidents")
        tap.check(rows == whole and set(sizes[:-1]) <= {limit}, f"pieces of {limit} add up to the whole", sizes)
    some = data(site, "/api/v1/incidents?type=ransomware")["incidents"]
    rows, sizes = walk(site, "/api/v1/incidents?type=ransomware&limit=10", "incidents")
    tap.check(rows == some and 0 < len(some) < len(whole), "those of a filter too", sizes)
    cursor = re.search(r"cursor=([^&]+)", next_of(site.get("/api/v1/incidents?limit=10")))[1]
    for name, path in (("another filter", f"/api/v1/incidents?type=ransomware&cursor={cursor}"),
                       ("another table", f"/api/v1/claims?cursor={cursor}"),
                       ("nothing", "/api/v1/incidents?cursor=x"),
                       ("a changed place", f"/api/v1/incidents?cursor=-{cursor}"),
                       ("a place beyond all", "/api/v1/incidents?limit=9&cursor=" + "9" * 18 + cursor[2:])):
        answer = site.get(path)
        problem = json.loads(answer.text)
        tap.check(answer.status == 400 and problem["field"] == "cursor"
                  and answer.headers["Content-Type"] == "application/problem+json",
                  f"a cursor of {name} is refused", answer.text[:200])
    tap.check(next_of(site.get("/api/v1/incidents")) is None, "a whole answer names no next one")


def check_growth(site):
    """Between two pieces somebody publishes; the walk goes on through the register as it was."""
    before = data(site, "/api/v1/incidents")["incidents"]
    first, future = site.get("/api/v1/incidents?limit=30"), site.get("/api/v1/incidents?limit=30&as_of=2200")
    more = os.path.join(os.path.dirname(site.var), "more.csv")
    header, *lines = open(STARTER, encoding="utf-8").read().splitlines(keepends=True)
    with open(more, "w", encoding="utf-8") as file:
        file.write(header + lines[0].replace(lines[0].split(",")[0], "ZZ-1", 1))
    site.fill("starter", more)
    tap.wait_for(lambda: len(data(site, "/api/v1/incidents")["incidents"]) > len(before))
    grown = data(site, "/api/v1/incidents")["incidents"]
    tap.check(len(grown) == len(before) + 1, "the register grew", (len(before), len(grown)))
    for name, start in (("a walk", first), ("a walk as of a day to come", future)):
        rows = json.loads(start.text)["incidents"] + walk(site, next_of(start), "incidents")[0]
        tap.check([row["id"] for row in rows] == [row["id"] for row in before], f"{name} sees one register, though it grew",
                  len(rows))


def check_tables(site):
    store = os.path.join(site.var, "public.db")
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as db:
        counted = {row["id"] for row in data(site, "/api/v1/incidents")["incidents"]}
        wanted = {row[0] for row in db.execute("SELECT claim.id, statement.incident FROM claim JOIN statement "
                                               "ON statement.id = claim.statement") if row[1] in counted}
        sources = {row[0] for row in db.execute("SELECT source, incident FROM statement") if row[1] in counted}
        newest = db.execute("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1").fetchone()[0]
        entries = db.execute("SELECT seq, hash FROM entry ORDER BY seq").fetchall()
    answer = csv.DictReader(io.StringIO(site.get("/api/v1/claims.csv").text, newline=""))
    tap.check({int(row["claim"] if "claim" in row else row["id"]) for row in answer} == wanted,
              "the claims are those of the counted incidents", len(wanted))
    answer = data(site, "/api/v1/sources")["sources"]
    tap.check(len(answer) == len(sources) and {row["source"] for row in answer} == sources, "and so are the sources",
              (len(answer), len(sources)))
    tap.check(site.get("/checkpoint").text == newest, "the newest checkpoint is there as it was signed")
    notes = data(site, "/api/v1/checkpoints")["checkpoints"]
    tap.check(notes[-1]["note"] == newest and notes[-1]["root"] == newest.split("\n")[2], "also in the list", notes[-1:])
    tap.check(notes[-1]["size"] == len(entries) and [note["number"] for note in notes] == list(range(1, len(notes) + 1)),
              "the checkpoints are all there, oldest first", notes[:2])
    tap.check(data(site, f"/api/v1/checkpoints?after={notes[-1]['size']}")["checkpoints"] == [], "none after the newest")
    changes = walk(site, "/api/v1/changes?limit=17", "changes")[0]
    tap.check([(row["entry"], base64.b64decode(row["hash"])) for row in changes] == entries,
              "the changes are the journal, entry for entry, with its hashes", len(changes))
    tap.check(data(site, changes[5]["address"])["incident"]["id"] == int(changes[5]["subject"].split("/")[1]),
              "each change leads to its incident", changes[5])
    late = data(site, "/api/v1/changes?since=" + changes[-1]["at"])["changes"]
    tap.check(late and all(row["at"] >= changes[-1]["at"] for row in late), "since a moment only what came from then on")
    tap.check(data(site, "/api/v1/changes?since=2200")["changes"] == [], "since the future nothing")
    tap.check(data(site, f"/api/v1/changes?after={changes[-2]['entry']}")["changes"] == changes[-1:], "after an entry the next")
    for entry in (1, 50, len(changes)):
        rows = data(site, f"/api/v1/changes?limit=1000&since={changes[entry - 1]['at']}")["changes"]
        tap.check(rows == [row for row in changes if row["at"] >= changes[entry - 1]["at"]],
                  f"since the moment of entry {entry}", len(rows))
    tap.check(site.get("/api/v1/changes?since=soon").status == 400, "a moment that is none is refused")
    answer = site.get("/api/v1/changes?sinse=2024")
    tap.check(answer.status == 400 and json.loads(answer.text)["field"] == "sinse", "a key that nobody knows is refused",
              answer.text[:200])
    tap.check(data(site, "/api/v1/codebook") == data(site, "/en/codebook.json") != {}, "the codebook is the page's")


def check_language(site):
    """What programs read is the same for all, whatever the language of who asked first."""
    for path in ("countries", "countries/FR", "countries.csv", "figures"):
        told = [site.get(f"/api/v1/{path}", headers={"Accept-Language": language}).text for language in ("fr", "en", "")]
        tap.check(len(set(told)) == 1 and "Allemagne" not in told[0], f"{path} is in one language", told[0][:200])


TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float), "null": type(None)}


def is_type(value, name):
    return isinstance(value, TYPES[name]) and not (isinstance(value, bool) and name != "boolean")


def misfits(value, schema, schemas, place="answer"):
    """Where a value is not what its JSON Schema says: of the part of the language that the description uses."""
    if "$ref" in schema:
        return misfits(value, schemas[schema["$ref"].rsplit("/", 1)[1]], schemas, place)
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(is_type(value, name) for name in types):
        return [f"{place} is {value!r:.40}, not {types}"]
    if isinstance(value, list):
        return [wrong for item in value for wrong in misfits(item, schema["items"], schemas, place + "[]")][:5]
    if isinstance(value, str) and schema.get("format") == "date" and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return [f"{place} is {value}, not a date"]
    if isinstance(value, str) and schema.get("format") == "date-time" and not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", value):
        return [f"{place} is {value}, not a moment"]
    if not isinstance(value, dict):
        return []
    wrong = [f"{place} lacks {key}" for key in schema.get("required", []) if key not in value]
    more = schema.get("additionalProperties", True)
    for key, one in value.items():
        known = schema.get("properties", {}).get(key, more)
        if known is False:
            wrong.append(f"{place} has {key}, which is not described")
        elif known is not True:
            wrong += misfits(one, known, schemas, f"{place}.{key}")
    return wrong


def check_description(site):
    """Every operation that is described exists, answers what is promised, and takes the keys that it names."""
    description = data(site, "/openapi.json")
    tap.check(description["openapi"].startswith("3.1"), "the API is described as OpenAPI 3.1")
    samples = {"id": "7", "name": "lockbit", "limit": "2", "after": "1", "before": "9", "since": "2020", "bom": "1", "from": "2021", "to": "2022-05", "q": "hospital",
               "as_of": "2200", "known_by": "2200", "country": "FR", "severity": "major", "source": "starter",
               "sort": "persons"}
    for path, methods in description["paths"].items():
        operation = methods["get"]
        address = path.format(**{**samples, "name": "FR"} if "countries" in path else samples)
        answer = site.get(address)
        (kind, content), = operation["responses"]["200"]["content"].items()
        tap.check(answer.headers["Content-Type"].split(";")[0] == kind, f"{path} answers {kind}", answer.headers["Content-Type"])
        if kind == "application/json":
            seen, schemas = json.loads(answer.text), description["components"]["schemas"]
            wrong = misfits(seen, content["schema"], schemas)
            top = schemas["figures"] if "$ref" in content["schema"] else content["schema"]
            tap.check(not wrong and set(top["required"]) <= set(seen) <= set(top["properties"]), f"{path} answers what is described",
                      wrong or set(seen) ^ set(top["properties"]))
            told = [key for key in top["properties"] if "$ref" in json.dumps(top["properties"][key])]
            tap.check("figures" in path or not any(isinstance(seen[key], list) and seen[key] and isinstance(seen[key][0], dict)
                                                   for key in set(seen) - set(told) - {"entities"}), f"{path} describes its rows")
        for key in operation["parameters"]:
            value = samples.get(key["name"]) or key["description"].split(": ")[-1].split(",")[0]
            if key["in"] == "path" or key["name"] == "cursor":
                continue
            asked = site.get(f"{address}?{key['name']}={value}")
            tap.check(asked.status == 200, f"{path} takes {key['name']}", asked.body[:200])
    one = {name: description["paths"][f"/api/v1/{name}/{{{key}}}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
           for name, key in (("incidents", "id"), ("organisations", "id"), ("actors", "name"), ("sources", "id"), ("countries", "name"))}
    actors = [row["actor"] for row in data(site, "/api/v1/actors")["actors"]]
    wrong = [(name, key, found) for name, keys in (("incidents", range(1, 100, 3)), ("organisations", range(1, 100, 7)), ("actors", actors), ("sources", range(1, 100, 9)),
                                      ("countries", ["FR", "US", "BT"]))
             for key in keys for found in misfits(data(site, f"/api/v1/{name}/{key}"), one[name], description["components"]["schemas"])]
    tap.check(not wrong, "every one of them is as described", wrong[:3])
    for language, word in (("en", "Programming interface"), ("fr", "Interface de programmation")):
        page = site.get(f"/{language}/api")
        tap.check(page.status == 200 and word in page.text and "/api/v1/changes" in page.text and "since" in page.text,
                  f"/{language}/api explains it to people", page.status)


def main():
    if not os.path.exists(STARTER):
        tap.skip("the API", "the starter incidents are not there")
        return tap.done()
    with Site("starter", STARTER) as site:
        check_cursors(site)
        check_tables(site)
        check_language(site)
        check_description(site)
        check_growth(site)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
