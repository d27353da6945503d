/** node job.mjs --input JSON|@FILE|-: runs the job once here, without a server, and prints its answer. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { decode } from './canonical.js';
import { InputInvalid } from './errors.js';
import { run } from './run.js';

const FAILED = 1;
const USAGE = 2;

let served = false;
let asked = false;

/** The runner says that a connector will send the jobs, whatever the arguments look like. */
export function serveJobs() {
  served = true;
}

/** Waits until the program has registered everything, then runs. */
export function runLocallyWhenAsked(program) {
  const at = process.argv.indexOf('--input');
  if (served || asked || at < 0) {
    return;
  }
  asked = true;
  setImmediate(() => runOnce(program, process.argv[at + 1]));
}

async function runOnce(program, input) {
  const print = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr); // only the answer is for stdout
  try {
    const parsed = decode(source(input));
    await program.runInit();
    const output = await run(program.demandJob(), parsed);
    print(`${output}\n`, () => process.exit());
  } catch (thrown) {
    const unread = thrown instanceof InputInvalid;
    console.error(unread ? `${basename(process.argv[1])}: ${thrown.message}` : thrown);
    process.exit(unread ? USAGE : FAILED);
  }
}

function source(input) {
  if (input === undefined) {
    throw new InputInvalid("--input wants JSON, @FILE, or - for what stands on stdin: --input '{\"text\": \"hi\"}'");
  } else if (input === '-') {
    return readFileSync(0);
  }
  return input.startsWith('@') ? file(input.slice(1)) : Buffer.from(input);
}

function file(path) {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new InputInvalid(error.message);
  }
}
