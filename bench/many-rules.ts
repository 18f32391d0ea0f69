import { stringify } from 'yaml';

const VERBS = ['get', 'list', 'create', 'update', 'delete', 'send', 'export', 'run', 'approve', 'sync'];
const THINGS = ['order', 'user', 'invoice', 'ticket', 'message', 'table', 'bucket', 'branch', 'key', 'report'];
const OPERATIONS = ['read', 'write', 'delete', 'execute', 'administer'];
const KINDS = ['database', 'api', 'cloud', 'filesystem', 'shell', 'messaging', 'payment', 'code'];
const ENVIRONMENTS = ['production', 'staging', 'development'];

/** A policy file of so many rules of the kinds that a large company has: of teams, of systems, and a few for everything. */
export function manyRules(count: number): string {
  const rules = Array.from({ length: count }, (_, at) => ruleOf(at));
  return stringify({ version: 1, name: 'many', defaults: { unmatched: 'require_approval' }, rules });
}

function ruleOf(at: number): object {
  const pick = <T>(list: readonly T[], stride: number): T | undefined => list[Math.floor(at / stride) % list.length];
  const verb = pick(VERBS, 1);
  const thing = pick(THINGS, 10);
  const said = {
    id: `rule-${at}`,
    reason: `Rule ${at} of the company`,
    effect: pick(['allow', 'require_approval', 'block'], 3),
  };
  switch (at % 6) {
    case 0:
      return { ...said, match: { action: `${verb}_${thing}_${at}` } };
    case 1:
      return { ...said, match: { action: [`${verb}_${thing}`, `${thing}_${verb}`], target: `system_${at % 200}_*` } };
    case 2:
      return { ...said, match: { action: `${verb}_*`, team: `team-${at % 50}`, environment: pick(ENVIRONMENTS, 7) } };
    case 3:
      return {
        ...said,
        match: { operation: pick(OPERATIONS, 6), targetKind: pick(KINDS, 11), target: `*_${thing}_${at % 100}` },
      };
    case 4:
      return {
        ...said,
        match: { operation: [pick(OPERATIONS, 6), 'delete'], agent: `agent-${at % 300}` },
        when: 'has(args.count) && args.count > 100',
      };
    default:
      return {
        ...said,
        match: { targetKind: pick(KINDS, 5), environment: pick(ENVIRONMENTS, 3), risk: { atLeast: 90 } },
      };
  }
}
