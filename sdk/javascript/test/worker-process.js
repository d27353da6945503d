/** A real worker process on the other end of a Unix socket, for tests. */
import { spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Channel } from '../src/frames.js';

export const SDK = fileURLToPath(new URL('..', import.meta.url));

/** A folder with a program in it that finds the SDK as one in an image does. */
export function folderWith(program) {
  const folder = mkdtempSync(join(tmpdir(), 'skep-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(SDK, join(folder, 'node_modules', 'sdk'));
  writeFileSync(join(folder, 'job.mjs'), program);
  writeFileSync(join(folder, 'token'), 'secret\n');
  return folder;
}

/** A program whose job has this body. */
export function job(body, kind = 'function') {
  return `import * as sdk from 'sdk';\nconst { createJob, config } = sdk;\ncreateJob(${kind} run(input) {\n${body}\n});\n`;
}

export class WorkerProcess {
  static async start(program, { stdio = false } = {}) {
    const worker = new WorkerProcess();
    worker.folder = folderWith(program);
    await (stdio ? worker.overStdio() : worker.overSocket());
    return worker;
  }

  spawn(arguments_, ends) {
    const common = [join(SDK, 'runner.js'), '--token-file', join(this.folder, 'token')];
    const command = [...common, ...arguments_, join(this.folder, 'job.mjs')];
    this.process = spawn(process.execPath, command, { stdio: [ends, ends, 'ignore'] });
    this.left = once(this.process, 'exit').then(([status]) => status);
  }

  async overStdio() {
    this.spawn(['--stdio'], 'pipe');
    this.channel = new Channel(this.process.stdout, this.process.stdin);
  }

  async overSocket() {
    const path = join(this.folder, 's');
    const listener = createServer().listen(path);
    await once(listener, 'listening');
    this.spawn(['--socket', path], 'ignore');
    [this.socket] = await once(listener, 'connection');
    listener.close();
    this.socket.on('error', () => {});
    this.channel = new Channel(this.socket, this.socket);
  }

  async read() {
    const message = await this.channel.read();
    if (message === undefined) {
      throw new Error('the worker left');
    }
    return message;
  }

  /** What follows hello, logs aside: ready or init-failed. */
  async begin() {
    await this.read();
    return (await this.readAll(['ready', 'init-failed'])).at(-1).header;
  }

  /** One job: every message until its answer. */
  async ask(payload, header = {}) {
    await this.channel.write({ type: 'job', id: 'job/1', ...header }, Buffer.from(payload));
    return this.readAll(['result', 'error']);
  }

  async readAll(last) {
    const messages = [await this.read()];
    while (!last.includes(messages.at(-1).header.type)) {
      messages.push(await this.read());
    }
    return messages;
  }

  async close() {
    this.process.kill('SIGKILL');
    await this.left;
    this.socket?.destroy();
    rmSync(this.folder, { recursive: true });
  }
}

/** Runs one job in a worker of its own; every message until its answer. */
export async function askOnce(program, payload = '0', header = {}) {
  const worker = await WorkerProcess.start(program);
  try {
    await worker.begin();
    return await worker.ask(payload, header);
  } finally {
    await worker.close();
  }
}
