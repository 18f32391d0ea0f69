import type { LazyParser } from '../parsers.ts';
import { textFields } from '../fields.ts';
import { isOutbound } from './outbound.ts';
import type { RawFind } from './finding.ts';
import { findNumbers } from './numbers.ts';
import { runRules } from './secretlint.ts';

/** Texts shorter than this hold nothing that the libraries would find. */
const SHORTEST = 8;

type Scan = (text: string) => RawFind[];
let state: { is: 'unasked' } | { is: 'broken' } | { is: 'ready'; scan: Scan } = { is: 'unasked' };
let loading: Promise<void> | undefined;

/** The libraries that know secrets and numbers with checksums: loaded for the first call that sends a text out. */
export const contentLibraries: LazyParser = {
  isNeeded: (action) =>
    textFields(action.context).fields.some(({ text }) => text.length >= SHORTEST) && isOutbound(action),
  isReady: () => state.is !== 'unasked',
  load: () => (loading ??= load()),
};

/** Runs the libraries over a text; `unasked` before they were loaded, `broken` when that failed. */
export function scanWithLibraries(text: string): RawFind[] | 'unasked' | 'broken' {
  return state.is === 'ready' ? state.scan(text) : state.is;
}

async function load(): Promise<void> {
  try {
    const [{ rules }, validators] = await Promise.all([
      import('@secretlint/secretlint-rule-preset-recommend'),
      import('./validators.ts'),
    ]);
    state = { is: 'ready', scan: (text) => [...runRules(rules, text), ...findNumbers(text, validators)] };
  } catch {
    state = { is: 'broken' };
  }
}
