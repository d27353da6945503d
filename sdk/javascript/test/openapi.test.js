import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { usePool } from '../client/index.js';
import { JOB, POOL, standInQueen } from './stand-in-queen.js';

const PAGE = new URL('../../../queen-web/src/main/resources/META-INF/openapi.yaml', import.meta.url);
const ADDRESS = `0x${'ab'.repeat(20)}`;

/** Verb and path of everything the queen serves: her OpenAPI is a static file. */
function operations() {
  let path;
  const found = new Set();
  for (const line of readFileSync(PAGE, 'utf8').split('\n')) {
    path = /^ {2}(\/\S*):$/.exec(line)?.[1] ?? path;
    const verb = /^ {4}(get|post|put|delete):$/.exec(line)?.[1];
    if (verb) {
      found.add(`${verb.toUpperCase()} ${path}`);
    }
  }
  return found;
}

function answer({ path, headers }) {
  if (path === '/api/login/challenges') {
    return { status: 201, body: { message: `${headers.host} wants you to sign in with your Ethereum account:\n${ADDRESS}` } };
  } else if (headers.accept === 'text/event-stream') {
    return { body: 'event: result\ndata: 1\n\n', headers: { 'Content-Type': 'text/event-stream' } };
  }
  return { body: path.endsWith('/logs') ? [] : { id: JOB, state: 'COMPLETED', token: 't' } };
}

test('should ask only for what the queen serves', async () => {
  const queen = await standInQueen(answer);
  const pool = await usePool(POOL, { queen: queen.url, address: ADDRESS, sign: () => '0x' });
  await pool.call(1);
  const job = await pool.submit(1);
  await job.wait();
  await job.logs();
  await job.cancel();
  for await (const _ of pool.stream(1));
  await pool.release();
  queen.close();
  const asked = new Set(queen.requests.map(({ method, path }) => `${method} ${path.replace(POOL, '{id}').replace(JOB, '{id}')}`));
  assert.equal(asked.size, 8);
  const served = operations();
  assert.deepEqual([...asked].filter((operation) => !served.has(operation)), []);
});
