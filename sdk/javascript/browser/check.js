/** node check.js [CHROMIUM]: a page in a real browser signs in with its wallet and calls a pool of its own origin. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JOB, POOL, problem, standInQueen } from '../test/stand-in-queen.js';

const ADDRESS = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8';
const LIMIT_MILLIS = 60_000;
const SDK = new URL('..', import.meta.url);
const FLAGS = ['--headless', '--disable-gpu', '--no-first-run', '--disable-dev-shm-usage'];

const file = (path, type) => ({ headers: { 'Content-Type': type }, body: readFileSync(new URL(path, SDK), 'utf8') });

function page() {
  const { headers, body } = file('browser/page.html', 'text/html');
  return { headers, body: body.replaceAll('POOL_ID', POOL).replace('ADDRESS', ADDRESS) };
}

function pool(input) {
  if (input === 'stream') {
    const events = 'event: part\ndata: "é"\n\nevent: result\ndata: ["é",2]\n\n';
    return { headers: { 'Content-Type': 'text/event-stream' }, body: events };
  }
  return input === 'fail' ? problem(422, 'job-threw', 'JOB', { job: { id: JOB } }) : { body: input };
}

function answer({ method, path, headers, body }, told) {
  if (path === '/') {
    return page();
  } else if (/^\/client\/\w+\.js$/.test(path)) {
    return file(path.slice(1), 'text/javascript');
  } else if (path === '/api/login/challenges') {
    return { body: { message: `${headers.host} wants you to sign in with your Ethereum account:\n${ADDRESS}\n\nNonce: 1` } };
  } else if (path === '/api/login') {
    return { body: method === 'POST' ? { token: 'fresh' } : {} };
  } else if (path === '/told') {
    told(body);
  } else if (path === `/pools/${POOL}`) {
    return headers.authorization === 'Bearer fresh' ? pool(body) : problem(401, 'not-signed-in', 'CALLER');
  }
  return { status: path === '/told' ? 200 : 404, body: {} };
}

async function openPage(browser) {
  let told;
  const heard = new Promise((resolve) => (told = resolve));
  const queen = await standInQueen((request) => answer(request, told));
  const profile = mkdtempSync(join(tmpdir(), 'skep-browser-'));
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const flags = [...FLAGS, ...asRoot, `--user-data-dir=${profile}`, `${queen.url}/`];
  const opened = spawn(browser, flags, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  let said = '';
  opened.stderr.on('data', (chunk) => (said += chunk));
  const left = new Promise((resolve) => opened.once('exit', resolve).once('error', resolve));
  const late = new Promise((_, reject) => setTimeout(reject, LIMIT_MILLIS, new Error('the page told nothing')).unref());
  try {
    return await Promise.race([heard, late, left.then((how) => Promise.reject(new Error(`${browser}: ${how}\n${said}`)))]);
  } finally {
    if (opened.pid) {
      process.kill(-opened.pid, 'SIGKILL');
      await left;
    }
    queen.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

assert.deepEqual(await openPage(process.argv[2] ?? 'chromium'), {
  plainFetch: { prompt: 'hi' },
  call: 1,
  map: [1, 2, 3],
  stream: ['é', 2],
  failure: 'JobFailed: job-threw',
  released: 401,
  restored: true,
});
