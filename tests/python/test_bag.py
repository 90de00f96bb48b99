"""The kept evidence bags before programs of others: tar, the Library of Congress' BagIt, and an independent verifier."""

import pathlib
import tarfile
import tempfile
import unittest

import bagit

from contract import ROOT
from evidence import verify, verify_journal
from transparency import Unproven

KEPT = ROOT / "services/platform/bag/tests/golden"
# Pythons before 3.11.4 know no filters; what is unpacked here is the repository's own.
FILTER = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
KEYS = {
    "redress.example/ice-liaison": "redress.example/ice-liaison+11b0d138+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs",
    "redress.example/complaints": "redress.example/complaints+4c5bb35f+AROY9ixtGkV8UbpqS189vS9p/KkyFiGNyJl+QWvRfZPK",
}


class Kept(unittest.TestCase):
    """A kept bag in a folder of its own."""

    file = "evidence.tar"

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="redress-bag-")
        self.addCleanup(folder.cleanup)
        with tarfile.open(KEPT / self.file, "r:") as archive:
            archive.extractall(folder.name, **FILTER)
        (self.bag,) = pathlib.Path(folder.name).iterdir()


class Bag(Kept):
    def test_the_library_of_congress_accepts_it(self):
        bag = bagit.Bag(str(self.bag))
        self.assertTrue(bag.validate())
        self.assertEqual((bag.version_info, bag.encoding), ((1, 0), "UTF-8"))
        self.assertEqual(bag.info["Source-Organization"], "Northern Skills Ltd")

    def test_the_library_of_congress_finds_what_was_changed(self):
        (self.bag / "data/index.html").write_text("another case")
        with self.assertRaises(bagit.BagValidationError):
            bagit.Bag(str(self.bag)).validate()

    def test_signature_statement_and_proofs_hold(self):
        statement = verify(self.bag, KEYS)
        self.assertEqual(statement["reference"], "C-7K3M-9QXD")
        self.assertEqual(len(statement["journals"][0]["entries"]), 6)

    def test_another_key_is_not_trusted(self):
        for name in KEYS:
            others = {**KEYS, name: KEYS[name][:-4] + "AAAA"}
            with self.subTest(name=name), self.assertRaises(Unproven):
                verify(self.bag, others)

    def test_every_file_counts(self):
        for path in sorted(path for path in self.bag.rglob("*") if path.is_file()):
            before = path.read_bytes()
            middle = len(before) // 2
            path.write_bytes(before[:middle] + bytes([before[middle] ^ 1]) + before[middle + 1:])
            with self.subTest(path=str(path.relative_to(self.bag))), self.assertRaises((Unproven, ValueError)):
                verify(self.bag, KEYS)
            path.write_bytes(before)
        verify(self.bag, KEYS)

    def test_what_is_added_or_taken_away_shows(self):
        (self.bag / "data/more.txt").write_text("more")
        with self.assertRaises(Unproven):
            verify(self.bag, KEYS)
        (self.bag / "data/more.txt").unlink()
        (self.bag / "data/completeness.txt").unlink()
        with self.assertRaises(OSError):
            verify(self.bag, KEYS)


class BagOfThree(Kept):
    """Complaints, ice-liaison and routing each tell of the case, under a key and a checkpoint of their own."""

    file = "evidence-of-three.tar"
    keys = {
        **KEYS,
        "redress.example/routing": "redress.example/routing+3102f5fa+Af0XJDhaoMdbZPt4zWAvodmR/ev3axPFjtcC6sg16fYY",
    }

    def test_the_library_of_congress_accepts_it(self):
        self.assertTrue(bagit.Bag(str(self.bag)).validate())

    def test_every_journal_proves_its_own_entries(self):
        statement = verify(self.bag, self.keys)
        told = {journal["service"]: len(journal["entries"]) for journal in statement["journals"]}
        self.assertEqual(told, {"complaints": 6, "ice-liaison": 1, "routing": 2})

    def test_a_destroyed_paper_is_accounted_for_by_the_disposal_that_ended_it(self):
        items = {item["id"]: item for item in verify(self.bag, self.keys)["items"]}
        paper = items["papers/1"]
        self.assertEqual((paper["withheld"]["reason"], paper["files"]), ("DESTROYED", []))
        self.assertTrue(paper["withheld"]["authority"].startswith("disposals/"))

    def test_each_journal_needs_its_own_key(self):
        for name in self.keys:
            others = {key: value for key, value in self.keys.items() if key != name}
            with self.subTest(name=name), self.assertRaises(Unproven):
                verify(self.bag, others)

    def test_no_journal_passes_for_another(self):
        journals = verify(self.bag, self.keys)["journals"]
        whole = {journal["service"]: (self.bag / journal["file"]["path"]).read_bytes() for journal in journals}
        for journal in journals:
            for service, content in whole.items():
                (self.bag / journal["file"]["path"]).write_bytes(content)
                with self.subTest(journal=journal["service"], service=service):
                    if service == journal["service"]:
                        verify_journal(self.bag, journal, self.keys)
                    else:
                        with self.assertRaises(Unproven):
                            verify_journal(self.bag, journal, self.keys)


if __name__ == "__main__":
    unittest.main()
