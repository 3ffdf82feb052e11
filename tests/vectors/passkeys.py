#!/usr/bin/env python3
"""Writes tests/vectors/passkeys.txt: answers of devices, good and bad, and what has to be said of each. Nothing of the
program is used; keys are new each time. python3 tests/vectors/passkeys.py >tests/vectors/passkeys.txt

Columns, apart by blanks: what is expected, act, algorithm, counter, challenge, id, key, clientDataJSON, authenticatorData,
signature (bytes in base64url, "-" for none), name."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from softkey import HAS_KEY, HAS_MORE, PRESENT, VERIFIED, SoftKey, cbor, text_of  # noqa: E402

ORIGIN, PARTY = "https://work.vigie.example:8443", "work.vigie.example"
CHALLENGE = text_of(bytes(range(48)))
OTHER = text_of(bytes(range(1, 49)))


def raw(key):
    """As it is kept."""
    cose = key.public()
    return cose[-2] + cose[-3] if key.kind == "ES256" else cose[-2] if key.kind == "EdDSA" else cose[-1] + cose[-2]


def row(expected, act, key, answer, name, counter=0):
    client, data, signature = (*answer, b"")[:3]
    cells = [text_of(one) or "-" for one in (key.id, b"" if key.kind == "ES384" else raw(key), client, data, signature)]
    print(expected, act, key.algorithm, counter, CHALLENGE, *cells, name)


def client(act, **changed):
    said = {"type": "webauthn." + act, "challenge": CHALLENGE, "origin": ORIGIN, "crossOrigin": False}
    return json.dumps({key: one for key, one in {**said, **changed}.items() if one is not None}).encode()


def made(key):
    def one(expected, name, counter=0, **lies):
        row(expected, "create", key, key.make(CHALLENGE, ORIGIN, PARTY, counter=counter, **lies), name, counter)
    cose = key.public()
    whole = cbor(cose)
    one("fine", "a new key")
    one("fine", "a new key with a counter", counter=7)
    one("fine", "a new key with extensions", flags=PRESENT | VERIFIED | HAS_KEY | HAS_MORE,
        more=cbor({"example": 1, "credProtect": 2}))
    one("fine", "as a browser adds members to what it says", client=client("create", extra="x", topOrigin=None))
    one("purpose", "made for a use", act="get")
    one("challenge", "another challenge", client=client("create", challenge=OTHER))
    one("challenge", "no challenge", client=client("create", challenge=""))
    one("challenge", "a challenge cut short", client=client("create", challenge=CHALLENGE[:-1]))
    one("origin", "another site", client=client("create", origin="https://work.vigie.example.evil.example"))
    one("origin", "another port", client=client("create", origin="https://work.vigie.example"))
    one("origin", "without encryption", client=client("create", origin=ORIGIN.replace("https", "http")))
    one("origin", "in a frame of another site", client=client("create", crossOrigin=True))
    one("party", "a key for another site", site="evil.example")
    one("presence", "nobody touched it", flags=VERIFIED | HAS_KEY)
    one("person", "nobody was checked", flags=PRESENT | HAS_KEY)
    one("bytes", "no key in it", flags=PRESENT | VERIFIED, coded=b"")
    one("bytes", "what it says is no JSON", client=b"{\"type\":")
    one("bytes", "what it says is no object", client=b"[1]")
    one("bytes", "no origin", client=client("create", origin=None))
    one("bytes", "a challenge that is a number", client=client("create", challenge=3))
    one("bytes", "a member twice", client=client("create")[:-1] + b",\"type\":\"webauthn.create\"}")
    one("bytes", "what it says is too long", client=client("create", extra="x" * 4096))
    for length in (1, 2, 10, len(whole) // 2, len(whole) - 1):
        one("bytes", "the key cut off after %d bytes" % length, coded=whole[:length])
    one("bytes", "a map without an end", coded=b"\xbf")
    one("bytes", "a map of four thousand million members", coded=b"\xba\xff\xff\xff\xff")
    one("bytes", "a text of a whole memory", coded=b"\x7b" + b"\xff" * 8)
    one("bytes", "maps in maps", coded=b"\xa1\x01" * 500)
    one("key", "no map", coded=cbor(5))
    one("key", "a key without a kind", cose={name: part for name, part in cose.items() if name != 1})
    one("key", "a kind that does not fit", cose={**cose, 1: 4})
    one("bytes", "something behind the key", more=b"\0")
    one("bytes", "extensions that are not announced", more=cbor({"credProtect": 2}))
    one("bytes", "extensions that are not there", flags=PRESENT | VERIFIED | HAS_KEY | HAS_MORE)
    one("bytes", "a key with a tag", coded=b"\xc0" + whole)
    one("bytes", "a list that is longer than it is", coded=b"\x9a\0\0\xff\xff")
    one("bytes", "a length in no known form", coded=b"\x5c")
    one("key", "a list", coded=b"\x83\1\2\3")
    one("bytes", "too much data", more=bytes(4096))
    return one


def lengths(key):
    """Authenticator data of wrong lengths."""
    def one(expected, data, name):
        row(expected, "create", key, (client("create"), data), name)
    data = key.make(CHALLENGE, ORIGIN, PARTY)[1]
    one("bytes", b"", "no data")
    one("bytes", data[:36], "data cut off in the counter")
    for length in (37, 50, 54, 60):
        one("bytes", data[:length], "data cut off after %d bytes" % length)
    one("bytes", data[:53] + b"\xff\xff" + data[55:], "an id longer than all of it")
    one("bytes", data[:53] + b"\0\0" + data[87:], "no id")


def used(key):
    def one(expected, name, counter=0, signer=None, spoil=None, **lies):
        answer = (signer or key).use(CHALLENGE, ORIGIN, PARTY, counter=counter, **lies)
        row(expected, "get", key, spoil(*answer) if spoil else answer, name, counter)
    one("fine", "a use")
    one("fine", "a use with a counter", counter=4294967295)
    one("fine", "a use with an extension", flags=PRESENT | VERIFIED | HAS_MORE, more=cbor({"example": 1}))
    one("bytes", "a key in it", flags=PRESENT | VERIFIED | HAS_KEY)
    one("purpose", "made for a new key", act="create")
    one("challenge", "another challenge", client=client("get", challenge=OTHER))
    one("origin", "another site", client=client("get", origin="https://evil.example"))
    one("party", "a key for another site", site="evil.example")
    one("presence", "nobody touched it", flags=VERIFIED)
    one("person", "nobody was checked", flags=PRESENT)
    one("bytes", "no signature", spoil=lambda said, data, signature: (said, data, b""))
    one("bytes", "too long a signature", spoil=lambda said, data, signature: (said, data, signature + bytes(1024)))
    one("bytes", "data cut off", spoil=lambda said, data, signature: (said, data[:-1], signature))
    one("signature", "the signature of another key", signer=SoftKey(key.kind))
    one("signature", "a bit of the signature", spoil=lambda said, data, signature:
        (said, data, signature[:-1] + bytes([signature[-1] ^ 1])))
    one("signature", "the signature cut off", spoil=lambda said, data, signature: (said, data, signature[:-1]))
    one("signature", "a bit of the counter", spoil=lambda said, data, signature: (said, data[:-1] + b"\1", signature))
    one("signature", "a blank in what the browser says", spoil=lambda said, data, signature: (said + b" ", data, signature))
    one("bytes", "more data behind", spoil=lambda said, data, signature: (said, data + b"\0", signature))
    one("signature", "zeros", spoil=lambda said, data, signature: (said, data, bytes(len(signature))))


for kind in ("ES256", "EdDSA", "RS256"):
    device = SoftKey(kind)
    try_one = made(device)
    used(device)
    if kind == "ES256":
        lengths(device)
        point = device.public()
        try_one("key", "a point beside the curve", cose={**point, -3: point[-3][:-1] + bytes([point[-3][-1] ^ 1])})
        try_one("key", "half a point", cose={**point, -3: point[-3][:31]})
        try_one("key", "the point at infinity", cose={**point, -2: bytes(32), -3: bytes(32)})
other = SoftKey("ES384")
row("key", "create", other, other.make(CHALLENGE, ORIGIN, PARTY), "a kind of key that is not taken")
