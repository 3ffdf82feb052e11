"""Words that are planted where they must stay, and the search for them in whatever form they may have taken.

A planted word is a mark and ten letters of its own, all lower-case ASCII: escaping for HTML, JSON, URLs, CSV or a name
index leaves it as it is. The search looks for the mark alone, so that a part of a word is found too."""
import base64
import hashlib
import re

MARK = "qzvkjxwy"


def word(number, mark=MARK):
    digest = hashlib.sha256(b"%d" % number).hexdigest()[:10]
    return mark + digest.translate(str.maketrans("0123456789abcdef", "ghijklmnoprstuxz"))


def base64_forms(mark):
    """What any text with the mark in it has in base64, by how many bytes stand before it."""
    for before in range(3):
        code = base64.b64encode(b"\0" * before + mark.encode()).rstrip(b"=")
        yield code[(before * 8 + 5) // 6:len(code) if (before + len(mark)) % 3 == 0 else -1]


def forms(mark):
    plain = mark.encode()
    return {"as it is": plain, "in UTF-16": mark.encode("utf-16-le"), "in hexadecimal": plain.hex().encode(),
            "percent-encoded": b"".join(b"%%%02X" % byte for byte in plain),
            "as entities": b"".join(b"&#%d;" % byte for byte in plain),
            "in capitals": plain.upper(), **{"in base64 (%d)" % i: code for i, code in enumerate(base64_forms(mark))}}


def found(data, mark=MARK, exact=()):
    """Where and how the mark, or one of the `exact` bytes, is in `data`: "offset form: what stands there"."""
    looked_for = [*forms(mark).items(), *(("a secret of somebody", one) for one in exact)]
    places = [(data.find(form), name) for name, form in looked_for if form in data]
    return ["%d %s: %r" % (at, name, data[max(0, at - 40):at + 60]) for at, name in places]


def memory_of(process):
    """(name, bytes) of each mapping that can be read; PermissionError when the system does not allow it."""
    with open("/proc/%d/maps" % process, encoding="utf-8") as maps, open("/proc/%d/mem" % process, "rb", 0) as memory:
        for line in maps:
            first, last, rights, name = re.match(r"(\w+)-(\w+) (\S+) \S+ \S+ \S+\s*(.*)", line).groups()
            start, end = int(first, 16), int(last, 16)
            if "r" not in rights or name in ("[vvar]", "[vsyscall]", "[vdso]") or end - start > 1 << 28:
                continue # a sanitizer's shadow, which is larger and holds no text
            try:
                memory.seek(start)
                yield name, memory.read(end - start)
            except OSError:
                continue
