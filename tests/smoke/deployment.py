"""The deployed suite from outside: its published ports, its containers, and identities of the trial's issuer."""

import json
import os
import pathlib
import shlex
import subprocess
import sys
import time
import urllib.request

import grpc
from cryptography.hazmat.primitives.serialization import load_der_private_key

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/python"))

import server  # noqa: E402
from contract import Client, journal_service_pb2, journal_service_pb2_grpc  # noqa: E402
from patient import Patient  # noqa: E402

COMPOSE = shlex.split(os.environ["COMPOSE"])
IMAGE = os.environ.get("REDRESS_IMAGE", "redress:latest")
# Where each service is published; the first is the address of the whole suite, too.
PORTS = {
    "complaints": os.environ.get("REDRESS_PORT", "7400"),
    "routing": os.environ.get("ROUTING_PORT", "7410"),
    "ice-liaison": os.environ.get("ICE_LIAISON_PORT", "7420"),
    "records-retention": os.environ.get("RECORDS_RETENTION_PORT", "7430"),
}
# The folder of the trial's issuer, as `redress demo --data` takes it.
TRIAL = pathlib.Path(os.environ.get("REDRESS_SECRETS", ROOT / "deploy/secrets")) / "trial"
# Nothing here depends on how fast the machine is: what is waited for is a condition, and this is when waiting is given up.
PATIENCE = 600
# How a process of the suite ends when something that it needs is away.
UNAVAILABLE = 69


class Issuer(server.Issuer):
    """Signs as `deploy/token.sh` does."""

    name = os.environ.get("REDRESS_ISSUER", "redress-development")
    audience = os.environ.get("REDRESS_AUDIENCE", "redress")
    key_id = "development"

    def __init__(self):
        self.key = load_der_private_key((TRIAL / "development-issuer.key").read_bytes(), password=None)


class Deployment:
    """What `make up` started; takes the place of a server of the tests' own."""

    def __init__(self):
        self.address = address_of("complaints")
        self.issuer = Issuer()
        self.log = None
        for service in PORTS:
            until(f"{service} to be reached", lambda: is_reached(service))

    def client(self, organisation, subject, *roles, person=True, service="complaints"):
        token = self.issuer.token(organisation, subject, *roles, person=person)
        return Client(address_of(service), token, PATIENCE, Patient(PATIENCE))

    def stop(self):
        """It goes on: what started it stops it."""
        return 0


def is_reached(service):
    """Whether a service answers over its published port; that it does not know the caller is an answer."""
    with grpc.insecure_channel(address_of(service)) as channel:
        try:
            journal_service_pb2_grpc.JournalServiceStub(channel).GetCheckpoint(journal_service_pb2.GetCheckpointRequest(), timeout=PATIENCE)
        except grpc.RpcError as error:
            return error.code() == grpc.StatusCode.UNAUTHENTICATED
    return True


def address_of(service):
    return f"127.0.0.1:{PORTS[service]}"


def compose(*arguments, **environment):
    return told("compose", [*COMPOSE, *arguments], **environment)


def job(name, **environment):
    """What a job says that runs to its end. One that ends with 69 asks to be run again: what it needs is away, or too slow today."""
    said = []

    def ran():
        done = run([*COMPOSE, "run", "--rm", name], **environment)
        said.append(done.stdout + done.stderr)
        assert done.returncode in (0, UNAVAILABLE), f"{name}: {said[-1]}"
        return done.returncode == 0

    until(f"{name} to run to its end", ran)
    return said[-1]


def docker(*arguments):
    return told("docker", ["docker", *arguments]).strip()


def run(command, **environment):
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, **environment})


def told(name, command, **environment):
    done = run(command, **environment)
    if done.returncode != 0:
        raise AssertionError(f"{name} {' '.join(command[1:])}: {done.stdout}{done.stderr}")
    return done.stdout


def redress(*arguments, token="", folder=None):
    """What the command-line client of the image says, asked over the published ports."""
    mount = ["--volume", f"{folder}:/data"] if folder else []
    # As whoever runs the tests: the key of the trial's issuer is theirs alone.
    container = ["run", "--rm", "--network", "host", "--user", f"{os.getuid()}:{os.getgid()}", "--env", f"REDRESS_TOKEN={token}", *mount]
    address = f"http://{address_of('complaints')}"
    return docker(*container, IMAGE, "--address", address, "--timeout", str(PATIENCE), *arguments)


def inspected(container):
    return json.loads(docker("inspect", container))[0]


def replicas(service):
    """The containers of a service that run."""
    return [one for one in compose("ps", "-q", service).split() if inspected(one)["State"]["Running"]]


def is_healthy(container):
    return inspected(container)["State"].get("Health", {}).get("Status") == "healthy"


def figures(container):
    """What a replica measures, from the address that it has on this machine's bridge."""
    networks = inspected(container)["NetworkSettings"]["Networks"]
    address = next(one["IPAddress"] for name, one in networks.items() if name.endswith("_apis"))
    with urllib.request.urlopen(f"http://{address}:7401/metrics", timeout=PATIENCE) as answer:
        lines = [line for line in answer.read().decode().splitlines() if not line.startswith("#")]
    return {series: float(value) for series, _, value in (line.rpartition(" ") for line in lines)}


def until(what, condition):
    """Waits until something holds, and returns it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.2)
    raise AssertionError(f"waited in vain for {what}")
