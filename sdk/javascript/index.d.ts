/** What a job gets and what it may return. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Register the function that loads what jobs need; it runs once per container. */
export function defineInit<F extends () => unknown>(init: F): F;

/**
 * Register the function that answers one input; it runs once per job. It may be async. A generator's items are
 * streamed to callers who listen; everybody else gets them as one array.
 */
export function createJob<F extends (input: any) => unknown>(job: F): F;

/**
 * The function takes an array of at most `batch` inputs and returns as many answers; the input of the job is then one
 * input or an array of them, its answer one answer or an array.
 */
export function createJob<F extends (inputs: any[]) => readonly unknown[] | Promise<readonly unknown[]>>(
  job: F,
  options: { batch: number },
): F;

/** Holds what init loaded, from then on for every job of this container. */
export const config: Record<string, any>;

/** Tell the caller how far this job is; at most ten times a second leave the container. */
export function progress(done: number, total?: number | null, text?: string): void;

/** Structured logs: one line of JSON in the job's log. */
export const log: Record<'debug' | 'info' | 'warn' | 'error', (text: string, fields?: Record<string, unknown>) => void>;

/** Base of everything the SDK throws; `code` is what the platform knows it by. */
export class SkepError extends Error {
  readonly code: string;
  readonly retryable: boolean;
}

/** Throw this from a job to say whether another attempt could help. */
export class JobError extends SkepError {
  constructor(message: string, options?: { retryable?: boolean; cause?: unknown });
}

/** The program never called createJob. */
export class JobMissing extends SkepError {}

/** The job reads something from config that init never put there. */
export class InitMissing extends SkepError {}

/** The input is not JSON: the caller's fault. */
export class InputInvalid extends SkepError {}

/** The job returned something that JSON cannot say. */
export class OutputInvalid extends SkepError {}

/** The job returned more than its pool allows. */
export class OutputTooLarge extends SkepError {}
