/**
 * Canonical JSON: equal values are equal bytes, in JavaScript as in Python. That is RFC 8785 (no spaces, ECMAScript's
 * numbers, so 1.0 is 1) with two differences that Python's encoder is fast with: keys are sorted by code point, and
 * whole numbers are written out in full (BigInt here).
 */
import { InputInvalid, OutputInvalid, OutputTooLarge } from './errors.js';

const SURROGATE = /[\ud800-\udfff]/;
const HALF = /\p{Surrogate}/u;
const NOT_DATA = [Map, Set, WeakMap, WeakSet, Promise, RegExp, Error, DataView, ArrayBuffer];
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The input of a job, from its bytes. */
export function decode(payload) {
  try {
    return JSON.parse(utf8.decode(payload));
  } catch (error) {
    throw new InputInvalid(`the input is not JSON: ${error.message}`);
  }
}

/** The answer of a job, as bytes, at most `limit` of them. */
export function encode(value, limit = Infinity) {
  const output = Buffer.from(text(value));
  if (output.length > limit) {
    throw new OutputTooLarge(`the answer has ${output.length} bytes, the pool allows ${limit}`);
  }
  return output;
}

/** The canonical text of a value. */
export function text(value) {
  try {
    return write(value) ?? 'null';
  } catch (error) {
    if (error instanceof RangeError) {
      throw new OutputInvalid('the job returned what is not JSON: too deep, or it contains itself');
    }
    throw error;
  }
}

function write(value) {
  switch (typeof value) {
    case 'string':
      return string(value);
    case 'number':
      return number(value);
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'undefined':
      return undefined;
    case 'object':
      return value === null ? 'null' : object(value);
    default:
      throw invalid(`a ${typeof value}`);
  }
}

function string(value) {
  if (HALF.test(value)) {
    throw invalid('a string with half a character');
  }
  return JSON.stringify(value);
}

function number(value) {
  if (!Number.isFinite(value)) {
    throw invalid(String(value));
  }
  return String(value);
}

function object(value) {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return array(value);
  } else if (typeof value.toJSON === 'function') {
    return write(value.toJSON()) ?? 'null';
  } else if (Array.isArray(value)) {
    return array(value);
  } else if (NOT_DATA.some((kind) => value instanceof kind)) {
    throw invalid(`a ${value.constructor.name}`);
  }
  return members(value);
}

function array(values) {
  const items = [];
  for (let index = 0; index < values.length; index++) {
    items.push(write(values[index]) ?? 'null');
  }
  return `[${items.join(',')}]`;
}

function members(value) {
  const parts = [];
  for (const key of sorted(Object.keys(value))) {
    const member = write(value[key]);
    if (member !== undefined) {
      parts.push(`${string(key)}:${member}`);
    }
  }
  return `{${parts.join(',')}}`;
}

/** By code point; sort() compares UTF-16 units, which differs only where there are surrogates. */
function sorted(keys) {
  return keys.some((key) => SURROGATE.test(key)) ? keys.sort(byCodePoint) : keys.sort();
}

function byCodePoint(one, other) {
  const left = Array.from(one, (character) => character.codePointAt(0));
  const right = Array.from(other, (character) => character.codePointAt(0));
  const at = left.findIndex((point, index) => point !== right[index]);
  return at < 0 ? left.length - right.length : left[at] - (right[at] ?? -1);
}

function invalid(what) {
  return new OutputInvalid(`the job returned what is not JSON: ${what}`);
}
