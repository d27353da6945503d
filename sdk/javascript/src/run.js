/** Runs the registered job on one input, whatever kind of function it is. */
import { encode } from './canonical.js';
import { OutputTooLarge } from './errors.js';

const [OPEN, COMMA, CLOSE] = ['[', ',', ']'].map((text) => Buffer.from(text));

/**
 * The job's answer as canonical bytes. A generator's items are handed to `part` one by one and make up an array.
 */
export async function run(job, input, { limit = Infinity, part = () => {} } = {}) {
  const value = await job(input);
  return isGenerator(value) ? gather(value, limit, part) : encode(value, limit);
}

/** Iterators only: an array or a Set is a value. */
function isGenerator(value) {
  const iterates = value?.[Symbol.asyncIterator] ?? value?.[Symbol.iterator];
  return typeof iterates === 'function' && typeof value.next === 'function';
}

async function gather(items, limit, part) {
  const pieces = [];
  let length = 1;
  for await (const item of items) {
    const bytes = encode(item);
    length += bytes.length + 1;
    if (length > limit) {
      throw new OutputTooLarge(`the parts of the answer have over ${limit} bytes, which is what the pool allows`);
    }
    await part(pieces.length, bytes);
    pieces.push(bytes);
  }
  return Buffer.concat([OPEN, ...pieces.flatMap((piece, index) => (index === 0 ? [piece] : [COMMA, piece])), CLOSE]);
}
