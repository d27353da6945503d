import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, test } from 'node:test';
import * as client from '../client/index.js';
import { JOB, POOL, problem, standInQueen } from './stand-in-queen.js';

const { usePool } = client;
const ADDRESS = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8';
const PLAIN_FETCH = globalThis.fetch;
const closing = [];

afterEach(async () => {
  for (const close of closing.splice(0)) {
    await close();
  }
  assert.equal(globalThis.fetch, PLAIN_FETCH, 'a released pool leaves fetch as it was');
});

async function poolOf(answer, options) {
  const queen = await standInQueen(answer);
  const pool = await usePool(`${queen.url}/pools/${POOL}`, options);
  closing.push(() => pool.release(), queen.close);
  return { pool, queen };
}

const doubled = ({ body }) => ({ body: body * 2 });

function sequence(...replies) {
  return () => (replies.length > 1 ? replies.shift() : replies[0]);
}

async function collect(items) {
  const all = [];
  for await (const item of items) {
    all.push(item);
  }
  return all;
}

test('should authorise plain fetch for exactly the URL of the pool, until released', async () => {
  const { pool, queen } = await poolOf(({ body }) => ({ body: { got: body.prompt } }), { token: 'secret' });
  const post = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ prompt: 'hi' }) };

  const resp = await fetch(pool.url, post);
  assert.deepEqual(await resp.json(), { got: 'hi' });
  await fetch(new URL(pool.url), post);
  await fetch(new Request(pool.url, post));
  await pool.fetch(pool.url, post);
  await fetch(`${pool.url}/else`, post);
  await fetch(pool.url, { ...post, headers: { Authorization: 'Bearer mine' } });
  await pool.release();
  await fetch(pool.url, post);

  const seen = queen.requests.map(({ headers }) => headers.authorization);
  const ours = 'Bearer secret';
  assert.deepEqual(seen, [ours, ours, ours, ours, undefined, 'Bearer mine', undefined]);
  assert.equal(queen.requests[0].headers['content-type'], 'application/json');
});

test('should be idempotent: a pool used twice is one', async () => {
  const { pool } = await poolOf(doubled);
  assert.equal(await usePool(pool.url), pool);
});

test('should post the input with a fresh key and return the answer', async () => {
  const { pool, queen } = await poolOf(doubled, { token: 'secret' });
  assert.deepEqual([await pool.call(3), await pool.call(4)], [6, 8]);
  const keys = new Set(queen.requests.map(({ headers }) => headers['idempotency-key']));
  assert.equal(keys.size, 2);
  assert.equal(queen.requests[0].headers.authorization, 'Bearer secret');
});

test('should send the same key again when the line breaks, and while the job runs', async () => {
  const away = problem(503, 'not-accepted', 'PLATFORM', { retryable: true });
  const running = { status: 202, body: { id: JOB } };
  const { pool, queen } = await poolOf(sequence({ drop: true }, away, running, { body: 'end' }));
  assert.equal(await pool.call('x'), 'end');
  assert.equal(queen.requests.length, 4);
  assert.equal(new Set(queen.requests.map(({ headers }) => headers['idempotency-key'])).size, 1);
});

test('should cancel the job when its time is over', async () => {
  const { pool, queen } = await poolOf(() => ({ status: 202, body: { id: JOB } }));
  await assert.rejects(pool.call(0, { timeout: 50 }), { name: 'TimedOut', message: new RegExp(JOB) });
  assert.equal(queen.requests.at(-1).path, `/api/jobs/${JOB}/cancel`);
});

test('should throw what the problem is, and not try a failed job again', async () => {
  const failed = { job: { id: JOB }, hint: 'Read the log.' };
  const kinds = {
    JobFailed: problem(422, 'job-threw', 'JOB', failed),
    Refused: problem(402, 'budget-exhausted', 'CALLER'),
    SignInNeeded: problem(401, 'not-signed-in', 'CALLER'),
    Unavailable: problem(503, 'slot-closed', 'PROVIDER', { retryable: true, ...failed }),
  };
  for (const [name, reply] of Object.entries(kinds)) {
    const { pool, queen } = await poolOf(() => reply);
    await assert.rejects(pool.call(0), { name, status: reply.status, code: reply.body.code });
    assert.equal(queen.requests.length, 1);
    await pool.release();
  }
});

test('should say that nobody is there, and refuse a queen whose line can be read', async () => {
  const pool = await usePool(POOL, { queen: 'http://127.0.0.1:9' });
  closing.push(() => pool.release());
  await assert.rejects(pool.call(0, { timeout: 100 }), { name: 'Unreachable' });
  await assert.rejects(usePool(POOL, { queen: 'http://queen.example' }), /https/);
  await assert.rejects(usePool('no-pool'), TypeError);
});

test('should map in order, tell how far it is, and take no more inputs than its window', async () => {
  const { pool } = await poolOf(doubled);
  const told = [];
  const inputs = Array.from({ length: 50 }, (_, n) => n);
  const answers = await collect(pool.map(inputs, { window: 8, progress: ({ done, total }) => told.push([done, total]) }));
  assert.deepEqual(answers, inputs.map((n) => n * 2));
  assert.deepEqual(told, inputs.map((n) => [n + 1, 50]));

  let taken = 0;
  const endless = (function* () {
    for (;;) yield taken++;
  })();
  for await (const answer of pool.map(endless, { window: 4 })) {
    if (answer === 2) break;
  }
  assert.ok(taken <= 6, String(taken));
});

test('should submit, wait and read logs', async () => {
  const replies = {
    [`/pools/${POOL}`]: { status: 202, body: { id: JOB } },
    [`/api/jobs/${JOB}`]: { body: { id: JOB, state: 'COMPLETED' } },
    [`/api/jobs/${JOB}/output`]: { body: { n: 1 } },
    [`/api/jobs/${JOB}/logs`]: { body: [{ attempt: 1, text: 'a\n' }, { attempt: 2, text: 'b\n' }] },
  };
  const { pool, queen } = await poolOf(({ path }) => replies[path]);
  const job = await pool.submit(0);
  assert.equal(queen.requests[0].headers.prefer, 'respond-async');
  assert.deepEqual([await job.wait(), await job.logs()], [{ n: 1 }, 'a\nb\n']);
});

test('should throw what an async job failed with, and stop waiting when told', async () => {
  const shown = { id: JOB, state: 'FAILED', problem: { code: 'job-threw', fault: 'JOB', detail: 'boom' } };
  const { pool } = await poolOf(({ method }) => ({ status: method === 'POST' ? 202 : 200, body: shown }));
  const job = await pool.submit(0);
  await assert.rejects(job.wait(), { name: 'JobFailed', message: /boom/, job: JOB });
  shown.state = 'QUEUED';
  await assert.rejects(job.wait({ timeout: 200 }), { name: 'TimedOut' });
});

async function streamed(text, options) {
  const headers = { 'Content-Type': 'text/event-stream' };
  const { pool, queen } = await poolOf(() => ({ body: text, headers }));
  const parts = await collect(pool.stream(0, options));
  assert.equal(queen.requests[0].headers.accept, 'text/event-stream');
  return parts;
}

test('should yield parts and tell progress and logs', async () => {
  const text = `: ping\n\nid: 1\nevent: part\ndata: {"a":"é"}\n\nevent: progress\ndata: {"done":1,"total":null,"text":"x"}\n
event: log\ndata: {"attempt":1,"text":"hi"}\n\nevent: part\ndata: [2]\n\nevent: restart\ndata: {"from":1}\n
event: part\ndata: 3\n\nevent: result\ndata: [{"a":"é"},3]\n\n`;
  const heard = [];
  const hear = (what) => heard.push(what.done ?? what);
  const parts = await streamed(text, { onProgress: hear, onLog: hear, onRestart: hear });
  assert.deepEqual(parts, [{ a: 'é' }, [2], 3]);
  assert.deepEqual(heard, [1, 'hi', 1]);
});

test('should take from the answer what was lost on the way, and not give out void items unnoticed', async () => {
  assert.deepEqual(await streamed('event: part\ndata: 1\n\nevent: result\ndata: [1,2,3]\n\n'), [1, 2, 3]);
  assert.deepEqual(await streamed('event: result\ndata: {"one":1}\n\n'), [{ one: 1 }]);
  const restarted = 'event: part\ndata: 1\n\nevent: restart\ndata: {"from":0}\n\n';
  await assert.rejects(streamed(restarted), { name: 'Unavailable', code: 'stream-restarted' });
});

test('should fetch an answer that is too long for an event', async () => {
  const headers = { 'Content-Type': 'text/event-stream' };
  const place = 'event: part\ndata: 1\n\nevent: result-at\ndata: {"path":"/api/jobs/j/output"}\n\n';
  const { pool, queen } = await poolOf(({ method }) => (method === 'POST' ? { body: place, headers } : { body: [1, 2] }));
  assert.deepEqual(await collect(pool.stream(0)), [1, 2]);
  assert.equal(queen.requests[1].path, '/api/jobs/j/output');
});

test('should throw the problem that ends a stream, and say when one breaks off', async () => {
  const failed = '{"code":"job-threw","fault":"JOB","status":422}';
  await assert.rejects(streamed(`event: problem\ndata: ${failed}\n\n`), { name: 'JobFailed' });
  await assert.rejects(streamed('event: part\ndata: 1\n\n'), { name: 'Unreachable' });
});

function signIn(honest) {
  return ({ path, headers, body }) => {
    if (path === '/api/login/challenges') {
      const host = honest ? headers.host : 'bank.example';
      const message = `${host} wants you to sign in with your Ethereum account:\n${ADDRESS}\n\nNonce: 1`;
      return { status: 201, body: { message } };
    }
    return path === '/api/login' ? { body: { token: 'fresh' } } : { body };
  };
}

test('should sign in once with a function or a wallet of the browser, and revoke when released', async () => {
  const asked = [];
  const request = async ({ method, params }) => {
    asked.push(method);
    return method === 'eth_requestAccounts' ? [ADDRESS.toUpperCase().replace('0X', '0x')] : `${params[1]}`;
  };
  const wallets = [{ address: ADDRESS, sign: () => '0xsigned' }, { wallet: { request } }];
  for (const wallet of wallets) {
    const { pool, queen } = await poolOf(signIn(true), wallet);
    assert.deepEqual(await Promise.all([pool.call(1), pool.call(2)]), [1, 2]);
    await pool.release();
    const paths = queen.requests.map(({ method, path }) => `${method} ${path}`);
    assert.deepEqual(paths.slice(0, 2), ['POST /api/login/challenges', 'POST /api/login']);
    assert.equal(paths.at(-1), 'DELETE /api/login');
    assert.equal(paths.length, 5);
    assert.equal(queen.requests[2].headers.authorization, 'Bearer fresh');
  }
  assert.deepEqual(asked, ['eth_requestAccounts', 'personal_sign']);
});

test('should sign nothing for another site', async () => {
  const queen = await standInQueen(signIn(false));
  closing.push(queen.close);
  const sign = () => assert.fail('signed');
  await assert.rejects(usePool(POOL, { queen: queen.url, address: ADDRESS, sign }), /nothing was signed/);
});

test('should declare the type of everything the client exports, and of nothing else', async () => {
  const types = readFileSync(new URL('../client/index.d.ts', import.meta.url), 'utf8');
  const declared = [...types.matchAll(/^export (?:function|const|class) (\w+)/gm)].map((match) => match[1]);
  assert.deepEqual(declared.sort(), Object.keys(client).sort());
});
