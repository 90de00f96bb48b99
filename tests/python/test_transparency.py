"""The independent verifier against the public vectors, and against itself."""

import base64
import json
import os
import pathlib
import unittest

from transparency import Unproven, leaf_hash, node_hash, tree_hash, verify_consistency, verify_inclusion


def hashes(encoded):
    return [base64.b64decode(one) for one in encoded or []]


def one(encoded):
    return base64.b64decode(encoded or "")


class Vectors(unittest.TestCase):
    """Valid and deliberately broken proofs of transparency-dev/merkle; `REDRESS_MERKLE_VECTORS` says where they lie."""

    def check(self, kind, verify):
        folder = os.environ.get("REDRESS_MERKLE_VECTORS")
        if not folder:
            self.skipTest("REDRESS_MERKLE_VECTORS is not set, so the public vectors were not tried")
        files = sorted(pathlib.Path(folder, kind).rglob("*.json"))
        self.assertGreater(len(files), 20)
        for file in files:
            with self.subTest(file=str(file.relative_to(folder))):
                vector = json.loads(file.read_text())
                try:
                    verify(vector)
                    proven = True
                except (Unproven, ValueError):
                    proven = False
                self.assertNotEqual(proven, vector["wantErr"], vector["desc"])

    def test_inclusion(self):
        def verify(vector):
            leaf, root = one(vector["leafHash"]), one(vector["root"])
            verify_inclusion(vector["leafIdx"], vector["treeSize"], leaf, hashes(vector["proof"]), root)

        self.check("inclusion", verify)

    def test_consistency(self):
        def verify(vector):
            roots = one(vector["root1"]), one(vector["root2"])
            verify_consistency(vector["size1"], vector["size2"], *roots, hashes(vector["proof"]))

        self.check("consistency", verify)


class Definition(unittest.TestCase):
    def test_three_leaves(self):
        leaves = [leaf_hash(content) for content in (b"a", b"b", b"c")]
        left = node_hash(leaves[0], leaves[1])
        root = tree_hash(leaves)
        self.assertEqual(root, node_hash(left, leaves[2]))
        verify_inclusion(1, 3, leaves[1], [leaves[0], leaves[2]], root)
        verify_inclusion(2, 3, leaves[2], [left], root)
        verify_consistency(2, 3, left, root, [leaves[2]])
        with self.assertRaises(Unproven):
            verify_inclusion(0, 3, leaves[1], [leaves[0], leaves[2]], root)
        with self.assertRaises(Unproven):
            verify_consistency(2, 3, root, left, [leaves[2]])


if __name__ == "__main__":
    unittest.main()
