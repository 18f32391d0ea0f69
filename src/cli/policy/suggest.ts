import type { Command } from 'commander';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Suggestion, Suggestions } from '../../policy/suggest/suggestion.ts';
import { suggestionsSchema } from '../../policy/suggest/suggestion.ts';
import { usageError } from '../cli-error.ts';
import { connectionFor } from '../connection.ts';
import { escapeText } from '../../foreign/escape.ts';
import { EXIT } from '../exit-codes.ts';
import { GateHttp } from '../http.ts';
import type { CommonOptions } from '../run-command.ts';
import { runCommand, withConnection } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';
import { colorsFor, say, warn } from '../terminal.ts';

interface SuggestOptions extends CommonOptions {
  days?: string;
  least?: string;
  write?: string;
}

const PATIENCE_SECONDS = 300;

const TITLES: Readonly<Record<Suggestion['kind'], string>> = {
  uncovered: 'No rule covers',
  'always-granted': 'Always granted',
  'often-rejected': 'Mostly refused',
  unused: 'Matched nothing',
};

const HELP = `
Nothing that it says changes a decision. With --write the proposed rules go to DIR/proposed.yaml, in shadow, with cases
beside them: read each, write its reason, try it with \`gatehouse policy simulate\`, and take \`mode: shadow\` out.

Exit codes: 0 whatever it says; 2 the command line is wrong, or the files are there already; 1 and 6 as everywhere.`;

/** `gatehouse policy suggest`: what the record and the inventory suggest for the policy in force. */
export function addSuggestCommand(policy: Command, terminal: Terminal): void {
  withConnection(policy.command('suggest').description('say what history suggests for the policy in force'))
    .option('--days <days>', 'how far to look back; 30 where nothing is said')
    .option('--least <number>', 'so often people must have answered before it counts; 10 where nothing is said')
    .option('--write <dir>', 'write the proposed rules and their cases into this folder')
    .addHelpText('after', HELP)
    .action((options: SuggestOptions) =>
      runCommand(terminal, options, async () => {
        const { days, least, write } = options;
        const files = write === undefined ? null : proposalFiles(terminal, write);
        const gate = new GateHttp(connectionFor(terminal, 'reviewer', options.url));
        const { text, value } = await gate.get('/policy/suggestions', suggestionsSchema, {
          query: { days, least },
          patienceSeconds: PATIENCE_SECONDS,
        });
        if (options.json === true) say(terminal, text);
        else print(terminal, value);
        if (files !== null) writeProposal(terminal, files, value);
        return EXIT.done;
      }),
    );
}

function print(terminal: Terminal, { suggestions, actions, days, truncated, policyDigest }: Suggestions): void {
  const { bold } = colorsFor(terminal);
  const newest = truncated ? 'the newest ' : '';
  say(terminal, escapeText(`From ${newest}${String(actions)} actions of ${String(days)} days, for ${policyDigest}`));
  for (const kind of ['uncovered', 'always-granted', 'often-rejected', 'unused'] as const) {
    const some = suggestions.filter((each) => each.kind === kind);
    if (some.length > 0) say(terminal, bold(TITLES[kind]));
    for (const each of some) for (const line of linesOf(each)) say(terminal, line);
  }
  if (suggestions.length === 0) say(terminal, 'Nothing to suggest.');
}

function linesOf(suggestion: Suggestion): string[] {
  const { says } = suggestion;
  const exception = suggestion.kind === 'always-granted' ? suggestion.exception : null;
  const proposal = suggestion.kind === 'unused' ? null : suggestion.proposal;
  const rule = proposal === null ? [] : proposal.trimEnd().split('\n');
  return [
    `  ${escapeText(says)}`,
    ...(exception === null ? [] : [`    ${escapeText(exception)}`]),
    ...rule.map((line) => `      ${escapeText(line)}`),
  ];
}

interface ProposalFiles {
  policy: string;
  tests: string;
}

/** Where the proposal goes. Throws a usage error where something is there already: a person may have edited it. */
function proposalFiles({ cwd }: Terminal, folder: string): ProposalFiles {
  const dir = resolve(cwd, folder);
  const files = { policy: join(dir, 'proposed.yaml'), tests: join(dir, 'proposed.test.yaml') };
  for (const file of Object.values(files)) {
    if (existsSync(file)) throw usageError(`--write: ${file} is there already and is not written over: move it first.`);
  }
  return files;
}

function writeProposal(
  terminal: Terminal,
  { policy, tests }: ProposalFiles,
  { file, tests: cases }: Suggestions,
): void {
  if (file === null || cases === null) {
    warn(terminal, 'There is no rule to propose, so nothing was written.');
    return;
  }
  mkdirSync(resolve(policy, '..'), { recursive: true });
  writeFileSync(policy, file, { flag: 'wx' });
  writeFileSync(tests, cases, { flag: 'wx' });
  warn(terminal, `Written: ${policy} and ${tests}. Every rule in it is in shadow.`);
}
