import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_FRAME, Reader, frames } from '../src/frames.js';
import { askOnce, job, WorkerProcess } from './worker-process.js';

const ECHO = job('return input;');

async function withWorker(program, use, options) {
  const worker = await WorkerProcess.start(program, options);
  try {
    return await use(worker);
  } finally {
    await worker.close();
  }
}

async function failure(body, payload, header) {
  return (await askOnce(job(body), payload, header)).at(-1).header.error;
}

test('should cut frames wherever the bytes are torn', () => {
  const bytes = Buffer.concat([frames({ type: 'a' }, Buffer.from('xyz')), frames({ type: 'b' })]);
  const reader = new Reader();
  const messages = [...bytes].flatMap((_, at) => [...reader.push(bytes.subarray(at, at + 1))]);
  assert.deepEqual(messages.map((m) => [m.header.type, m.payload.toString()]), [['a', 'xyz'], ['b', '']]);
});

test('should refuse a huge frame before reading it, and a header that is no object', () => {
  const huge = Buffer.alloc(4);
  huge.writeUInt32BE(MAX_FRAME + 1);
  assert.throws(() => [...new Reader().push(huge)], RangeError);
  assert.throws(() => [...new Reader().push(Buffer.from('\0\0\0\x02[]'))], TypeError);
});

test('should write the headers the connector reads', async () => {
  await withWorker(ECHO, async (worker) => {
    assert.deepEqual((await worker.read()).header, { type: 'hello', token: 'secret', sdk: '0.1.0' });
    assert.deepEqual(Object.keys((await worker.read()).header), ['type', 'initMillis']);
    const [answer] = await worker.ask('"hi"');
    assert.deepEqual(answer.header, { type: 'result', id: 'job/1', payload: true });
  });
});

test('should run init once and answer many jobs', async () => {
  const program = `import { defineInit, createJob, config } from 'sdk';
    createJob(async (input) => ({ input, calls: ++config.calls }));
    defineInit(async () => { await null; config.calls = 0; });`;
  await withWorker(program, async (worker) => {
    assert.equal((await worker.begin()).type, 'ready');
    assert.equal((await worker.ask('[1]'))[0].payload.toString(), '{"calls":1,"input":[1]}');
    assert.equal((await worker.ask('"x"'))[0].payload.toString(), '{"calls":2,"input":"x"}');
  });
});

test('should speak the same frames over stdio while the job prints', async () => {
  const use = async (worker) => {
    await worker.begin();
    const [log, answer] = await worker.ask('0');
    assert.deepEqual([log.header.text, answer.payload.toString()], ['noise\n', '1']);
  };
  await withWorker(job("console.log('noise'); return 1;"), use, { stdio: true });
});

test('should name the error and the line of the program', async () => {
  const error = await failure("throw new RangeError('where');");
  assert.deepEqual([error.code, error.type, error.message, error.retryable], ['job-threw', 'RangeError', 'where', false]);
  assert.match(error.traceback, /job\.mjs:4/);
  assert.doesNotMatch(error.traceback, /run\.js|worker\.js/);
});

test('should pass on that a retry may help', async () => {
  const error = await failure("throw new sdk.JobError('later', { retryable: true });");
  assert.deepEqual([error.type, error.retryable], ['JobError', true]);
});

test('should survive whatever a job does', async () => {
  const bodies = {
    ProcessExit: 'process.exit(3);',
    string: "throw 'text';",
    undefined: 'throw undefined;',
    TypeError: 'Promise.reject(new TypeError("nobody waits")); return new Promise(() => {});',
    Error: 'setImmediate(() => { throw new Error("stray"); }); return new Promise(() => {});',
    InitMissing: 'return config.model;',
    E: 'class E extends Error { get message() { throw 1; } get stack() { throw 1; } }; E.prototype.name = "E"; throw new E();',
  };
  for (const [type, body] of Object.entries(bodies)) {
    await withWorker(job(body), async (worker) => {
      await worker.begin();
      for (let time = 0; time < 2; time++) {
        assert.equal((await worker.ask('0')).at(-1).header.error.type, type);
      }
    });
  }
});

test('should blame the caller for input that is not JSON', async () => {
  for (const payload of ['{', 'NaN', Buffer.from([0x22, 0xff, 0x22]), '['.repeat(100_000)]) {
    assert.equal((await failure('return 1;', payload)).code, 'input-invalid');
  }
});

test('should say what of an answer is wrong', async () => {
  assert.equal((await failure('return NaN;')).code, 'output-invalid');
  assert.equal((await failure("return 'x'.repeat(100);", '0', { maxOutput: 50 })).code, 'output-too-large');
});

test('should report an init that throws, a program that does not parse, and one without a job', async () => {
  const programs = {
    Error: "import { defineInit, createJob } from 'sdk'; createJob(() => 1); defineInit(() => { throw new Error('in load'); });",
    SyntaxError: 'const = 1;',
    JobMissing: "import 'sdk';",
    ProcessExit: 'process.exit(0);',
  };
  for (const [type, program] of Object.entries(programs)) {
    await withWorker(program, async (worker) => {
      const header = await worker.begin();
      assert.deepEqual([header.type, header.error.type], ['init-failed', type]);
      assert.equal(await worker.left, 1);
    });
  }
});

test('should cut a long log with a mark', async () => {
  const [log] = await askOnce(job("for (let i = 0; i < 3000; i++) console.log('é'.repeat(500));"));
  assert.equal(log.header.truncated, true);
  assert.ok(Buffer.byteLength(log.header.text) <= 65536);
  assert.match(log.header.text.slice(-80), /\[skep: log cut here, \d{7} more bytes were printed\]/);
});

test('should leave when told to stop', async () => {
  await withWorker(ECHO, async (worker) => {
    await worker.begin();
    await worker.channel.write({ type: 'stop' });
    assert.equal(await worker.left, 0);
  });
});

test('should leave when the connector dies, even in the middle of a job that never yields', async () => {
  for (const body of ['for (;;);', 'return new Promise(() => {});']) {
    await withWorker(job(body), async (worker) => {
      await worker.begin();
      await worker.channel.write({ type: 'job', id: 'job/1' }, Buffer.from('0'));
      worker.socket.destroy();
      await worker.left;
    });
  }
});
