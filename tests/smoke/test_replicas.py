"""Three replicas behind one address, with containers killed, stopped and started under load."""

import unittest

from callers import Callers
from deployment import IMAGE, PATIENCE, PORTS, Deployment, compose, docker, figures, inspected, is_healthy, is_reached, job, replicas, until
from contract import complaint_service_pb2, journal_service_pb2
from test_complaint import House
from transparency import leaf_hash, open_checkpoint, verify_inclusion

REPLICAS = 3


class Replicas(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.deployment = Deployment()
        cls.scale(REPLICAS)
        cls.house = House(cls.deployment)

    @classmethod
    def tearDownClass(cls):
        cls.scale(1)

    @staticmethod
    def scale(count, **environment):
        compose("up", "-d", "--no-deps", "--no-recreate", "--scale", f"complaints={count}", "complaints", **environment)
        until(f"{count} healthy replicas", lambda: sum(map(is_healthy, replicas("complaints"))) == count)

    def test_1_calls_are_shared_and_one_sequencer_at_a_time_orders_them(self):
        before = {one: registered(one) for one in replicas("complaints")}
        callers = Callers(self.house)
        # The gateway finds new replicas by itself, sooner or later.
        callers.until("each replica to have calls", lambda: all(registered(one) >= before[one] + 5 for one in before))
        callers.end()
        self.check(callers)
        for one in before:
            self.assertGreaterEqual(registered(one), before[one] + 5, f"{one[:12]} has had no calls")
            self.assertEqual(figures(one)['redress_journal_sequencing{service="complaints"}'], 1)

    def test_2_a_rolling_restart_fails_no_call_twice(self):
        callers = Callers(self.house)
        for one in replicas("complaints"):
            callers.until_more()
            self.end(one)
            self.start_again(one, callers)
        callers.until_more()
        callers.end()
        self.check(callers)

    def test_3_a_replica_that_is_killed_takes_nothing_with_it(self):
        callers = Callers(self.house)
        callers.until_more()
        victim = replicas("complaints")[0]
        docker("kill", victim)
        callers.until_more()
        self.start_again(victim, callers)
        callers.end()
        self.check(callers)

    def test_4_a_database_that_is_killed_is_found_again(self):
        callers = Callers(self.house)
        callers.until_more()
        (database,) = replicas("postgres")
        docker("kill", database)
        docker("start", database)
        until("a healthy database", lambda: is_healthy(database))
        callers.until_more()
        callers.end()
        # While it was away calls failed, however often they were repeated.
        callers.failed.clear()
        self.check(callers)

    def test_5_every_service_that_is_killed_comes_back(self):
        for service in set(PORTS) - {"complaints"}:
            (victim,) = replicas(service)
            docker("kill", victim)
            docker("start", victim)
            until(f"{service} to be healthy", lambda: is_healthy(victim))
            until(f"{service} to be reached", lambda: is_reached(service))

    def test_6_a_release_goes_out_and_back_and_fails_no_call_twice(self):
        self.scale(2)
        release = f"{IMAGE}-next"
        docker("tag", IMAGE, release)
        self.addCleanup(docker, "image", "rm", release)
        callers = Callers(self.house)
        for image in (release, IMAGE):
            callers.until_more()
            job("complaints-migrate", REDRESS_IMAGE=image)
            before = replicas("complaints")
            self.scale(2 * len(before), REDRESS_IMAGE=image)
            for one in set(replicas("complaints")) - set(before):
                self.assertEqual(inspected(one)["Config"]["Image"], image)
                callers.until("the new replica to have calls", lambda: registered(one) > 0)
            for one in before:
                self.end(one)
                docker("rm", one)
                callers.until_more()
        callers.end()
        self.check(callers)

    def end(self, replica):
        """Asks a replica to end, which it does by itself, however slow the machine is today."""
        docker("stop", "--time", str(PATIENCE), replica)
        self.assertEqual(inspected(replica)["State"]["ExitCode"], 0)

    def start_again(self, replica, callers):
        """Brings a replica back, and waits until the gateway sends it calls: only then may the next one go."""
        docker("start", replica)
        until("a healthy replica", lambda: is_healthy(replica))
        callers.until("the replica to have calls again", lambda: registered(replica) > 0)

    def check(self, callers):
        """No call failed twice, and everything that was answered is there, once, and in the tree that was signed."""
        self.assertEqual(callers.failed, [], f"repeated: {callers.repeated}")
        manager = self.house.manager.complaints
        for name in callers.names:
            self.assertEqual(manager.GetComplaint(complaint_service_pb2.GetComplaintRequest(name=name)).name, name)
        self.assertEqual(len(callers.names), len(set(callers.names)))
        self.audit()

    def audit(self):
        until("entries in order", lambda: all(
            figures(one)['redress_journal_unsequenced{service="complaints"}'] == 0 for one in replicas("complaints")))
        auditor = self.deployment.client(self.house.department, "auditor-1", "auditor")
        parts = auditor.journal.StreamEntries(journal_service_pb2.StreamEntriesRequest())
        entries = [entry for part in parts for entry in part.entries]
        positions = [entry.position for entry in entries]
        self.assertEqual(positions, sorted(set(positions)), "a position twice, or out of order")
        checkpoint = auditor.journal.GetCheckpoint(journal_service_pb2.GetCheckpointRequest())
        _, size, root = open_checkpoint(checkpoint.note, checkpoint.verifier_key)
        for entry in [entry for entry in entries if entry.position <= size][-50:]:
            proof = auditor.journal.GetInclusionProof(
                journal_service_pb2.GetInclusionProofRequest(position=entry.position, size=size))
            verify_inclusion(entry.position - 1, size, leaf_hash(entry.content), list(proof.hashes), root)


def registered(container):
    """How many registrations a replica has answered since it started."""
    return sum(count for series, count in figures(container).items()
               if series.startswith("rpc_server_call_duration_seconds_count") and "RegisterComplaint" in series)


if __name__ == "__main__":
    unittest.main(failfast=True)
