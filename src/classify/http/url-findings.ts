import type { Finding } from '../finding.ts';
import type { Host } from './host.ts';
import { disguisesOf } from './look-alike.ts';
import { PLACES } from './places.ts';
import type { UrlReading } from './url.ts';

/** Schemes that read files, run code or speak to services behind the back of whoever thinks of a web address. */
export const DANGEROUS_SCHEMES: ReadonlySet<string> = new Set(
  `file gopher dict ldap ldaps tftp ftp ftps jar netdoc data javascript vbscript php phar expect blob about view-source
   smb telnet chrome`.split(/\s+/),
);

/** The strictest class, for what cannot be read as the URL that it stands for. */
export function unreadable(part: string, says: string): Finding {
  return { operation: 'unknown', destructive: true, external: true, confidence: 'low', part, says };
}

/** Where a request to this URL would go, and what is odd about it. No credentials and no path are in what it says. */
export function findInUrl(reading: UrlReading, part: string): Finding[] {
  if (reading.state === 'unreadable') return [unreadable(part, 'it cannot be read as a URL')];
  if (reading.state === 'relative') return [];
  if (reading.state === 'other') {
    if (DANGEROUS_SCHEMES.has(reading.scheme)) {
      return [unreadable(part, `its scheme is ${reading.scheme}:, which is no web address`)];
    }
    return [...credentialsIn(reading.credentials, part), ...placeOfServer(reading.host, part)];
  }
  const found = [...placeOf(reading.host, part), ...credentialsIn(reading.credentials, part)];
  if (reading.obscured) {
    found.push({
      sensitivity: 'secrets',
      part,
      says: `its address is written so that it does not show: ${reading.host.name}`,
    });
  }
  for (const says of disguisesOf(reading.host, reading.userinfo)) found.push({ external: true, part, says });
  return found;
}

/** What is worth saying of a URL that is only mentioned: nothing, unless it is one that no honest text needs. */
export function findInMention(reading: UrlReading, part: string): Finding[] {
  if (reading.state !== 'network') return [];
  const found = credentialsIn(reading.credentials, part);
  if (reading.host.place === 'metadata') {
    found.push({ sensitivity: 'secrets', part, says: `it mentions ${reading.host.name}, a metadata service` });
  }
  for (const says of disguisesOf(reading.host, reading.userinfo)) found.push({ part, says });
  return found;
}

/** Where a host is, as a finding. */
export function placeOf(host: Host, part: string): Finding[] {
  const place = PLACES[host.place];
  const finding: Finding = { part, says: `the host ${host.name.slice(0, 255)} ${place.says ?? 'is outside'}` };
  if (place.outside) finding.external = true;
  if (place.sensitivity !== undefined) finding.sensitivity = place.sensitivity;
  if (host.isAddress && host.place === 'public') finding.says = `the host is the bare address ${host.name}`;
  return [finding];
}

/** `s3://bucket` and `memo://notes` name no server; `ssh://host.example.com` and `redis://127.0.0.1` do. */
function placeOfServer(host: Host | null, part: string): Finding[] {
  return host === null || host.place === 'internal' ? [] : placeOf(host, part);
}

function credentialsIn(credentials: boolean, part: string): Finding[] {
  return credentials ? [{ sensitivity: 'secrets', part, says: 'it carries credentials (***@)' }] : [];
}
