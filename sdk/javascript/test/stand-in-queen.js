/** A small HTTP server that answers as a queen does, for tests of the client. */
import { once } from 'node:events';
import { createServer } from 'node:http';

export const POOL = '01a203e1-69b7-76e4-bc91-8880e87bd6a2';
export const JOB = '01a203e1-0000-7000-8000-000000000001';

export const problem = (status, code, fault, more) => ({
  status,
  body: { status, code, fault, detail: 'said so', ...more },
});

/** Remembers what it was asked; `answer` decides. */
export async function standInQueen(answer) {
  const requests = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks = await incoming.toArray();
    const text = Buffer.concat(chunks).toString();
    const request = { method: incoming.method, path: incoming.url, headers: incoming.headers };
    request.body = text === '' ? undefined : JSON.parse(text);
    requests.push(request);
    const { status = 200, body, headers = { 'Skep-Job': JOB }, drop = false } = answer(request);
    if (drop) {
      incoming.socket.destroy();
      return;
    }
    outgoing.writeHead(status, headers);
    outgoing.end(typeof body === 'string' && status === 200 && headers['Content-Type'] ? body : JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}`;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url, requests, close };
}
