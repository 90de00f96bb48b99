"""One complaint from first contact to closure, over the wire, by a client that knows nothing but the protos."""

import datetime
import hashlib
import subprocess
import sys
import unittest

import grpc

from contract import GENERATED, ROOT, Client, Refusal, day, new_id, refusal
from contract import complaint_pb2, complaint_service_pb2, document_service_pb2, journal_service_pb2
from contract import participant_pb2, participant_service_pb2, procedure_pb2, procedure_service_pb2
from contract import letter_pb2, resource_pb2, supply_chain_service_pb2, type_pb2
from server import Server, new_organisation
from transparency import leaf_hash, open_checkpoint, tree_hash, verify_consistency, verify_inclusion

TODAY = datetime.date.today()
RECEIVED = TODAY - datetime.timedelta(days=21)


def ago(days):
    return day(TODAY - datetime.timedelta(days=days))


class House:
    """A department, a prime provider under contract with a subcontractor, a procedure and a participant."""

    def __init__(self, server):
        self.server = server
        self.department, self.prime, self.sub = (new_organisation() for _ in range(3))
        self.commissioner = server.client(self.department, "commissioner-1", "commissioner", "department_reader", "auditor")
        self.manager = server.client(self.prime, "manager-1", "complaints_manager")
        self.officer = server.client(self.prime, "officer-1", "complaints_officer", "adviser")
        for identity, name, kind in (
            (self.department, "Department", "ORGANISATION_KIND_DEPARTMENT"),
            (self.prime, "Prime Ltd", "ORGANISATION_KIND_PROVIDER"),
            (self.sub, "Sub CIC", "ORGANISATION_KIND_PROVIDER"),
        ):
            organisation = resource_pb2.Organisation(display_name=name, kind=kind)
            self.commissioner.chain.CreateOrganisation(supply_chain_service_pb2.CreateOrganisationRequest(
                request_id=new_id(), organisation=organisation, organisation_id=identity,
            ))
        self.contract = self.commissioner.chain.CreateContract(supply_chain_service_pb2.CreateContractRequest(
            request_id=new_id(),
            contract=resource_pb2.Contract(
                reference=f"JETS-S-{new_id()[:8]}", programme="jets-scotland", holder=f"organisations/{self.prime}",
                commissioner=f"organisations/{self.department}", effective_on=day(datetime.date(2022, 3, 1)),
            ),
        ))
        self.manager.chain.AddSubcontractor(supply_chain_service_pb2.AddSubcontractorRequest(
            request_id=new_id(),
            link=resource_pb2.SupplyChainLink(
                contract=self.contract.name, parent=f"organisations/{self.prime}",
                subcontractor=f"organisations/{self.sub}", effective_on=day(datetime.date(2022, 3, 1)),
            ),
        ))
        self.manager.procedures.CreateProcedure(procedure_service_pb2.CreateProcedureRequest(
            request_id=new_id(),
            procedure=procedure_pb2.Procedure(
                contract=self.contract.name, organisation=f"organisations/{self.prime}", title="Complaints procedure",
                effective_on=day(datetime.date(2022, 3, 1)),
                acknowledgement_limit=procedure_pb2.Limit(amount=3, unit="TIME_UNIT_WORKING_DAYS"),
                stages=[procedure_pb2.ProcedureStage(
                    title="Review by a manager",
                    steps=[
                        procedure_pb2.ProcedureStep(id="speak-to-the-person", title="Speak to the person"),
                        procedure_pb2.ProcedureStep(id="read-the-file", title="Read the file", evidence_required=True),
                    ],
                    response_limit=procedure_pb2.Limit(amount=15, unit="TIME_UNIT_WORKING_DAYS"),
                )],
            ),
        ))
        self.participant = self.officer.participants.CreateParticipant(self.somebody("P-1"))

    def somebody(self, reference):
        return participant_service_pb2.CreateParticipantRequest(
            request_id=new_id(),
            participant=participant_pb2.Participant(
                contract=self.contract.name, organisation=f"organisations/{self.prime}", reference=reference,
                person=participant_pb2.Person(full_name="Siân ap Gwŷnedd", postal_address="1 Stryd y Dŵr\nBangor"),
            ),
            first_contact=participant_pb2.FirstContact(explained_on=day(datetime.date(2023, 1, 9)), channel="CHANNEL_IN_PERSON"),
        )

    def registration(self, reference, participant=None):
        return complaint_service_pb2.RegisterComplaintRequest(
            request_id=new_id(),
            complaint=complaint_pb2.Complaint(
                participant=participant or self.participant.name, contract=self.contract.name, respondents=[f"organisations/{self.sub}"],
                reference=reference, received_on=day(RECEIVED), channel="CHANNEL_EMAIL", subject="SUBJECT_SERVICE",
                statement=complaint_pb2.Statement(narrative=f"Two appointments were cancelled without notice ({reference})."),
            ),
        )


class Complaint(unittest.TestCase):
    serve = Server

    @classmethod
    def setUpClass(cls):
        cls.server = cls.serve()
        try:
            cls.house = House(cls.server)
        except grpc.RpcError as error:
            cls.server.stop()
            raise AssertionError(f"the house could not be set up: {Refusal(error)}") from error

    @classmethod
    def tearDownClass(cls):
        assert cls.server.stop() == 0, "the server did not end well"

    def test_from_first_contact_to_closure(self):
        house, officer = self.house, self.house.officer.complaints
        request = house.registration("FLOW-1")
        complaint = officer.RegisterComplaint(request)
        self.assertEqual(complaint.stage, complaint_pb2.STAGE_RECEIVED)
        self.assertTrue(complaint.clocks)
        for clock in complaint.clocks:
            self.assertTrue(clock.deadline.citations, f"{clock.deadline.kind} says why")

        # Invariant 2: the same request again is the same answer; the same id with another body is refused.
        self.assertEqual(officer.RegisterComplaint(request).name, complaint.name)
        request.complaint.channel = type_pb2.CHANNEL_POST
        self.assertEqual(refusal(officer.RegisterComplaint, request).reason, "REQUEST_ID_REUSED")

        name = complaint.name
        complaint = officer.AcknowledgeComplaint(complaint_service_pb2.AcknowledgeComplaintRequest(
            request_id=new_id(), name=name, acknowledged_on=ago(19), channel="CHANNEL_EMAIL", etag=complaint.etag,
        ))
        complaint = officer.AssignHandler(complaint_service_pb2.AssignHandlerRequest(
            request_id=new_id(), name=name, handler="officer-1", etag=complaint.etag,
        ))
        self.assertEqual(complaint.stage, complaint_pb2.STAGE_AT_STAGE)

        # CMP-05 (J0 7.03): no final response before every step.
        early = complaint_service_pb2.IssueFinalResponseRequest(
            request_id=new_id(), name=name, text="We are sorry.", outcome="OUTCOME_UPHELD", issued_on=day(TODAY), channel="CHANNEL_POST",
        )
        too_early = refusal(officer.IssueFinalResponse, early)
        self.assertEqual(too_early.code, grpc.StatusCode.FAILED_PRECONDITION, too_early)

        complaint = officer.CompleteStep(complaint_service_pb2.CompleteStepRequest(
            request_id=new_id(), name=name, step="speak-to-the-person", done_on=ago(15), etag=complaint.etag,
        ))
        document = self.upload(name, b"%PDF-1.7\n" + b"the file as read\n" * 5000 + b"%%EOF\n")
        complaint = officer.GetComplaint(complaint_service_pb2.GetComplaintRequest(name=name))
        complaint = officer.CompleteStep(complaint_service_pb2.CompleteStepRequest(
            request_id=new_id(), name=name, step="read-the-file", done_on=ago(10), evidence=[document.name], etag=complaint.etag,
        ))
        self.assertTrue(all(step.HasField("done_on") for step in complaint.steps))

        # CMP-07 and CMP-09: refused without the signposting text and the window advice, issued with both.
        early.request_id = new_id()
        bare = refusal(officer.IssueFinalResponse, early)
        self.assertEqual(bare.code, grpc.StatusCode.FAILED_PRECONDITION, bare)
        signpost = officer.GetSignposting(complaint_service_pb2.GetSignpostingRequest(name=name, issued_on=day(TODAY)))
        early.request_id = new_id()
        early.text = "\n\n".join(["We are sorry. We have paid your fare.", signpost.text, signpost.window_advice]).strip()
        complaint = officer.IssueFinalResponse(early)
        self.assertEqual(complaint.stage, complaint_pb2.STAGE_FINAL_RESPONSE_ISSUED)
        self.assertTrue(complaint.examiner_window.HasField("due_on"))

        self.check_letter(complaint)
        timeline = officer.ListTimeline(complaint_service_pb2.ListTimelineRequest(name=name))
        self.assertEqual([entry.version for entry in timeline.entries], list(range(1, len(timeline.entries) + 1)))
        listed = officer.ListComplaints(complaint_service_pb2.ListComplaintsRequest(reference="flow-1"))
        self.assertEqual([row.name for row in listed.complaints], [name])

    def test_nobody_else_sees_it(self):
        house = self.house
        complaint = house.officer.complaints.RegisterComplaint(house.registration("SEEN-1"))
        request = complaint_service_pb2.GetComplaintRequest(name=complaint.name)
        stranger = self.server.client(new_organisation(), "officer-9", "complaints_officer")
        nobody = Client(self.server.address)
        reader = self.server.client(house.prime, "operator-1", "operator")
        self.assertEqual(refusal(nobody.complaints.GetComplaint, request).code, grpc.StatusCode.UNAUTHENTICATED)
        self.assertEqual(refusal(reader.complaints.GetComplaint, request).code, grpc.StatusCode.PERMISSION_DENIED)
        hidden = refusal(stranger.complaints.GetComplaint, request)
        absent = refusal(
            stranger.complaints.GetComplaint, complaint_service_pb2.GetComplaintRequest(name=f"complaints/{new_organisation()}")
        )
        self.assertEqual((hidden.code, hidden.reason), (absent.code, absent.reason))

    def test_every_mistake_is_named_at_once(self):
        request = complaint_service_pb2.RegisterComplaintRequest(request_id="not-a-uuid", complaint=complaint_pb2.Complaint())
        bad = refusal(self.house.officer.complaints.RegisterComplaint, request)
        self.assertEqual(bad.code, grpc.StatusCode.INVALID_ARGUMENT)
        for field in ("request_id", "complaint.participant", "complaint.received_on", "complaint.statement"):
            self.assertIn(field, bad.fields)

    def test_the_journal_proves_itself(self):
        house = self.house
        house.officer.complaints.RegisterComplaint(house.registration("PROOF-1"))
        auditor = self.server.client(house.department, "auditor-1", "auditor")
        # Entries get their position after the commit; the feed shows them as they come.
        feed = auditor.journal.StreamEntries(journal_service_pb2.StreamEntriesRequest(follow=True), timeout=30)
        for part in feed:
            if part.head_position and part.scanned_position == part.head_position:
                break
        feed.cancel()
        checkpoint = auditor.journal.GetCheckpoint(journal_service_pb2.GetCheckpointRequest())
        origin, size, root = open_checkpoint(checkpoint.note, checkpoint.verifier_key)
        self.assertEqual((origin, size, root), (checkpoint.origin, checkpoint.size, checkpoint.root))
        self.assertGreater(size, 1)
        parts = auditor.journal.StreamEntries(journal_service_pb2.StreamEntriesRequest())
        entries = [entry for part in parts for entry in part.entries if entry.position <= size]
        self.assertEqual([entry.position for entry in entries], list(range(1, size + 1)))
        leaves = [leaf_hash(entry.content) for entry in entries]
        self.assertEqual(tree_hash(leaves), root)
        for entry in entries:
            proof = auditor.journal.GetInclusionProof(
                journal_service_pb2.GetInclusionProofRequest(position=entry.position, size=size)
            )
            self.assertEqual(proof.entry.content, entry.content)
            verify_inclusion(entry.position - 1, size, leaf_hash(entry.content), list(proof.hashes), root)
            for personal in ("Gwŷnedd", "Stryd", "cancelled"):
                self.assertNotIn(personal.encode(), entry.content)
        for old in range(1, size):
            growth = auditor.journal.GetConsistencyProof(
                journal_service_pb2.GetConsistencyProofRequest(old_size=old, new_size=size)
            )
            verify_consistency(old, size, tree_hash(leaves[:old]), root, list(growth.hashes))

    def test_the_example_of_the_documents_works(self):
        house = self.house
        token = self.server.issuer.token(house.prime, "officer-1", "complaints_officer")
        example = [sys.executable, str(ROOT / "docs/examples/complaint.py")]
        arguments = [house.contract.name, house.participant.name, f"organisations/{house.sub}"]
        variables = {"PYTHONPATH": GENERATED, "REDRESS_ADDRESS": f"http://{self.server.address}", "REDRESS_TOKEN": token}
        done = subprocess.run([*example, *arguments], env=variables, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"^C-\S+ complaints/")
        self.assertRegex(done.stdout, r"(?m)^ACKNOWLEDGEMENT: \d{4}-\d{2}-\d{2} because of CMP-06")

    def upload(self, parent, data):
        digest = hashlib.sha256(data).hexdigest()

        def pieces():
            yield document_service_pb2.UploadDocumentRequest(description=document_service_pb2.DocumentDescription(
                request_id=new_id(), parent=parent, file_name="file.pdf", media_type="application/pdf",
                size_bytes=len(data), sha256=digest, kind="DOCUMENT_KIND_EVIDENCE",
            ))
            for offset in range(0, len(data), 32768):
                yield document_service_pb2.UploadDocumentRequest(
                    chunk=document_service_pb2.DocumentChunk(offset=offset, data=data[offset:offset + 32768])
                )

        document = self.house.officer.documents.UploadDocument(pieces())
        self.assertEqual(document.sha256, digest)
        parts = self.house.officer.documents.DownloadDocument(document_service_pb2.DownloadDocumentRequest(name=document.name))
        self.assertEqual(b"".join(part.data for part in parts), data)
        return document

    def check_letter(self, complaint):
        issued = [one for one in complaint.letters if one.kind == letter_pb2.LETTER_KIND_FINAL_RESPONSE]
        self.assertEqual(len(issued), 1)
        letter = self.house.officer.complaints.GetLetter(complaint_service_pb2.GetLetterRequest(name=issued[0].name))
        self.assertEqual(hashlib.sha256(letter.text.encode()).hexdigest(), letter.digest)
        request = complaint_service_pb2.DownloadLetterRequest(name=letter.name)
        first, second = (
            list(self.house.officer.complaints.DownloadLetter(request)) for _ in range(2)
        )
        self.assertEqual(first[0].media_type, "application/pdf")
        pdf = b"".join(part.chunk for part in first)
        self.assertTrue(pdf.startswith(b"%PDF-1.7"))
        self.assertEqual(pdf, b"".join(part.chunk for part in second), "an issued letter is the same bytes for ever")


if __name__ == "__main__":
    unittest.main()
