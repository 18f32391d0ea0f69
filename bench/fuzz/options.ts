import { parseArgs } from 'node:util';

export const KINDS = ['sql', 'shell', 'http', 'files', 'content', 'tool'] as const;
export type KindName = (typeof KINDS)[number];

/** Reads `[kind…|all] [--runs 100000] [--seed N]`. Throws for what it does not know. */
export function readOptions(
  args: readonly string[],
  chosen: number,
): { kinds: KindName[]; runs: number; seed: number } {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { runs: { type: 'string', default: '100000' }, seed: { type: 'string', default: String(chosen) } },
  });
  const all = positionals.length === 0 || positionals.includes('all');
  const kinds = all ? [...KINDS] : positionals.map(kindOf);
  return { kinds, runs: whole('--runs', values.runs), seed: whole('--seed', values.seed) };
}

function kindOf(name: string): KindName {
  const kind = KINDS.find((one) => one === name);
  if (kind === undefined) throw new Error(`${name}: use ${KINDS.join(', ')} or all`);
  return kind;
}

function whole(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${option}: ${text} is not a whole number`);
  return value;
}
