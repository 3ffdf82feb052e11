"""A variable must never need a change of the program: added to the codebook's file, with values in both languages, it is
checked, stored, filtered, exported and shown; and a codebook that is wrong must never be used."""
import csv
import io
import json
import os
import re
import sys

import tap
from tap import check, fetch, folder, served, vigie

VARIABLE = """
+ generator_state | enum | ? | | new | public | Emergency power | Alimentation de secours | Whether it was available. | |
~ Si elle était disponible.
- ready | Ready | Prête | it could have been used
~ elle aurait pu servir
- broken | Broken | En panne | it could not have been used
~ elle n’aurait pas pu servir
"""
MAPPING = """name = power-register
licence = CC0-1.0
source.url = https://example.org/power
source.type = register
source.reliability = b
claimant = authority

[columns]
id = key
who = organisation.name
land = organisation.country
kind = organisation.type
day = event_kind.impact_start
power = generator_state

[always]
attack_type = ransomware
"""
ROWS = """id,who,land,kind,day,power
1,Northern Hospital,IE,hospital,2024-01-05,ready
2,Southern Hospital,IE,hospital,2024-02-05,broken
3,Eastern Hospital,IE,hospital,2024-03-05,Broken
4,Western Hospital,IE,hospital,2024-04-05,on fire
"""
WRONG = [
    ("a line without a beginning", "generator | enum\n", None),
    ("a type that does not exist", "+ a_b | colour | ? | | new | public | A | B | C. | |\n", "colour"),
    ("a value twice", VARIABLE.strip("\n") + "\n- ready | Ready | Prête | again\n", "ready"),
    ("a value of nothing", "@ thing | Thing | Chose | A thing.\n- red | Red | Rouge | a colour\n", None),
]


def write(place, name, text):
    path = os.path.join(place, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def with_variable(text, variable):
    """The codebook with more lines at the end of its entity "response"."""
    before, after = text.split("\n@ accountability ", 1)
    return before + variable + "\n@ accountability " + after


def test_variable(place, book):
    var, data = os.path.join(place, "var"), write(place, "power.csv", ROWS)
    mapping = write(place, "power.map", MAPPING)
    words = ["import", "--as", "csv", "--mapping", mapping, "--json", data]
    refused = vigie(*words, var=var)
    check(refused.fails_clearly(65) and "generator_state" in refused.err, "the old codebook does not know it", refused)
    answer = vigie(*words, "--codebook", book, var=var)
    report = json.loads(answer.out) if answer.status == 0 else {}
    check(report.get("published") == 4, "with the new one its claims are published", answer)
    check("on fire" in answer.out, "a value that it does not have is told", answer)
    for query, count in (("generator_state=ready", 1), ("generator_state=broken", 2), ("generator_state=broken,ready", 3)):
        figures = vigie("figures", query, "--json", "--codebook", book, var=var)
        check(figures.status == 0 and json.loads(figures.out)["incidents"] == count, "figures %s" % query, figures)
    wrong = vigie("figures", "generator_state=on_fire", "--codebook", book, var=var)
    check(wrong.fails_clearly(65) and "ready" in wrong.err, "an unknown value is refused with those there are", wrong)
    check(vigie("figures", "generator_state=ready", var=var).fails_clearly(65), "and the key without the codebook")
    rows = list(csv.DictReader(io.StringIO(vigie("export", "incidents", "--codebook", book, var=var).out)))
    check([row.get("generator_state") for row in sorted(rows, key=lambda row: row["id"])] == ["ready", "broken", "broken", ""],
          "it is a column of the export", rows[:1])
    claims = list(csv.DictReader(io.StringIO(vigie("export", "claims", "--codebook", book, var=var).out)))
    check(sum(row["variable"] == "generator_state" for row in claims) == 4, "and its claims are among the claims")
    verified = vigie("verify", "--codebook", book, var=var)
    check(verified.status == 0, "the register verifies", verified)
    with served(var, "--codebook", book) as (_, address):
        page = fetch(address + "/fr/codebook")[1]
        check("Alimentation de secours" in page, "the site explains it in French")
        kinds, units = set(re.findall(r'<p class="note">([^<·]+) ·', page)), set(re.findall(r"unité : (?:<[^>]*>)?([^<\n]+)", page.replace("\u00a0", " ")))
        check({"une de ses valeurs", "nombre ou intervalle", "renvoi à une autre fiche"} <= kinds and {"personnes", "jours", "ISO 3166-1"} <= units and
              not (kinds | units) & {"enum", "ref", "range", "number", "persons", "days", "day", "by metric"}, "with types and units in French", kinds, units)
        status, text = fetch(address + "/api/v1/figures.json?generator_state=broken")
        check(status == 200 and json.loads(text)["incidents"] == 2, "and the API filters by it", status, text[:300])


def main():
    with folder() as place:
        text = vigie("codebook", "print").out
        book = write(place, "book.txt", with_variable(text, VARIABLE))
        counts = [vigie("codebook", "check", path).out for path in (write(place, "old.txt", text), book)]
        check("160 variables" in counts[0] and "161 variables" in counts[1], "codebook check counts one variable more", counts)
        for name, lines, named in WRONG:
            wrong = with_variable(text, "\n" + lines)
            path = write(place, "wrong.txt", wrong)
            number = wrong[:wrong.index(lines)].count("\n") + 1
            last = number + lines.count("\n") - 1
            for words in (["codebook", "check", path], ["figures", "--codebook", path]):
                answer = vigie(*words, var=place)
                check(answer.fails_clearly(65) and path in answer.err and (named or "") in answer.err and
                      any("line %d:" % n in answer.err for n in (number, last)),
                      "%s refuses %s and names the line" % (words[0], name), answer, number, last)
        test_variable(place, book)
    return tap.done()


sys.exit(main())
