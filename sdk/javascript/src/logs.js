/**
 * Captures what a job prints through console and process.stdout or stderr, its worker threads included, without ever
 * touching the frames. At most 64 KiB are kept per job; the rest is counted and dropped.
 */
import { StringDecoder } from 'node:string_decoder';

const MAX_LOG = 64 * 1024;
const MARK_ROOM = 80;

export class LogCapture {
  #chunks = [];
  #kept = 0;
  #dropped = 0;
  #told = 0;
  #decoder = new StringDecoder();

  /** Called after something was printed. */
  onPrint = () => {};

  /** Take over the output of this process. */
  static install() {
    const capture = new LogCapture();
    for (const stream of [process.stdout, process.stderr]) {
      stream.write = (chunk, encoding, done) => capture.#write(chunk, encoding, done);
    }
    return capture;
  }

  #write(chunk, encoding, done) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encodingOf(encoding)) : Buffer.from(chunk);
    const room = Math.max(0, MAX_LOG - MARK_ROOM - this.#kept);
    const kept = bytes.subarray(0, room);
    this.#chunks.push(kept);
    this.#kept += kept.length;
    this.#dropped += bytes.length - kept.length;
    const callback = typeof encoding === 'function' ? encoding : done;
    if (callback) {
      process.nextTick(callback);
    }
    this.onPrint();
    return true;
  }

  /** What was printed since the last look, for those who follow; take() gives it again. */
  peek() {
    const kept = Buffer.concat(this.#chunks);
    const text = this.#decoder.write(kept.subarray(this.#told));
    this.#told = kept.length;
    this.#chunks = [kept];
    return text;
  }

  /** The text printed so far and whether it was cut; starts afresh. */
  take() {
    const text = Buffer.concat(this.#chunks).toString();
    const dropped = this.#dropped;
    this.#chunks = [];
    this.#decoder = new StringDecoder();
    this.#kept = this.#dropped = this.#told = 0;
    if (dropped === 0) {
      return { text: fit(text, MAX_LOG), truncated: false };
    }
    const mark = `\n[skep: log cut here, ${dropped} more bytes were printed]\n`;
    return { text: fit(text, MAX_LOG - mark.length) + mark, truncated: true };
  }
}

function encodingOf(encoding) {
  return typeof encoding === 'string' ? encoding : 'utf8';
}

/** Cut to a number of UTF-8 bytes: replacement characters may have made it longer than what was printed. */
function fit(text, limit) {
  const raw = Buffer.from(text);
  return raw.length <= limit ? text : raw.subarray(0, limit).toString().replace(/\ufffd+$/, '');
}
