import { PermanentError } from '../errors.ts';

/** Which hosts a request may go to: exact names, `*.example.com` for its subdomains, each with a port if it is not the usual one. */
export function checkAddress(url: URL, allowedHosts: readonly string[], allowPlainHttp: boolean): void {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new PermanentError(`The address must be https, not ${url.protocol}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new PermanentError('The address must not hold a user name or password: send them in a header');
  }
  if (!allowedHosts.some((pattern) => fitsHost(pattern.toLowerCase(), url))) {
    throw new PermanentError(`${url.host} is not an allowed host: this executor may call ${allowedHosts.join(', ')}`);
  }
  if (url.protocol === 'http:' && !allowPlainHttp && !isLoopback(url.hostname)) {
    throw new PermanentError(`${url.host} would be called without encryption: use https, or set allowPlainHttp`);
  }
}

/** Whether `pattern` is a host that can be allowed: no scheme, no path, and a star only as the first label. */
export function isHostPattern(pattern: string): boolean {
  return /^(\*\.)?([a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(:\d{1,5})?$/i.test(pattern);
}

function fitsHost(pattern: string, url: URL): boolean {
  if (pattern.startsWith('*.')) return url.host.endsWith(pattern.slice(1)) && url.host.length > pattern.length - 1;
  return url.host === pattern;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
