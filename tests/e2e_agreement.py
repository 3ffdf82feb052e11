#!/usr/bin/env python3
"""What must never happen: an agreement of coders stands on the site that is not the one that was measured, that one person
published alone, that rests on too few incidents, or that a rebuild does not make again."""
import contextlib
import csv
import io
import json
import os
import re
import sqlite3
import sys
import time

import tap
from e2e_records import Bench, add_accounts, get, record
from tampered import check_public
from tap import check, folder, served, vigie

# First and second coding of each incident: type, care disruption, persons, day of detection; the last two of two incidents.
CODED = [("ransomware", "ransomware", "s3_service_stopped", "s3_service_stopped", 10, 12, "2021-05-13", "2021-05-13"),
         ("ransomware", "ddos", "s2_degraded", "s3_service_stopped", 400, 400, "2021-05-13", "2021-05-20"),
         ("ddos", "ddos", "s2_degraded", "s2_degraded", 7, 7, None, None),
         ("data_theft", "data_theft", "s1_admin", "s2_degraded", 1000, 900, None, None),
         ("ransomware", "ransomware", "s3_service_stopped", "s4_facility_stopped", 50, 50, None, None),
         ("ddos", "data_theft", "s4_facility_stopped", "s4_facility_stopped", 3, 4, None, None)]


def coding(number, kind, care, persons, day):
    body = record("Coded %d" % number, persons)
    claims = [{"variable": "attack_type", "value": kind}, {"variable": "care_disruption", "value": care},
              {"variable": "persons_affected", "value": str(persons)}]
    body["statements"][0]["claims"] = claims + ([{"variable": "event_kind.detected", "value": day}] if day else [])
    return body


def alpha(pairs, distance):
    """Krippendorff's alpha of two coders by its definition: seen over expected disagreement."""
    values = [value for pair in pairs for value in pair]
    seen = sum(distance(a, b) for a, b in pairs) / len(pairs)
    chance = sum(distance(a, b) for a in values for b in values) / (len(values) * (len(values) - 1))
    return 1 - seen / chance


def ordinal(pairs):
    """The square of how many values lie between two ranks, half of each end."""
    values = sorted(value for pair in pairs for value in pair)

    def distance(a, b):
        low, high = min(a, b), max(a, b)
        return (sum(low <= one <= high for one in values) - (values.count(low) + values.count(high)) / 2) ** 2 if low < high else 0
    return alpha(pairs, distance)


def expected():
    return {"attack_type": ("nominal", 6, alpha([one[:2] for one in CODED], lambda a, b: a != b)),
            "care_disruption": ("ordinal", 6, ordinal([(int(one[2][1]), int(one[3][1])) for one in CODED])),
            "persons_affected": ("ratio", 6, alpha([one[4:6] for one in CODED], lambda a, b: ((a - b) / (a + b)) ** 2)),
            "event_kind.detected": ("interval", 2, None)}


def publish_coded(bench):
    """Each incident is written by anna, coded by cora, decided by dora where they differ, and published by bela."""
    for number, (type_a, type_b, care_a, care_b, persons_a, persons_b, day_a, day_b) in enumerate(CODED):
        first, second = coding(number, type_a, care_a, persons_a, day_a), coding(number, type_b, care_b, persons_b, day_b)
        change = bench.number("change", "open", bench.file(first), by="anna")
        bench.run("change", "submit", change, by="anna")
        answer = bench.run("change", "code", change, bench.file(second), by="cora")
        for variable, differs in (("attack_type", type_a != type_b), ("care_disruption", care_a != care_b),
                                  ("persons_affected", persons_a != persons_b), ("event_kind.detected", day_a != day_b)):
            if differs:
                bench.run("change", "decide", change, variable, "first", by="dora", why="Read again")
        if not bench.number("publish", change, by="bela"):
            check(False, "an incident that was coded twice is published", answer)


def rows_of(bench):
    return bench.ask("SELECT period, variable, metric, units, alpha FROM agreement WHERE since = (SELECT max(since) FROM agreement) "
                     "ORDER BY variable")


def test_publication(bench, period):
    check(bench.run("change", "agreement", "1999-H1", by="bela").fails_clearly(66), "a half-year without codings is not published")
    change = bench.number("change", "agreement", period, by="bela")
    bench.run("change", "submit", change, by="bela")
    check(bench.run("publish", change, by="bela").fails_clearly(77) and not bench.ask("SELECT * FROM agreement"),
          "nobody publishes an agreement alone")
    check(bench.number("publish", change, by="cora"), "two persons do")
    rows = {row[1]: row for row in rows_of(bench)}
    wanted = expected()
    check(set(rows) == set(wanted) and all(row[0] == period for row in rows.values()), "each variable has its row", rows)
    for variable, (metric, units, value) in wanted.items():
        check(rows[variable][2:4] == (metric, units) and rows[variable][4] == (None if value is None else round(value * 1000)),
              "%s is as by its definition, %s" % (variable, value if value is None else "%.3f" % value), rows[variable])
    entry = bench.ask("SELECT author, kind, subject, body FROM entry ORDER BY seq DESC LIMIT 1")[0]
    check(entry[:3] == ("bela", "agreement.publish", "agreement/%s%s" % (period[:4], period[6])) and
          json.loads(entry[3])["reviewer"] == "cora" and "anna" not in entry[3], "the entry tells who agreed, and of no coder", entry)


def test_site(bench, period):
    with served(bench.var) as (_, address):
        page, french = (get(address, "/%s/methodology" % language)[2] for language in ("en", "fr"))
        value = expected()["care_disruption"][2]
        check("%.3f" % value in page and ("%.3f" % value).replace(".", ",") in french, "it stands on the methodology page, in both languages",
              page[-3000:])
        check("Too few incidents for a number" in page and "Trop peu d’incidents pour un nombre" in french, "too few give no number")
        half = "Second half of" if period.endswith("2") else "First half of"
        check("%s %s, published on" % (half, period[:4]) in page, "with its half-year and day")
        lines = list(csv.DictReader(io.StringIO(get(address, "/en/methodology.csv")[2])))
        told = {line["variable"]: (line["metric"], int(line["incidents"]), line["alpha"] and float(line["alpha"])) for line in lines}
        wanted = {name: (metric, units, "" if value is None else round(value, 3)) for name, (metric, units, value) in expected().items()}
        check(told == wanted and {line["period"] for line in lines} == {period}, "the CSV has all of it", told)
        found = json.loads(get(address, "/api/v1/agreement")[2])["agreement"]
        check({row["variable"]: row["alpha"] for row in found} == {name: None if value is None else round(value, 3)
                                                                 for name, (_, _, value) in expected().items()} and
              json.loads(get(address, "/fr/methodology.json")[2])["agreement"] == found, "and so has the API", found)


def test_figures(bench):
    # All counts together carry the same marks: in the headline, beside the key figures, in the API, and never before they were published.
    wanted = {name: value for name, (_, _, value) in expected().items()}
    check(wanted["persons_affected"] >= 0.8, "coders agree on persons", wanted)
    rests = {"attack_type": ["ransomware", "by_type", "by_main_type"], "care_disruption": ["by_care"]}
    before = bench.ask("SELECT min(at) - 1 FROM entry WHERE kind = 'agreement.publish'")[0][0]
    moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(before // 1000)) + ".%03dZ" % (before % 1000)
    with served(bench.var) as (_, address):
        for path, inner in (("/api/v1/figures", None), ("/fr/figures/headline.json", "figures"), ("/fr/countries/FR.json", "figures")):
            told = json.loads(get(address, path)[2])
            marks = {one["variable"]: one for one in (told[inner] if inner else told)["agreement"]}
            check({name: one["figures"] for name, one in marks.items()} == rests and
                  all(one["alpha"] == round(wanted[name], 3) and one["charted"] == (wanted[name] >= 0.667) for name, one in marks.items()),
                  "figures that rest on what coders disagree about are marked: " + path, marks)
        lines = get(address, "/api/v1/figures.csv")[2].splitlines()
        check([line for line in lines if line.startswith("agreement,")] == ["agreement,%s,%.3f" % (name, wanted[name]) for name in sorted(rests)],
              "as CSV too", lines[-12:])
        check(json.loads(get(address, "/api/v1/figures?as_of=" + moment)[2])["agreement"] == [] and
              "not to be relied on" not in get(address, "/en/?as_of=" + moment)[2], "as of before it was known, nothing is marked")
        for language, headline, number in (("en", "“Attack type” is not to be relied on here: coders do not agree enough", "coders do not agree on it enough (alpha"),
                                           ("fr", "« Type d’attaque » n’est pas à tenir pour sûr ici : les codeurs ne s’y accordent pas assez", "les codeurs ne s’y accordent pas assez (alpha de " + ("%.3f" % wanted["attack_type"]).replace(".", ","))):
            pages = {path: get(address, path)[2].replace("\u00a0", " ").replace("\u202f", " ") for path in ("/%s/" % language, "/%s/countries/FR" % language)}
            for path, page in pages.items():
                check(headline in page and page.count(number) == 1, "the headline and the number of ransomware are marked: " + path, page[:6000])
            picture = re.sub(r"<[^>]*>\s*", " ", get(address, "/%s/figures/headline.svg" % language)[2]).replace("\u00a0", " ")
            check(headline.split(" ici")[0].split(" here")[0] in re.sub(r"\s+", " ", picture), "the headline's picture too: " + language, picture)
    told = json.loads(bench.run("figures", "--json").out)["agreement"]
    check(sorted(one["variable"] for one in told) == sorted(rests), "and the command", told)


def test_drawing(bench):
    # What coders do not agree on is not drawn, and what they agree on in part is marked; the data stays.
    wanted = expected()
    check(wanted["attack_type"][2] < 0.667 <= wanted["care_disruption"][2] < 0.8, "one variable is below the limit, one above it", wanted)
    with served(bench.var) as (_, address):
        type_alpha, care_alpha = ("%.3f" % wanted[name][2] for name in ("attack_type", "care_disruption"))
        for language, words, number in (("en", "Not drawn: coders do not agree enough on", type_alpha),
                                        ("fr", "Non dessiné : les codeurs ne s’accordent pas assez sur", type_alpha.replace(".", ","))):
            for path in ("/%s/figures/by-type", "/%s/embed/by-type", "/%s/figures/by-main-type"):
                page = get(address, path % language)[2]
                plain = page.replace("\u00a0", " ")
                check(words in plain and number in page and "<svg" not in page.split("<main")[1] and "<table" not in page, "not drawn: " + path % language, page[-2500:])
            picture = get(address, "/%s/figures/by-type.svg" % language)[2]
            check(number in picture and words.split(":")[0].strip() in picture and 'class="bar' not in picture, "its picture says why", picture[-1500:])
        home = get(address, "/en/")[2]
        check(home.count("Not drawn: coders do not agree enough on") >= 1, "so it is on the home page")
        rows = list(csv.DictReader(io.StringIO(get(address, "/en/figures/by-type.csv")[2])))
        check(rows and all(int(row["incidents"]) > 0 and row["agreement"].startswith("not charted: alpha of attack_type " + type_alpha) for row in rows),
              "its data is given out with a mark", rows)
        told = json.loads(get(address, "/en/figures/by-type.json")[2])
        check(told["rows"] and told["agreement"]["charted"] is False and told["agreement"]["alpha"] == round(wanted["attack_type"][2], 3), "in JSON too", told)
        page = get(address, "/en/figures/by-care")[2]
        check("To be read with care: coders agree only in part on" in page and care_alpha in page and "<svg" in page, "what they agree on in part is drawn, and marked")
        page = get(address, "/en/figures/by-country")[2]
        check("coders" not in page.split("<main")[1].split("</section>")[0] and "<svg" in page, "what is no variable of theirs is drawn as ever")
        before = bench.ask("SELECT min(at) - 1 FROM entry WHERE kind = 'agreement.publish'")[0][0]
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(before // 1000)) + ".%03dZ" % (before % 1000)
        page = get(address, "/en/figures/by-type?as_of=" + moment)[2]
        check("Not drawn" not in page and "<svg" in page.split("<main")[1], "as of before it was known, it is as it was", page[-1500:])


def test_rebuild(bench):
    before = bench.ask("SELECT * FROM agreement ORDER BY id")
    check(len(before) == 8 and bench.run("verify").status == 0, "the record is whole", bench.run("verify"))
    answer = vigie("rebuild", var=bench.var)
    check(answer.status == 0 and bench.ask("SELECT * FROM agreement ORDER BY id") == before, "a rebuild makes the same rows", answer)
    with contextlib.closing(sqlite3.connect(os.path.join(bench.var, "public.db"))) as db:
        db.execute("UPDATE agreement SET alpha = 999 WHERE id = ?", before[0][:1])
        db.commit()
    check(bench.run("verify").status != 0, "a number that was changed is seen")
    vigie("rebuild", var=bench.var)
    check(bench.run("verify").status == 0, "and mended from the journal")


def test_release(bench):
    answer = bench.run("release", by="cora")
    place = next(name for name in os.listdir(os.path.join(bench.var, "releases")) if name.startswith("1-"))
    with open(os.path.join(bench.var, "releases", place, "agreement.csv"), encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    check(answer.status == 0 and [line["variable"] for line in lines] == sorted(expected()), "a release has what was published", lines)


def main():
    period = time.strftime("%Y-H", time.gmtime()) + ("1" if time.gmtime().tm_mon <= 6 else "2")
    with folder() as place:
        bench = Bench(place)
        add_accounts(bench.var)
        vigie("account", "add", "dora", "--role", "coder", var=bench.var)
        publish_coded(bench)
        test_publication(bench, period)
        again = bench.number("change", "agreement", period, by="bela")
        check(bench.publish(again, by="cora", author="bela") and len(rows_of(bench)) == 4, "a later one takes its place")
        test_site(bench, period)
        test_figures(bench)
        test_drawing(bench)
        test_rebuild(bench)
        test_release(bench)
        check_public(bench.var, "agreement", "release", "release_file")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
