import type { Deed } from '../effect.ts';
import { deed } from '../effect.ts';
import type { Redirect } from '../syntax/tree.ts';
import type { Arg } from '../words/expand.ts';
import { touch } from './paths.ts';

/** What a redirect does: `>` writes, `<` reads, `/dev/tcp` opens a connection that hides from every other look. */
export function readRedirect(redirect: Redirect, target: Arg): Deed[] {
  if (redirect.operator === '<<' || redirect.operator === '<<<') return [];
  if (/^\/dev\/(tcp|udp)\//.test(target.text))
    return [deed('leak', redirect, `opens a raw connection: "${target.text.slice(0, 80)}"`)];
  if (redirect.operator === '<') return touch(target, 'look');
  // `>&2`, `2>&1`, `>&-`: another name for an open file.
  if (redirect.operator.endsWith('&') && /^(\d+-?|-|\$.*)$/.test(target.text)) return [];
  return touch(target, 'write');
}

/** One name for a file however it is written. */
export function fileOf(path: string): string {
  return path.replace(/^(\.\/)+/, '');
}
