/**
 * Call Skep pools from Node or a browser; no dependencies.
 *
 *     import { usePool } from 'sdk/client';
 *
 *     const { url } = await usePool(poolId);
 *     const resp = await fetch(url, { method: 'POST', body: JSON.stringify({ prompt }) });
 */
import { authorize, authorisedFetch } from './authorize.js';
import { Http } from './http.js';
import { Pool } from './pool.js';
import { Session } from './session.js';

export { JobFailed, Refused, SignInNeeded, SkepError, TimedOut, Unavailable, Unreachable } from './errors.js';
export { Job } from './job.js';
export { Pool } from './pool.js';

const DEFAULT_QUEEN = 'http://localhost:8080';
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const used = new Map();

export async function usePool(pool, options = {}) {
  const { queen, id } = address(pool, options.queen);
  const http = new Http(queen);
  const url = `${http.url}/pools/${id}`;
  if (used.has(url)) {
    return used.get(url);
  }
  const session = new Session(http, options);
  await session.headers(); // signs in now, where a refusal is understood
  const revoke = authorize(url, session);
  const made = new Pool(id, http, session, { url, fetch: authorisedFetch });
  made.release = async () => {
    used.delete(url);
    revoke();
    await session.release();
  };
  used.set(url, made);
  return made;
}

/** A pool is named by its id or by its POOL_URL. */
function address(pool, queen) {
  if (pool.includes('://')) {
    const url = new URL(pool);
    return { queen: queen ?? url.origin, id: checked(url.pathname.replace(/\/$/, '').split('/').pop()) };
  }
  const page = globalThis.location?.origin;
  return { queen: queen ?? globalThis.process?.env?.SKEP_QUEEN ?? page ?? DEFAULT_QUEEN, id: checked(pool) };
}

function checked(id) {
  if (!ID.test(id.toLowerCase())) {
    throw new TypeError(`'${id}' is not the id of a pool`);
  }
  return id.toLowerCase();
}
