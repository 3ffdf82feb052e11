"""A device with passkeys that is independent of the program's libraries: authenticator data and CBOR by hand as Web
Authentication describes them, keys and signatures by the openssl command. It can lie in every way that a test wants."""
import base64
import hashlib
import json
import os
import re
import secrets
import struct
import subprocess
import tempfile

PRESENT, VERIFIED, HAS_KEY, HAS_MORE = 1, 4, 64, 128
KINDS = {"ES256": (-7, ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]), "EdDSA": (-8, ["-algorithm", "ED25519"]),
         "RS256": (-257, ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]),
         "ES384": (-35, ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"])}


def text_of(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def bytes_of(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def cbor(value):
    """RFC 8949, as much of it as keys need."""
    def head(major, number):
        if number < 24:
            return bytes([major << 5 | number])
        size = 1 if number < 1 << 8 else 2 if number < 1 << 16 else 4
        return bytes([major << 5 | {1: 24, 2: 25, 4: 26}[size]]) + number.to_bytes(size, "big")
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    return head(5, len(value)) + b"".join(cbor(key) + cbor(one) for key, one in value.items())


class SoftKey:
    def __init__(self, kind="ES256", counter=0):
        self.algorithm, how = KINDS[kind]
        self.kind, self.counter, self.id, self.owner = kind, counter, secrets.token_bytes(32), b""
        self.pem = self.run("genpkey", *how)

    @staticmethod
    def run(*words, data=b""):
        return subprocess.run(["openssl", *words], input=data, stdout=subprocess.PIPE, check=True,
                              stderr=subprocess.DEVNULL).stdout

    def public(self):
        """The key in the form of COSE (RFC 9053)."""
        der = self.run("pkey", "-pubout", "-outform", "DER", data=self.pem)
        if self.kind == "EdDSA":
            return {1: 1, 3: -8, -1: 6, -2: der[-32:]}
        if self.kind == "RS256":
            text = self.run("rsa", "-noout", "-modulus", data=self.pem).decode()
            return {1: 3, 3: -257, -1: bytes.fromhex(text.split("=")[1].strip()), -2: b"\1\0\1"}
        half = 32 if self.kind == "ES256" else 48
        return {1: 2, 3: self.algorithm, -1: 1 if half == 32 else 2, -2: der[-2 * half:-half], -3: der[-half:]}

    def sign(self, data):
        with tempfile.TemporaryDirectory() as folder:
            key, message = os.path.join(folder, "key"), os.path.join(folder, "message")
            for path, content in ((key, self.pem), (message, data)):
                with open(path, "wb") as file:
                    file.write(content)
            if self.kind == "EdDSA":
                return self.run("pkeyutl", "-sign", "-rawin", "-inkey", key, "-in", message)
            return self.run("dgst", "-sha256", "-sign", key, message)

    def data(self, party, flags=PRESENT | VERIFIED, counter=None, key=None, more=b""):
        """Authenticator data; with a key when `key` has its bytes."""
        counter = self.counter if counter is None else counter
        head = hashlib.sha256(party.encode()).digest() + bytes([flags]) + struct.pack(">I", counter)
        return head + (b"" if key is None else bytes(16) + struct.pack(">H", len(self.id)) + self.id + key) + more

    @staticmethod
    def client(act, challenge, origin, **more):
        return json.dumps({"type": "webauthn." + act, "challenge": challenge, "origin": origin, "crossOrigin": False,
                           **more}, separators=(",", ":")).encode()

    def make(self, challenge, origin, party, **lies):
        """What a device and its browser answer when a new key is asked for: clientDataJSON, authenticatorData."""
        flags = lies.get("flags", PRESENT | VERIFIED | HAS_KEY)
        key = lies.get("coded", cbor(lies.get("cose") or self.public()))
        return (lies.get("client") or self.client(lies.get("act", "create"), challenge, origin),
                self.data(lies.get("site", party), flags, lies.get("counter"), key, lies.get("more", b"")))

    def use(self, challenge, origin, party, **lies):
        """The same when it is used: clientDataJSON, authenticatorData, signature."""
        client = lies.get("client") or self.client(lies.get("act", "get"), challenge, origin)
        if "counter" not in lies and self.counter:
            self.counter += 1
        data = self.data(lies.get("site", party), lies.get("flags", PRESENT | VERIFIED), lies.get("counter"),
                         more=lies.get("more", b""))
        return client, data, self.sign(data + hashlib.sha256(client).digest())


class Offer:
    """What a page asks a device for."""

    def __init__(self, page):
        self.form = next((form for form in page.parsed.forms if "passkey.challenge" in form["fields"]), None)
        found = re.search(r'<div class="passkey"([^>]*)>', page.body)
        self.data = dict(re.findall(r'data-([a-z]+)="([^"]*)"', found[1])) if found else {}
        self.challenge = self.form and self.form["fields"]["passkey.challenge"]

    def answer(self, key, origin, **lies):
        """The form's fields with what the device says."""
        challenge = lies.pop("challenge", self.challenge)
        if self.data["act"] == "create":
            key.owner = bytes_of(self.data["owner"])
            client, data = key.make(challenge, origin, self.data["party"], **lies)
            signature = b""
        else:
            client, data, signature = key.use(challenge, origin, self.data["party"], **lies)
        return {**self.form["fields"], "passkey.key": text_of(key.id), "passkey.owner": text_of(key.owner),
                "passkey.client": text_of(client), "passkey.data": text_of(data), "passkey.signature": text_of(signature)}
