import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as sdk from '../index.js';

test('should declare the type of everything it exports, and of nothing else', () => {
  const types = readFileSync(new URL('../index.d.ts', import.meta.url), 'utf8');
  const declared = [...types.matchAll(/^export (?:function|const|class) (\w+)/gm)].map((match) => match[1]);
  assert.deepEqual([...new Set(declared)].sort(), Object.keys(sdk).sort());
});

test('should refuse to register what cannot be called, and return what can', () => {
  for (const register of [sdk.defineInit, sdk.createJob]) {
    assert.throws(() => register('not a function'), TypeError);
    assert.equal(register(String), String);
  }
});
