import type { NameForms } from '../classify/index.ts';
import { toSnake } from '../classify/index.ts';
import type { PreparedFacts } from './facts.ts';
import type { WordKey } from './match.ts';
import { asList, NAMES, WORD_KEYS, WORD_OF } from './match.ts';
import type { Rule } from './policy.ts';

/** Finds the rules that may match an action, in their order. What it leaves out cannot match. */
export type RuleIndex = (facts: PreparedFacts) => Rule[];

/**
 * One bit for each rule: a set of rules takes a few hundred bytes, and what fits several keys at once is found by
 * comparing 32 rules at a time.
 */
type Bits = Uint32Array;

/** Narrows a set of rules to those whose one key may fit. */
type Narrow = (bits: Bits, facts: PreparedFacts) => void;

/** Up to so many rules looking at each of them costs less than looking for them. */
const FEW = 16;

/** Indexes rules by the words and the names that they match. Budgets, conditions and the other keys are left to them. */
export function indexRules(rules: readonly Rule[]): RuleIndex {
  if (rules.length <= FEW) return () => [...rules];
  const narrows: Narrow[] = [
    ...WORD_KEYS.flatMap((key) => byWord(rules, key)),
    ...NAMES.flatMap((key) => byName(rules, key)),
  ];
  const all = bitsFor(rules, () => true);
  return (facts) => {
    const bits = all.slice();
    for (const narrow of narrows) narrow(bits, facts);
    return rulesIn(bits, rules);
  };
}

function byWord(rules: readonly Rule[], key: WordKey): Narrow[] {
  const wanted = rules.map(({ source }) => source.match[key]);
  if (wanted.every((value) => value === undefined)) return [];
  const words = new Set(wanted.flatMap((value) => (value === undefined ? [] : [value].flat().map(String))));
  const any = bitsFor(rules, (_rule, at) => wanted[at] === undefined);
  const fitting = new Map(
    [...words].map((word) => {
      const fits = bitsFor(rules, (_rule, at) => {
        const value = wanted[at];
        return value === undefined || [value].flat().map(String).includes(word);
      });
      return [word, fits] as const;
    }),
  );
  return [(bits, facts) => intersect(bits, fitting.get(String(WORD_OF[key](facts))) ?? any)];
}

/** Heads of patterns are told apart by so many characters. */
const HEAD = 4;

/**
 * Rules by whole names and by how patterns begin. A name fits a pattern in either of its forms, so each is looked up in
 * both; a pattern that begins with `*`, or with little, may fit any name.
 */
function byName(rules: readonly Rule[], key: (typeof NAMES)[number]): Narrow[] {
  if (rules.every(({ source }) => source.match[key] === undefined)) return [];
  const entries = new Map<string, number[]>();
  const add = (entry: string, rule: number): void => {
    const known = entries.get(entry);
    if (known === undefined) entries.set(entry, [rule]);
    else known.push(rule);
  };
  const any = bitsFor(rules, ({ source }, at) => {
    const patterns = source.match[key];
    if (patterns === undefined) return true;
    const keys = asList(patterns).map(entriesOf);
    if (keys.some((one) => one === null)) return true;
    for (const entry of keys.flatMap((one) => one ?? [])) add(entry, at);
    return false;
  });
  return [
    (bits, facts) => {
      const fits = any.slice();
      for (const entry of lookups(facts.names[key])) {
        for (const rule of entries.get(entry) ?? []) set(fits, rule);
      }
      intersect(bits, fits);
    },
  ];
}

/** Under what a pattern is found; null where it may fit names that begin with anything. */
function entriesOf(pattern: string): string[] | null {
  const star = pattern.indexOf('*');
  if (star < 0) return [`=${pattern.toLowerCase()}`, `=${toSnake(pattern).replace(/^_+|_+$/g, '')}`];
  const plain = pattern.toLowerCase().split('*')[0] ?? '';
  const snake = toSnake(pattern, '*').split('*')[0] ?? '';
  if (plain.length < HEAD || snake.length < HEAD) return null;
  return [`^${plain.slice(0, HEAD)}`, `^${snake.slice(0, HEAD)}`];
}

function lookups({ plain, snake }: NameForms): string[] {
  return [`=${plain}`, `=${snake}`, `^${plain.slice(0, HEAD)}`, `^${snake.slice(0, HEAD)}`];
}

function bitsFor(rules: readonly Rule[], holds: (rule: Rule, at: number) => boolean): Bits {
  const bits = new Uint32Array(Math.ceil(rules.length / 32));
  rules.forEach((rule, at) => {
    if (holds(rule, at)) set(bits, at);
  });
  return bits;
}

function set(bits: Bits, at: number): void {
  bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << (at & 31));
}

function intersect(bits: Bits, other: Bits): void {
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) & (other[at] ?? 0);
}

function rulesIn(bits: Bits, rules: readonly Rule[]): Rule[] {
  const found: Rule[] = [];
  bits.forEach((word, at) => {
    let left = word;
    while (left !== 0) {
      const bit = 31 - Math.clz32(left & -left);
      const rule = rules[at * 32 + bit];
      if (rule !== undefined) found.push(rule);
      left &= left - 1;
    }
  });
  return found;
}
