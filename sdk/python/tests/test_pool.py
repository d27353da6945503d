from __future__ import annotations

import os
import unittest
from unittest import mock

import skep
from skep import JobFailed, Listener, Pool, Progress, Refused, SignInNeeded, SkepError, TimedOut, Unavailable, Unreachable

from .stand_in_queen import JOB, POOL, Answer, Reply, Request, StandInQueen, problem

DONE = {"Skep-Job": JOB}


def doubled(request: Request) -> Reply:
    return Reply(200, request.body * 2, DONE)


def sequence(*replies: Reply) -> Answer:
    left = list(replies)
    return lambda request: left.pop(0) if len(left) > 1 else left[0]


class Case(unittest.TestCase):
    def setUp(self) -> None:
        environment = mock.patch.dict(os.environ)
        environment.start()
        self.addCleanup(environment.stop)
        os.environ.pop("SKEP_TOKEN", None)

    def queen(self, answer: Answer) -> StandInQueen:
        queen = StandInQueen(answer)
        self.addCleanup(queen.__exit__)
        return queen

    def pool(self, answer: Answer, **options: object) -> Pool:
        self.server = self.queen(answer)
        pool = skep.use_pool(f"{self.server.url}/pools/{POOL}", **options)  # type: ignore[arg-type]
        self.addCleanup(pool.release)
        return pool


class CallTest(Case):
    def test_should_post_the_input_with_a_fresh_key_and_return_the_answer(self) -> None:
        pool = self.pool(doubled, token="secret")
        self.assertEqual([6, 8], [pool.call(3), pool.call(4)])
        first, second = self.server.requests
        self.assertEqual(("POST", f"/pools/{POOL}", "Bearer secret"), (*first[:2], first.headers["authorization"]))
        self.assertNotEqual(first.headers["idempotency-key"], second.headers["idempotency-key"])

    def test_should_send_the_same_key_again_when_the_line_breaks(self) -> None:
        away = problem(503, "not-accepted", "PLATFORM", retryable=True)
        pool = self.pool(sequence(Reply(0, drop=True), away, Reply(200, 1)))
        self.assertEqual(1, pool.call("x"))
        self.assertEqual(1, len({request.headers["idempotency-key"] for request in self.server.requests}))

    def test_should_ask_again_with_the_same_key_while_the_job_runs(self) -> None:
        running = Reply(202, {"id": JOB}, DONE)
        pool = self.pool(sequence(running, running, Reply(200, "end", DONE)))
        self.assertEqual("end", pool.call(0))
        self.assertEqual(1, len({request.headers["idempotency-key"] for request in self.server.requests}))

    def test_should_cancel_the_job_when_its_time_is_over(self) -> None:
        pool = self.pool(lambda request: Reply(202, {"id": JOB, "state": "LEASED"}, DONE))
        with self.assertRaisesRegex(TimedOut, JOB):
            pool.call(0, timeout=0.05)
        self.assertEqual(f"/api/jobs/{JOB}/cancel", self.server.requests[-1].path)

    def test_should_raise_what_the_problem_is(self) -> None:
        failed = {"job": {"id": JOB}}
        kinds: list[tuple[type[SkepError], Reply]] = [
            (JobFailed, problem(422, "job-threw", "JOB", **failed)),
            (Refused, problem(402, "budget-exhausted", "CALLER")),
            (SignInNeeded, problem(401, "not-signed-in", "CALLER")),
            (Unavailable, problem(503, "slot-closed", "PROVIDER", retryable=True, **failed)),
            (Unavailable, Reply(502, b"<html>")),
        ]
        for kind, reply in kinds:
            with self.subTest(kind), self.assertRaises(kind) as caught:
                self.pool(lambda request: reply).call(0)
            self.assertEqual(1, len(self.server.requests), "what a job ended with is not tried again")
            self.assertEqual(reply.status, caught.exception.status)

    def test_should_name_code_hint_and_job_in_the_message(self) -> None:
        reply = problem(422, "job-threw", "JOB", hint="Read the log.", job={"id": JOB})
        with self.assertRaisesRegex(JobFailed, f"job-threw: said so Read the log. \\(job {JOB}\\)"):
            self.pool(lambda request: reply).call(0)

    def test_should_say_that_nobody_is_there(self) -> None:
        with self.assertRaises(Unreachable):
            skep.use_pool(POOL, queen="http://127.0.0.1:9").call(0, timeout=0.1)

    def test_should_refuse_a_queen_whose_line_can_be_read(self) -> None:
        with self.assertRaisesRegex(ValueError, "https"):
            skep.use_pool(POOL, queen="http://queen.example")


class MapTest(Case):
    def test_should_answer_in_order_and_tell_how_far_it_is(self) -> None:
        told: list[Progress] = []
        pool = self.pool(doubled)
        self.assertEqual([n * 2 for n in range(50)], list(pool.map(range(50), window=8, progress=told.append)))
        self.assertEqual([Progress(n + 1, 50) for n in range(50)], told)

    def test_should_take_no_more_inputs_than_its_window(self) -> None:
        taken = []

        def inputs() -> object:
            for n in range(1000):
                taken.append(n)
                yield n

        answers = self.pool(doubled).map(inputs(), window=4)  # type: ignore[arg-type]
        self.assertEqual([0, 2], [next(answers), next(answers)])
        self.assertLessEqual(len(taken), 6)
        answers.close()  # type: ignore[attr-defined]


class JobTest(Case):
    def test_should_submit_wait_and_read_logs(self) -> None:
        replies = {
            f"/pools/{POOL}": Reply(202, {"id": JOB}, DONE),
            f"/api/jobs/{JOB}": Reply(200, {"id": JOB, "state": "COMPLETED"}),
            f"/api/jobs/{JOB}/output": Reply(200, {"n": 1}),
            f"/api/jobs/{JOB}/logs": Reply(200, [{"attempt": 1, "text": "a\n"}, {"attempt": 2, "text": "b\n"}]),
        }
        job = self.pool(lambda request: replies[request.path]).submit(0)
        self.assertEqual("respond-async", self.server.requests[0].headers["prefer"])
        self.assertEqual(({"n": 1}, "a\nb\n", "COMPLETED"), (job.wait(), job.logs(), job.state))

    def test_should_raise_what_an_async_job_failed_with(self) -> None:
        shown = {"id": JOB, "state": "FAILED", "problem": {"code": "job-threw", "fault": "JOB", "detail": "boom"}}
        pool = self.pool(lambda request: Reply(202 if request.method == "POST" else 200, shown, DONE))
        with self.assertRaisesRegex(JobFailed, "boom"):
            pool.submit(0).wait()

    def test_should_stop_waiting_when_told(self) -> None:
        pool = self.pool(lambda request: Reply(202, {"id": JOB, "state": "QUEUED"}, DONE))
        with self.assertRaises(TimedOut):
            pool.submit(0).wait(timeout=0.2)


class StreamTest(Case):
    def stream(self, text: str, listener: Listener | None = None) -> list[object]:
        kind = {"Content-Type": "text/event-stream"}
        pool = self.pool(lambda request: Reply(200, text.encode(), kind))
        return list(pool.stream(0, listener=listener))

    def test_should_yield_parts_and_tell_progress_and_logs(self) -> None:
        heard: list[object] = []

        class Heard(Listener):
            def progress(self, progress: Progress) -> None:
                heard.append(progress)

            def log(self, text: str) -> None:
                heard.append(text)

            def restart(self, index: int) -> None:
                heard.append(index)

        text = (
            ': ping\n\nid: 1\nevent: part\ndata: {"a":1}\n\n'
            'event: progress\ndata: {"done":1,"total":null,"text":"x"}\n\n'
            'event: log\ndata: {"attempt":1,"text":"hi"}\n\nevent: part\ndata: [2]\n\n'
            'event: restart\ndata: {"from":1}\n\nevent: part\ndata: 3\n\nevent: result\ndata: [{"a":1},3]\n\n'
        )
        self.assertEqual([{"a": 1}, [2], 3], self.stream(text, Heard()))
        self.assertEqual([Progress(1, None, "x"), "hi", 1], heard)
        self.assertEqual("text/event-stream", self.server.requests[0].headers["accept"])

    def test_should_take_from_the_answer_what_was_lost_on_the_way(self) -> None:
        self.assertEqual([1, 2, 3], self.stream("event: part\ndata: 1\n\nevent: result\ndata: [1,2,3]\n\n"))
        self.assertEqual([{"one": 1}], self.stream('event: result\ndata: {"one":1}\n\n'))

    def test_should_fetch_an_answer_that_is_too_long_for_an_event(self) -> None:
        place = b'event: part\ndata: 1\n\nevent: result-at\ndata: {"path":"/api/jobs/j/output"}\n\n'
        kind = {"Content-Type": "text/event-stream"}
        pool = self.pool(lambda asked: Reply(200, place, kind) if asked.method == "POST" else Reply(200, [1, 2]))
        self.assertEqual([1, 2], list(pool.stream(0)))
        self.assertEqual("/api/jobs/j/output", self.server.requests[1].path)

    def test_should_not_give_out_void_items_unnoticed(self) -> None:
        with self.assertRaisesRegex(Unavailable, "from item 0 on"):
            self.stream('event: part\ndata: 1\n\nevent: restart\ndata: {"from":0}\n\n')

    def test_should_raise_the_problem_that_ends_a_stream(self) -> None:
        with self.assertRaises(JobFailed):
            self.stream('event: problem\ndata: {"code":"job-threw","fault":"JOB","status":422}\n\n')

    def test_should_say_when_a_stream_breaks_off(self) -> None:
        with self.assertRaises(Unreachable):
            self.stream("event: part\ndata: 1\n\n")


class SignInTest(Case):
    ADDRESS = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8"

    def answer(self, request: Request) -> Reply:
        if request.path == "/api/login/challenges":
            host = request.headers["host"] if self.honest else "bank.example"
            text = f"{host} wants you to sign in with your Ethereum account:\n{self.ADDRESS}\n\nNonce: 1"
            return Reply(201, {"message": text})
        if request.path == "/api/login":
            return Reply(200, {"token": "fresh"})
        return Reply(200, "ok")

    def test_should_sign_in_once_and_revoke_when_released(self) -> None:
        self.honest = True
        with self.pool(self.answer, address=self.ADDRESS, sign=lambda text: "0x" + "ab" * 65) as pool:
            self.assertEqual(["ok", "ok"], [pool.call(1), pool.call(2)])
        paths = [f"{request.method} {request.path}" for request in self.server.requests]
        self.assertEqual(["POST /api/login/challenges", "POST /api/login"], paths[:2])
        self.assertEqual("DELETE /api/login", paths[-1])
        self.assertEqual(5, len(paths))
        self.assertEqual("Bearer fresh", self.server.requests[2].headers["authorization"])

    def test_should_sign_nothing_for_another_site(self) -> None:
        self.honest = False
        signed: list[str] = []

        def sign(text: str) -> str:
            signed.append(text)
            return ""

        pool = self.pool(self.answer, address=self.ADDRESS, sign=sign)
        with self.assertRaisesRegex(SkepError, "nothing was signed"):
            pool.call(1)
        self.assertEqual([], signed)

    def test_should_take_the_token_from_the_environment(self) -> None:
        os.environ["SKEP_TOKEN"] = "from-environment"
        self.pool(doubled).call(1)
        self.assertEqual("Bearer from-environment", self.server.requests[0].headers["authorization"])


if __name__ == "__main__":
    unittest.main()
