"""What a job tells before its answer, and the kinds of functions it may be."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import unittest
from typing import Any

from .test_runner import job
from .worker_process import PATIENCE, SDK_ROOT, WorkerProcess

THREE = "for item in ({'a': 1.0}, [2], 3): yield item"


class Heard:
    """One job with a listener: every message until its answer."""

    def __init__(self, program: str, payload: bytes = b"0", **header: Any) -> None:
        with WorkerProcess(program) as worker:
            worker.begin()
            worker.channel.write({"type": "job", "id": "job/1", "stream": True, **header}, payload)
            self.messages = [worker.read()]
            while self.messages[-1].header["type"] not in ("result", "error"):
                self.messages.append(worker.read())
        self.answer = self.messages[-1]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [message.header for message in self.messages if message.header["type"] == kind]

    def parts(self) -> list[bytes]:
        return [message.payload for message in self.messages if message.header["type"] == "part"]


class GeneratorTest(unittest.TestCase):
    def test_should_tell_each_part_and_answer_their_array(self) -> None:
        for kind, program in (("plain", job(THREE)), ("async", job(THREE).replace("def run", "async def run"))):
            with self.subTest(kind):
                heard = Heard(program)
                self.assertEqual([b'{"a":1}', b"[2]", b"3"], heard.parts())
                self.assertEqual([0, 1, 2], [part["index"] for part in heard.of("part")])
                self.assertEqual(b'[{"a":1},[2],3]', heard.answer.payload)

    def test_should_answer_the_array_alone_when_nobody_listens(self) -> None:
        heard = Heard(job(THREE + "\nprint('x')"), stream=False)
        self.assertEqual(["log", "result"], [message.header["type"] for message in heard.messages])
        self.assertEqual(b'[{"a":1},[2],3]', heard.answer.payload)

    def test_should_leave_told_what_came_before_a_generator_threw(self) -> None:
        heard = Heard(job("yield 1\nyield 2\nraise KeyError('half-way')"))
        self.assertEqual([b"1", b"2"], heard.parts())
        self.assertEqual("KeyError", heard.answer.header["error"]["type"])
        self.assertIn("half-way", heard.answer.header["error"]["traceback"])

    def test_should_stop_a_generator_whose_parts_are_too_many(self) -> None:
        heard = Heard(job("while True: yield 'x' * 10"), maxOutput=40)
        self.assertEqual(3, len(heard.parts()))
        self.assertEqual("output-too-large", heard.answer.header["error"]["code"])

    def test_should_answer_an_empty_array_for_a_generator_without_items(self) -> None:
        self.assertEqual(b"[]", Heard(job("if input: yield 1")).answer.payload)


class AsyncTest(unittest.TestCase):
    def test_should_keep_one_loop_from_init_to_every_job(self) -> None:
        program = """
            import asyncio
            from sdk import create_job, define_init, config
            @define_init
            async def load():
                config.lock, config.loop = asyncio.Lock(), asyncio.get_running_loop()
            @create_job
            async def run(input):
                async with config.lock:
                    await asyncio.sleep(0)
                return config.loop is asyncio.get_running_loop()
        """
        with WorkerProcess(program) as worker:
            self.assertEqual("ready", worker.begin()["type"])
            self.assertEqual([b"true", b"true"], [worker.ask(b"0")[1].payload for _ in range(2)])


class EventTest(unittest.TestCase):
    def test_should_tell_progress_at_most_ten_times_a_second_and_its_end_always(self) -> None:
        heard = Heard(job("from sdk import progress\nfor i in range(1, 1001): progress(i, 1000, 'x' * 900)"))
        told = heard.of("progress")
        self.assertEqual((1, 1000), (told[0]["done"], told[-1]["done"]))
        self.assertLess(len(told), 100)
        self.assertEqual(500, len(told[0]["text"]))

    def test_should_refuse_progress_that_json_cannot_say(self) -> None:
        answer = Heard(job("from sdk import progress\nprogress(float('nan'))")).answer
        self.assertEqual("ValueError", answer.header["error"]["type"])

    def test_should_tell_the_log_while_the_job_runs_and_whole_at_its_end(self) -> None:
        heard = Heard(job("import time\nfor i in range(10):\n    print('é', i)\n    time.sleep(0.1)"))
        told = "".join(part["text"] for part in heard.of("log-part"))
        whole = heard.of("log")[0]["text"]
        self.assertTrue(whole.startswith(told) and told, told)
        self.assertLessEqual(len(heard.of("log-part")), 8)
        self.assertEqual("".join(f"é {i}\n" for i in range(10)), whole)

    def test_should_write_a_line_of_json_for_each_structured_log(self) -> None:
        heard = Heard(job("from sdk import log\nlog.info('loaded', rows=3, kind=object)"))
        entry = json.loads(heard.of("log")[0]["text"])
        self.assertRegex(entry.pop("time"), r"^\d{4}-.*Z$")
        self.assertEqual({"level": "info", "text": "loaded", "rows": 3, "kind": "<class 'object'>"}, entry)


class LocalTest(unittest.TestCase):
    def run_it(self, program: str, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        with tempfile.TemporaryDirectory() as folder:
            with open(f"{folder}/job.py", "w", encoding="utf-8") as file:
                file.write(program)
            command = [sys.executable, f"{folder}/job.py", *(a.replace("FOLDER", folder) for a in arguments)]
            with open(f"{folder}/in.json", "w", encoding="utf-8") as file:
                file.write('{"n": 2}')
            environment = {"PYTHONPATH": SDK_ROOT}
            return subprocess.run(
                command, input=stdin, capture_output=True, text=True, timeout=PATIENCE, env=environment
            )

    def test_should_answer_on_stdout_what_a_worker_would(self) -> None:
        program = job("print('noise')\nreturn {'n': input['n'] * config.by}").replace(
            "create_job(run)", "create_job(run)\ndef load(): config.by = 2.0\ndefine_init(load)"
        )
        for source in ('{"n": 2}', "@FOLDER/in.json", "-"):
            with self.subTest(source):
                done = self.run_it(program, "--input", source, stdin='{"n":2}')
                self.assertEqual((0, '{"n":4}\n'), (done.returncode, done.stdout))
                self.assertEqual("noise\n", done.stderr)

    def test_should_only_register_without_input(self) -> None:
        done = self.run_it(job("return 1") + "print('own main')")
        self.assertEqual((0, "own main\n"), (done.returncode, done.stdout))

    def test_should_say_what_is_wrong_with_the_input(self) -> None:
        for arguments in (("--input", "{"), ("--input",), ("--input", "@/nowhere")):
            with self.subTest(arguments):
                done = self.run_it(job("return 1"), *arguments)
                self.assertEqual((2, ""), (done.returncode, done.stdout))
                self.assertTrue(done.stderr.startswith("job.py: "), done.stderr)

    def test_should_fail_with_the_traceback_of_a_job_that_throws(self) -> None:
        done = self.run_it(job("return 1 / 0"), "--input", "1")
        self.assertEqual(1, done.returncode)
        self.assertIn("ZeroDivisionError", done.stderr)


if __name__ == "__main__":
    unittest.main()
