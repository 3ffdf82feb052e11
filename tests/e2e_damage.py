"""No damage to the record may stay unseen, and no trouble of the machine — a full disk, a locked, damaged or unreadable
file — may cost what was already stored, or be told in more or less than one clear sentence."""
import base64
import contextlib
import csv
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time

import tap
from tampered import check_named, check_public
from tap import STARTER, TESTING, VIGIE, check, folder, skip, vigie


def part_of_starter(path, rows):
    """The first `rows` of it, the line of headings among them."""
    with open(STARTER, encoding="utf-8", newline="") as file:
        whole = list(csv.reader(file))
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(whole[:rows])
    return path


def make_register(place):
    """A register of two imports, so that it has several checkpoints."""
    var = os.path.join(place, "var")
    half = os.path.join(place, "incidents.csv")
    part_of_starter(half, 50)
    vigie("import", "--as", "starter", half, var=var)
    kept = os.path.join(place, "kept-checkpoint")
    shutil.copy(os.path.join(var, "checkpoint"), kept)
    vigie("import", "--as", "starter", STARTER, var=var)
    return var, kept


def public(var):
    """Closed at its end, not when Python happens to collect it: that takes the side files away from whoever reads then."""
    return contextlib.closing(sqlite3.connect(os.path.join(var, "public.db"), isolation_level=None))


def work(var):
    return contextlib.closing(sqlite3.connect(os.path.join(var, "work.db"), isolation_level=None))


def run_sql(*statements):
    def damage(var):
        with public(var) as store:
            for statement in statements:
                store.execute(statement)
    return damage


def flipped(letter):
    return "B" if letter != "B" else "C"


def change_note(changed, line):
    """Changes one line of the newest note."""
    def damage(var):
        with public(var) as store:
            size, note = store.execute("SELECT size, note FROM checkpoint ORDER BY size DESC").fetchone()
            lines = note.rstrip("\n").split("\n")
            lines[line] = changed(lines)
            store.execute("UPDATE checkpoint SET note = ? WHERE size = ?", ("\n".join(lines) + "\n", size))
    return damage


def reorder(var):
    with public(var) as store:
        (a, b) = store.execute("SELECT seq, author, at, kind, subject, body, hash FROM entry WHERE seq IN (7, 8)").fetchall()
        for seq, row in ((7, b), (8, a)):
            store.execute("UPDATE entry SET author=?, at=?, kind=?, subject=?, body=?, hash=? WHERE seq=?", row[1:] + (seq,))


def cut(var, with_file=False):
    """The end of the journal, with all checkpoints over it; with_file: and all that goes with it, so that what is left is whole."""
    with public(var) as store:
        sizes = [row[0] for row in store.execute("SELECT size FROM checkpoint ORDER BY size")]
        store.execute("DELETE FROM entry WHERE seq > ?", (sizes[0],))
        store.execute("DELETE FROM checkpoint WHERE size > ?", (sizes[0],))
        if with_file:
            store.execute("DELETE FROM answer WHERE entries > ?", (sizes[0],))
            note = store.execute("SELECT note FROM checkpoint WHERE size = ?", (sizes[0],)).fetchone()[0]
            with open(os.path.join(var, "checkpoint"), "w", encoding="utf-8") as file:
                file.write(note)


def root_of(leaves):
    """RFC 6962, 2.1"""
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + root_of(leaves[:k]) + root_of(leaves[k:])).digest()


def canonical(seq, at, author, kind, subject, body):
    seconds, thousandths = divmod(at, 1000)
    moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + ".%03dZ" % thousandths
    return ('{"at":"%s","author":%s,"body":%s,"kind":"%s","seq":%d,"subject":"%s"}' % (
        moment, json.dumps(author), body, kind, seq, subject)).encode()


def forge(var):
    """An insider without the key: changes an entry and makes all hashes and roots fit it."""
    with public(var) as store:
        store.execute("UPDATE entry SET body = replace(body, 'Brno', 'Wien') WHERE body LIKE '%Brno%'")
        leaves = []
        for row in store.execute("SELECT seq, at, author, kind, subject, body FROM entry ORDER BY seq").fetchall():
            leaves.append(hashlib.sha256(b"\x00" + canonical(*row)).digest())
            store.execute("UPDATE entry SET hash = ? WHERE seq = ?", (leaves[-1], row[0]))
        for size, note in store.execute("SELECT size, note FROM checkpoint").fetchall():
            root = root_of(leaves[:size])
            lines = note.split("\n")
            lines[2] = base64.b64encode(root).decode()
            store.execute("UPDATE checkpoint SET root = ?, note = ? WHERE size = ?", (root, "\n".join(lines), size))
    shutil.rmtree(os.path.join(var, "checkpoint"), ignore_errors=True)
    if os.path.exists(os.path.join(var, "checkpoint")):
        os.remove(os.path.join(var, "checkpoint"))


def hide_from_index(var):
    """The index is made without the row, and said to have it."""
    with work(var) as store:
        sql = store.execute("SELECT sql FROM sqlite_schema WHERE name = 'deed_subject'").fetchone()[0]
        store.execute("DROP INDEX deed_subject")
        store.execute(sql + " WHERE id < 0")
        store.execute("PRAGMA writable_schema = ON")
        store.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'deed_subject'", (sql,))


COPY_ENTRY = "INSERT INTO entry SELECT (SELECT max(seq) + 1 FROM entry), at, author, kind, subject, body, hash FROM entry WHERE seq = 3"
DAMAGES = [
    ("a changed body", run_sql("UPDATE entry SET body = replace(body, 'Brno', 'Wien') WHERE body LIKE '%Brno%'")),
    ("a changed author", run_sql("UPDATE entry SET author = 'somebody' WHERE seq = 5")),
    ("a changed moment", run_sql("UPDATE entry SET at = at + 1 WHERE seq = 5")),
    ("a changed kind", run_sql("UPDATE entry SET kind = 'claim.add' WHERE seq = 5")),
    ("a changed subject", run_sql("UPDATE entry SET subject = 'incident/999' WHERE seq = 5")),
    ("a changed hash", run_sql("UPDATE entry SET hash = randomblob(32) WHERE seq = 5")),
    ("a removed body", run_sql("UPDATE entry SET body = NULL WHERE seq = 5")),
    ("a removed entry", run_sql("DELETE FROM entry WHERE seq = 20")),
    ("a removed last entry", run_sql("DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)")),
    ("a removed first entry", run_sql("DELETE FROM entry WHERE seq = 1")),
    ("an added entry", run_sql(COPY_ENTRY)),
    ("entries in another order", reorder),
    ("an end cut off with its checkpoints", cut),
    ("a removed journal", run_sql("DELETE FROM entry", "DELETE FROM checkpoint")),
    ("a changed root", run_sql("UPDATE checkpoint SET root = randomblob(32) WHERE size = (SELECT min(size) FROM checkpoint)")),
    ("a changed signature", change_note(lambda lines: lines[-1][:60] + flipped(lines[-1][60]) + lines[-1][61:], -1)),
    ("a changed root in a note", change_note(lambda lines: flipped(lines[2][0]) + lines[2][1:], 2)),
    ("a changed size in a note", change_note(lambda lines: str(int(lines[1]) - 1), 1)),
    ("a changed origin", change_note(lambda lines: "other/log", 0)),
    ("a removed newest checkpoint", run_sql("DELETE FROM checkpoint WHERE size = (SELECT max(size) FROM checkpoint)")),
    ("a forged history", forge),
    ("a changed claim", run_sql("UPDATE claim SET value = 'ddos' WHERE id = (SELECT min(id) FROM claim WHERE variable = 'attack_type')")),
    ("a removed claim", run_sql("DELETE FROM claim WHERE id = (SELECT max(id) FROM claim)")),
    ("a changed speaker", run_sql("UPDATE statement SET claimant = 'court' WHERE id = (SELECT min(id) FROM statement)")),
    ("a changed organisation", run_sql("UPDATE organisation SET name = 'Nobody' WHERE id = 3")),
    ("a changed source", run_sql("UPDATE source SET url = 'https://example.org/' WHERE id = 3")),
    ("a changed link", run_sql("UPDATE affected SET role = 'spillover' WHERE id = (SELECT min(id) FROM affected)")),
    ("a changed title", run_sql("UPDATE incident SET title = 'Nothing happened' WHERE id = 4")),
    ("a changed version", run_sql("UPDATE version SET persons = 1000000 WHERE id = (SELECT min(id) FROM version)")),
    ("a removed version", run_sql("DELETE FROM version_value WHERE version = (SELECT min(id) FROM version)",
                                  "DELETE FROM version WHERE id = (SELECT min(id) FROM version)")),
    ("the bytes of a text that is none any more", run_sql("UPDATE organisation SET country = CAST(country AS BLOB) WHERE id = 3")),
    ("a kind of entry that is no text any more", run_sql("UPDATE entry SET kind = CAST(kind AS BLOB) WHERE seq = 5")),
    ("an answer that is not found any more", run_sql("UPDATE answer SET key = CAST(key AS BLOB)")),
    ("an answer behind whose key there is more", run_sql("UPDATE answer SET key = key || char(0) || 'x'")),
    ("answers that are said to be older than their signatures", run_sql("UPDATE answer SET signature = NULL, entries = 0, key = 'x' || id")),
    ("an index that was taken away", run_sql("DROP INDEX archived_source")),
    ("a table that was added", run_sql("CREATE TABLE other (id INTEGER PRIMARY KEY)")),
    ("a trigger", run_sql("CREATE TRIGGER never AFTER INSERT ON entry BEGIN DELETE FROM answer; END")),
    ("a row that is there but not found", hide_from_index),
    ("a changed published value", run_sql("UPDATE version_value SET code = 'ddos' WHERE code = 'ransomware'")),
]
WHOLE = "The record is whole."


def test_damages(var, kept):
    clean = vigie("verify", var=var)
    check(clean.status == 0 and clean.err == "" and clean.out.splitlines()[1:] == [WHOLE], "an untouched register verifies", clean)
    report = json.loads(vigie("verify", "--json", "--checkpoint", kept, var=var).out)
    check(report["entries"] == 102 and report["checkpoints"] >= 2 and report["findings"] == [],
          "and contains a checkpoint kept elsewhere", report)
    for name, damage in DAMAGES:
        with folder() as place:
            copy = os.path.join(place, "var")
            shutil.copytree(var, copy)
            damage(copy)
            told = vigie("verify", var=copy)
            findings = told.out.splitlines()[1:] # behind how much was looked at
            check(told.status == 1 and findings and WHOLE not in findings and told.err.count("\n") == 1 and
                  "damage in %d place" % len(findings) in told.err, "verify finds %s" % name, told)
            if name == "a forged history":
                asked = json.loads(vigie("verify", "--json", var=copy).out)
                check(asked["findings"] == findings, "and says the same to a program", asked, told)
    with folder() as place:
        copy = os.path.join(place, "var")
        shutil.copytree(var, copy)
        newest = shutil.copy(os.path.join(var, "checkpoint"), os.path.join(place, "newest"))
        cut(copy, with_file=True)
        vigie("rebuild", var=copy)
        answer = vigie("verify", var=copy)
        check(answer.status == 1 and "imported row 102 is not published as incident 102" in answer.out, "what was cut off is missed by the work store", answer)
        for name in ("work.db", "work.db-wal", "work.db-shm"):
            if os.path.exists(os.path.join(copy, name)):
                os.remove(os.path.join(copy, name))
        answer = vigie("verify", var=copy)
        check(answer.status == 1 and "the work store is gone" in answer.out, "so is the work store itself", answer)
        forget_heads(copy)
        alone, beside = vigie("verify", var=copy), vigie("verify", "--checkpoint", newest, var=copy)
        check(alone.status == 0 and beside.status == 1,
              "what was cut off everywhere is found by a checkpoint kept elsewhere", alone, beside)
        strange = vigie("verify", "--checkpoint", STARTER, var=copy)
        check(strange.status in (1, 65), "a file that is no checkpoint is refused", strange)


def write_anew(var, *statements):
    """What somebody does who holds the whole work store: other rows in the private journal, and a chain that fits them."""
    with work(var) as store:
        for statement in statements:
            store.execute(statement)
        last = b""
        for number, row in enumerate(store.execute("SELECT id, at, author, kind, subject, detail FROM deed ORDER BY id").fetchall(), 1):
            last = hashlib.sha256(last + json.dumps([number, *row[1:]], ensure_ascii=False, separators=(",", ":")).encode()).digest()
            store.execute("UPDATE deed SET id = ?, hash = ? WHERE id = ?", (number, last, row[0]))


def forget_heads(var):
    with public(var) as store:
        store.execute("DELETE FROM deed_head")
    os.remove(os.path.join(var, "deeds-checkpoint"))


ANOTHER = "UPDATE deed SET author = 'nobody' WHERE id = 1"
REWRITINGS = [
    ("another author", lambda var: write_anew(var, ANOTHER), "written anew"),
    ("another moment of the last row", lambda var: write_anew(var, "UPDATE deed SET at = at - 1 WHERE kind <> 'account.add'"), "written anew"),
    ("rows cut off", lambda var: write_anew(var, "DELETE FROM deed WHERE id >= (SELECT max(id) - 2 FROM deed)"), "cut off"),
    ("all rows taken away", lambda var: write_anew(var, "DELETE FROM deed"), "cut off"),
    ("a signed head that was changed", run_sql("UPDATE deed_head SET note = replace(note, 'vigie/log/deeds', 'other/log/deeds')"), "is no signed one"),
    ("a signed head that was taken away", run_sql("DELETE FROM deed_head WHERE size = (SELECT max(size) FROM deed_head)"), "is not in the store"),
    ("a signed head of another length", run_sql("UPDATE deed_head SET size = size - 1 WHERE size = (SELECT min(size) FROM deed_head)"), "is no signed one"),
]


def test_private_journal(var):
    """It is in the hands of whoever writes the work store; the log's signatures are not."""
    with folder() as place:
        copy, kept = os.path.join(place, "var"), os.path.join(place, "kept")
        shutil.copytree(var, copy)
        shutil.copy(os.path.join(copy, "deeds-checkpoint"), kept)
        with open(kept, encoding="utf-8") as file:
            origin, size = file.read().split("\n")[:2]
        with work(copy) as store:
            check(origin == "vigie/log/deeds" and store.execute("SELECT max(id) FROM deed").fetchone() == (int(size),),
                  "the log has signed the private journal to its end", origin, size)
        vigie("account", "add", "anna", "--role", "coder", var=copy)
        answer = vigie("verify", "--checkpoint", kept, var=copy)
        check(answer.status == 0, "it goes on behind a head that was signed, and contains one that was kept", answer)
        for name, damage, words in REWRITINGS:
            other = os.path.join(place, "other")
            shutil.copytree(copy, other)
            damage(other)
            answer = vigie("verify", var=other)
            check(answer.status == 1 and words in answer.out, "verify finds %s" % name, answer)
            shutil.rmtree(other)
        write_anew(copy, ANOTHER)
        forget_heads(copy)
        alone, beside = vigie("verify", var=copy), vigie("verify", "--checkpoint", kept, var=copy)
        check("written anew" not in alone.out and beside.status == 1 and "written anew" in beside.out,
              "one that was written anew with all its heads is found by any that was kept elsewhere", alone, beside)
        vigie("import", "--as", "starter", "--quiet", STARTER, var=copy)
        answer = vigie("verify", "--checkpoint", kept, var=copy)
        check(answer.status == 1 and "written anew" in answer.out, "also when it was signed again since", answer)


def test_found(var):
    """A store that was begun by a program that told of fewer rows: they are told of as they are found, once."""
    with folder() as place:
        copy = os.path.join(place, "var")
        shutil.copytree(var, copy)
        vigie("account", "add", "anna", "--role", "coder", var=copy)
        for other in ("CAST(kind AS BLOB)", "kind || char(0) || 'x'"):
            with work(copy) as store:
                store.execute("UPDATE deed SET kind = %s WHERE id = (SELECT max(id) FROM deed)" % other)
                answer = vigie("verify", var=copy)
                check("of the private journal was changed" in answer.out, "a row of the journal that is not found as what it is, is named", answer)
                store.execute("UPDATE deed SET kind = 'rows.written' WHERE id = (SELECT max(id) FROM deed)")
        with work(copy) as store:
            store.execute("CREATE TRIGGER upwards AFTER INSERT ON account BEGIN UPDATE account SET role = 'administrator'; END")
        vigie("account", "add", "ann", "--role", "coder", var=copy)
        with work(copy) as store:
            check({row[0] for row in store.execute("SELECT role FROM account")} == {"coder"}, "a trigger that somebody has put there does nothing")
            store.execute("DROP TRIGGER upwards")
            store.execute("DELETE FROM deed WHERE kind = 'rows.written' AND id = (SELECT max(id) FROM deed)")
        answer = vigie("verify", var=copy)
        check(answer.status == 1 and "row 2 of account is nothing that" in answer.out, "an account of which the last rows are cut off is named", answer)
        write_anew(copy, "DELETE FROM deed WHERE kind = 'rows.written'")
        forget_heads(copy)
        vigie("account", "add", "bela", "--role", "coder", var=copy)
        answer = vigie("verify", var=copy)
        check(answer.status == 0, "what stands in an older store is told as it is found", answer)
        with work(copy) as store:
            store.execute("UPDATE account SET made = made + 1 WHERE id = 1")
            store.execute("UPDATE raw_row SET line = line + 1 WHERE id = 7")
            store.execute("DELETE FROM import_row WHERE id = 9")
        vigie("account", "add", "cora", "--role", "coder", var=copy)
        answer = vigie("verify", var=copy)
        check(all(words in answer.out for words in ("row 1 of account is not", "row 7 of raw_row is not", "row 9 of import_row is gone")), "and not a second time", answer)


def test_laundered(var):
    """Who changes a row has not got it vouched for when the program writes the rest of it."""
    with folder() as place:
        copy = os.path.join(place, "var")
        shutil.copytree(var, copy)
        for name in ("anna", "bela"):
            vigie("account", "add", name, "--role", "coder", var=copy)
        with work(copy) as store:
            store.execute("UPDATE account SET role = 'administrator' WHERE name = 'anna'")
            store.execute("DELETE FROM account WHERE name = 'bela'")
        for words in (("disable", "anna"), ("enable", "anna"), ("add", "cora", "--role", "coder")):
            vigie("account", *words, var=copy)
        answer = vigie("verify", var=copy)
        check(answer.out.splitlines()[1:] == ["row %d of account was not what the private journal said when it was written again" % row for row in (1, 2)],
              "what was changed or taken away stays named when the program writes the row, or one of that number, again", answer)


PROJECTED = ["source", "organisation", "incident", "affected", "statement", "claim", "version", "version_value"]


def contents(var):
    with public(var) as store:
        return {table: store.execute("SELECT * FROM %s ORDER BY id" % table).fetchall() for table in PROJECTED}


def test_rebuild(var):
    with folder() as place:
        copy = os.path.join(place, "var")
        shutil.copytree(var, copy)
        before = contents(copy)
        answer = vigie("rebuild", var=copy)
        check(answer.status == 0 and contents(copy) == before, "rebuild makes the same tables again", answer)
        run_sql("PRAGMA foreign_keys = OFF", *["DELETE FROM %s" % table for table in PROJECTED])(copy)
        vigie("rebuild", var=copy)
        check(contents(copy) == before, "rebuild makes them from the journal alone")
        check(vigie("verify", var=copy).status == 0, "and they verify")


def one_row_less(path):
    """A data set that no import has seen, so that its rows are looked up."""
    with open(STARTER, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows[:-1])


def test_bad_files(var):
    for name, spoil in (("is no database", lambda f: f.write(b"This is not a database at all." * 200)),
                        ("is cut in half", lambda f: f.truncate(os.path.getsize(f.name) // 2)),
                        ("has spoilt pages", lambda f: (f.seek(4096), f.write(os.urandom(65536))))):
        for store in ("public.db", "work.db"):
            with folder() as place:
                copy = os.path.join(place, "var")
                shutil.copytree(var, copy)
                path = os.path.join(copy, store)
                with sqlite3.connect(path) as plain:
                    plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                plain.close()
                with open(path, "r+b") as file:
                    spoil(file)
                bytes_before = open(path, "rb").read()
                other = os.path.join(place, "other.csv")
                one_row_less(other)
                words = ["verify"] if store == "public.db" else ["import", "--as", "starter", "--quiet", other]
                answer = vigie(*words, var=copy)
                check(answer.status in (1, 74) and answer.err.count("\n") == 1 and "vigie: " in answer.err,
                      "%s that %s: one sentence from %s" % (store, name, words[0]), answer)
                if "pages" not in name: # those are met in the middle of the work
                    check(open(path, "rb").read() == bytes_before, "and it is left as it was")


def test_locked(var):
    for store in ("public.db", "work.db"):
        with folder() as place:
            copy = os.path.join(place, "var")
            half = os.path.join(place, "half.csv")
            part_of_starter(half, 50)
            vigie("import", "--as", "starter", half, var=copy)
            lock = sqlite3.connect(os.path.join(copy, store), isolation_level=None)
            lock.execute("BEGIN IMMEDIATE")
            answer = vigie("import", "--as", "starter", "--quiet", STARTER, var=copy)
            check(answer.fails_clearly(75), "a locked %s: one sentence" % store, answer)
            check(vigie("figures", var=copy).status == 0, "readers go on meanwhile")
            lock.execute("ROLLBACK")
            lock.close()
            again = vigie("import", "--as", "starter", "--json", STARTER, var=copy)
            check(again.status == 0 and json.loads(again.out)["read"] == 102, "the import goes on afterwards", again)
            check(vigie("verify", var=copy).status == 0 and contents(copy)["incident"][-1][0] == 102,
                  "with every incident once", contents(copy)["incident"][-1])


def test_permissions(var):
    if os.geteuid() != 0:
        return skip("files that may not be read", "only root can become somebody else")
    with folder() as place:
        os.chmod(place, 0o755)
        os.chmod(os.environ.get("TMPDIR", "/tmp"), 0o755) if "vigie-test-" in os.environ.get("TMPDIR", "") else None
        program = shutil.copy(VIGIE, place)
        secret = shutil.copy(STARTER, os.path.join(place, "secret.csv"))
        os.chmod(secret, 0o600)
        copy = os.path.join(place, "var")
        shutil.copytree(var, copy)
        mine = os.path.join(place, "mine")
        os.mkdir(mine)
        os.chown(mine, 65534, 65534)
        for name, words in (("a data set", ["import", "--as", "starter", "--quiet", secret, "--var", mine]),
                            ("a codebook", ["codebook", "check", secret]),
                            ("a register", ["figures", "--var", copy]),
                            ("a folder", ["import", "--as", "starter", STARTER, "--var", "/var/lib/vigie-not-mine"])):
            done = subprocess.run([program, *words], capture_output=True, user=65534, group=65534, extra_groups=[],
                                  stdin=subprocess.DEVNULL, cwd="/",
                                  env=dict(os.environ, GCOV_PREFIX=mine)) # where a build that counts lines may write
            answer = tap.Answer(done.returncode, done.stdout.decode(), done.stderr.decode())
            check(answer.fails_clearly(77), "%s that may not be read: one sentence" % name, answer)


FULL_DISK = r"""
mount -t tmpfs -o size=64m tmpfs "$1" || exit 99
cd "$1" && cp -a "$2" var && df --output=avail -k . | tail -n 1 >before
dd if=/dev/zero of=filler bs=1k count=$(($(cat before) - $5)) status=none
echo "$("$3" import --as starter --quiet "$4" --var var 2>&1 >/dev/null)"; "$3" import --as starter --quiet "$4" --var var >/dev/null 2>&1; echo $?
"$3" figures --var var >/dev/null 2>&1; echo $?
rm filler
"$3" verify --var var >/dev/null 2>&1; echo $?
"$3" import --as starter --quiet "$4" --var var >/dev/null 2>&1; echo $?
"$3" verify --var var >/dev/null 2>&1; echo $?
"$3" figures --json --var var
"""


def test_full_disk(place):
    var = os.path.join(place, "half")
    vigie("import", "--as", "starter", part_of_starter(os.path.join(place, "half.csv"), 50), var=var)
    whole = os.path.join(place, "whole")
    vigie("import", "--as", "starter", STARTER, var=whole)
    wanted = json.loads(vigie("figures", "--json", var=whole).out)["incidents"]
    for left in (0, 40, 100, 200):
        mounted = os.path.join(place, "disk")
        os.makedirs(mounted, exist_ok=True)
        done = subprocess.run(["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"]), "sh", "-c",
                               FULL_DISK, "sh", mounted, var, VIGIE, STARTER, str(left)],
                              capture_output=True, stdin=subprocess.DEVNULL, timeout=120)
        if done.returncode == 99 or b"unshare" in done.stderr:
            return skip("a full disk", "no file system of a small size can be mounted here")
        lines = done.stdout.decode().split("\n", 6)
        check(lines[0].startswith("vigie: ") and "full" in lines[0] and lines[1:2] == ["74"],
              "a disk with %d kB left: one sentence" % left, done.stdout, done.stderr)
        check(lines[2:4] == ["0", "0"], "the register is whole and readable", done.stdout)
        check(lines[4:6] == ["0", "0"] and json.loads(lines[6])["incidents"] == wanted,
              "and the import goes on when there is room again", done.stdout)
    return None


def test_failing_calls(place):
    """Every system call that the seam counts fails once, with "no space left"."""
    if not TESTING:
        return skip("the Nth call fails", "this build has no seam")
    told = set()
    few = part_of_starter(os.path.join(place, "few.csv"), 8)
    for nth in list(range(1, 12)) + list(range(12, 400, 13)):
        var = os.path.join(place, "fail-%d" % nth)
        answer = vigie("import", "--as", "starter", "--quiet", few, var=var,
                       env=dict(os.environ, VIGIE_FAIL="%d:28" % nth))
        if answer.status == 0: # there are not so many
            break
        told.add(answer.status)
        again = vigie("import", "--as", "starter", "--quiet", few, var=var)
        clean = vigie("verify", var=var)
        whole = again.status == 0 and clean.status == 0 and len(contents(var)["incident"]) == 7
        if not (answer.err.startswith("vigie: ") and answer.err.count("\n") == 1 and whole):
            return check(False, "call %d fails: one sentence, and the import goes on" % nth, answer, again, clean)
        shutil.rmtree(var)
    return check(told, "whichever call fails: one sentence, an intact register, and the import goes on", told)


def main():
    with folder() as place:
        var, kept = make_register(place)
        test_damages(var, kept)
        test_private_journal(var)
        test_found(var)
        test_laundered(var)
        check_named(var, "imports")
        check_public(var, *PROJECTED, "answer")
        test_rebuild(var)
        test_bad_files(var)
        test_locked(var)
        test_permissions(var)
        test_full_disk(place)
        test_failing_calls(place)
    return tap.done()


sys.exit(main())
