"""Every service is backed up, and complaints is lost and put back, by the commands of the runbook."""

import json
import re
import time
import unittest

import grpc

from deployment import PORTS, Deployment, compose, docker, figures, is_healthy, is_reached, job, redress, replicas, until
from contract import complaint_service_pb2, record_service_pb2, refusal
from test_complaint import House

FOLLOWERS = ("routing", "ice-liaison", "records-retention")


class Restore(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.deployment = Deployment()
        cls.house = House(cls.deployment)
        cls.operator = cls.deployment.issuer.token(cls.house.prime, "operator-1", "operator")

    def test_1_every_service_is_backed_up_while_it_runs(self):
        began = time.monotonic()
        for service in PORTS:
            job(f"{service}-backup")
        for service in PORTS:
            (replica,) = replicas(service)
            age = f'redress_backup_age_seconds{{service="{service}"}}'
            until(f"the backup of {service} to be seen", lambda: figures(replica)[age] <= time.monotonic() - began + 1)

    def test_2_complaints_is_lost_and_put_back(self):
        house = self.house
        kept = house.officer.complaints.RegisterComplaint(house.registration("KEPT-1"))
        self.until_kept(kept.name)
        job("complaints-backup")
        lost = house.officer.complaints.RegisterComplaint(house.registration("LOST-1"))

        compose("stop", "complaints")
        for server in ("postgres", "keyring"):
            self.lose(server, "complaints")
        said = job("complaints-restore")
        last = re.search(r"complaints: restored as of \S+ with (\d+) entries", said).group(1)
        compose("start", "complaints")
        until("complaints to be healthy", lambda: all(map(is_healthy, replicas("complaints"))))

        # What was acknowledged before the backup is there, with what only its keys can open; what came after is lost.
        full = complaint_service_pb2.GetComplaintRequest(name=kept.name, view="COMPLAINT_VIEW_FULL")
        until("complaints to be reached", lambda: is_reached("complaints"))
        again = house.officer.complaints.GetComplaint(full)
        self.assertIn("KEPT-1", again.statement.narrative)
        gone = refusal(house.officer.complaints.GetComplaint, complaint_service_pb2.GetComplaintRequest(name=lost.name))
        self.assertEqual(gone.code, grpc.StatusCode.NOT_FOUND)

        # Followers take nothing of another history before a person says so.
        for follower in FOLLOWERS:
            until(f"{follower} to notice", lambda: self.standing(follower) == "SUBSCRIPTION_STANDING_QUARANTINED")
            self.journal(follower, "readmit", "complaints", "--resume-after", last)
        new = house.officer.complaints.RegisterComplaint(house.registration("NEW-1"))
        self.until_kept(new.name)

    def journal(self, service, *arguments):
        return redress("--json", "journal", "--service", service, *arguments, token=self.operator)

    def standing(self, follower):
        listed = json.loads(self.journal(follower, "subscriptions"))["subscriptions"]
        return next(one["standing"] for one in listed if one["source"] == "complaints")

    def until_kept(self, complaint):
        """Waits until records-retention has a record of it."""
        officer = self.deployment.client(self.house.prime, "records-1", "records_officer", service="records-retention")
        asked = record_service_pb2.ListRecordsRequest(contract=self.house.contract.name)
        until("a record", lambda: any(one.complaint == complaint for one in officer.records.ListRecords(asked).records))

    def lose(self, server, database):
        """The database is gone, for all that the suite knows."""
        (container,) = replicas(server)
        away = f'ALTER DATABASE "{database}" RENAME TO "{database}-lost-{time.time_ns()}"'
        docker("exec", container, "psql", "--username=postgres", "--quiet", f"--command={away}")


if __name__ == "__main__":
    unittest.main(failfast=True)
