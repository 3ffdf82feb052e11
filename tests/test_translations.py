"""What must never happen: a reader meets English words in the middle of a French page, or French set badly.

Every text of templates and program stands in po/site.pot and is translated in each po file, with the same {slots},
plural forms and the language's own blanks and quotation marks."""
import glob
import os
import re
import sys

ROOT = os.environ.get("VIGIE_ROOT", os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tools"))
sys.dont_write_bytecode = True
import pot  # noqa: E402

FRENCH = [
    ("no-break space before a colon", re.compile(r"[^\u00a0]:(?=\s|$)")),
    ("narrow no-break space before ; ! ? and %", re.compile(r"[^\u202f][;!?%]")),
    ("French quotation marks", re.compile(r'[“”]|\\"')),
    ("no-break space inside quotation marks", re.compile(r"«[^\u00a0]|[^\u00a0]»")),
    ("no-break space between a number and what it counts", re.compile(r"\{n\} ")),
    ("typographic apostrophes", re.compile(r"\w'\w")),
]

count = failed = 0


def check(good, name, detail=""):
    global count, failed
    count += 1
    failed += not good
    print(f"{'ok' if good else 'not ok'} {count} - {name}")
    if not good and detail:
        print("#", detail)


def entries(path):
    """[(text, plural or None, [forms])] of a po file."""
    found, current = [], None
    for line in open(path, encoding="utf-8"):
        if line.startswith("msgid_plural"):
            current[1] = pot.joined(line)
        elif line.startswith("msgid"):
            current = [pot.joined(line), None, []]
            found.append(current)
        elif line.startswith("msgstr"):
            current[2].append(pot.joined(line))
        elif line.startswith('"') and current[2]:
            current[2][-1] += pot.joined(line)
        elif line.startswith('"'):
            current[0] += pot.joined(line)
    return {text: (other, forms) for text, other, forms in found if text}


def slots(text):
    return sorted(re.findall(r"\{\w+\}", text))


def check_language(path, wanted):
    known, name = entries(path), os.path.basename(path)
    missing = [text for text in wanted if text not in known or not all(known[text][1])]
    check(not missing, f"{name} translates every text", f"missing: {missing}")
    left = [text for text in known if text not in wanted]
    check(not left, f"{name} has no text that nobody says", f"left over: {left}")
    for text, (other, forms) in known.items():
        check(wanted.get(text) == other and len(forms) == (2 if other else 1),
              f"{name}: the plural of “{text[:50]}” is the program's")
        for form in forms:
            check(set(slots(form)) <= set(slots(text) + slots(other or "")) and (other or slots(form) == slots(text)),
                  f"{name}: the slots of “{text[:50]}” are kept", f"{text} -> {form}")
    if name == "fr.po":
        for rule, wrong in FRENCH:
            bad = [form for _, forms in known.values() for form in forms
                   if wrong.search(re.sub(r"\{(?!n\})\w+\}|\d\d:\d\d:\d\dZ", "x", form))]
            check(not bad, f"{name}: {rule}", f"{bad}")


def main():
    wanted = pot.messages(ROOT)
    written = open(os.path.join(ROOT, "po", "site.pot"), encoding="utf-8").read()
    check(written == pot.pot(wanted), "po/site.pot is up to date", "run: python3 tools/pot.py >po/site.pot")
    check(len(wanted) > 150, "the texts of templates and program are found", str(len(wanted)))
    for path in sorted(glob.glob(os.path.join(ROOT, "po", "*.po"))):
        check_language(path, wanted)
    print(f"1..{count}")
    return 1 if failed else 0


sys.exit(main())
