import { isIP } from 'node:net';

/** Where the Connector may be: https on listed hosts (`host`, or `host:port`); in rehearsal loopback over http as well. */
export interface ServiceHosts {
  rehearsal: boolean;
  /**
   * `smba.trafficmanager.net`, `connector.example:8443`, `*.example.jp` (hosts below, not itself; `*.jp` counts for
   * none), `127.0.0.1:*` (any port). Without a port: 443, and any port of a loopback host. An IP address other than
   * 127.0.0.1 never counts.
   */
  hosts: readonly string[];
}

/** Only letters, digits and `-._~/` after a plain host: no user, query, fragment, escape, backslash, blank or other script. */
const plainUrl = /^(https?):\/\/([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::([0-9]{1,5}))?((?:\/[A-Za-z0-9._~-]+)*\/?)$/i;
/** An entry of the list: name and port; one that says `http://` counts only by what rehearsal allows anyway. */
const listedHost = /^(?:https:\/\/)?((?:\*\.)?[a-z0-9.-]+)(?::([0-9]{1,5}|\*))?$/;
const loopback = ['127.0.0.1', 'localhost'];

/** What was found of the few addresses that come again and again, by the list it was found with. */
const known = new WeakMap<ServiceHosts, Map<string, URL>>();
const MOST_KNOWN = 100;

/** The service URL without its last slash when we may send there; null for every other text. Checked when stored and when used. */
export function allowedServiceUrl(text: string, allowed: ServiceHosts): Readonly<URL> | null {
  const found = known.get(allowed)?.get(text);
  if (found) return found;
  const url = examined(text, allowed);
  if (url === null) return null;
  const kept = known.get(allowed) ?? new Map<string, URL>();
  if (kept.size >= MOST_KNOWN) kept.clear();
  known.set(allowed, kept.set(text, url));
  return url;
}

function examined(text: string, allowed: ServiceHosts): URL | null {
  const [, scheme = '', host = '', port = '', path = ''] = text.length > 300 ? [] : (plainUrl.exec(text) ?? []);
  if (host === '' || path.split('/').some((part) => part === '.' || part === '..') || !URL.canParse(text)) return null;
  const url = new URL(text);
  const name = host.toLowerCase();
  if (url.hostname !== name || url.username !== '' || url.password !== '') return null;
  if (!mayReach(scheme.toLowerCase(), name, port, allowed)) return null;
  url.pathname = path.replace(/\/$/, '');
  return url;
}

function mayReach(scheme: string, name: string, port: string, allowed: ServiceHosts): boolean {
  const isLoopback = loopback.includes(name);
  if (scheme === 'http') return allowed.rehearsal && isLoopback;
  if (isIP(name) !== 0 && !isLoopback) return false;
  return allowed.hosts.some((entry) => {
    const [, listedName = '', listedPort = ''] = listedHost.exec(entry.trim().toLowerCase()) ?? [];
    const sameHost = listedName.startsWith('*.') ? isBelow(name, listedName.slice(1)) : name === listedName;
    if (!sameHost) return false;
    if (listedPort === '') return port === '' || port === '443' || isLoopback;
    return listedPort === '*' || listedPort === (port || '443');
  });
}

/** Below `.example.jp`; a name in disguise (punycode, an empty part) only where it is listed as it stands, and `*.jp` is too wide. */
function isBelow(name: string, domain: string): boolean {
  return domain.lastIndexOf('.') > 0 && name.endsWith(domain) && !/(^|\.)(xn--|\.)/.test(name);
}
