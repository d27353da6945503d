/** The life of a worker: hello, load the program, run init once, then answer jobs until the connector is gone. */
import { pathToFileURL } from 'node:url';
import { decode } from './canonical.js';
import { describe, ProcessExit } from './errors.js';
import { listen } from './events.js';
import { program } from './program.js';
import { run } from './run.js';
import { VERSION } from './version.js';

const DEFAULT_MAX_OUTPUT = 1 << 20;
const LOG_PART_MILLIS = 200;

/** One connection to the connector and one program. */
export class Worker {
  #channel;
  #logs;
  #path;
  #fail = () => {};

  constructor(channel, logs, path) {
    this.#channel = channel;
    this.#logs = logs;
    this.#path = path;
  }

  /** Answer jobs until told to stop or alone; the process's exit status. */
  async serve(token) {
    this.#guard();
    this.#channel.write({ type: 'hello', token, sdk: VERSION });
    if (!(await this.#start())) {
      return 1;
    }
    for (let message = await this.#channel.read(); message !== undefined; message = await this.#channel.read()) {
      if (message.header.type === 'stop') {
        return 0;
      }
      await this.#answer(message);
    }
    return 0;
  }

  /** What nobody caught belongs to the job that runs; the worker lives on. */
  #guard() {
    process.exit = (status) => {
      throw new ProcessExit(`the program called process.exit(${status ?? ''})`);
    };
    for (const event of ['uncaughtException', 'unhandledRejection']) {
      process.on(event, (thrown) => {
        console.error('nobody caught:', thrown);
        this.#fail(thrown);
      });
    }
  }

  /** The work, or the first thing that nobody caught meanwhile. */
  #attempt(work) {
    const stray = new Promise((_, reject) => (this.#fail = reject));
    return Promise.race([stray, work()]);
  }

  async #start() {
    const begun = performance.now();
    try {
      await this.#attempt(async () => {
        await import(pathToFileURL(this.#path));
        program.demandJob();
        await program.runInit();
      });
    } catch (thrown) {
      this.#log('init');
      this.#channel.write({ type: 'init-failed', error: describe(thrown) });
      return false;
    }
    this.#log('init');
    this.#channel.write({ type: 'ready', initMillis: Math.round(performance.now() - begun) });
    return true;
  }

  async #answer({ header, payload }) {
    const deaf = header.stream === true ? this.#follow(header.id) : () => {};
    let answer;
    try {
      const limit = header.maxOutput ?? DEFAULT_MAX_OUTPUT;
      const part = header.stream === true ? this.#part(header.id) : undefined;
      const output = await this.#attempt(async () => run(program.demandJob(), decode(payload), { limit, part }));
      answer = [{ type: 'result', id: header.id }, output];
    } catch (thrown) {
      answer = [{ type: 'error', id: header.id, error: describe(thrown) }];
    }
    this.#fail = () => {};
    deaf();
    this.#log(header.id);
    this.#channel.write(...answer);
  }

  #part(id) {
    return (index, bytes) => this.#channel.write({ type: 'part', id, index }, bytes);
  }

  /** Sends progress and fresh log lines while the job runs, until the function it returns is called. */
  #follow(id) {
    let next = 0;
    const tell = () => {
      const text = Date.now() < next ? '' : this.#logs.peek();
      if (text) {
        next = Date.now() + LOG_PART_MILLIS;
        this.#channel.write({ type: 'log-part', id, text });
      }
    };
    const timer = setInterval(tell, LOG_PART_MILLIS);
    this.#logs.onPrint = tell;
    listen((told) => this.#channel.write({ type: 'progress', id, ...told }));
    return () => {
      clearInterval(timer);
      this.#logs.onPrint = () => {};
      listen(undefined);
    };
  }

  #log(id) {
    const { text, truncated } = this.#logs.take();
    if (text) {
      this.#channel.write({ type: 'log', id, text, truncated });
    }
  }
}
