import type { Json } from '../index.js';

export interface UsePoolOptions {
  /** Default: the POOL_URL's, $SKEP_QUEEN, the page's own origin, http://localhost:8080. */
  queen?: string;
  /** A bearer token of `skep wallet token`; default $SKEP_TOKEN. */
  token?: string;
  /** A wallet's address, together with `sign`. */
  address?: string;
  /** Signs a text as EIP-191 does (personal_sign); 65 bytes as 0x hex. */
  sign?: (text: string) => string | Promise<string>;
  /** An EIP-1193 wallet; default `window.ethereum`. */
  wallet?: { request(call: { method: string; params?: unknown[] }): Promise<any> };
}

/**
 * Sign in to a pool, by its id or POOL_URL. From then on plain `fetch(POOL_URL, ...)` is authorised, for exactly that
 * URL. Using a pool again gives the same object.
 */
export function usePool(pool: string, options?: UsePoolOptions): Promise<Pool>;

export interface Progress {
  done: number;
  total: number | null;
  text?: string;
}

/** Calls one pool. */
export class Pool {
  private constructor();
  readonly id: string;
  /** POOL_URL */
  readonly url: string;
  /** fetch that knows who calls, for those who want no global changed. */
  readonly fetch: typeof fetch;
  /** The job's answer. The same `key` and input again are the same job; `timeout` is in milliseconds. */
  call(input: Json, options?: { timeout?: number; key?: string; signal?: AbortSignal }): Promise<any>;
  /** Send a job and return at once. */
  submit(input: Json, options?: { key?: string }): Promise<Job>;
  /** The answers in the order of the inputs, `window` jobs at a time; with `batch` as many inputs per job. */
  map(
    inputs: Iterable<Json> | AsyncIterable<Json>,
    options?: { window?: number; batch?: number; progress?: (told: Progress) => void },
  ): AsyncGenerator<any, void, void>;
  /** The items of a job that is a generator, each as soon as it is there. */
  stream(
    input: Json,
    options?: {
      timeout?: number;
      onProgress?: (told: Progress) => void;
      onLog?: (text: string) => void;
      /** Another attempt began: items from this index on are void, others follow. Without it the stream throws. */
      onRestart?: (index: number) => void;
    },
  ): AsyncGenerator<any, void, void>;
  /** Sign off: plain fetch is plain again. */
  release(): Promise<void>;
}

/** A job that runs without anybody waiting on the line. */
export class Job {
  private constructor();
  readonly id: string;
  show(): Promise<any>;
  wait(options?: { timeout?: number }): Promise<any>;
  logs(): Promise<string>;
  cancel(): Promise<void>;
}

/** Base of everything that calling a pool throws. */
export class SkepError extends Error {
  readonly code: string;
  readonly status: number;
  readonly fault: string;
  readonly retryable: boolean;
  readonly hint: string;
  readonly reference: string;
  readonly job: string;
}

/** The request was not taken: something about it has to change. */
export class Refused extends SkepError {}

/** Nobody is signed in, or the token has run out. */
export class SignInNeeded extends Refused {}

/** The job ran and failed by its own fault. */
export class JobFailed extends SkepError {}

/** The platform, a provider or the chain could not do it now. */
export class Unavailable extends SkepError {}

/** The answer did not come in time. */
export class TimedOut extends SkepError {}

/** The queen does not answer, or the connection broke. */
export class Unreachable extends SkepError {}
