"""What the end-to-end tests share: TAP lines, running the program, a folder that goes away, a served site."""
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ROOT = os.environ.get("VIGIE_ROOT", os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VIGIE = os.path.abspath(os.environ.get("VIGIE", os.path.join(ROOT, "build", "vigie")))
STARTER = os.path.join(ROOT, "data", "incidents.csv")
TESTING = bool(os.environ.get("VIGIE_TESTING"))  # the build can make the Nth system call fail

_run = _failed = 0


def check(condition, name, *seen):
    """One TAP line; what was seen is shown when it is not as it should be."""
    global _run, _failed
    _run += 1
    print("%s %d - %s" % ("ok" if condition else "not ok", _run, name), flush=True)
    if not condition:
        _failed += 1
        for thing in seen:
            for line in str(thing).splitlines()[:30]:
                print("# " + line)
    return bool(condition)


def skip(name, why):
    global _run
    _run += 1
    print("ok %d - %s # SKIP %s" % (_run, name, why), flush=True)


def done():
    print("1..%d" % _run)
    return 1 if _failed else 0


class Answer:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    def __str__(self):
        return "exit %s\nstdout: %s\nstderr: %s" % (self.status, self.out[-1500:], self.err[-1500:])

    def fails_clearly(self, status):
        """Non-zero as promised, nothing on stdout, one sentence on stderr."""
        lines = [line for line in self.err.splitlines() if line]
        told = [line for line in lines if line.startswith("vigie: ")]
        return self.status == status and len(told) == 1 and told[0].endswith((".", "?")) and len(lines) <= 2


def vigie(*words, var=None, timeout=120, **options):
    """Runs the program; its own words are text."""
    command = [VIGIE, *(["--var", var] if var else []), *words]
    done_ = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout, **options)
    return Answer(done_.returncode, done_.stdout.decode("utf-8", "replace"), done_.stderr.decode("utf-8", "replace"))


@contextlib.contextmanager
def folder():
    path = tempfile.mkdtemp(prefix="vigie-")
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(address, timeout=20):
    """Status and text of a page; status 0 when nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=timeout) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode("utf-8", "replace")
    except OSError as error:
        return 0, str(error)


def wait_for(condition, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


@contextlib.contextmanager
def served(var, *words, named=False):
    """A running `vigie serve`: its process and its address, which it knows itself if `named`."""
    port = free_port()
    address = "http://127.0.0.1:%d" % port
    words += ("--address", address) if named else ()
    process = subprocess.Popen([VIGIE, "serve", "--var", var, "--listen", "127.0.0.1:%d" % port, "--no-work", *words],
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        wait_for(lambda: process.poll() is not None or fetch(address + "/en/")[0] == 200)
        yield process, address
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
        process.communicate()
