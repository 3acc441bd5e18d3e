import { hash } from 'node:crypto';
import type { Instant } from '../../ports/clock.ts';
import type { SigningKey } from './read-keys.ts';
import type { Claims } from './sign-in.ts';

/** A token whose signature and claims were found good. */
export interface VerifiedToken {
  claims: Claims;
  /** The key it was signed with: with another key of the same name it is judged anew. */
  key: SigningKey;
  notBefore: Instant;
  expires: Instant;
}

/** Tokens found good, by a hash of the whole text; past `most` the one not used for longest is forgotten. */
export class VerifiedTokens {
  readonly #most: number;
  readonly #tokens = new Map<string, VerifiedToken>();
  /** The name of the one used last, which need not be put last again. */
  #last = '';

  constructor(most: number) {
    this.#most = most;
  }

  /** What was found of exactly this text, if it still holds now and its key is still that one. */
  find(text: string, key: SigningKey, now: Instant): VerifiedToken | null {
    const name = nameOf(text);
    const token = this.#tokens.get(name);
    if (token === undefined) return null;
    if (token.key !== key || now >= token.expires) {
      this.#tokens.delete(name);
      return null;
    }
    if (name !== this.#last) this.#putLast(name, token);
    return now < token.notBefore ? null : token;
  }

  keep(text: string, token: VerifiedToken): void {
    this.#putLast(nameOf(text), token);
    const [oldest] = this.#tokens.keys();
    if (this.#tokens.size > this.#most && oldest !== undefined) this.#tokens.delete(oldest);
  }

  #putLast(name: string, token: VerifiedToken): void {
    this.#tokens.delete(name);
    this.#tokens.set(name, token);
    this.#last = name;
  }

  get size(): number {
    return this.#tokens.size;
  }
}

/** The names of the few tokens that come again and again. */
const names = new Map<string, string>();
const MOST_NAMES = 100;

function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = hash('sha256', text, 'base64');
  if (names.size >= MOST_NAMES) names.clear();
  names.set(text, name);
  return name;
}
