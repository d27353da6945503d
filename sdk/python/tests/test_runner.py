from __future__ import annotations

import json
import unittest

from .worker_process import PATIENCE, WorkerProcess

ECHO = """
from sdk import create_job
create_job(lambda input: input)
"""


def job(body: str) -> str:
    lines = "\n".join("    " + line for line in body.strip().splitlines())
    return f"from sdk import create_job, define_init, config\ndef run(input):\n{lines}\ncreate_job(run)\n"


class AnswerTest(unittest.TestCase):
    def test_should_run_init_once_and_answer_many_jobs(self) -> None:
        program = """
            from sdk import create_job, define_init, config
            def load(): config.calls = 0
            def count(input):
                config.calls += 1
                return {"calls": config.calls, "input": input}
            define_init(load)
            create_job(count)
        """
        with WorkerProcess(program) as worker:
            self.assertEqual("ready", worker.begin()["type"])
            self.assertEqual(b'{"calls":1,"input":[1]}', worker.ask(b"[1]")[1].payload)
            self.assertEqual(b'{"calls":2,"input":"x"}', worker.ask(b'"x"')[1].payload)

    def test_should_answer_the_same_bytes_whatever_the_order_of_keys(self) -> None:
        with WorkerProcess(ECHO) as worker:
            worker.begin()
            answer = worker.ask(b'{ "b": "\\u00fc", "a": 1.50 }')[1]
        self.assertEqual('{"a":1.5,"b":"ü"}'.encode(), answer.payload)

    def test_should_write_numbers_of_numpy_as_what_they_hold(self) -> None:
        body = "class Scalar:\n  def tolist(self): return 0.5\nreturn {'score': Scalar()}"
        with WorkerProcess(job(body)) as worker:
            worker.begin()
            self.assertEqual(b'{"score":0.5}', worker.ask(b"0")[1].payload)

    def test_should_speak_the_same_frames_over_stdio_while_the_job_prints(self) -> None:
        with WorkerProcess(job("print('noise')\nreturn 1"), stdio=True) as worker:
            self.assertEqual("ready", worker.begin()["type"])
            log, answer = worker.ask(b"0")
        self.assertEqual(("noise\n", b"1"), (log and log["text"], answer.payload))


class FailureTest(unittest.TestCase):
    def failure(self, body: str, payload: bytes = b"0", **extra: object) -> dict[str, object]:
        with WorkerProcess(job(body)) as worker:
            worker.begin()
            error: dict[str, object] = worker.ask(payload, **extra)[1].header["error"]
            self.assertIsNotNone(worker.ask(b"0"), "the worker must live on")
            return error

    def test_should_name_the_exception_and_the_line_of_the_program(self) -> None:
        error = self.failure("raise KeyError('where')")
        self.assertEqual(("job-threw", "KeyError"), (error["code"], error["type"]))
        self.assertIn('job.py", line 3, in run', str(error["traceback"]))
        self.assertNotIn("_worker.py", str(error["traceback"]))

    def test_should_survive_a_job_that_exits(self) -> None:
        self.assertEqual("SystemExit", self.failure("import sys\nsys.exit(3)")["type"])

    def test_should_pass_on_that_a_retry_may_help(self) -> None:
        error = self.failure("from sdk import JobError\nraise JobError('later', retryable=True)")
        self.assertIs(True, error["retryable"])

    def test_should_refuse_what_json_cannot_say(self) -> None:
        for value in ("float('nan')", "float('-inf')", "object()", "{1: 1, 'a': 2}", "'\\ud800'", "{1, 2}"):
            with self.subTest(value):
                self.assertEqual("output-invalid", self.failure(f"return {value}")["code"])

    def test_should_refuse_an_answer_over_the_limit_and_live_on(self) -> None:
        self.assertEqual("output-too-large", self.failure("return 'x' * 100", maxOutput=50)["code"])

    def test_should_blame_the_caller_for_input_that_is_not_json(self) -> None:
        for payload in (b"{", b"NaN", b"\xff", b"[" * 100_000):
            with self.subTest(payload[:5]):
                self.assertEqual("input-invalid", self.failure("return 1", payload)["code"])

    def test_should_say_what_config_lacks(self) -> None:
        self.assertIn("config.model", str(self.failure("return config.model")["message"]))

    def test_should_survive_an_exception_that_cannot_be_printed(self) -> None:
        body = "class E(Exception):\n  def __str__(self): raise ValueError\nraise E()"
        self.assertEqual("E", self.failure(body)["type"])


class InitTest(unittest.TestCase):
    def begin(self, program: str) -> dict[str, object]:
        with WorkerProcess(program) as worker:
            header = worker.begin()
            if header["type"] == "init-failed":
                self.assertEqual(1, worker.process.wait(PATIENCE))
            return header

    def test_should_report_an_init_that_throws_with_its_traceback(self) -> None:
        header = self.begin("from sdk import *\ndef load():\n    1 / 0\ndefine_init(load)\ncreate_job(len)\n")
        self.assertIn("in load", header["error"]["traceback"])  # type: ignore[index]

    def test_should_report_a_program_that_does_not_compile(self) -> None:
        self.assertEqual("SyntaxError", self.begin("def broken:\n")["error"]["type"])  # type: ignore[index]

    def test_should_report_a_program_without_a_job(self) -> None:
        self.assertEqual("JobMissing", self.begin("import sdk\n")["error"]["type"])  # type: ignore[index]


class LogTest(unittest.TestCase):
    def log(self, body: str) -> dict[str, object] | None:
        with WorkerProcess(job(body)) as worker:
            worker.begin()
            return worker.ask(b"0")[0]

    def test_should_catch_prints_native_writes_and_subprocesses(self) -> None:
        log = self.log("import os\nprint('one')\nos.write(2, b'two\\n')\nos.system('echo three')\nprint('four')")
        assert log is not None
        self.assertEqual({"one", "two", "three", "four"}, set(str(log["text"]).split()))

    def test_should_cut_a_long_log_with_a_mark(self) -> None:
        log = self.log("for _ in range(3000): print('é' * 500)")
        assert log is not None
        text = str(log["text"])
        self.assertIs(True, log["truncated"])
        self.assertLessEqual(len(text.encode()), 65536)
        self.assertRegex(text[-80:], r"\[skep: log cut here, \d{7} more bytes were printed\]")

    def test_should_send_no_log_when_nothing_was_printed(self) -> None:
        self.assertIsNone(self.log("return 1"))


class LeavingTest(unittest.TestCase):
    def test_should_leave_when_told_to_stop(self) -> None:
        with WorkerProcess(ECHO) as worker:
            worker.begin()
            worker.channel.write({"type": "stop"})
            self.assertEqual(0, worker.process.wait(PATIENCE))

    def test_should_leave_when_the_connector_dies_even_in_the_middle_of_a_job(self) -> None:
        with WorkerProcess(job("import time\ntime.sleep(3600)")) as worker:
            worker.begin()
            worker.channel.write({"type": "job", "id": "job/1"}, b"0")
            assert worker.connection is not None
            worker.channel = None  # type: ignore[assignment]
            worker.connection.shutdown(2)
            worker.connection.close()
            self.assertEqual(0, worker.process.wait(PATIENCE))


class HeaderTest(unittest.TestCase):
    def test_should_write_the_headers_the_connector_reads(self) -> None:
        with WorkerProcess(ECHO) as worker:
            self.assertEqual({"type": "hello", "token": "secret", "sdk": "0.1.0"}, worker.read().header)
            ready = worker.read().header
            self.assertEqual({"type", "initMillis"}, set(ready))
            answer = worker.ask(json.dumps("hi").encode())[1]
            self.assertEqual({"type": "result", "id": "job/1", "payload": True}, answer.header)


if __name__ == "__main__":
    unittest.main()
