/** Programs as their authors write them, for tsc to judge; nothing here runs. What must be refused says so. */
import { config, createJob, defineInit, JobError, log, progress } from 'sdk';
import { type Job, JobFailed, type Pool, type Progress, SkepError, usePool } from 'sdk/client';

defineInit(async () => {
  config.words = new Set(['queen']);
});

createJob((input: { text: string }) => ({ known: input.text.length }));
createJob(async (input: number[]) => input.map((n) => n * 2));
createJob(function* ({ digits }: { digits: number }) {
  for (let n = 0; n < digits; n++) {
    progress(n, digits, 'digits');
    yield n;
  }
});
createJob(async function* () {
  log.info('begun', { attempt: 1 });
  yield 'a';
});
createJob((inputs: string[]) => inputs.map((text) => text.length), { batch: 16 });
createJob(() => {
  throw new JobError('later', { retryable: true });
});

export async function call(id: string, signal: AbortSignal): Promise<unknown> {
  const pool: Pool = await usePool(id, { token: 'secret' });
  const response: Response = await pool.fetch(pool.url, { method: 'POST', body: '{}' });
  const told = (how: Progress): void => console.log(how.done, how.total);
  for await (const answer of pool.map([1, { a: [null] }], { window: 4, batch: 2, progress: told })) {
    console.log(answer);
  }
  for await (const item of pool.stream('x', { onProgress: told, onLog: console.log })) {
    console.log(item);
  }
  const job: Job = await pool.submit([true], { key: 'k' });
  try {
    return [await pool.call(1, { timeout: 1000, signal }), await job.wait({ timeout: 10 }), response.status];
  } catch (error) {
    const known = error instanceof JobFailed || error instanceof SkepError;
    return known && error.retryable ? error.hint : undefined;
  } finally {
    await pool.release();
  }
}

// @ts-expect-error a job is a function
createJob('text');
// @ts-expect-error a batch answers an array
createJob((inputs: string[]) => inputs.length, { batch: 2 });
// @ts-expect-error inits take nothing
defineInit((path: string) => path);
// @ts-expect-error there is no such level
log.fatal('text');
// @ts-expect-error progress is in numbers
progress('half');
export async function refused(pool: Pool): Promise<void> {
  // @ts-expect-error a function is not JSON
  await pool.call(() => 1);
  // @ts-expect-error a map's window is a number
  pool.map([], { window: '4' });
}
