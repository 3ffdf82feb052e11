"""What must never happen: the site shows old figures after a publication, forgets what it showed for a past moment, or
falls over because its store cannot be read."""
import csv
import datetime
import json
import os
import sys
import tempfile
import time

import tap
from site_harness import STARTER, Site


def halves(folder):
    """The starter file in two."""
    with open(STARTER, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    paths = []
    for name, part in (("first.csv", rows[:60]), ("second.csv", rows[60:])):
        paths.append(os.path.join(folder, name))
        with open(paths[-1], "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(part)
    return paths


def figures(site, query=""):
    return json.loads(site.get(f"/api/v1/figures?{query}").text)


def check_publication(site, second):
    before = figures(site)
    time.sleep(0.01)
    moment = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    time.sleep(0.01)
    old_page = site.get("/en/incidents")
    site.fill("starter", second)
    start = time.monotonic()
    shown = tap.wait_for(lambda: figures(site)["entries"] > before["entries"] and figures(site)["incidents"] > 90, 10)
    tap.check(shown, "a publication by another process is shown without a restart", figures(site)["incidents"])
    tap.check(time.monotonic() - start < 3, "within a second or two", time.monotonic() - start)
    new_page = site.get("/en/incidents", headers={"If-None-Match": old_page.headers["ETag"]})
    tap.check(new_page.status == 200 and new_page.headers["ETag"] != old_page.headers["ETag"],
              "what a reader had kept is no longer taken for new")
    then = figures(site, f"as_of={moment}")
    same = {key: value for key, value in then.items() if key not in ("query", "as_of")}
    tap.check(same == {key: value for key, value in before.items() if key not in ("query", "as_of")},
              "as of the moment before, the figures are what they were")
    listed = json.loads(site.get(f"/api/v1/incidents?as_of={moment}").text)
    tap.check(listed["total"] == before["incidents"], "and so is the list", listed["total"])
    newest = max(row["id"] for row in json.loads(site.get("/api/v1/incidents").text)["incidents"])
    tap.check(site.get(f"/en/incidents/{newest}").status == 200
              and site.get(f"/en/incidents/{newest}?as_of={moment}").status == 404, "an incident begins when it was recorded")


def check_damage(site):
    counted = figures(site)["incidents"]
    path = os.path.join(site.var, "public.db")
    with open(path, "r+b") as file:
        whole = file.read()
        file.seek(0)
        file.write(b"\xa5" * len(whole))
    with open(path + "-wal", "r+b") as file:
        log = file.read()
        file.seek(0)
        file.write(b"\xa5" * len(log))
    answers = [site.get(f"/fr/incidents/{number}") for number in range(1, 90)]
    refused = [answer for answer in answers if answer.status == 503]
    tap.check(refused and all(answer.status in (200, 503) for answer in answers), "a damaged store is told as 503",
              sorted({answer.status for answer in answers}))
    tap.check(all("Le registre ne peut être lu pour le moment" in answer.text and answer.headers["Retry-After"]
                  for answer in refused), "in one clear sentence, in the reader's language")
    tap.check(not any("sqlite" in answer.text.lower() or site.var in answer.text for answer in refused),
              "without inner facts of the server")
    api = site.get("/api/v1/incidents?type=ransomware")
    tap.check(api.status in (200, 503), "data say it as problem+json", api.status)
    tap.check(figures(site, "type=ransomware")["incidents"] > 0 and figures(site)["incidents"] == counted
              and site.get("/en/").status == 200 and site.get("/fr/figures/by-type.svg?country=FR").status == 200,
              "the figures go on being served from memory")
    tap.check(site.process.poll() is None, "the server stands")
    tap.check(site.stop() == 0, "and ends when asked")


def main():
    with tempfile.TemporaryDirectory() as folder:
        first, second = halves(folder)
        with Site("starter", first) as site:
            check_publication(site, second)
            check_damage(site)
        with Site() as empty:
            page = empty.get("/en/")
            tap.check(page.status == 200 and "No incident in the register matches." in page.text,
                      "an empty register is a site as well")
            for path in ("/en/incidents", "/fr/excluded", "/en/figures/by-month.svg", "/en/incidents.csv"):
                tap.check(empty.get(path).status == 200, f"{path} of an empty register", empty.get(path).status)
    return tap.done()


sys.exit(main())
