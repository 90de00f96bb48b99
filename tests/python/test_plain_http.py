"""The same contract by a client that has no gRPC and no HTTP/2: JSON by the standard library of Python (lesson L43)."""

import json
import unittest
import urllib.error
import urllib.request
import uuid

from server import Server, new_organisation


class Plain:
    """Posts JSON, and reads what comes back whatever its status."""

    def __init__(self, server, token):
        self.address, self.token = f"http://{server.address}", token

    def call(self, method, message, **headers):
        request = urllib.request.Request(
            f"{self.address}/redress.{method}", data=json.dumps(message).encode(), method="POST",
            headers={"content-type": "application/json", "authorization": f"Bearer {self.token}", **headers},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, json.load(refused)


def detail(refused, name):
    return next(detail["debug"] for detail in refused["details"] if detail["type"] == name)


class PlainHttp(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.organisation = new_organisation()
        token = cls.server.issuer.token(cls.organisation, "commissioner-1", "commissioner", "department_reader")
        cls.plain = Plain(cls.server, token)

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def test_a_change_and_its_repetition_have_one_answer(self):
        message = {
            "requestId": str(uuid.uuid4()),
            "organisation": {"displayName": "Tŷ Ŵyn", "kind": "ORGANISATION_KIND_DEPARTMENT"},
            "organisationId": self.organisation,
        }
        status, recorded = self.plain.call("supply_chain.v1.SupplyChainService/CreateOrganisation", message)
        self.assertEqual((status, recorded["name"]), (200, f"organisations/{self.organisation}"))
        again = self.plain.call("supply_chain.v1.SupplyChainService/CreateOrganisation", message)
        self.assertEqual(again, (200, recorded))
        message["organisation"]["displayName"] = "Another"
        status, refused = self.plain.call("supply_chain.v1.SupplyChainService/CreateOrganisation", message)
        self.assertEqual((status, refused["code"]), (400, "failed_precondition"))
        self.assertEqual(detail(refused, "google.rpc.ErrorInfo")["reason"], "REQUEST_ID_REUSED")

    def test_what_is_stored_is_read_and_what_is_unknown_is_refused(self):
        status, packs = self.plain.call("policy.v1.PolicyService/ListPacks", {})
        self.assertEqual(status, 200)
        self.assertIn("jets-scotland", [pack["reference"]["id"] for pack in packs["packs"]])
        status, refused = self.plain.call("policy.v1.PolicyService/ListPacks", {"colour": "blue"})
        self.assertEqual((status, refused["code"]), (400, "invalid_argument"))
        self.assertEqual(detail(refused, "google.rpc.ErrorInfo")["reason"], "MALFORMED_MESSAGE")

    def test_who_is_nobody_is_told_so(self):
        nobody = Plain(self.server, "")
        status, refused = nobody.call("complaints.v1.ComplaintService/ListComplaints", {})
        self.assertEqual((status, refused["code"]), (401, "unauthenticated"))
        self.assertEqual(detail(refused, "google.rpc.ErrorInfo")["domain"], "complaints.redress")


if __name__ == "__main__":
    unittest.main()
