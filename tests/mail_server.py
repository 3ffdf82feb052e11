#!/usr/bin/python3
"""A mail server that nobody here wrote (aiosmtpd): each mail that comes becomes a file FOLDER/N.json. Addresses that
begin with "nobody" are refused. Run by Debian's own Python, for which the package is.

    mail_server.py PORT FOLDER [CERTIFICATE KEY]      with a certificate: STARTTLS, and the password "secret" """
import asyncio
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Keeper:
    def __init__(self, folder):
        self.folder = folder

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return "550 there is no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = os.path.join(self.folder, "%d.json" % len(os.listdir(self.folder)))
        with open(name + "~", "w", encoding="ascii") as file:
            json.dump({"from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": session.ssl is not None,
                       "user": session.auth_data.login.decode() if session.auth_data else None,
                       "bytes": envelope.original_content.decode("ascii")}, file)
        os.rename(name + "~", name)
        return "250 kept"


def judge(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and data.login == b"vigie" and data.password == b"secret"
    return AuthResult(success=good, auth_data=data if good else None, handled=False)


async def serve(port, folder, *files):
    words = {"enable_SMTPUTF8": False, "hostname": "mail.test", "loop": asyncio.get_running_loop()}
    if files:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*files)
        words |= {"tls_context": context, "require_starttls": True, "auth_required": True, "authenticator": judge}
    keeper = Keeper(folder)
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(keeper, **words), "127.0.0.1", int(port))
    print("ready", flush=True)
    await server.serve_forever()


asyncio.run(serve(*sys.argv[1:]))
