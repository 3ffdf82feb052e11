#!/usr/bin/env python3
"""Collects the words for people from templates and C, as a template of translations.

Usage: python3 tools/pot.py >po/site.pot     (from the root of the project)

From templates: {{_ words }}. From C: the text of say(), say_with(), say_count() (two forms), N_() and N2_()."""
import glob
import re
import sys

STRING = r'"(?:[^"\\]|\\.)*"'
STRINGS = STRING + r"(?:\s*" + STRING + ")*"
ARGUMENT = r"[^,()\"]*(?:\([^()\"]*\)[^,()\"]*)*,\s*"
PAIR = "(" + STRINGS + r")\s*,\s*(" + STRINGS + ")"
PLURALS = [re.compile(r"\bsay_count\s*\(\s*" + 3 * ARGUMENT + PAIR), re.compile(r"\bN2_\s*\(\s*" + PAIR)]
SINGLES = [re.compile(r"\bsay\s*\(\s*" + ARGUMENT + "(" + STRINGS + ")"),
           re.compile(r"\bsay_with\s*\(\s*" + 2 * ARGUMENT + "(" + STRINGS + ")"),
           re.compile(r"\bN_\s*\(\s*(" + STRINGS + ")")]
IN_TEMPLATE = re.compile(r"\{\{_\s*(.*?)\s*\}\}")


def joined(literal):
    """The text of adjacent C strings, with its escapes as they are."""
    return "".join(part[1:-1] for part in re.findall(STRING, literal))


def messages(root="."):
    """Each text once: {text: its plural form or None}, in the order of the files."""
    found = {}
    for path in sorted(glob.glob(root + "/templates/*.html")):
        for words in IN_TEMPLATE.findall(open(path, encoding="utf-8").read()):
            found.setdefault(words.replace("\\", "\\\\").replace('"', '\\"'), None)
    for path in sorted(glob.glob(root + "/src/publish/*") + glob.glob(root + "/src/web/*")
                       + glob.glob(root + "/src/work/*") + glob.glob(root + "/src/intake/*.c") + [root + "/src/domain/inclusion.c", root + "/src/domain/refusals.def", root + "/src/domain/decisions.def", root + "/src/domain/name_kinds.def", root + "/src/domain/severity.def",
                       root + "/src/domain/verification.def"]):
        text = re.sub(r"/\*.*?\*/|^#define.*?$", "", open(path, encoding="utf-8").read(), flags=re.S | re.M)
        for pattern in PLURALS:
            for one, other in pattern.findall(text):
                found[joined(one)] = joined(other)
        for pattern in SINGLES:
            for words in pattern.findall(text):
                found.setdefault(joined(words), None)
    return found


def pot(found):
    lines = ['msgid ""', 'msgstr ""', '"Content-Type: text/plain; charset=UTF-8\\n"',
             '"Content-Transfer-Encoding: 8bit\\n"', ""]
    for text, other in found.items():
        lines.append(f'msgid "{text}"')
        lines += [f'msgid_plural "{other}"', 'msgstr[0] ""', 'msgstr[1] ""'] if other else ['msgstr ""']
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(pot(messages()))
