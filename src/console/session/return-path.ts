import { INBOX_PATH } from '../http/paths.ts';

const OURS = /^\/console(\/[\w.~-]+)*\/?(\?[\w.~%&=+:-]*)?$/;

/** The page to return to after a sign-in: one of the console's own, whatever was asked for. */
export function returnPath(wanted: unknown): string {
  const isOurs = typeof wanted === 'string' && wanted.length <= 500 && OURS.test(wanted) && !wanted.includes('..');
  return isOurs ? wanted : INBOX_PATH;
}
