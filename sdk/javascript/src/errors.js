/** The errors of the SDK. Each has a code that the platform knows and says whose fault it is. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAX_MESSAGE = 2000;
const MAX_TRACEBACK = 8000;
const OWN_FILES = dirname(dirname(fileURLToPath(import.meta.url)));

export class SkepError extends Error {
  code = 'job-threw';
  retryable = false;

  get name() {
    return this.constructor.name;
  }
}

export class JobError extends SkepError {
  constructor(message, { retryable = false, cause } = {}) {
    super(message, { cause });
    this.retryable = Boolean(retryable);
  }
}

export class JobMissing extends SkepError {}

export class InitMissing extends SkepError {}

export class InputInvalid extends SkepError {
  code = 'input-invalid';
}

export class OutputInvalid extends SkepError {
  code = 'output-invalid';
}

export class OutputTooLarge extends SkepError {
  code = 'output-too-large';
}

/** The job called process.exit: its own end, but not the worker's. */
export class ProcessExit extends SkepError {}

/** Anything thrown, as the connector wants it; the traceback starts at the program, not at the SDK. */
export function describe(thrown) {
  const own = thrown instanceof SkepError;
  return {
    code: own ? String(thrown.code) : 'job-threw',
    type: type(thrown),
    message: message(thrown).slice(0, MAX_MESSAGE),
    traceback: traceback(thrown).slice(-MAX_TRACEBACK),
    retryable: own && Boolean(thrown.retryable),
  };
}

function type(thrown) {
  const isObject = Object(thrown) === thrown;
  return isObject ? guarded(() => thrown.name || thrown.constructor.name, typeof thrown) : typeof thrown;
}

function message(thrown) {
  const text = () => (thrown instanceof Error ? thrown.message : thrown);
  return guarded(text, '(the text of what was thrown threw itself)');
}

function traceback(thrown) {
  const stack = guarded(() => (thrown instanceof Error ? thrown.stack : ''), '');
  const isForeign = (line) => !line.includes(OWN_FILES) && !line.includes('(node:') && !line.includes('at node:');
  return stack.split('\n').filter(isForeign).join('\n');
}

/** What a stranger's object says of itself, as text, whatever its getters do. */
function guarded(read, otherwise) {
  try {
    return String(read());
  } catch {
    return otherwise;
  }
}
