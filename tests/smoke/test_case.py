"""A case from first to last over the ports that are published: by a client that knows nothing but the protos, by the command-line
client, and from service to service."""

import datetime
import shutil
import tempfile
import unittest
import urllib.error
import urllib.request

import grpc

from deployment import PATIENCE, TRIAL, Deployment, address_of, redress, until
from contract import complaint_service_pb2, contact_pb2, day, examination_service_pb2, new_id
from contract import record_service_pb2, routing_service_pb2
import test_complaint
from test_complaint import House


class ACase(test_complaint.Complaint):
    """The same tests as against a server of the tests' own, over the gateway, on PostgreSQL."""

    serve = Deployment

    def test_the_journal_proves_itself(self):
        """Whoever sees one contract's entries among others' cannot compute the root; each entry's own proof is checked elsewhere."""

    def test_the_example_of_the_documents_works(self):
        """It is as short as an example can be: it waits ten seconds and asks once, and a machine that is slow today does not have them."""


class AnExample(unittest.TestCase):
    def test_it_is_told_from_beginning_to_end_at_one_address(self):
        with tempfile.TemporaryDirectory(prefix="redress-smoke-") as folder:
            shutil.copytree(TRIAL, folder, dirs_exist_ok=True)
            told = redress("demo", "--again", folder=folder)
        for chapter in range(1, 13):
            self.assertIn(f"\n{chapter}. ", told)
        self.assertNotIn("is not served here", told)
        self.assertIn("verified: entry", told)


class FromServiceToService(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.deployment = Deployment()
        cls.house = House(cls.deployment)

    def at(self, service, role):
        return self.deployment.client(self.house.prime, f"{role}-1", role, service=service)

    def test_what_comes_in_at_one_is_worked_and_kept_by_the_others(self):
        house, today = self.house, day(datetime.date.today())
        contact = contact_pb2.Contact(
            input=contact_pb2.RouteInput(
                contract=house.contract.name, writer="WRITER_PARTICIPANT", about=["MATTER_PROVIDER"],
                channel="CHANNEL_IN_PERSON", received_on=today,
            ),
            reference=f"DOOR-{new_id()[:8]}", participant=house.participant.name, statement={"narrative": "Nobody came."},
        )
        request = routing_service_pb2.RouteContactRequest(request_id=new_id(), contact=contact)
        routing = self.at("routing", "complaints_officer").routing
        routed = until("routing to know of the contract", answer(routing.RouteContact, request))
        self.assertEqual(routed.stage, contact_pb2.CONTACT_STAGE_HANDED_OVER)

        asked = complaint_service_pb2.GetComplaintRequest(name=routed.complaint)
        complaint = until("complaints to open it", answer(house.officer.complaints.GetComplaint, asked))
        asked = examination_service_pb2.ExplainAdmissibilityRequest(complaint=complaint.name, referred_on=today)
        liaison = self.at("ice-liaison", "ice_liaison").examinations
        right = until("ice-liaison to know of it", answer(liaison.ExplainAdmissibility, asked))
        self.assertTrue(right.admissibility.citations)
        asked = record_service_pb2.ListRecordsRequest(contract=house.contract.name)
        records = self.at("records-retention", "records_officer").records
        until("records-retention to keep a record of it", lambda: any(
            record.complaint == complaint.name for record in records.ListRecords(asked).records))

    def test_the_gateway_speaks_http_1_as_well(self):
        # No service answers without an identity; that it is the service that says so shows in the form of its answer.
        url = f"http://{address_of('routing')}/redress.routing.v1.RoutingService/ListContacts"
        question = urllib.request.Request(url, data=b"{}", headers={"content-type": "application/json"})
        code, said = until("routing to answer", lambda: refused(question))
        self.assertEqual(code, 401)
        self.assertIn("unauthenticated", said)


def refused(question):
    """With what a question is refused; nothing while the gateway knows nobody who could."""
    try:
        with urllib.request.urlopen(question, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return None if error.code in (502, 503, 504) else (error.code, error.read().decode())


def answer(call, request):
    """What `call` answers, or nothing while the thing is not known there."""

    def ask():
        try:
            return call(request)
        except grpc.RpcError as error:
            if error.code() != grpc.StatusCode.NOT_FOUND:
                raise
            return None

    return ask


if __name__ == "__main__":
    unittest.main(failfast=True)
