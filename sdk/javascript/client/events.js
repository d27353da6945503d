/** Server-sent events: what a streamed call answers. */
import { fromProblem, Unavailable, Unreachable } from './errors.js';

/** The events of a text/event-stream until it ends; comments are skipped. */
export async function* events(body) {
  let kind = 'message';
  let data = [];
  for await (const line of lines(body)) {
    const [, name, value] = /^([^:]*)(?:: ?(.*))?$/s.exec(line);
    if (line === '') {
      if (data.length > 0) {
        yield { kind, data: data.join('\n') };
      }
      kind = 'message';
      data = [];
    } else if (name === 'event') {
      kind = value;
    } else if (name === 'data') {
      data.push(value ?? '');
    }
  }
}

async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      const found = (rest + value).split(/\r?\n/);
      rest = found.pop();
      yield* found;
    }
  } finally {
    await reader.cancel().catch(() => {}); // hangs up, which cancels the job
  }
}

/**
 * The items; the answer at the end brings those that were lost on the way, `fetchOutput` one that is too long for it.
 */
export async function* told(stream, { onProgress, onLog, onRestart = refuseRestart }, fetchOutput) {
  let count = 0;
  for await (const { kind, data } of stream) {
    const value = JSON.parse(data);
    if (kind === 'part') {
      count++;
      yield value;
    } else if (kind === 'progress') {
      onProgress?.(value);
    } else if (kind === 'log') {
      onLog?.(value.text);
    } else if (kind === 'restart' && value.from < count) {
      onRestart(value.from);
      count = value.from;
    } else if (kind === 'problem') {
      throw fromProblem(422, data);
    } else if (kind === 'result' || kind === 'result-at') {
      const answer = kind === 'result' ? value : await fetchOutput(value.path);
      yield* (Array.isArray(answer) ? answer : [answer]).slice(count);
      return;
    }
  }
  throw new Unreachable("the stream broke off before the job's end");
}

function refuseRestart(index) {
  const why = { code: 'stream-restarted', fault: 'PROVIDER', retryable: true };
  throw new Unavailable(`another attempt yields other items from item ${index} on`, why);
}
