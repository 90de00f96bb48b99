"""The real server as a process, and an identity provider of the tests' own that it believes."""

import base64
import json
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import time
import uuid

import grpc
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from contract import ROOT, Client

ISSUER = "https://identity.example/"
AUDIENCE = "redress-python"
KEY_ID = "python-1"


def _encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Issuer:
    """Signs tokens (RFC 7519) with Ed25519 (RFC 8037)."""

    name, audience, key_id = ISSUER, AUDIENCE, KEY_ID

    def __init__(self):
        self.key = Ed25519PrivateKey.generate()

    def key_set(self):
        public = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        key = {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": self.key_id, "x": _encode(public)}
        return {"keys": [key]}

    def token(self, organisation, subject, *roles, person=True):
        now = int(time.time())
        header = {"alg": "EdDSA", "typ": "JWT", "kid": self.key_id}
        claims = {
            "iss": self.name, "aud": self.audience, "sub": subject, "iat": now, "nbf": now - 1, "exp": now + 3600,
            "org": organisation, "roles": list(roles), "person": person,
        }
        signed = ".".join(_encode(json.dumps(part).encode()) for part in (header, claims))
        return f"{signed}.{_encode(self.key.sign(signed.encode()))}"


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Server:
    """`redress serve complaints` on SQLite in a folder of its own, or the whole suite, with more settings where a test wants them."""

    def __init__(self, whole=False, **more):
        self.folder = tempfile.TemporaryDirectory(prefix="redress-server-")
        self.issuer = Issuer()
        home = pathlib.Path(self.folder.name)
        keys = home / "issuer.jwks"
        keys.write_text(json.dumps(self.issuer.key_set()))
        listen, admin = free_ports(2)
        self.address = f"127.0.0.1:{listen}"
        self.admin = f"http://127.0.0.1:{admin}"
        self.log = home / "server.log"
        settings = {
            "REDRESS_DATA_FOLDER": str(home / "data"),
            "REDRESS_LISTEN_ADDRESS": self.address,
            "REDRESS_ADMIN_ADDRESS": self.admin.removeprefix("http://"),
            "REDRESS_AUTH_ISSUER": ISSUER,
            "REDRESS_AUTH_AUDIENCE": AUDIENCE,
            "REDRESS_AUTH_JWKS_FILE": str(keys),
            "REDRESS_KEYRING_MASTER_KEY": base64.b64encode(bytes(range(32))).decode(),
            **more,
        }
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [_program(), *(["up"] if whole else ["serve", "complaints"])], env=settings, cwd=home, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )
        self._wait()

    def _wait(self):
        """Waits until the server takes calls, and fails at once when it ends instead."""
        with grpc.insecure_channel(self.address) as channel:
            ready = grpc.channel_ready_future(channel)
            until = time.monotonic() + 60
            while self.process.poll() is None and time.monotonic() < until:
                try:
                    return ready.result(timeout=0.2)
                except grpc.FutureTimeoutError:
                    continue
        self.process.kill()
        self.process.wait()
        log = self.log.read_text()
        self.folder.cleanup()
        raise AssertionError(f"the server does not answer:\n{log}")

    def client(self, organisation, subject, *roles, person=True):
        """A client with a token for `subject` of `organisation`."""
        return Client(self.address, self.issuer.token(organisation, subject, *roles, person=person))

    def stop(self):
        """Asks the server to end, as an operator would, and says how it ended."""
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=60)
        self.folder.cleanup()
        return status


def _program():
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    program = pathlib.Path(os.environ.get("REDRESS_PROGRAM", target / "debug" / "redress"))
    if not program.is_file():
        raise AssertionError(f"{program} is not there; build it with: cargo build -p redress")
    return str(program)


def new_organisation():
    """An id as an identity provider draws it."""
    return str(uuid.uuid4())
