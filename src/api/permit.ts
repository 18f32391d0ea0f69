import { may, PERMISSIONS, type Permission } from '../access/permissions.ts';
import { nameForms } from '../classify/index.ts';
import { GateProblem } from '../decide/problem.ts';
import { compilePatterns } from '../policy/glob.ts';
import type { Caller } from './gateway.ts';

type Facts = ConstructorParameters<typeof GateProblem>[2];

/** What a key may still do that is made for looking alone. */
const LOOKS: ReadonlySet<Permission> = new Set([
  ...(['action.read.any', 'policy.read.any', 'stop.read', 'key.read', 'audit.read', 'notice.read'] as const),
]);

/** Whether a caller has a permission: by its role, and by what its key is narrowed to. */
export function isPermitted({ role, scopes }: Pick<Caller, 'role' | 'scopes'>, permission: Permission): boolean {
  return may(role, permission) && (scopes?.readOnly !== true || LOOKS.has(permission));
}

/**
 * Refuses a caller that does not have a permission.
 * @param facts what the problem is about, e.g. `{ actionId }`
 * @throws {GateProblem} `forbidden`, with the permission and who has it
 */
export function permit(caller: Caller, permission: Permission, facts: Facts = {}): void {
  if (!isPermitted(caller, permission)) throw notPermitted(caller, permission, facts);
}

/** The refusal itself, for whoever puts the attempt on record first. */
export function notPermitted({ role }: Caller, permission: Permission, facts: Facts = {}): GateProblem {
  const needs = `That needs the permission ${permission}`;
  const detail = may(role, permission)
    ? `${needs}, and this key was made for looking alone. Use another key.`
    : `${needs}, and your role is ${role}. Use a key with the role ${PERMISSIONS[permission].join(' or ')}.`;
  return new GateProblem('forbidden', detail, { ...facts, permission });
}

/**
 * Refuses an action that is outside of what the key is narrowed to. Patterns fit as those of rules do: neither case nor naming
 * style matters.
 * @throws {GateProblem} `forbidden`
 */
export function permitAction({ scopes }: Caller, action: { type: string; target: string }, facts: Facts = {}): void {
  for (const [name, patterns, actual] of [
    ['type', scopes?.actions, action.type],
    ['target', scopes?.targets, action.target],
  ] as const) {
    if (patterns === undefined || compilePatterns(patterns)(nameForms(actual))) continue;
    const detail = `This key is narrowed to other actions: its scopes permit the ${name} ${patterns.join(' or ')} alone.`;
    throw new GateProblem('forbidden', detail, facts, [
      {
        field: `/action/${name}`,
        problem: 'is outside of the scopes of the key',
        fix: 'use a key that is made for it',
      },
    ]);
  }
}
