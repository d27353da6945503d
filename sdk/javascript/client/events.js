/** Server-sent events: what a streamed call answers. */

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
