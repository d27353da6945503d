/** Makes plain fetch(POOL_URL) authorised, for exactly the URLs that are used, and only as long as they are. */
const sessions = new Map();
let original;

/** Calls of this URL carry the session's token from now on; returns what ends that. */
export function authorize(url, session) {
  sessions.set(url, session);
  if (original === undefined) {
    original = globalThis.fetch;
    globalThis.fetch = authorisedFetch;
  }
  return () => forget(url, session);
}

function forget(url, session) {
  if (sessions.get(url) === session) {
    sessions.delete(url);
  }
  if (sessions.size === 0 && globalThis.fetch === authorisedFetch) {
    globalThis.fetch = original;
    original = undefined;
  }
}

/** fetch, with the token of the pool whose URL this is, unless the caller says who calls. */
export async function authorisedFetch(resource, options) {
  const plain = original ?? globalThis.fetch;
  const session = sessions.get(urlOf(resource));
  const headers = new Headers(options?.headers ?? resource?.headers);
  if (session === undefined || headers.has('Authorization')) {
    return plain.call(globalThis, resource, options);
  }
  for (const [name, value] of Object.entries(await session.headers())) {
    headers.set(name, value);
  }
  return plain.call(globalThis, resource, { ...options, headers });
}

function urlOf(resource) {
  try {
    return new URL(resource?.url ?? resource, globalThis.location?.href).href;
  } catch {
    return undefined;
  }
}
