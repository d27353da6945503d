/** What a running job tells besides its answer: progress and structured logs. */
import { text } from './canonical.js';

const PROGRESS_MILLIS = 100;

let listener;
let next = 0;

/** From now on progress goes here; undefined when nobody listens. */
export function listen(to) {
  listener = to;
  next = 0;
}

export function progress(done, total = null, text = '') {
  const last = total !== null && done >= total;
  if (listener === undefined || (Date.now() < next && !last)) {
    return;
  }
  next = Date.now() + PROGRESS_MILLIS;
  listener({ done: Number(done), total: total === null ? null : Number(total), text: String(text) });
}

function line(level) {
  return (message, fields = {}) => {
    const entry = { ...fields, level, text: String(message), time: new Date().toISOString() };
    process.stderr.write(`${text(entry)}\n`);
  };
}

export const log = { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
