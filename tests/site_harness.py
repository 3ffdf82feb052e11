"""A site for end-to-end tests: a register filled from files, and `vigie serve` over it."""
import gzip
import http.client
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time

from tap import STARTER, VIGIE  # noqa: F401


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        body = gzip.decompress(self.body) if self.headers.get("Content-Encoding") == "gzip" else self.body
        return body.decode("utf-8")


class Site:
    """with Site("starter", FILE) as site: site.get("/en/"); or over a register that is there, which stays."""

    def __init__(self, importer=None, file=None, var=None):
        self.place = tempfile.mkdtemp(prefix="vigie-site-")
        self.var = var or os.path.join(self.place, "var")
        if importer:
            self.fill(importer, file)
        self.start()

    def fill(self, importer, file, *options):
        subprocess.run([VIGIE, "import", "--as", importer, "--var", self.var, *options, file], check=True, capture_output=True)

    def start(self):
        self.log = open(os.path.join(self.place, "log"), "w+b")
        self.process = subprocess.Popen([VIGIE, "serve", "--var", self.var, "--listen", "127.0.0.1:0", "--no-work",
                                         "--address", "https://vigie.example", "--contact", "desk@vigie.example & others"],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.log)
        deadline = time.monotonic() + 60
        while not (found := re.search(r"http://127\.0\.0\.1:(\d+)/", self.told())):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("vigie serve does not start: " + self.told())
            time.sleep(0.02)
        self.port = int(found[1])

    def told(self):
        """What it has written to stderr."""
        with open(self.log.name, encoding="utf-8", errors="replace") as file:
            return file.read()

    def stop(self):
        """Asks it to end; its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)

    def get(self, path, method="GET", headers=None, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.log.close()
        shutil.rmtree(self.place, ignore_errors=True)
