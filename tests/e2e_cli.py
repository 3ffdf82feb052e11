"""The command line must never answer wrongly without saying so, never mix data with remarks, and never promise in its
help what it does not do."""
import csv
import io
import json
import os
import pty
import re
import signal
import subprocess
import sys

import tap
from tap import ROOT, STARTER, VIGIE, check, fetch, folder, served, vigie, wait_for

# words, exit status, what stdout must hold, what stderr must hold
CALLS = [
    ([], 0, "Commands\n", ""),
    (["help"], 0, "import", ""),
    (["--help"], 0, "Commands\n", ""),
    (["-h"], 0, "Commands\n", ""),
    (["--version"], 0, "vigie 0", ""),
    (["-V"], 0, "vigie 0", ""),
    (["version"], 0, "vigie 0", ""),
    (["import", "--help"], 0, "vigie import --as starter", ""),
    (["queue", "list", "--help"], 0, "vigie queue list", ""),
    (["account", "--help"], 0, "  account add ", ""),
    (["help", "queue"], 0, "  queue refuse ", ""),
    (["help", "codebook", "check"], 0, "vigie codebook check", ""),
    (["help", "exit-codes"], 0, "the disk is full", ""),
    (["imprt"], 2, "", "did you mean 'import'?"),
    (["codebok", "check"], 2, "", "did you mean 'codebook check'?"),
    (["codebook"], 2, "", "did you mean 'codebook check'?"),
    (["queue", "lst"], 2, "", "queue list"),
    (["zzzzzz"], 2, "", "'vigie help' lists them"),
    (["help", "zzzzzz"], 2, "", "no help on 'zzzzzz'"),
    (["figures", "--jsno"], 2, "", "did you mean --json?"),
    (["figures", "--zzzzzz"], 2, "", "there is no option --zzzzzz"),
    (["-z"], 2, "", "there is no option -z"),
    (["figures", "--json=1"], 2, "", "--json takes no value"),
    (["import", "--as"], 2, "", "--as needs a value"),
    (["verify", "--hold"], 2, "", "takes no option --hold"),
    (["version", "now"], 2, "", "does not take 'now'"),
    (["codebook", "check"], 2, "", "needs FILE"),
    (["import", "x.csv"], 2, "", "--as FORMAT"),
    (["import", "--as", "excel", "x.csv"], 2, "", "there is no format 'excel'; there are"),
    (["import", "--as", "hhs-ocr", "--observed", "2022-07", "x.csv"], 2, "", "--observed needs a day"),
    (["import", "--as", "hhs-ocr", "--observed", "2022-02-30", "x.csv"], 2, "", "--observed needs a day"),
    (["export", "people"], 2, "", "there is no table 'people'"),
    (["export", "incidents", "--csv", "--json"], 2, "", "at once"),
    (["codebook", "check", "/nonexistent"], 66, "", "/nonexistent"),
    (["figures", "--codebook", "/nonexistent"], 66, "", "/nonexistent"),
]

# what only makes sense with a register that holds the starter incidents
QUERIES = [
    (["figures", "colour=red"], 65, "", "colour"),
    (["figures", "type=sorcery"], 65, "", "sorcery"),
    (["figures", "from=2021-13"], 65, "", "from"),
    (["figures", "country=FR"], 0, "Incidents", ""),
    (["figures", "type=ransomware&country=FR,DE"], 0, "Incidents per week                         under 0.1\n", ""),
    (["figures", "q=brno"], 0, "By main type\n  Malware, kind unknown                    1\n", ""),
    (["export", "incidents", "country=Atlantis"], 65, "", "country"),
    (["account", "add", "maria"], 2, "", "--role"),
    (["account", "add", "maria", "--role", "queen"], 2, "", "no role 'queen'"),
    (["account", "add", "Maria!", "--role", "coder"], 65, "", "no name for an account"),
    (["account", "disable", "nobody"], 66, "", "no account nobody"),
]


def test_calls(calls, var):
    for words, status, out, err in calls:
        answer = vigie(*words, var=var)
        good = answer.status == status and out in answer.out and err in answer.err
        if status:
            good = good and answer.out == "" and answer.fails_clearly(status)
        else:
            good = good and answer.err == ""
        check(good, "vigie %s: exit %d" % (" ".join(words), status), answer)


def commands():
    """The names in the list of `vigie help`."""
    listed = vigie("help").out.split("\nCommands\n")[1].split("\nOptions")[0]
    return [re.match(r"  (\S+( \S+){0,2})  ", line)[1] for line in listed.splitlines() if re.match(r"  \S", line)]


def test_help():
    names = commands()
    check({"import", "serve", "verify", "rebuild", "figures", "export", "queue list", "queue publish", "account add",
           "account list", "account mail", "account role", "account disable", "account enable", "account reset", *("account token " + word for word in ("add", "list", "revoke")), "agreement", "publish", "release", "sources check", *("capture " + word for word in ("add", "list", "show")), *(party + word for party in ("organisation ", "actor ") for word in ("find", "add", "name", "merge", "split", "undo")),
           *("queue " + word for word in ("candidates", "show", "take", "postpone", "refuse", "reopen")),
           *("change " + word for word in ("open", "add", "correct", "retract", "rank", "merge", "split", "withdraw",
                                           "undo", "list", "show", "save", "submit", "sources", "code", "compare",
                                           "decide", "agreement", "assign", "return", "drop")), "codebook check", "codebook print", "help", "version"} == set(names), "the help lists every command", names)
    manual = vigie("help", "--man").out.replace("\\-", "-")
    for name in names:
        answer = vigie("help", *name.split())
        examples = answer.out.find("\nExamples\n")
        check(0 < examples < answer.out.find("\nUsage\n"), "help %s begins with examples" % name, answer)
        check(all(len(line) <= 80 for line in answer.out.splitlines()), "help %s fits 80 columns" % name, answer)
        check("\n.SS vigie " + name in manual, "the manual page has %s" % name)
        for example in answer.out[examples + 10:answer.out.find("\nUsage\n")].splitlines():
            words = example.split()
            check(words[:1] == ["vigie"] and " ".join(words[1:4]).startswith(name), "an example of %s is one: %s" % (name, example))
    with open(os.path.join(ROOT, "docs", "vigie.1"), encoding="utf-8") as page:
        check(page.read() == vigie("help", "--man").out, "docs/vigie.1 is what the program prints",
              "mend it by: build/vigie help --man >docs/vigie.1")
    codes = re.findall(r"^ *(\d+)  (\S+)", vigie("help", "exit-codes").out, re.M)
    check([int(c) for c, _ in codes] == sorted(int(c) for c, _ in codes) and ("2", "usage") in codes,
          "exit codes are listed by number", codes)


def on_terminal(*words, **environment):
    """What the program shows a person on a terminal, stdout and stderr together."""
    child, terminal = pty.fork()
    if child == 0:
        os.execve(VIGIE, [VIGIE, *words], dict(os.environ, TERM="xterm", **environment))
    shown = b""
    try:
        while part := os.read(terminal, 65536):
            shown += part
    except OSError:
        pass
    os.waitpid(child, 0)
    return shown.decode("utf-8", "replace")


def test_terminal(var):
    check("\033[" in on_terminal("help"), "headings are bold on a terminal")
    check("\033[" not in on_terminal("help", NO_COLOR="1"), "NO_COLOR is respected")
    check("\033[" not in vigie("help").out, "no control codes without a terminal")
    with folder() as other:
        shown = on_terminal("import", "--as", "starter", STARTER, "--var", other)
        check("incidents.csv" in shown.split("\n")[0] and "\r" in shown.split("rows")[0], "progress on a terminal", shown)
    with folder() as other:
        quiet = on_terminal("import", "--as", "starter", "--quiet", STARTER, "--var", other)
        check("%" not in quiet.split("\n")[0], "no progress with --quiet", quiet)


def test_import(var):
    first = vigie("import", "--as", "starter", STARTER, var=var)
    check(first.status == 0 and re.search(r"\b102\b", first.out) and "\r" not in first.err,
          "import tells its rows on stdout, without a progress bar in a pipe", first)
    again = vigie("import", "--as", "starter", "--json", STARTER, var=var)
    report = json.loads(again.out) if again.status == 0 else {}
    check(report.get("added") == 0 and report.get("changed") == 0, "a second import adds nothing", again)
    missing = vigie("import", "--as", "starter", "/nonexistent.csv", var=var)
    check(missing.fails_clearly(66) and "/nonexistent.csv" in missing.err, "a missing file is named", missing)
    environment = vigie("figures", env=dict(os.environ, VIGIE_VAR=var))
    check(environment.status == 0 and environment.out == vigie("figures", var=var).out, "VIGIE_VAR is the folder",
          environment)


KEYS = {"incidents", "claimed_only", "organisations", "countries", "by_type", "by_main_type", "by_country", "by_month",
        "by_sector", "persons_affected", "days_of_disturbed_care", "as_of", "codebook", "query"}


def test_reading(var):
    answer = vigie("figures", "--json", var=var)
    figures = json.loads(answer.out)
    check(KEYS <= set(figures) and answer.err == "", "figures --json has the promised keys", KEYS - set(figures))
    check({"sum", "known", "placeholders", "median", "largest_share"} <= set(figures["persons_affected"]) and
          {"sum", "known", "median"} <= set(figures["days_of_disturbed_care"]), "and the promised parts", figures)
    text = vigie("figures", var=var).out
    check(re.search(r"^Incidents +%d$" % figures["incidents"], text, re.M), "the text says the same number", text)
    for words, figure in ((["incidents"], "incidents"), (["claimed"], "claimed_only"), (["excluded"], "excluded"),
                          (["incidents", "verification=v1"], "claimed_only")):
        rows = list(csv.DictReader(io.StringIO(vigie("export", *words, var=var).out)))
        check(len(rows) == figures[figure], "export %s writes each of them" % " ".join(words), len(rows), figures)
    for table in ("incidents", "claims", "sources", "organisations"):
        document = json.loads(vigie("export", table, "country=FR", "--json", var=var).out)
        sheet = list(csv.reader(io.StringIO(vigie("export", table, "country=FR", var=var).out)))
        check(isinstance(document.get(table), list) and len(document[table]) == len(sheet) - 1 > 0,
              "export %s: as many rows in JSON as in CSV" % table, str(document)[:300], sheet[:2])
    with open("/dev/full", "wb") as full:
        process = subprocess.run([VIGIE, "export", "claims", "--var", var], stdout=full, stderr=subprocess.PIPE, timeout=60)
    check(process.returncode == 74 and b"could not be written" in process.stderr, "a full disk under the answer is told",
          process)


def test_queue():
    with folder() as var:
        held = json.loads(vigie("import", "--as", "starter", "--hold", "--json", STARTER, var=var).out)
        check(held["published"] == 0 and held["held"] == 102, "--hold publishes nothing", held)
        check(json.loads(vigie("figures", "--json", var=var).out)["incidents"] == 0, "held records are not counted")
        waiting = json.loads(vigie("queue", "list", "--json", var=var).out)
        check(len(waiting["records"]) == 102, "queue list shows what waits", str(waiting)[:300])
        vigie("queue", "publish", var=var)
        with folder() as other:
            vigie("import", "--as", "starter", STARTER, var=other)
            same = [json.loads(vigie("figures", "--json", var=v).out) for v in (var, other)]
        for figures in same:
            figures.pop("as_of")
        check(same[0] == same[1], "queue publish gives the figures of an import without --hold", *same)
        again = vigie("queue", "publish", var=var)
        check(again.status == 0, "publishing an empty queue is fine", again)


def test_serve(var):
    with served(var) as (process, address):
        check(fetch(address + "/en/")[0] == 200, "serve answers")
        children = open("/proc/%d/task/%d/children" % (process.pid, process.pid)).read().split()
        check(len(children) == 1, "one child answers readers", children)
        os.kill(int(children[0]), signal.SIGKILL)
        check(wait_for(lambda: fetch(address + "/en/")[0] == 200), "a crashed web role is started again")
        taken = vigie("serve", "--no-work", "--listen", address[7:], var=var)
        check(taken.fails_clearly(taken.status) and taken.status not in (0, 2) and address.split(":")[2] in taken.err,
              "an address that is taken is named", taken)
        process.send_signal(signal.SIGTERM)
        check(process.wait(20) == 0, "SIGTERM ends it cleanly")
        check("started again" in process.stderr.read().decode(), "the crash was told")
    with served(var) as (process, address):
        process.send_signal(signal.SIGINT)
        check(process.wait(20) == 0, "Ctrl-C ends it cleanly")
    with served(var) as (process, address):
        child = int(open("/proc/%d/task/%d/children" % (process.pid, process.pid)).read().split()[0])
        process.kill()
        process.wait()
        check(wait_for(lambda: not os.path.exists("/proc/%d" % child)), "no child outlives its parent")
    with folder() as empty:
        inside = os.path.join(empty, "new", "var")
        with served(inside) as (process, address):
            check(fetch(address + "/en/")[0] == 200, "serve makes the stores when they are missing")
    for listen in ("nonsense", "127.0.0.1:99999", "127.0.0.1:http"):
        wrong = vigie("serve", "--no-work", "--listen", listen, var=var)
        check(wrong.fails_clearly(2) or wrong.fails_clearly(65), "--listen %s is refused" % listen, wrong)
    test = vigie("serve", "--selftest", var=var)
    check(test.status == 0 and test.out.count("\n") > 10, "serve --selftest tries every role", test)


def main():
    with folder() as var:
        test_calls(CALLS, var)
        test_help()
        test_import(var)
        test_terminal(var)
        test_calls(QUERIES, var)
        test_reading(var)
        test_queue()
        test_serve(var)
    return tap.done()


sys.exit(main())
