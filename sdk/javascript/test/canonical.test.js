import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { decode, encode, text } from '../src/canonical.js';
import { OutputInvalid, OutputTooLarge } from '../src/errors.js';

const VECTORS = JSON.parse(readFileSync(new URL('../../vectors/canonical.json', import.meta.url)));

test('should write the same bytes as Python', () => {
  for (const vector of VECTORS) {
    assert.equal(encode(decode(Buffer.from(vector.in))).toString(), vector.out);
  }
});

test('should write whole numbers out in full', () => {
  assert.equal(text(10n ** 24n), '1000000000000000000000000');
});

test('should take arrays of numbers, dates and what is undefined as JSON.stringify does', () => {
  assert.equal(text([new Float32Array([0.5, 1]), new Date(0), undefined]), '[[0.5,1],"1970-01-01T00:00:00.000Z",null]');
  assert.equal(text({ gone: undefined, here: null }), '{"here":null}');
  assert.equal(text(undefined), 'null');
});

test('should refuse what JSON cannot say instead of changing it', () => {
  const itself = [];
  itself.push(itself);
  const refused = [NaN, -Infinity, () => 1, Symbol('s'), new Map(), new Set(), Promise.resolve(), '\ud800', { '\udc00': 1 }, itself];
  for (const value of refused) {
    assert.throws(() => text([value]), OutputInvalid, String(typeof value));
  }
});

test('should refuse an answer over the limit', () => {
  assert.equal(encode('xxxxxx', 8).length, 8);
  assert.throws(() => encode('é'.repeat(4), 8), OutputTooLarge);
});
