import type { IncomingHttpHeaders } from 'node:http';

/** What a checked token says; the production sign-in puts the Bot Framework's claims here. */
export type Claims = Readonly<Record<string, unknown>>;

/** Who may call. The token is judged by itself before the body is read; then whether it belongs to this activity. */
export interface SignIn {
  /** The claims of a valid token; null where it is absent or invalid: 401. */
  verify(headers: IncomingHttpHeaders): Promise<Claims | null>;
  /** Whether serviceUrl, channelId and endorsement of the activity (any JSON) are the token's: otherwise 401. */
  agrees(claims: Claims, activity: unknown): boolean;
}

/** Rehearsal has no sign-in: the server listens on loopback only and takes its own pages only. */
export const rehearsalSignIn: SignIn = { verify: async () => ({}), agrees: () => true };
