import type { Deed } from '../effect.ts';
import { deed } from '../effect.ts';
import type { Command, Word } from '../syntax/tree.ts';
import type { Arg } from '../words/expand.ts';
import type { Reading } from './reading.ts';

/** Variables that make other programs run something, or load it. */
const RUNS_CODE =
  /^(LD_PRELOAD|LD_LIBRARY_PATH|LD_AUDIT|DYLD_\w+|BASH_ENV|ENV|PROMPT_COMMAND|PS4|PYTHONSTARTUP|PYTHONPATH|PERL5OPT|PERL5LIB|RUBYOPT|NODE_OPTIONS|GIT_SSH_COMMAND|GIT_SSH|GIT_EXTERNAL_DIFF|GIT_PROXY_COMMAND|GIT_ASKPASS|GIT_CONFIG\w*|JAVA_TOOL_OPTIONS)$/;
const EXPANDS_OPTIONS = /^(TAR_OPTIONS|GREP_OPTIONS|RSYNC_RSH|GZIP|LESSOPEN)$/;
const OWN_PATH = /(^|:)(\$\{?PATH\}?|~\/[\w./-]+|\/(usr|bin|sbin|opt|home|Users|snap)[\w./-]*)(?=:|$)/g;

/** Sets the variables of a command, and says what is dangerous to set. */
export function assign(command: Command, args: readonly Arg[], reading: Reading, whole: (word: Word) => Arg): Deed[] {
  const deeds: Deed[] = [];
  const declares = /^(export|declare|typeset|local|readonly)$/.test(args[0]?.text ?? '');
  for (const { name, values, appends, start, end } of command.assignments) {
    const held = values.map(whole);
    const texts = held.every((one) => one.known) ? held.map((one) => one.text) : undefined;
    if (args.length === 0 || declares) {
      const before = reading.scope.variables.get(name);
      const added = appends && texts !== undefined ? [[before?.[0] ?? '', ...texts].join('')] : texts;
      // A local variable hides the one outside only for as long as its function runs: neither can be relied on.
      if (args[0]?.text === 'local' && reading.scope.variables.has(name) && before?.join(' ') !== texts?.join(' ')) {
        reading.scope.variables.set(name, undefined);
        continue;
      }
      const lowers = declares && args.some((arg) => /^-\w*[lu]/.test(arg.text));
      reading.scope.set(
        name,
        lowers
          ? texts?.map((text) =>
              args.some((arg) => /^-\w*u/.test(arg.text)) ? text.toUpperCase() : text.toLowerCase(),
            )
          : added,
      );
    }
    const value = held.map((one) => one.text).join(' ');
    if (RUNS_CODE.test(name) && value !== '')
      deeds.push(deed('blind', { start, end }, `sets ${name}, which makes other programs run code`));
    if (EXPANDS_OPTIONS.test(name) && value !== '')
      deeds.push(deed('blind', { start, end }, `sets ${name}, which adds options to other programs`));
    if (name === 'PATH' && value.replace(OWN_PATH, '').replace(/:/g, '') !== '') {
      deeds.push(deed('blind', { start, end }, 'puts another folder in front of where programs are looked for'));
    }
  }
  return deeds;
}
