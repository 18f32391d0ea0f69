import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileCondition } from '../../../src/policy/cel.ts';
import type { Rule } from '../../../src/policy/index.ts';
import { loadPolicyFolder } from '../../../src/decide/policy-folder.ts';
import { BASELINE_DIR } from '../../decide/baseline.ts';

/** A condition, and the parameters of the pack that it stands in. */
export interface Written {
  text: string;
  params: Rule['params'];
}

/** Sound conditions, and what they give for the arguments of the tests of conditions. */
export const SOUND_CONDITIONS: [text: string, value: boolean][] = [
  ['args.amount > 100', true],
  ['args.amount >= 12000.0 && risk.score < 60', true],
  ['has(args.missing)', false],
  ['has(args.nested.amount) && args.nested.amount + 1.0 > 5', true],
  ['args.list.exists(n, n > 2)', true],
  ['args.list.size() == 3', true],
  ['action.type.startsWith("send_")', true],
  ['has(args.__proto__) || has(args.constructor)', false],
];

const ROOT = join(__dirname, '..', '..', '..');
const WHEN = /\bwhen: (?:'([^'\n]+)'|"([^"\n]+)"|([^'"\s>|][^\n]*?))(?:, effect|, mode|\\n| \}|\n)/g;

/** The conditions of the baseline and of every pack, as their examples use them. */
export function shippedConditions(): Written[] {
  const examples = join(BASELINE_DIR, 'examples');
  const folders = [BASELINE_DIR, ...readdirSync(examples).map((name) => join(examples, name))];
  const rules = folders.flatMap((folder) => {
    const loaded = loadPolicyFolder(folder);
    return loaded.ok ? loaded.policy.rules : [];
  });
  return unique(rules.flatMap(({ source: { when }, params }) => (when === undefined ? [] : [{ text: when, params }])));
}

/** Every condition that stands in a test or on a page of the documentation, and can be read. */
export function writtenConditions(): Written[] {
  const files = [...filesIn(join(ROOT, 'test'), /\.(ts|yaml)$/), ...filesIn(join(ROOT, 'docs'), /\.md$/)];
  const texts = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(WHEN)].map(([, single, double, plain]) =>
      (single ?? double ?? plain ?? '').replaceAll('\\"', '"').trim(),
    ),
  );
  const all = [...texts, ...SOUND_CONDITIONS.map(([text]) => text)];
  return unique(all.filter((text) => compileCondition(text).ok).map((text) => ({ text, params: null })));
}

function filesIn(folder: string, name: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file))
    .map((file) => join(folder, file));
}

function unique(all: readonly Written[]): Written[] {
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}
