#!/usr/bin/env python3
"""Checks a journal export without any of the project's code: RFC 6962, C2SP signed notes, and Ed25519 from RFC 8032.

usage: verify_export.py EXPORT VERIFIER_KEY
Prints one line and exits with 0 when everything is proved, with 1 when something is not.
"""

import base64
import hashlib
import json
import sys


class Refused(Exception):
    pass


# Ed25519, after the reference code of RFC 8032 section 6.

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_MINUS_ONE = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    if y >= P:
        raise Refused("a point is not on the curve")
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        if sign:
            raise Refused("a point is not on the curve")
        return 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * SQRT_MINUS_ONE % P
    if (x * x - square) % P:
        raise Refused("a point is not on the curve")
    return P - x if (x & 1) != sign else x


def point(data):
    y = int.from_bytes(data, "little")
    sign = y >> 255
    y &= (1 << 255) - 1
    x = recover_x(y, sign)
    return (x, y, 1, x * y % P)


def add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    i, j, k, m = f - e, h - g, h + g, f + e
    return (i * j % P, k * m % P, j * k % P, i * m % P)


def times(n, a):
    total = (0, 1, 1, 0)
    while n:
        if n & 1:
            total = add(total, a)
        a = add(a, a)
        n >>= 1
    return total


def equal(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (recover_x(BASE_Y, 0), BASE_Y, 1, recover_x(BASE_Y, 0) * BASE_Y % P)


def signed_by(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        return False
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    if s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(r + public + message).digest(), "little") % L
    return equal(times(s, BASE), add(point(r), times(h, point(public))))


# C2SP signed note and tlog-checkpoint.


def parse_key(text):
    name, _, rest = text.partition("+")
    key_hash, _, key = rest.partition("+")
    key = base64.b64decode(key, validate=True)
    if hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8] != key_hash or key[0] != 1:
        raise Refused("the verifier key does not fit its own hash")
    return name, bytes.fromhex(key_hash), key[1:]


def open_checkpoint(note, key):
    name, key_hash, public = key
    body, divide, signatures = note.rpartition("\n\n")
    if not divide:
        raise Refused("the checkpoint is not a signed note")
    body += "\n"
    for line in signatures.splitlines():
        dash, signer, encoded = line.split(" ")
        signature = base64.b64decode(encoded, validate=True)
        if dash == "\u2014" and signer == name and signature[:4] == key_hash:
            if not signed_by(public, body.encode(), signature[4:]):
                raise Refused("the signature of the checkpoint is false")
            break
    else:
        raise Refused("the checkpoint is not signed by this key")
    origin, size, root = body.split("\n")[:3]
    if origin != name:
        raise Refused("the checkpoint is about another log")
    return int(size), base64.b64decode(root, validate=True)


# RFC 6962 section 2.1.1, by recursion from the root down: not the loop that the project uses.


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_from(index, size, leaf, path):
    if size == 1:
        if path:
            raise Refused("a proof is too long")
        return leaf
    if not path:
        raise Refused("a proof is too short")
    split = 1
    while split * 2 < size:
        split *= 2
    *rest, last = path
    if index < split:
        return node(root_from(index, split, leaf, rest), last)
    return node(last, root_from(index - split, size - split, leaf, rest))


def verify(path, key_text):
    key = parse_key(key_text)
    with open(path, encoding="utf-8") as export:
        header = json.loads(export.readline())
        if header["format"] != "redress-journal-export-1":
            raise Refused("the format is not known")
        size, root = open_checkpoint(header["checkpoint"], key)
        before, entries = 0, 0
        for line in export:
            entry = json.loads(line)
            position = entry["position"]
            if not before < position <= size:
                raise Refused(f"position {position} is out of order")
            leaf = hashlib.sha256(b"\x00" + base64.b64decode(entry["content"], validate=True)).digest()
            proof = [base64.b64decode(text, validate=True) for text in entry["proof"]]
            if root_from(position - 1, size, leaf, proof) != root:
                raise Refused(f"the entry at position {position} is not in the log")
            before, entries = position, entries + 1
    return size, entries


if __name__ == "__main__":
    try:
        print("proved: size %d, entries %d" % verify(*sys.argv[1:3]))
    except (Refused, ValueError, KeyError) as fault:
        sys.exit("refused: %s" % fault)
