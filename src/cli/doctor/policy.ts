import { loadPolicyFolder } from '../../decide/policy-folder.ts';
import { formatProblem } from '../../policy/index.ts';
import type { Check } from './check.ts';
import { fail, ok } from './check.ts';

/** Whether the policy loads; one check for each thing that is wrong in it. */
export function checkPolicy(dir: string): Check[] {
  const loaded = loadPolicyFolder(dir);
  if (loaded.ok) return [ok('policy', `${dir}, ${loaded.policy.rules.length} rules, ${loaded.policy.digest}`)];
  return loaded.problems.map((problem) =>
    fail(
      'policy',
      formatProblem(problem),
      'Mend it; until then everything is refused, or the last good one stays in force.',
    ),
  );
}
