import type { Role } from './roles.ts';

/**
 * What each role may do: the one table of it. A permission that a role does not have here it has nowhere.
 *
 * INVARIANT: I5 an agent cannot approve. No permission of a reviewer is an agent's, and only agents and those who run the
 * gate may ask for actions.
 */
export const PERMISSIONS = {
  /** Ask for actions, claim permits, report outcomes, answer reviewers' questions: always as oneself. */
  'action.ask': ['owner', 'admin', 'agent'],
  /** Withdraw actions of others. */
  'action.cancel.any': ['owner', 'admin'],
  /** Read actions, approvals and the record of all; without it one's own only. */
  'action.read.any': ['owner', 'admin', 'reviewer', 'auditor', 'viewer'],
  /** Give verdicts, where the terms of the question name one. */
  'approval.review': ['owner', 'admin', 'reviewer'],
  /** Break glass: approve alone, whatever the terms. */
  'approval.override': ['owner', 'admin'],
  /** Revoke standing permissions. */
  'grant.revoke': ['owner', 'admin', 'reviewer'],
  'policy.read.any': ['owner', 'admin', 'reviewer', 'auditor', 'viewer'],
  /** Bring a policy into force that loosens nothing. */
  'policy.activate': ['owner', 'admin'],
  /** Bring a policy into force that loosens, e.g. takes a rule from enforce to shadow. */
  'policy.loosen': ['owner', 'admin'],
  'inventory.change': ['owner', 'admin'],
  /** Stop everything, or a part: anybody who reviews may pull the brake. */
  'stop.throw': ['owner', 'admin', 'reviewer'],
  'stop.lift': ['owner', 'admin'],
  'stop.read': ['owner', 'admin', 'reviewer', 'auditor', 'viewer'],
  /** See keys (never their text) and principals. */
  'key.read': ['owner', 'admin', 'auditor'],
  'key.manage': ['owner', 'admin'],
  /** Make or revoke keys of admins and owners. */
  'key.manage.admin': ['owner'],
  /** Search, verify and export the record, and the reports from it. */
  'audit.read': ['owner', 'admin', 'auditor'],
  /** Erase personal data from the record, visibly. */
  'audit.redact': ['owner'],
  'notice.read': ['owner', 'admin', 'reviewer', 'auditor', 'viewer'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/** Whether a role has a permission. */
export function may(role: Role, permission: Permission): boolean {
  const roles: readonly Role[] = PERMISSIONS[permission];
  return roles.includes(role);
}
