/** HTTP to one queen: time limits always, problems as errors, retries where they are safe. */
import { fromProblem, TimedOut, Unreachable } from './errors.js';

const TRIES = 5;
const MOST_PAUSE = 10_000;
const plainFetch = globalThis.fetch; // as it was before any pool was used

export const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/** A moment by which something is to be done. */
export class Deadline {
  #end;

  constructor(millis) {
    this.#end = performance.now() + millis;
  }

  get left() {
    return this.#end - performance.now();
  }

  check(what) {
    if (this.left <= 0) {
      throw new TimedOut(`${what} took longer than allowed`);
    }
  }
}

export class Http {
  constructor(url) {
    const parsed = new URL(url);
    if (parsed.protocol !== 'https:' && !isLoopback(parsed.hostname)) {
      throw new TypeError(`${url}: a queen elsewhere is reached by https only, or the token could be read on the way`);
    }
    this.url = parsed.origin;
  }

  /** One request; its answer, unread. */
  async send(method, path, { body, headers = {}, millis = 30_000, signal } = {}) {
    const limit = AbortSignal.timeout(Math.ceil(millis));
    const options = { method, body, headers: { 'Content-Type': 'application/json', ...headers }, signal: limit };
    try {
      const aborting = abortBoth(options, signal);
      return await plainFetch(this.url + path, aborting);
    } catch (error) {
      throw this.#translated(error);
    }
  }

  /** One request; the parsed answer. */
  async json(method, path, options) {
    const response = await this.send(method, path, options);
    return this.read(response);
  }

  async read(response) {
    const text = await response.text().catch((error) => {
      throw this.#translated(error);
    });
    if (!response.ok) {
      throw fromProblem(response.status, text);
    }
    return text === '' ? undefined : JSON.parse(text);
  }

  #translated(error) {
    if (error?.name === 'TimeoutError') {
      return new TimedOut(`${this.url} did not answer in time`);
    }
    const why = error?.cause?.message ?? error?.message;
    return error?.name === 'AbortError' ? error : new Unreachable(`${this.url} cannot be reached: ${why}`);
  }
}

function abortBoth(options, signal) {
  if (signal === undefined) {
    return options;
  }
  const both = new AbortController();
  for (const one of [options.signal, signal]) {
    one.addEventListener('abort', () => both.abort(one.reason), { once: true });
  }
  return { ...options, signal: both.signal };
}

function isLoopback(host) {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}

/** What `attempt` returns, tried again when the queen is away or asks for it; never when a job has failed. */
export async function retrying(attempt, deadline) {
  for (let turn = 1; ; turn++) {
    try {
      return await attempt();
    } catch (error) {
      const passing = error instanceof Unreachable || (error.retryable === true && error.job === '');
      const millis = Math.min(MOST_PAUSE, 100 * 2 ** turn) * (0.5 + Math.random() / 2);
      if (!passing || turn === TRIES || millis > deadline.left) {
        throw error;
      }
      await pause(millis);
    }
  }
}
