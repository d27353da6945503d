/** Who calls: a token that was given, or one that a wallet signs for (ERC-4361) and that is renewed before it is old. */
import { SkepError } from './errors.js';

const LIFE_MILLIS = 15 * 60_000;

export class Session {
  #http;
  #wallet;
  #given;
  #own;
  #until = 0;

  constructor(http, { token, address, sign, wallet = globalThis.ethereum } = {}) {
    if ((address === undefined) !== (sign === undefined)) {
      throw new TypeError('a wallet signs in with both its address and a function sign(text)');
    }
    this.#http = http;
    this.#given = token ?? (sign ? undefined : globalThis.process?.env?.SKEP_TOKEN);
    this.#wallet = sign ? { address: async () => address, sign } : browserWallet(wallet);
  }

  async headers() {
    const token = this.#given ?? (await this.#ownToken());
    return token ? { Authorization: `Bearer ${token}` } : {};
  }

  /** One sign-in at a time, however many calls wait for it. */
  async #ownToken() {
    if (this.#wallet === undefined) {
      return undefined;
    }
    if (performance.now() >= this.#until) {
      this.#until = performance.now() + LIFE_MILLIS;
      this.#own = this.#signIn();
      this.#own.catch(() => (this.#until = 0));
    }
    return this.#own;
  }

  async #signIn() {
    const address = await this.#wallet.address();
    const challenge = { body: JSON.stringify({ address }) };
    const { message } = await this.#http.json('POST', '/api/login/challenges', challenge);
    check(message, this.#http.url, address);
    const signature = await this.#wallet.sign(message);
    const login = { body: JSON.stringify({ message, signature }) };
    return (await this.#http.json('POST', '/api/login', login)).token;
  }

  /** Revoke the token that this session signed in for; one that was given stays its owner's. */
  async release() {
    const own = this.#own;
    this.#own = undefined;
    this.#until = 0;
    if (own !== undefined) {
      const headers = { Authorization: `Bearer ${await own.catch(() => '')}` };
      await this.#http.json('DELETE', '/api/login', { headers }).catch(() => {}); // it runs out by itself
    }
  }
}

/** An EIP-1193 wallet, which asks its owner before it signs. */
function browserWallet(wallet) {
  if (typeof wallet?.request !== 'function') {
    return undefined;
  }
  let account;
  return {
    async address() {
      [account] = await wallet.request({ method: 'eth_requestAccounts' });
      return account.toLowerCase();
    },
    sign: (text) => wallet.request({ method: 'personal_sign', params: [hex(text), account] }),
  };
}

function hex(text) {
  return `0x${Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Sign nothing but a sign-in to this very queen: the text comes from whoever answers there. */
function check(text, url, address) {
  const [first, second] = text.split('\n');
  const expected = `${new URL(url).host} wants you to sign in with your Ethereum account:`;
  if (first !== expected || second?.toLowerCase() !== address.toLowerCase() || text.includes('\nResources:')) {
    throw new SkepError(`nothing was signed: ${url} asked to sign what is not a sign-in of ${address} to it`);
  }
}
