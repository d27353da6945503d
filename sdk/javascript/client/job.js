/** A job that runs without anybody waiting on the line. */
import { fromProblem } from './errors.js';
import { Deadline, pause, retrying } from './http.js';

const ENDED = ['COMPLETED', 'FAILED', 'CANCELLED', 'EXPIRED'];
const FIRST_LOOK = 100;
const MOST_LOOK = 2000;

export class Job {
  #http;
  #session;

  constructor(id, http, session) {
    this.id = id;
    this.#http = http;
    this.#session = session;
  }

  /** The job's document: state, cost, attempts, receipts. */
  show() {
    return this.#ask('GET', '');
  }

  /** The answer, once it is there; throws what the job failed with. */
  async wait({ timeout = 300_000 } = {}) {
    const deadline = new Deadline(timeout);
    let shown = await retrying(() => this.show(), deadline);
    for (let look = FIRST_LOOK; !ENDED.includes(shown.state); look = Math.min(MOST_LOOK, look * 1.5)) {
      deadline.check(`job ${this.id}`);
      await pause(Math.min(look, deadline.left));
      shown = await retrying(() => this.show(), deadline);
    }
    if (shown.state === 'COMPLETED') {
      return this.#ask('GET', '/output');
    }
    const problem = shown.problem ?? { code: `job-${shown.state.toLowerCase()}`, fault: 'PLATFORM' };
    throw fromProblem(422, JSON.stringify({ ...problem, job: { id: this.id } }));
  }

  /** What the job's code printed, over all attempts. */
  async logs() {
    return (await this.#ask('GET', '/logs')).map((log) => log.text).join('');
  }

  /** Stop it. A job that has ended stays as it is. */
  async cancel() {
    await this.#ask('POST', '/cancel');
  }

  async #ask(method, what) {
    return this.#http.json(method, `/api/jobs/${this.id}${what}`, { headers: await this.#session.headers() });
  }
}
