/** A pool, seen from outside. */
import { events, told } from './events.js';
import { Deadline, retrying } from './http.js';
import { Job } from './job.js';

const WAIT_SECONDS = 60; // how long the queen holds one request open; a longer call asks again with the same key
const CALL_MILLIS = 300_000;

export class Pool {
  #http;
  #session;

  constructor(id, http, session, { url, fetch }) {
    this.id = id;
    this.url = url;
    this.fetch = fetch;
    this.#http = http;
    this.#session = session;
  }

  /** The job's answer. The same `key` and input again are the same job; without one each call is a new job. */
  async call(input, { timeout = CALL_MILLIS, key = crypto.randomUUID(), signal } = {}) {
    const deadline = new Deadline(timeout);
    for (;;) {
      const seconds = Math.max(1, Math.min(WAIT_SECONDS, Math.floor(deadline.left / 1000)));
      const headers = { 'Idempotency-Key': key, Prefer: `wait=${seconds}` };
      const { status, answer, job } = await retrying(() => this.#post(input, headers, signal), deadline);
      if (status === 200) {
        return answer;
      } else if (deadline.left <= 0) {
        await this.#job(job).cancel();
      }
      deadline.check(`job ${job}`);
    }
  }

  /** Send a job and return at once; it runs on whether this program lives or not. */
  async submit(input, { key = crypto.randomUUID() } = {}) {
    const headers = { 'Idempotency-Key': key, Prefer: 'respond-async' };
    const { job } = await retrying(() => this.#post(input, headers), new Deadline(CALL_MILLIS));
    return this.#job(job);
  }

  /** The answers in the order of the inputs, `window` jobs at a time; the first failure is thrown in its place. */
  async *map(inputs, { window = 16, progress } = {}) {
    const total = inputs.length ?? inputs.size ?? null;
    const waiting = [];
    let done = 0;
    for await (const input of inputs) {
      const answer = this.call(input);
      answer.catch(() => {}); // it is thrown when its turn comes
      waiting.push(answer);
      if (waiting.length >= window) {
        yield await waiting.shift();
        progress?.({ done: ++done, total });
      }
    }
    for (const answer of waiting) {
      yield await answer;
      progress?.({ done: ++done, total });
    }
  }

  /**
   * The items of a job that is a generator, each as soon as it is there; leaving the loop cancels the job. Whatever the
   * way of the items, at the end there were as many as the answer has; a job that is no generator is one item.
   */
  async *stream(input, { timeout = CALL_MILLIS, ...listener } = {}) {
    const headers = { Accept: 'text/event-stream', ...(await this.#session.headers()) };
    const request = { body: JSON.stringify(input), headers, millis: timeout };
    const response = await this.#http.send('POST', `/pools/${this.id}`, request);
    if (!response.ok) {
      await this.#http.read(response);
    }
    yield* told(events(response.body), listener, (path) => this.#output(path));
  }

  async #output(path) {
    return this.#http.read(await this.#http.send('GET', path, { headers: await this.#session.headers() }));
  }

  async #post(input, headers, signal) {
    const all = { ...headers, ...(await this.#session.headers()) };
    const request = { body: JSON.stringify(input), headers: all, millis: (WAIT_SECONDS + 30) * 1000, signal };
    const response = await this.#http.send('POST', `/pools/${this.id}`, request);
    const answer = await this.#http.read(response);
    return { status: response.status, answer, job: response.headers.get('Skep-Job') ?? '' };
  }

  #job(id) {
    return new Job(id, this.#http, this.#session);
  }
}
