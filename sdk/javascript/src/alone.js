/** Ends this process as soon as the connector is gone, even in the middle of a job that never yields. */
import { Worker } from 'node:worker_threads';

const LOOK_MILLIS = 500;

// An empty write to a socket whose peer has left is EPIPE: that tells without touching what is being sent or read.
const WATCH = `
const { workerData } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const nothing = Buffer.alloc(0);
const cell = new Int32Array(new SharedArrayBuffer(4));
for (;;) {
  Atomics.wait(cell, 0, 0, ${LOOK_MILLIS});
  try {
    writeSync(workerData, nothing);
  } catch (error) {
    if (error.code !== 'EAGAIN') {
      process.kill(process.pid, 'SIGKILL');
    }
  }
}`;

/** Watches the connection's file descriptor from a thread of its own. */
export function leaveWhenAlone(descriptor) {
  const limits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4, stackSizeMb: 1 };
  new Worker(WATCH, { eval: true, workerData: descriptor, resourceLimits: limits, stdin: false }).unref();
}
