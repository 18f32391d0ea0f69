import type { Command } from 'commander';
import { loadPolicyFolder } from '../../decide/policy-folder.ts';
import { formatProblem, formatWarning } from '../../policy/index.ts';
import type { Terminal } from '../terminal.ts';
import { say } from '../terminal.ts';

/** `gatehouse policy check`: everything that is wrong with the policy files of a folder, and what is hardly meant. */
export function addCheckCommand(policy: Command, terminal: Terminal): void {
  policy
    .command('check')
    .description('report everything that is wrong with the policy files of a folder')
    .argument('[dir]', 'folder of policy files', 'policies')
    .option('--json', 'print the result as JSON')
    .option('--strict', 'take warnings for problems')
    .addHelpText(
      'after',
      '\nExit codes: 0 the policy is sound, whatever the warnings; 1 it is not, or has warnings with --strict.',
    )
    .action((dir: string, options: { json?: boolean; strict?: boolean }) => {
      const loaded = loadPolicyFolder(dir);
      if (!loaded.ok || (options.strict === true && loaded.warnings.length > 0)) terminal.setExitCode(1);
      if (options.json) say(terminal, JSON.stringify(summary(loaded), null, 2));
      else if (loaded.ok) {
        for (const warning of loaded.warnings) say(terminal, formatWarning(warning));
        const { rules, digest } = loaded.policy;
        say(terminal, `The policy is sound: ${rules.length} ${rules.length === 1 ? 'rule' : 'rules'}, ${digest}`);
      } else for (const problem of loaded.problems) say(terminal, formatProblem(problem));
    });
}

function summary(loaded: ReturnType<typeof loadPolicyFolder>): object {
  if (!loaded.ok) return { ok: false, problems: loaded.problems, warnings: [] };
  const { digest, names, rules } = loaded.policy;
  return {
    ok: true,
    digest,
    names,
    rules: rules.map(({ id, effect, mode, place }) => ({ id, effect, mode, ...place })),
    problems: [],
    warnings: loaded.warnings,
  };
}
