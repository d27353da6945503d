import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createJob } from '../index.js';
import { batched } from '../src/batch.js';
import { askOnce } from './worker-process.js';

const program = (body) => `import { createJob } from 'sdk';\ncreateJob((inputs) => { ${body} }, { batch: 3 });\n`;

async function answer(body, input) {
  return (await askOnce(program(body), JSON.stringify(input))).at(-1);
}

test('should answer one input and several in one call', async () => {
  const body = 'return inputs.map((n) => [n * 2, inputs.length]);';
  assert.equal(String((await answer(body, 4)).payload), '[8,1]');
  assert.equal(String((await answer(body, [1, 2, 3])).payload), '[[2,3],[4,3],[6,3]]');
  assert.deepEqual(await batched(() => assert.fail('called for nothing'), 3)([]), []);
});

test('should take an async function and typed arrays', async () => {
  assert.deepEqual(await batched(async () => new Float64Array([0.5, 1.5]), 2)(['a', 'b']), [0.5, 1.5]);
});

test('should blame the caller for more inputs than one call takes', async () => {
  const { error } = (await answer('return inputs;', [1, 2, 3, 4])).header;
  assert.deepEqual(
    [error.code, error.message],
    ['input-invalid', 'the array has 4 inputs, this job takes at most 3 at once'],
  );
});

test('should refuse answers that are not one per input', async () => {
  const bad = { 'return [1];': /1 answers/, "return 'ab';": /one String/, 'return (function* () {})();': /job returned one/ };
  for (const [body, told] of Object.entries(bad)) {
    const { error } = (await answer(body, [1, 2])).header;
    assert.equal(error.code, 'output-invalid');
    assert.match(error.message, told);
  }
});

test('should refuse a batch of nothing', () => {
  for (const batch of [0, -1, 2.5, '3', null]) {
    assert.throws(() => createJob(String, { batch }), RangeError);
  }
});
