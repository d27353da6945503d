from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import unittest

import sdk

from .worker_process import WorkerProcess

DOUBLE = """
from sdk import create_job, define_init, config
def load(): config.calls = []
define_init(load)
@create_job(batch=3)
def double(inputs):
    config.calls.append(len(inputs))
    return [2 * n for n in inputs]
"""


class BatchTest(unittest.TestCase):
    def ask(self, program: str, *inputs: object) -> list[object]:
        with WorkerProcess(program) as worker:
            worker.begin()
            answers = [worker.ask(json.dumps(given).encode())[1] for given in inputs]
        return [json.loads(answer.payload) if answer.payload else answer.header["error"] for answer in answers]

    def error(self, body: str, given: object) -> tuple[object, str]:
        error = self.ask(f"from sdk import create_job\n@create_job(batch=2)\ndef run(inputs):\n    {body}\n", given)[0]
        assert isinstance(error, dict)
        return error["code"], error["message"]

    def test_should_answer_one_input_and_several_in_one_call(self) -> None:
        self.assertEqual([8, [2, 4, 6], []], self.ask(DOUBLE, 4, [1, 2, 3], []))
        calls = DOUBLE.replace("return [2 * n for n in inputs]", "return [list(config.calls)] * len(inputs)")
        self.assertEqual([[1], [[1, 3]] * 3], self.ask(calls, 4, [1, 2, 3]))

    def test_should_take_an_async_function_and_arrays_of_numpy(self) -> None:
        numpy = "class A:\n  def tolist(self): return [1, 2]\n"
        program = f"from sdk import create_job\n{numpy}async def run(inputs): return A()\ncreate_job(run, batch=2)\n"
        self.assertEqual([[1, 2]], self.ask(program, ["a", "b"]))

    def test_should_blame_the_caller_for_more_inputs_than_one_call_takes(self) -> None:
        message = "the array has 3 inputs, this job takes at most 2 at once"
        self.assertEqual(("input-invalid", message), self.error("return inputs", [1, 2, 3]))

    def test_should_refuse_answers_that_are_not_one_per_input(self) -> None:
        for body, told in (("return [1]", "1 answers"), ("return 'ab'", "one str"), ("yield 1", "one generator")):
            with self.subTest(body):
                code, message = self.error(body, [1, 2])
                self.assertEqual("output-invalid", code)
                self.assertIn(told, message)

    def test_should_refuse_a_batch_of_nothing(self) -> None:
        for batch in (0, -1, True, 2.5):
            with self.subTest(batch), self.assertRaises(ValueError):
                sdk.create_job(len, batch=batch)  # type: ignore[arg-type]

    def test_should_run_locally_like_any_job(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "job.py")
            with open(path, "w") as file:
                file.write(DOUBLE)
            root = os.path.dirname(os.path.dirname(sdk.__file__))
            command = [sys.executable, path, "--input", "[1,2]"]
            answer = subprocess.run(command, env={**os.environ, "PYTHONPATH": root}, capture_output=True, check=True)
        self.assertEqual(b"[2,4]\n", answer.stdout)


if __name__ == "__main__":
    unittest.main()
