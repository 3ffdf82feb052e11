"""What must never happen: a machine that asks for the register as it was gets it as it is, or a past answer that does not
say of when it is (RFC 7089)."""
import datetime
import email.utils
import json
import re
import sqlite3
import sys
import urllib.parse

import tap
from site_harness import STARTER, Site

HOST = "https://vigie.example"
KEPT = ["/en/", "/fr/incidents?country=FR&page=1", "/en/incidents.csv?sort=persons&type=ransomware", "/en/figures/by-type",
        "/fr/figures/map.svg?from=2021", "/api/v1/figures?country=FR,US", "/en/incidents/1", "/api/v1/incidents/1", "/en/incidents.atom"]


def links(answer):
    """rel -> (address, datetime) of the Link headers."""
    found = {}
    for header in answer.headers.get_all("Link") or []:
        for address, rest in re.findall(r"<([^>]*)>((?:\s*;\s*[a-z]+=\"[^\"]*\")*)", header):
            values = dict(re.findall(r"([a-z]+)=\"([^\"]*)\"", rest))
            for one in values["rel"].split():
                found[one] = (address, values.get("datetime"))
    return found


def query_of(address):
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query))


def moments(site):
    with sqlite3.connect(f"file:{site.var}/public.db?mode=ro", uri=True) as db:
        return [at for at, in db.execute("SELECT DISTINCT at FROM entry ORDER BY at")]


def stamp(ms):
    return email.utils.format_datetime(datetime.datetime.fromtimestamp(ms // 1000, datetime.timezone.utc), usegmt=True)


def check_gates(site, known):
    first, last = known[0], known[-1]
    for path in KEPT:
        plain = site.get(path)
        told = links(plain)
        tap.check(plain.status == 200 and "Accept-Datetime" in plain.headers["Vary"] and "Memento-Datetime" not in plain.headers,
                  f"{path} is of today and says that it has a past", plain.headers)
        original = told["original"][0]
        same = query_of(original) == {key: value for key, value in query_of(path).items() if value != "1"}
        tap.check(told["timegate"][0] == original and original.startswith(HOST + path.split("?")[0]) and same,
                  f"{path} is its own time gate", told)
        for asked, wanted in ((stamp(last), last), (stamp(last + 400 * 86400000), last), ("Sat, 01 Jan 2000 00:00:00 GMT", first)):
            led = site.get(path, headers={"Accept-Datetime": asked})
            target = led.headers["Location"] or ""
            as_of = datetime.datetime.fromisoformat(query_of(target).get("as_of", "1970-01-01T00:00:00Z").replace("Z", "+00:00"))
            tap.check(led.status == 302 and "Accept-Datetime" in led.headers["Vary"] and round(as_of.timestamp() * 1000) == wanted,
                      f"{path} at {asked} leads to what was known then", (led.status, target))
            rest = {key: value for key, value in query_of(target).items() if key != "as_of"}
            tap.check(rest == query_of(original) and links(led).get("original", ("",))[0] == original, "the question is kept", rest)
        past = site.get(target)
        back = links(past)
        tap.check(past.status == 200 and past.headers["Memento-Datetime"] == stamp(first), "the memento says of when it is", past.headers)
        tap.check(back["original"][0] == back["timegate"][0] == original and back["memento"] == (HOST + target, stamp(first)),
                  "and what it is a memento of", back)
        again = site.get(target, headers={"Accept-Datetime": "Sat, 01 Jan 2000 00:00:00 GMT"})
        tap.check(again.status == 200, "a memento is not led elsewhere")
    kept = site.get("/en/?as_of=2200")
    tap.check("Memento-Datetime" not in kept.headers, "a moment that has not come is no memento")


def check_answers(site, known):
    """What it leads to is what the same question answers as of that moment."""
    led = site.get("/api/v1/figures?country=FR", headers={"Accept-Datetime": stamp(known[-1])})
    told = json.loads(site.get(led.headers["Location"]).text)
    tap.check(told["incidents"] == json.loads(site.get("/api/v1/figures?country=FR").text)["incidents"] and "as_of=" in told["query"],
              "the memento has the figures of its moment", told["query"])


def check_wrong(site):
    for asked in ("yesterday", "2021-05-09T12:00:00Z", "Sun, 01 May 2027 00:00:00 GMT", "Sat, 31 Feb 2026 00:00:00 GMT", "Sat, 1 May 2027 00:00:00 GMT",
                  "Saturday, 01-May-27 00:00:00 GMT", "Sat, 01 May 2027 00:00:00 CET", "Sat, 01 May 2027 24:00:00 GMT", "Sat, 01 May 2027 00:00:00 GMT x"):
        answer = site.get("/api/v1/figures", headers={"Accept-Datetime": asked})
        tap.check(answer.status == 400 and json.loads(answer.text)["field"] == "Accept-Datetime", f"“{asked}” is no moment", answer.status)
        tap.check(site.get("/fr/", headers={"Accept-Datetime": asked}).status == 400, "on pages too")
    good = {"Accept-Datetime": "Sat, 01 May 2027 00:00:00 GMT"}
    for path in ("/en/codebook", "/en/?known_by=2022", "/en/figures/growth", "/robots.txt", "/en/figures/growth.csv"):
        answer = site.get(path, headers=good)
        tap.check(answer.status == 200 and "Accept-Datetime" not in answer.headers["Vary"] and "original" not in links(answer),
                  f"{path} has no past of its own", answer.status)


def check_map(site, known):
    days = {}
    for at in known:
        days[at // 86400000] = at
    for path in ("/en/", "/fr/incidents?country=FR"):
        address = links(site.get(path))["timemap"][0]
        answer = site.get(address.removeprefix(HOST))
        told = re.findall(r"<([^>]*)>; rel=\"([^\"]*)\"(?:; (?:type|datetime)=\"([^\"]*)\")?", answer.text)
        mementos = [(there, when) for there, rel, when in told if "memento" in rel.split()]
        tap.check(answer.status == 200 and answer.headers["Content-Type"] == "application/link-format" and
                  [when for _, when in mementos] == [stamp(at) for at in sorted(days.values(), reverse=True)],
                  f"the time map of {path} has each day on which the register changed", answer.text[:400])
        tap.check(told[0][0] == HOST + path and "first" in told[-1][1].split() and all(site.get(there.removeprefix(HOST)).status == 200 for there, _ in mementos),
                  "and its mementos are there", told[:3])
    there = urllib.parse.quote(HOST + "/en/", safe="")
    for query, status in (("", 400), (f"url={there}&page=2", 404), ("url=https%3A%2F%2Fevil.example%2Fen%2F", 404), (f"url={there}codebook", 404),
                          (f"url={there}nothing.csv", 406), (f"url={there}%3Ftype%3Dnone", 400), (f"url={there}&x=1", 400)):
        tap.check(site.get(f"/timemap.link?{query}").status == status, f"timemap.link?{query} is {status}", site.get(f"/timemap.link?{query}").text[:200])


def main():
    with Site("starter", STARTER) as site:
        known = moments(site)
        check_gates(site, known)
        check_answers(site, known)
        check_wrong(site)
        check_map(site, known)
        tap.check(site.stop() == 0 and "vigie:" not in site.told(), "it had nothing to complain about", site.told())
    return tap.done()


sys.exit(main())
