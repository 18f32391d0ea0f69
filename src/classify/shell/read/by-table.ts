import type { Deed, Effect } from '../effect.ts';
import { deed, EFFECTS } from '../effect.ts';
import type { Program, Rule } from '../program.ts';
import { wordsOf as words } from '../program.ts';
import type { Arg } from '../words/expand.ts';
import type { Options } from '../words/options.ts';
import { hasExactly, hasOption, takeApart, valuesOf } from '../words/options.ts';
import { touch } from './paths.ts';
import { hiddenWords, moreOptions } from './more.ts';
import type { Call } from './reading.ts';
import { effectOfVerb, isNoun } from './verbs.ts';

const phrases = (list: string): string[] => list.split(',').map((phrase) => phrase.trim().replace(/\s+/g, ' '));

const MAX_PHRASE = 5;

interface Prepared {
  valued: Set<string>;
  byPhrase: Map<string, Effect>;
}
const prepared = new WeakMap<Program, Prepared>();

/** Judges a command by what the tables know of its program. */
export function judgeByTable(program: Program, call: Call): Deed[] {
  const { valued, byPhrase } = prepare(program);
  const options = takeApart(call.args, { valued, longDash: program.longDash ?? false });
  const plain = options.plain.map((arg) => arg.text);
  const line = [call.name, ...plain.slice(0, 3)].join(' ').slice(0, 80);
  const make = (effect: Effect): Deed =>
    deed(effect, call.at, `"${line}" ${EFFECTS[effect].says}`, {
      ...(program.kind === undefined ? {} : { kind: program.kind }),
      confidence: 'high',
    });
  if (isHarmless(program, options, plain, call)) return [make('look')];
  const first = program.instead?.find((rule) => fits(rule, options, plain));
  const effect =
    first?.is ??
    byPhraseOf(byPhrase, plain) ??
    byVerb(program, plain, call) ??
    (plain.length === 0 && options.flags.length === 0 ? program.alone : undefined) ??
    (plain.length === 0 ? program.piped : undefined);
  const is = effect ?? program.otherwise ?? 'run';
  const deeds = [make(is), ...hiddenWords(program, call)];
  if (first === undefined && (is === 'look' || is === 'fetch')) deeds.push(...moreOptions(program, options, call));
  if (first === undefined) {
    for (const rule of program.also ?? []) if (fits(rule, options, plain)) deeds.push(make(rule.is));
  }
  const { files } = program;
  if (files !== undefined) deeds.push(...pathsOf(program, options).flatMap((arg) => touch(arg, files)));
  deeds.push(...valuesOf(options, ...words(program.writes)).flatMap((arg) => touch(arg, 'write')));
  deeds.push(...valuesOf(options, ...words(program.reads)).flatMap((arg) => touch(arg, 'look')));
  for (const command of valuesOf(options, ...words(program.runs)))
    deeds.push(...call.reading.script(command.text, command));
  return deeds;
}

function pathsOf(program: Program, options: Options): readonly Arg[] {
  if (program.patternBy === undefined || hasOption(options, words(program.patternBy))) return options.plain;
  return options.plain.slice(1);
}

function prepare(program: Program): Prepared {
  const known = prepared.get(program);
  if (known !== undefined) return known;
  const byPhrase = new Map<string, Effect>();
  for (const [effect, list] of Object.entries(program.does ?? {})) {
    for (const phrase of phrases(list)) byPhrase.set(phrase, effect as Effect);
  }
  const made = {
    valued: new Set([
      ...words(program.valued),
      ...words(program.writes),
      ...words(program.runs),
      ...words(program.reads),
    ]),
    byPhrase,
  };
  prepared.set(program, made);
  return made;
}

function isHarmless(program: Program, options: Options, plain: readonly string[], call: Call): boolean {
  if (hasExactly(options, ['--help', ...words(program.harmless)])) return true;
  // With words behind it, `--version` may be the version that is asked for.
  if (plain.length === 0 && hasExactly(options, ['--version'])) return true;
  if (plain[0] === 'help' && program.files === undefined) return true;
  const only = call.args.length === 1 ? call.args[0]?.text : undefined;
  if (only === '-v') return program.does !== undefined;
  return only === '-h' || only === '-V' || only === '-help' || only === '-version';
}

/** The phrase that the plain words open with, the longest first; one that ends in `$` is all of them. */
function byPhraseOf(table: ReadonlyMap<string, Effect>, plain: readonly string[]): Effect | undefined {
  const whole = plain.length <= MAX_PHRASE ? table.get([...plain, '$'].join(' ')) : undefined;
  if (whole !== undefined) return whole;
  for (let length = Math.min(plain.length, MAX_PHRASE); length > 0; length--) {
    const effect = table.get(plain.slice(0, length).join(' '));
    if (effect !== undefined) return effect;
  }
  return undefined;
}

/** The first verb among the leading words. One that is only a name of a thing further back does not count. */
function byVerb(program: Program, plain: readonly string[], call: Call): Effect | undefined {
  if (program.verbs === undefined) return undefined;
  const option = call.args.findIndex(({ text }) => text.startsWith('-'));
  const path = program.lastVerb && option > 0 ? plain.slice(0, option) : plain.slice(0, 6);
  const groups = words(program.groups);
  const candidates = path.filter((word, index) => index === path.length - 1 || !groups.includes(word));
  const verbs = candidates.filter((word) => effectOfVerb(word) !== undefined);
  if (program.lastVerb) verbs.reverse();
  // `metrics delete x`: the first that is surely a verb, when it comes at once behind its noun.
  const [first = '', second = ''] = verbs;
  const verb = isNoun(first) && candidates.indexOf(second) === candidates.indexOf(first) + 1 ? second : first;
  return effectOfVerb(verb);
}

function fits(rule: Rule, options: Options, plain: readonly string[]): boolean {
  if (rule.on !== undefined) {
    const line = `${plain.slice(0, 5).join(' ')} `;
    if (!phrases(rule.on).some((phrase) => line.startsWith(`${phrase} `))) return false;
  }
  const calms = EFFECTS[rule.is].operation === 'read';
  const has = words(rule.has);
  if (has.length > 0 && !(calms ? hasExactly(options, has) : hasOption(options, has) || hasExactly(options, has)))
    return false;
  if (rule.lacks === undefined) return true;
  // What takes a danger back must stand there in full; what takes a calming rule back may be shortened.
  const lacks = words(rule.lacks);
  return !hasExactly(options, lacks) && !(calms && hasOption(options, lacks));
}
