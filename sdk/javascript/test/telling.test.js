import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { askOnce, folderWith, job } from './worker-process.js';

const STREAM = { stream: true };
const THREE = "for (const item of [{ a: 1 }, [2], 3]) yield item;";

const of = (messages, type) => messages.filter((message) => message.header.type === type);
const parts = (messages) => of(messages, 'part').map((message) => message.payload.toString());

test('should tell each part and answer their array', async () => {
  for (const kind of ['function*', 'async function*']) {
    const messages = await askOnce(job(THREE, kind), '0', STREAM);
    assert.deepEqual(parts(messages), ['{"a":1}', '[2]', '3']);
    assert.deepEqual(of(messages, 'part').map((part) => part.header.index), [0, 1, 2]);
    assert.equal(messages.at(-1).payload.toString(), '[{"a":1},[2],3]');
  }
});

test('should answer the array alone when nobody listens', async () => {
  const messages = await askOnce(job(THREE, 'function*'));
  assert.deepEqual(messages.map((message) => message.header.type), ['result']);
  assert.equal(messages[0].payload.toString(), '[{"a":1},[2],3]');
});

test('should leave told what came before a generator threw', async () => {
  const messages = await askOnce(job("yield 1; yield 2; throw new Error('half-way');", 'function*'), '0', STREAM);
  assert.deepEqual(parts(messages), ['1', '2']);
  assert.equal(messages.at(-1).header.error.message, 'half-way');
});

test('should stop a generator whose parts are too many', async () => {
  const messages = await askOnce(job("for (;;) yield 'x'.repeat(10);", 'function*'), '0', { ...STREAM, maxOutput: 40 });
  assert.equal(parts(messages).length, 3);
  assert.equal(messages.at(-1).header.error.code, 'output-too-large');
});

test('should tell progress at most ten times a second and its end always', async () => {
  const body = "for (let i = 1; i <= 1000; i++) sdk.progress(i, 1000, 'x'.repeat(900));";
  const told = of(await askOnce(job(body), '0', STREAM), 'progress').map((message) => message.header);
  assert.deepEqual([told[0].done, told.at(-1).done, told[0].text.length], [1, 1000, 500]);
  assert.ok(told.length < 100);
});

test('should tell the log while the job runs and whole at its end', async () => {
  const body = "for (let i = 0; i < 10; i++) { console.log('é', i); await new Promise((go) => setTimeout(go, 100)); }";
  const messages = await askOnce(job(body, 'async function'), '0', STREAM);
  const told = of(messages, 'log-part').map((message) => message.header.text);
  const [whole] = of(messages, 'log');
  assert.ok(told.length > 1 && told.length <= 8, String(told.length));
  assert.ok(whole.header.text.startsWith(told.join('')));
  assert.equal(whole.header.text.split('\n').length, 11);
});

test('should write a line of JSON for each structured log', async () => {
  const [log] = await askOnce(job("sdk.log.info('loaded', { rows: 3, big: 5n, set: new Map() });"));
  const { time, ...entry } = JSON.parse(log.header.text);
  assert.match(time, /Z$/);
  assert.deepEqual(entry, { rows: 3, big: '5', set: '[object Map]', level: 'info', text: 'loaded' });
});

function runLocally(program, ...args) {
  const folder = folderWith(program);
  writeFileSync(join(folder, 'in.json'), '{"n": 2}');
  const command = ['job.mjs', ...args];
  const done = spawnSync(process.execPath, command, { cwd: folder, input: '{"n":2}', encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return done;
}

test('should answer on stdout what a worker would, without a server', () => {
  const program = `${job("console.log('noise'); return { n: input.n * config.by };")}sdk.defineInit(() => { config.by = 2; });`;
  for (const source of ['{"n": 2}', '@in.json', '-']) {
    const done = runLocally(program, '--input', source);
    assert.deepEqual([done.status, done.stdout, done.stderr], [0, '{"n":4}\n', 'noise\n']);
  }
});

test('should only register without input', () => {
  const done = runLocally(`${job('return 1;')}console.log('own main');`);
  assert.deepEqual([done.status, done.stdout], [0, 'own main\n']);
});

test('should say what is wrong with the input', () => {
  for (const args of [['--input', '{'], ['--input'], ['--input', '@/nowhere']]) {
    const done = runLocally(job('return 1;'), ...args);
    assert.deepEqual([done.status, done.stdout], [2, '']);
    assert.match(done.stderr, /^job\.mjs: /);
  }
});

test('should fail with the stack of a job that throws', () => {
  const done = runLocally(job("throw new TypeError('boom');"), '--input', '1');
  assert.equal(done.status, 1);
  assert.match(done.stderr, /TypeError: boom\n.*job\.mjs/);
});
