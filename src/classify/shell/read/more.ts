import type { Deed } from '../effect.ts';
import { deed } from '../effect.ts';
import type { Program } from '../program.ts';
import { wordsOf } from '../program.ts';
import type { Options } from '../words/options.ts';
import type { Call } from './reading.ts';

/** Names of options that do more than look, in the words that tools use for it. */
const DOES_MORE =
  /^--?((\w+-)*(out-?(file|dir|path|put-?(file|dir|directory|path))|write|save|export|delete|remove|fix|exec|eval|install|update|upload|reset|clear|edit|in-?place|overwrite|apply|purge|prune|unset|disable|enable|kill|rotate|repair|set)(-\w+)*|output)$/i;
const FORMATS =
  /^(json\w*|ya?ml\w*|table|text|tsv|csv|wide|name|none|xml|html|markdown|plain|raw|tree|list|long|short|short-\w+|full|compact|pretty|simple|human|value|default|template|toml|dot|cat|verbose|all|go-template.*|jsonpath.*|custom-columns.*|.*\{\{.*)$/i;

/** Words that only the running shell knows, where they may be sub-commands or options. */
export function hiddenWords(program: Program, call: Call): Deed[] {
  const chooses = program.does !== undefined || program.verbs !== undefined;
  const one = call.args.find(
    ({ text, known, quoted }, index) => !known && (text.startsWith('-') || (chooses && (!quoted || index === 0))),
  );
  if (one === undefined) return [];
  return [deed('run', one, `has "${one.text.slice(0, 40)}", which may be an option`, { confidence: 'low' })];
}

/** Options of a look that by their names do more than look, and that no table knows. */
export function moreOptions(program: Program, options: Options, call: Call): Deed[] {
  const known = new Set([...wordsOf(program.valued), ...wordsOf(program.writes), ...wordsOf(program.reads)]);
  const one = options.flags.find(
    ({ name, value }) => !known.has(name) && DOES_MORE.test(name) && !FORMATS.test(value?.text ?? after(name, call)),
  );
  return one === undefined
    ? []
    : [deed('run', call.at, `has the option "${one.name.slice(0, 40)}", which may do more`, { confidence: 'low' })];
}

/** The word behind an option of which no table says whether it takes one. */
function after(name: string, call: Call): string {
  return call.args[call.args.findIndex(({ text }) => text === name) + 1]?.text ?? '';
}
