import type { Effect } from '@gatehouse/sdk/contract';
import { stringify } from 'yaml';
import type { ToolDefinition } from '../decide/tool-digest.ts';
import type { PolicyInForce } from '../decide/judge.ts';
import { parsePolicy } from '../policy/index.ts';
import { judgeCapability } from './judge-capability.ts';
import type { Capability } from './wire.ts';

/** A tool with its class, as the gate sees it. */
export interface Proposed {
  definition: ToolDefinition;
  classification: Capability['classification'];
  /** Somebody should look at its description before it is trusted in anything. */
  suspicious: boolean;
}

export interface Proposal {
  policy: string;
  tests: string;
}

interface Group {
  suffix: string;
  effect: Effect;
  reason: string;
  description: string;
  takes(tool: Proposed): boolean;
}

/** From the strictest; a tool is in the first that takes it. */
const GROUPS: readonly Group[] = [
  {
    suffix: 'destructive',
    effect: 'block',
    reason: 'This deletes what cannot easily be had back. Ask for something milder, or ask a person to do it.',
    description: 'Make it require_approval where a person may allow it.',
    takes: ({ classification }) => classification.destructive && classification.operation === 'delete',
  },
  {
    suffix: 'reads',
    effect: 'allow',
    reason: 'It only looks.',
    description: 'A call whose arguments say that it does more falls out of this rule.',
    takes: ({ classification, suspicious }) =>
      classification.operation === 'read' && !suspicious && !classification.sensitivity.includes('secrets'),
  },
  {
    suffix: 'changes',
    effect: 'require_approval',
    reason: 'This changes something, or nobody can tell from its description, so a person must approve it.',
    description: 'Allow what is harmless, by name and with limits on its arguments.',
    takes: () => true,
  },
];

/**
 * A policy for the tools of one server with a test for each, for a person to edit: reads allowed, changes asked, what
 * destroys blocked, each rule naming its tools. What the tests expect is what this policy alone says.
 */
export async function proposePolicy(server: string, tools: readonly Proposed[]): Promise<Proposal> {
  const prefix = idOf(server);
  // A star in a name would be a pattern for other tools; such a tool is left to the default.
  const nameable = tools.filter(({ definition }) => !definition.name.includes('*'));
  const rules = GROUPS.flatMap((group) => {
    const names = nameable.filter((tool) => GROUPS.find((each) => each.takes(tool)) === group);
    if (names.length === 0) return [];
    const { suffix, effect, reason, description } = group;
    const action = names.map(({ definition }) => definition.name).sort();
    const match = { action, target: server, ...(effect === 'allow' ? { operation: 'read' } : {}) };
    return [{ id: `${prefix}-${suffix}`, description, reason, match, effect }];
  });
  const policy = `${HEADER}${stringify({ version: 1, name: `${prefix}-proposed`, rules }, { lineWidth: 120 })}`;
  const inForce = parsed(policy);
  const cases = [];
  for (const { definition } of nameable) cases.push(await caseOf(server, definition, inForce));
  return { policy, tests: `${TEST_HEADER}${stringify({ cases }, { lineWidth: 120 })}` };
}

const HEADER = `# Proposed by \`gatehouse inventory import\` from what each tool says of itself: read it, and change what is wrong.
# Until then keep it out of the folder of the policy in force.
`;
const TEST_HEADER = '# One case for each tool, without arguments: add those whose arguments matter.\n';

/** The case of one tool. Its whole definition is in it only where the name alone would be judged otherwise. */
async function caseOf(server: string, definition: ToolDefinition, inForce: PolicyInForce): Promise<object> {
  const { outcome, matchedRule: rule } = await judgeCapability(server, definition, inForce);
  const { name } = definition;
  const byName = await judgeCapability(server, { name }, inForce);
  const isPlain = byName.outcome === outcome && byName.matchedRule === rule && byName.matchedRule !== null;
  const tool = isPlain ? {} : { tool: { ...definition, server } };
  return { name, action: { type: name, target: server, ...tool }, expect: { outcome, rule } };
}

function parsed(text: string): PolicyInForce {
  const parsed = parsePolicy([{ path: 'proposed.yaml', text }]);
  return parsed.ok ? parsed : { ok: false, reason: 'There is nothing to propose', digest: 'none' };
}

/** A server's name as a part of the id of a rule. */
export function idOf(server: string): string {
  const words = server
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[-._]+|[-._]+$/g, '');
  return words.slice(0, 80) || 'server';
}
