/** What a running job tells besides its answer: progress and structured logs. */
const PROGRESS_MILLIS = 100;
const MAX_TEXT = 500;

let listener;
let next = 0;

/** From now on progress goes here; undefined when nobody listens. */
export function listen(to) {
  listener = to;
  next = 0;
}

export function progress(done, total = null, text = '') {
  if (![done, total ?? 0].every(Number.isFinite)) {
    throw new TypeError('progress wants finite numbers');
  }
  const last = total !== null && done >= total;
  if (listener === undefined || (Date.now() < next && !last)) {
    return;
  }
  next = Date.now() + PROGRESS_MILLIS;
  listener({ done, total, text: String(text).slice(0, MAX_TEXT) });
}

function line(level) {
  return (text, fields = {}) => {
    const entry = { ...fields, level, text: String(text), time: new Date().toISOString() };
    process.stderr.write(`${JSON.stringify(entry, asText)}\n`);
  };
}

/** A log line says what it can: never is a job failed by what it logs. */
function asText(_, value) {
  const isPlain = value?.constructor === Object || Array.isArray(value) || Object(value) !== value;
  return isPlain && typeof value !== 'bigint' ? value : String(value);
}

export const log = { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
