/**
 * Messages between connector and worker: u32 big-endian length, then that many bytes. A message is a frame of JSON,
 * the header; when the header says "payload": true a frame of raw bytes follows.
 */
export const MAX_FRAME = 64 * 1024 * 1024;

const NONE = Buffer.alloc(0);

/** Cuts a stream of bytes into messages. */
export class Reader {
  #buffer = NONE;
  #header;

  /** The messages that these bytes complete. */
  *push(chunk) {
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
    for (let frame = this.#frame(); frame !== undefined; frame = this.#frame()) {
      const message = this.#message(frame);
      if (message !== undefined) {
        yield message;
      }
    }
  }

  #frame() {
    if (this.#buffer.length < 4) {
      return undefined;
    }
    const length = this.#buffer.readUInt32BE(0);
    if (length > MAX_FRAME) {
      throw new RangeError(`frame of ${length} bytes is longer than ${MAX_FRAME}`);
    } else if (this.#buffer.length < 4 + length) {
      return undefined;
    }
    const frame = this.#buffer.subarray(4, 4 + length);
    this.#buffer = this.#buffer.subarray(4 + length);
    return frame;
  }

  #message(frame) {
    if (this.#header !== undefined) {
      const header = this.#header;
      this.#header = undefined;
      return { header, payload: frame };
    }
    const header = JSON.parse(frame.toString());
    if (header === null || typeof header !== 'object' || Array.isArray(header)) {
      throw new TypeError('a header is a JSON object');
    } else if (header.payload) {
      this.#header = header;
      return undefined;
    }
    return { header, payload: NONE };
  }
}

/** One message as bytes. */
export function frames(header, payload) {
  const head = Buffer.from(JSON.stringify(payload === undefined ? header : { ...header, payload: true }));
  return payload === undefined
    ? Buffer.concat([length(head), head])
    : Buffer.concat([length(head), head, length(payload), payload]);
}

function length(bytes) {
  const prefix = Buffer.allocUnsafe(4);
  prefix.writeUInt32BE(bytes.length, 0);
  return prefix;
}

/** Both directions of one connection: a stream that is read, and one that is written. */
export class Channel {
  #sink;
  #messages = [];
  #waiting;
  #ended = false;

  constructor(source, sink) {
    this.#sink = sink;
    const reader = new Reader();
    source.on('data', (chunk) => {
      for (const message of reader.push(chunk)) {
        this.#messages.push(message);
      }
      this.#wake();
    });
    for (const end of ['end', 'close', 'error']) {
      source.on(end, () => this.#end());
    }
  }

  #end() {
    this.#ended = true;
    this.#wake();
  }

  #wake() {
    this.#waiting?.();
    this.#waiting = undefined;
  }

  /** The next message; undefined when the other side is gone. */
  async read() {
    while (this.#messages.length === 0 && !this.#ended) {
      await new Promise((resolve) => (this.#waiting = resolve));
    }
    return this.#messages.shift();
  }

  /** Sends one message; the promise is kept once the other side has room for more. */
  async write(header, payload) {
    if (!this.#sink.write(frames(header, payload))) {
      await new Promise((resolve) => this.#sink.once('drain', resolve));
    }
  }
}
