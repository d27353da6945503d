/**
 * Entry of the container: node runner.js [--socket PATH] [--token-file PATH] [--stdio] [PROGRAM].
 *
 * The worker dials out to the connector's Unix socket. Where sockets cannot be mounted the same frames go over stdin
 * and stdout (--stdio). Either way what the job prints is captured.
 */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { connect, Socket } from 'node:net';
import { parseArgs } from 'node:util';
import { leaveWhenAlone } from './src/alone.js';
import { Channel } from './src/frames.js';
import { serveJobs } from './src/local.js';
import { LogCapture } from './src/logs.js';
import { Worker } from './src/worker.js';

const SOFTWARE = 70; // EX_SOFTWARE of sysexits.h
const leave = process.reallyExit; // not process.exit: what the job left open must not keep an orphan alive

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      socket: { type: 'string', default: '/run/skep/s' },
      'token-file': { type: 'string', default: '/run/skep/token' },
      stdio: { type: 'boolean', default: false },
    },
  });
  const token = readFileSync(values['token-file'], 'ascii').trim();
  const channel = values.stdio ? overStdio() : await overSocket(values.socket);
  serveJobs();
  return new Worker(channel, LogCapture.install(), positionals[0] ?? '/job/job.mjs').serve(token);
}

function overStdio() {
  const { stdin } = process;
  stdin.on('close', () => leave.call(process, 0));
  return new Channel(stdin, ownStdout() ?? sharedStdout());
}

/** The pipe under a descriptor of our own; descriptor 1, which native code and children write to, leads nowhere. */
function ownStdout() {
  let descriptor;
  try {
    descriptor = openSync('/proc/self/fd/1', 'a');
  } catch {
    return undefined; // not a pipe, or no /proc
  }
  closeSync(1);
  openSync('/dev/null', 'w'); // takes the lowest free descriptor, which is 1
  return new Socket({ fd: descriptor, readable: false, writable: true });
}

function sharedStdout() {
  const { stdout } = process;
  return { write: stdout.write.bind(stdout), once: stdout.once.bind(stdout) }; // print is captured, this is not
}

async function overSocket(path) {
  const socket = connect(path);
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  socket.on('error', () => {}); // close follows
  socket.on('close', () => leave.call(process, 0));
  leaveWhenAlone(socket._handle.fd);
  return new Channel(socket, socket);
}

main().then(
  (status) => setImmediate(() => leave.call(process, status)),
  (thrown) => {
    writeSync(2, `${thrown?.stack ?? thrown}\n`);
    leave.call(process, SOFTWARE);
  },
);
