/** A pool, seen from outside. */
import { SkepError } from './errors.js';
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

  /**
   * The answers in the order of the inputs, `window` jobs at a time; the first failure is thrown in its place. With
   * `batch` each job gets an array of up to that many inputs, which a program of createJob(..., { batch }) takes.
   */
  async *map(inputs, { window = 16, batch, progress } = {}) {
    const total = inputs.length ?? inputs.size ?? null;
    let done = 0;
    for await (const answers of this.#jobs(groups(inputs, batch ?? 1), batch !== undefined, window)) {
      for (const answer of answers) {
        yield answer;
        progress?.({ done: ++done, total });
      }
    }
  }

  async *#jobs(inputs, several, window) {
    const waiting = [];
    for await (const group of inputs) {
      const answers = several ? this.#several(group) : this.call(group[0]).then((answer) => [answer]);
      answers.catch(() => {}); // it is thrown when its turn comes
      waiting.push(answers);
      if (waiting.length >= window) {
        yield waiting.shift();
      }
    }
    yield* waiting;
  }

  async #several(group) {
    const answers = await this.call(group);
    if (!Array.isArray(answers) || answers.length !== group.length) {
      throw new SkepError('the job did not answer each input of its array: does its program say createJob(..., { batch })?');
    }
    return answers;
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
    yield* told(events(response.body), listener);
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

async function* groups(inputs, size) {
  let group = [];
  for await (const input of inputs) {
    if (group.push(input) >= size) {
      yield group;
      group = [];
    }
  }
  if (group.length > 0) {
    yield group;
  }
}
