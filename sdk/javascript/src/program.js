/** What a program registers: one init, one job, and the config they share. */
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

export function createJob(job) {
  if (typeof job !== 'function') {
    throw new TypeError('createJob wants a function of one parameter, the input');
  }
  program.job = job;
  runLocallyWhenAsked(program);
  return job;
}
