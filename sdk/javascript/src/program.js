/** What a program registers: one init, one job, and the config they share. */
import { batched } from './batch.js';
import { InitMissing, JobMissing } from './errors.js';
import { runLocallyWhenAsked } from './local.js';

const READ_BY_LANGUAGE = new Set(['then', 'toJSON', 'constructor', 'inspect', 'nodeType']);

/** The functions a program registered; the last registration of each wins. */
export const program = {
  init: undefined,
  job: undefined,

  async runInit() {
    await this.init?.();
  },

  demandJob() {
    if (this.job === undefined) {
      throw new JobMissing('the program registered no job; call createJob(function) at its end');
    }
    return this.job;
  },
};

export const config = new Proxy(Object.create(null), {
  get(held, name) {
    if (typeof name === 'string' && !(name in held) && !READ_BY_LANGUAGE.has(name)) {
      throw new InitMissing(`config has no '${name}'; set config.${name} in the function given to defineInit`);
    }
    return held[name];
  },
});

export function defineInit(init) {
  if (typeof init !== 'function') {
    throw new TypeError('defineInit wants a function without parameters');
  }
  program.init = init;
  return init;
}

/** With `batch` the job is a function of an array of at most that many inputs, see batch.js. */
export function createJob(job, { batch } = {}) {
  if (typeof job !== 'function') {
    throw new TypeError('createJob wants a function of one parameter, the input');
  }
  program.job = batch === undefined ? job : batched(job, batch);
  runLocallyWhenAsked(program);
  return job;
}
