import { may } from './permissions.ts';
import type { Role } from './roles.ts';

/** What a key is narrowed to within its role. A list that is left out narrows nothing. */
export interface Scopes {
  /** Types of action that it may ask for, as patterns with `*`. */
  readonly actions?: readonly string[] | undefined;
  /** Targets of these actions, as patterns with `*`. */
  readonly targets?: readonly string[] | undefined;
  /** Whether it may look and do nothing else. */
  readonly readOnly?: boolean | undefined;
}

/** Something that a key was to have and cannot. */
export interface KeyFlaw {
  field: 'groups' | 'scopes';
  problem: string;
  fix: string;
}

/** What of a key makes no sense for its role; null where all of it does. */
export function flawOfKey(role: Role, groups: readonly string[] = [], scopes: Scopes = {}): KeyFlaw | null {
  if (role === 'agent' && groups.length > 0) {
    return {
      field: 'groups',
      problem: 'agents approve nothing, so no group is for them',
      fix: 'leave it out, or use the team',
    };
  }
  const narrows = scopes.actions !== undefined || scopes.targets !== undefined;
  if (narrows && !may(role, 'action.ask')) {
    return { field: 'scopes', problem: `the role ${role} asks for no actions`, fix: 'leave actions and targets out' };
  }
  if (narrows && scopes.readOnly === true) {
    return { field: 'scopes', problem: 'a key that only looks asks for no actions', fix: 'leave one of the two out' };
  }
  return null;
}
