from __future__ import annotations

import json
import os
import unittest

from sdk import OutputInvalid, OutputTooLarge
from sdk._canonical import decode, encode

from .worker_process import SDK_ROOT

with open(os.path.join(SDK_ROOT, "..", "vectors", "canonical.json"), encoding="utf-8") as file:
    VECTORS = json.load(file)


class CanonicalTest(unittest.TestCase):
    def test_should_write_the_same_bytes_as_javascript(self) -> None:
        for vector in VECTORS:
            with self.subTest(vector["in"]):
                self.assertEqual(vector["out"], encode(decode(vector["in"].encode())).decode())

    def test_should_write_whole_numbers_out_in_full(self) -> None:
        self.assertEqual(b"1000000000000000000000000", encode(10**24))

    def test_should_say_what_it_refuses(self) -> None:
        with self.assertRaisesRegex(OutputInvalid, "an object"):
            encode(object())
        with self.assertRaisesRegex(OutputTooLarge, "9 bytes, the pool allows 8"):
            encode("x" * 7, 8)


if __name__ == "__main__":
    unittest.main()
