#!/usr/bin/env python3
"""What must never happen: an analyst who reads French is refused in English.

Each sentence with which the domain refuses what somebody does at the workbench stands in src/work/refused.def."""
import os
import re
import sys

ROOT = os.environ.get("VIGIE_ROOT", os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
STRING = r'"(?:[^"\\]|\\.)*"'
DOMAIN = ["act", "project_link", "change", "change_publish", "coding", "adjudication", "evidence_of", "known", "project", "project_act",
          "project_naming", "project_party", "project_release", "record", "reply", "triage", "whole", "name_form", "party"]
FILES = ["src/publish/release_make.c"] + ["src/domain/%s.c" % name for name in DOMAIN] + ["src/codebook/value.c"]
# Faults of the program's own, which no form can bring about.
OURS = {"%s takes no title, summary or organisations", "'%.60s' is not a kind of entry", "%s",
        "%s and the number %lld do not go together"}
# Made of parts, each whole of which stands in the table.
COMPOSED = {"%.60s is %.40s and may not %s", "publish: a reviewer or an editor may", "prepare changes"}


def calls(text):
    """The arguments of each call that refuses."""
    for start in re.finditer(r"\b(?:fail(?:_field)?|refuse|check_range)\(", text):
        depth, at, quoted = 1, start.end(), False
        while depth:
            character = text[at]
            if quoted and character == "\\":
                at += 1
            elif character == '"':
                quoted = not quoted
            elif not quoted:
                depth += {"(": 1, ")": -1}.get(character, 0)
            at += 1
        yield start[0], text[start.end():at - 1]


def sentences(path):
    text = open(os.path.join(ROOT, path), encoding="utf-8").read().replace('COUNTRY_UNIT', '"ISO 3166-1"')
    for call, arguments in calls(text):
        refuses = re.search(r"PROBLEM_(BAD_INPUT|CONFLICT|NOT_ALLOWED|NOT_FOUND)", arguments)
        if not refuses and not call.startswith(("refuse", "check_range")):
            continue
        for literal in re.findall(r"%s(?:\s+%s)*" % (STRING, STRING), arguments):
            words = "".join(part[1:-1] for part in re.findall(STRING, literal))
            if " " in words and words not in OURS | COMPOSED:
                yield words


def main():
    patterns = re.findall(r'REFUSED\(N_\("((?:[^"\\]|\\.)*)"\)\)', open(os.path.join(ROOT, "src/work/refused.def")).read())
    fits = [re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(words))) for words in patterns]
    count = failed = 0
    for path in FILES:
        missing = []
        for words in sorted(set(sentences(path))):
            shape = re.sub(r"%(?:\.\d+)?(?:lld|zu|d|s)", "%", words)
            if not any(pattern.fullmatch(shape) for pattern in fits):
                missing.append(words)
        count += 1
        failed += bool(missing)
        print("%s %d - what %s refuses is said in every language" % ("not ok" if missing else "ok", count, path))
        for words in missing:
            print("#", words)
    twice = sorted(words for words in set(patterns) if patterns.count(words) > 1)
    print("%s %d - each sentence stands there once" % ("not ok" if twice else "ok", count + 1), *twice)
    print("1..%d" % (count + 1))
    return bool(failed or twice)


if __name__ == "__main__":
    sys.exit(main())
