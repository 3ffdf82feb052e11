"""Reports of a wire: a data set whose rows wait in the queue as candidates."""
import os

import tap

HEADINGS = "id,who,country,when,what"
MAPPING = """name = wire
licence = CC0
source.title = A wire
source.type = media_own
source.reliability = b
claimant = media
credibility = c2
dates = day-month-year
[columns]
id = key
who = organisation.name
country = organisation.country
when = event_kind.impact_start
what = attack_type
[always]
organisation.type = hospital
[values what]
locked = ransomware
"""


def column(name, variable):
    """The mapping with one column more."""
    return MAPPING.replace("what = attack_type\n", "what = attack_type\n%s = %s\n" % (name, variable))


def hold(var, rows, mapping=MAPPING, name="wire"):
    """Imports these lines of CSV, headings first, from a file of that name, and holds them back. The answer of the program."""
    paths = [os.path.join(os.path.dirname(var), name + end) for end in (".map", ".csv")]
    for path, text in zip(paths, (mapping, "\n".join(rows) + "\n")):
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    return tap.vigie("import", "--as", "csv", "--mapping", paths[0], "--hold", paths[1], var=var)
