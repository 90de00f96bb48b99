"""The suite as it is deployed, over the ports that it publishes: a case from first to last, then with containers killed, stopped
and started under it.

It is for a trial's deployment: it leaves its cases there, and it ends containers. `make smoke` runs it.
"""

import concurrent.futures
import threading
import time
import unittest
import uuid

import grpc

from deployment import Deployment, compose, docker, figures, is_healthy, replicas, until
from contract import complaint_service_pb2, journal_service_pb2
import test_complaint
from test_complaint import House
from transparency import leaf_hash, open_checkpoint, verify_inclusion

REPLICAS = 3
CALLERS = 4


class ACase(test_complaint.Complaint):
    """The same tests as against a server of the tests' own, over the gateway, on PostgreSQL."""

    serve = Deployment

    def test_the_journal_proves_itself(self):
        """Whoever sees one contract's entries among others' cannot compute the root; each entry's own proof is checked below."""


class Callers:
    """Officers who register complaints all the time, and repeat once what got no answer."""

    def __init__(self, house):
        self.house, self.over = house, threading.Event()
        self.names, self.repeated, self.failed = [], 0, []
        self.pool = concurrent.futures.ThreadPoolExecutor(CALLERS)
        self.work = [self.pool.submit(self.register, number) for number in range(CALLERS)]

    def register(self, number):
        client = self.house.server.client(self.house.prime, f"officer-{number}", "complaints_officer")
        while not self.over.is_set():
            # Figures alone: a longer run of letters and figures may look like a National Insurance number, and is refused.
            request = self.house.registration(f"SMOKE-{uuid.uuid4().int}")
            for attempt in (1, 2):
                try:
                    self.names.append(client.complaints.RegisterComplaint(request, timeout=20).name)
                    break
                except grpc.RpcError as error:
                    if attempt == 2 or error.code() not in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED):
                        self.failed.append(f"{error.code().name}: {error.details()}")
                    self.repeated += 1

    def until_more(self, count=20):
        before = len(self.names)
        until(f"{count} more registrations", lambda: len(self.names) >= before + count or self.failed)

    def end(self):
        self.over.set()
        for one in self.work:
            one.result(timeout=60)
        self.pool.shutdown()


class Replicas(unittest.TestCase):
    """Three replicas behind one address."""

    @classmethod
    def setUpClass(cls):
        cls.deployment = Deployment()
        cls.scale(REPLICAS)
        cls.house = House(cls.deployment)

    @classmethod
    def tearDownClass(cls):
        cls.scale(1)

    @staticmethod
    def scale(count):
        compose("up", "-d", "--no-recreate", "--scale", f"complaints={count}", "complaints")
        until(f"{count} healthy replicas", lambda: sum(map(is_healthy, replicas("complaints"))) == count)
        # The gateway looks them up once a second.
        time.sleep(3)

    def entries(self):
        auditor = self.deployment.client(self.house.department, "auditor-1", "auditor")
        parts = auditor.journal.StreamEntries(journal_service_pb2.StreamEntriesRequest())
        return auditor, [entry for part in parts for entry in part.entries]

    def check(self, callers):
        """Everything that was answered is there once, and each replica has taken part."""
        manager = self.house.manager.complaints
        for name in callers.names:
            self.assertEqual(manager.GetComplaint(complaint_service_pb2.GetComplaintRequest(name=name)).name, name)
        self.assertEqual(len(callers.names), len(set(callers.names)))

    def test_1_calls_are_shared_and_one_sequencer_at_a_time_orders_them(self):
        before = {one: self.registered(one) for one in replicas("complaints")}
        callers = Callers(self.house)
        callers.until_more(60)
        callers.end()
        self.assertEqual((callers.failed, callers.repeated), ([], 0))
        for one, count in before.items():
            self.assertGreater(self.registered(one), count, f"{one[:12]} has had no call")
            self.assertEqual(figures(one)['redress_journal_sequencing{service="complaints"}'], 1)
        self.check(callers)
        self.audit()

    def test_2_a_rolling_restart_fails_no_call_twice(self):
        callers = Callers(self.house)
        for one in replicas("complaints"):
            callers.until_more()
            docker("stop", "--time", "50", one)
            self.assertEqual(docker("inspect", one, "--format", "{{.State.ExitCode}}"), "0")
            docker("start", one)
            until("a healthy replica", lambda: is_healthy(one))
        callers.until_more()
        callers.end()
        self.assertEqual(callers.failed, [])
        self.check(callers)
        self.audit()

    def test_3_a_replica_that_is_killed_takes_nothing_with_it(self):
        callers = Callers(self.house)
        callers.until_more()
        victim = replicas("complaints")[0]
        docker("kill", victim)
        callers.until_more()
        docker("start", victim)
        until("a healthy replica", lambda: is_healthy(victim))
        callers.until_more()
        callers.end()
        self.assertEqual(callers.failed, [])
        self.check(callers)
        self.audit()

    def test_4_a_database_that_is_killed_is_found_again(self):
        house = self.house
        callers = Callers(house)
        callers.until_more()
        (database,) = replicas("postgres")
        docker("kill", database)
        docker("start", database)
        until("a healthy database", lambda: is_healthy(database))

        def serves():
            try:
                return house.officer.complaints.RegisterComplaint(house.registration(f"AGAIN-{uuid.uuid4().int}"), timeout=5)
            except grpc.RpcError:
                return None

        until("the service to take calls again", serves)
        callers.failed.clear()
        callers.until_more()
        callers.end()
        self.check(callers)
        self.audit()

    def registered(self, container):
        return sum(count for series, count in figures(container).items()
                   if series.startswith("rpc_server_call_duration_seconds_count") and "RegisterComplaint" in series)

    def audit(self):
        """Every entry has a position of its own and is in the tree that was signed."""
        until("entries in order", lambda: all(
            figures(one)['redress_journal_unsequenced{service="complaints"}'] == 0 for one in replicas("complaints")))
        auditor, entries = self.entries()
        positions = [entry.position for entry in entries]
        self.assertEqual(positions, sorted(set(positions)), "a position twice, or out of order")
        checkpoint = auditor.journal.GetCheckpoint(journal_service_pb2.GetCheckpointRequest())
        _, size, root = open_checkpoint(checkpoint.note, checkpoint.verifier_key)
        for entry in [entry for entry in entries if entry.position <= size][-50:]:
            proof = auditor.journal.GetInclusionProof(
                journal_service_pb2.GetInclusionProofRequest(position=entry.position, size=size))
            verify_inclusion(entry.position - 1, size, leaf_hash(entry.content), list(proof.hashes), root)


if __name__ == "__main__":
    unittest.main(failfast=True)
