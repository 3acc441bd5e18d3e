import type { IncomingHttpHeaders } from 'node:http';

const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether a listening address is this machine only. */
export function isLoopback(host: string): boolean {
  return host === '127.0.0.1' || host === 'localhost' || host === '::1';
}

/**
 * Why rehearsal, which has no sign-in, does not take a request: it came through a proxy, under a foreign name (DNS
 * rebinding) or from a foreign page. Null when it is this machine's own.
 */
export function foreignToRehearsal(headers: IncomingHttpHeaders, port: number): string | null {
  const proxied = Object.keys(headers).some((name) => name === 'forwarded' || name.startsWith('x-forwarded-'));
  if (proxied) return 'Rehearsal is for this machine only and is not reached through a proxy.';
  const own = loopbackHosts.flatMap((host) => (port === 80 ? [host, `${host}:80`] : [`${host}:${port}`]));
  if (!own.includes(headers.host?.toLowerCase() ?? '')) {
    return 'Rehearsal is reached only as http://127.0.0.1 or http://localhost with its own port.';
  }
  const { origin } = headers;
  if (origin !== undefined && !own.some((host) => origin.toLowerCase() === `http://${host}`)) {
    return 'Rehearsal takes no requests from pages of other sites.';
  }
  return null;
}
