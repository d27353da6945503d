from __future__ import annotations

import io
import struct
import unittest

import sdk
from sdk._frames import MAX_FRAME, Channel


class PublicTest(unittest.TestCase):
    def test_should_export_exactly_what_all_names(self) -> None:
        public = {name for name in vars(sdk) if not name.startswith("_")}
        self.assertEqual(set(sdk.__all__), public)

    def test_should_refuse_to_register_what_cannot_be_called(self) -> None:
        for register in (sdk.define_init, sdk.create_job):
            with self.subTest(register.__name__), self.assertRaises(TypeError):
                register("not a function")  # type: ignore[call-overload, type-var]

    def test_should_return_the_function_so_that_it_decorates(self) -> None:
        self.assertIs(len, sdk.create_job(len))


class FrameTest(unittest.TestCase):
    def read(self, raw: bytes) -> object:
        return Channel(io.BytesIO(raw), io.BytesIO()).read()

    def test_should_refuse_a_huge_frame_before_reading_it(self) -> None:
        with self.assertRaises(ValueError):
            self.read(struct.pack(">I", MAX_FRAME + 1))

    def test_should_see_a_torn_frame_as_the_end(self) -> None:
        self.assertIsNone(self.read(b"\0\0\0\5ab"))
        self.assertIsNone(self.read(b"\0\0"))

    def test_should_refuse_a_header_that_is_no_object(self) -> None:
        with self.assertRaises(ValueError):
            self.read(struct.pack(">I", 2) + b"[]")


if __name__ == "__main__":
    unittest.main()
