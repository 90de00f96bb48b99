"""The deployed suite from outside: its published ports, its containers, and identities of the trial's issuer."""

import json
import os
import pathlib
import shlex
import subprocess
import sys
import time
import urllib.request

from cryptography.hazmat.primitives.serialization import load_pem_private_key

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/python"))

import server  # noqa: E402
from contract import Client  # noqa: E402

COMPOSE = shlex.split(os.environ["COMPOSE"])


class Issuer(server.Issuer):
    """Signs as `deploy/token.sh` does."""

    name = os.environ.get("REDRESS_ISSUER", "https://identity.invalid/")
    audience = os.environ.get("REDRESS_AUDIENCE", "redress")
    key_id = "trial"

    def __init__(self):
        self.key = load_pem_private_key((ROOT / "deploy/secrets/issuer.pem").read_bytes(), password=None)


class Deployment:
    """What `make up` started; takes the place of a server of the tests' own."""

    def __init__(self):
        self.address = f"127.0.0.1:{os.environ.get('COMPLAINTS_PORT', '7400')}"
        self.issuer = Issuer()
        self.log = None

    def client(self, organisation, subject, *roles, person=True):
        return Client(self.address, self.issuer.token(organisation, subject, *roles, person=person))

    def stop(self):
        """It goes on: what started it stops it."""
        return 0


def compose(*arguments, check=True):
    done = subprocess.run([*COMPOSE, *arguments], capture_output=True, text=True, cwd=ROOT)
    if check and done.returncode != 0:
        raise AssertionError(f"compose {' '.join(arguments)}: {done.stdout}{done.stderr}")
    return done.stdout


def docker(*arguments):
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f"docker {' '.join(arguments)}: {done.stderr}")
    return done.stdout.strip()


def replicas(service):
    """The containers of a service that run."""
    found = compose("ps", "-q", service).split()
    return [one for one in found if json.loads(docker("inspect", one))[0]["State"]["Running"]]


def is_healthy(container):
    return json.loads(docker("inspect", container))[0]["State"].get("Health", {}).get("Status") == "healthy"


def figures(container):
    """What a replica measures, from the address that it has on this machine's bridge."""
    networks = json.loads(docker("inspect", container))[0]["NetworkSettings"]["Networks"]
    address = next(one["IPAddress"] for name, one in networks.items() if name.endswith("_apis"))
    with urllib.request.urlopen(f"http://{address}:7401/metrics", timeout=5) as answer:
        lines = [line for line in answer.read().decode().splitlines() if not line.startswith("#")]
    return {series: float(value) for series, _, value in (line.rpartition(" ") for line in lines)}


def until(what, condition, patience=90):
    """Waits until something holds."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if condition():
            return
        time.sleep(0.2)
    raise AssertionError(f"waited in vain for {what}")


