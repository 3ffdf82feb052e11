"""What must never happen: a reader copies a program from the data page and it fails, or tells other numbers than the site.

The programs are taken from the page as it is served, word by word, but for the name of the host."""
import csv
import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

import tap
from site_harness import STARTER, Site


def programs(site, language):
    text = site.get(f"/{language}/data").text
    found = re.findall(r'<pre[^>]*><code class="language-(\w+)">(.*?)</code></pre>', text, re.S)
    return [(kind, html.unescape(code).replace("https://vigie.example", f"http://127.0.0.1:{site.port}")) for kind, code in found]


def run(command, folder, program):
    done = subprocess.run(command, cwd=folder, input=program.encode(), capture_output=True, timeout=60, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def check_python(site, language, program):
    figures = json.loads(site.get("/api/v1/figures?type=ransomware&from=2021").text)
    wanted = rows(site.get("/api/v1/incidents.csv?type=ransomware&from=2021").text)
    status, out, err = run([sys.executable, "-"], ".", program)
    first, *others = out.splitlines() or [""]
    tap.check(status == 0 and first == f"{figures['incidents']} incidents as of {figures['as_of']} by codebook {figures['codebook']}"
              and [line.split(" ")[0] for line in others] == [row["date_first"] for row in wanted] and len(wanted) > 50,
              f"the Python of /{language}/data reads figures and incidents", status, out[:300], err)


def check_curl(site, language, program):
    with tempfile.TemporaryDirectory() as folder:
        status, out, err = run(["bash", "-e", "-s"], folder, program)
        kept = os.path.join(folder, "incidents.csv")
        got = rows(open(kept, encoding="utf-8", newline="").read()) if os.path.exists(kept) else []
    wanted = rows(site.get("/api/v1/incidents.csv?country=FR,DE").text)
    tap.check(status == 0 and got == wanted != [] and json.loads(out) ==
              json.loads(site.get("/api/v1/figures?type=ransomware&from=2021").text),
              f"the curl of /{language}/data fetches a table and the figures", status, err)


def check_addresses(site, language, addresses):
    wanted = json.loads(site.get("/api/v1/incidents").text)["total"]
    for address in addresses.split():
        answer = site.get(re.sub(r"http://[^/]+", "", address))
        if ".xlsx" in address:
            with zipfile.ZipFile(io.BytesIO(answer.body)) as book:
                lines = book.read("xl/worksheets/sheet1.xml").count(b"<row")
        else:
            lines = len(rows(answer.text.removeprefix("\ufeff"))) + 1
        tap.check(answer.status == 200 and lines >= wanted + 1, f"{address} of /{language}/data holds {wanted} incidents", lines)


def check_r(language, program):
    if not shutil.which("Rscript"):
        tap.skip(f"the R of /{language}/data", "Rscript is not here")
        return
    status, out, err = run(["Rscript", "-"], ".", program)
    tap.check(status == 0 and "US" in out, f"the R of /{language}/data counts by country", out, err)


def main():
    with Site("starter", STARTER) as site:
        for language in ("en", "fr"):
            found = programs(site, language)
            tap.check([kind for kind, _ in found] == ["r", "python", "text", "sh"], f"/{language}/data has a program of each kind",
                      [kind for kind, _ in found])
            codes = dict(found)
            check_r(language, codes["r"])
            check_python(site, language, codes["python"])
            check_addresses(site, language, codes["text"])
            check_curl(site, language, codes["sh"])
    return tap.done()


sys.exit(main())
