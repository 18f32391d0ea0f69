import { randomUUID } from 'node:crypto';
import type {
  KeyList,
  KeyRequest,
  KeyView,
  MadeKeyView,
  PrincipalList,
  RotateKeyRequest,
} from '@gatehouse/sdk/contract';
import type { Permission } from '../../access/permissions.ts';
import type { Role } from '../../access/roles.ts';
import { flawOfKey } from '../../access/scopes.ts';
import { GateProblem } from '../../decide/problem.ts';
import { recordEvents } from '../../store/actions.ts';
import { makeKey, revokeKey, rotateKey, type MadeKey, type NotMade, type NotRotated } from '../../store/key-changes.ts';
import { toKeyView, toPrincipalView, viewKeys } from '../../store/key-views.ts';
import { KEYS_RECORD } from '../../store/keys-record.ts';
import { readKey, type KeyEntry } from '../../store/keys.ts';
import { listPrincipals } from '../../store/principals.ts';
import type { Caller } from '../gateway.ts';
import { isPermitted, notPermitted, permit } from '../permit.ts';
import { requireRecentSignIn } from '../step-up.ts';
import type { GatewayDeps } from './deps.ts';

/** Every key, without the keys themselves. */
export async function keys(deps: GatewayDeps, caller: Caller): Promise<KeyList> {
  permit(caller, 'key.read');
  return { keys: await viewKeys(deps.store, deps.now()) };
}

/** Who is known here by name. */
export async function principals(deps: GatewayDeps, caller: Caller): Promise<PrincipalList> {
  permit(caller, 'key.read');
  return { principals: (await listPrincipals(deps.store)).map(toPrincipalView) };
}

export async function make(deps: GatewayDeps, caller: Caller, given: KeyRequest): Promise<MadeKeyView> {
  const { role, name, team, tags, groups, scopes, expiresInSeconds } = given;
  await manage(deps, caller, 'make', role);
  const flaw = flawOfKey(role, groups, scopes);
  if (flaw !== null) {
    const { field, ...says } = flaw;
    throw new GateProblem('invalid_request', `The key cannot be made: ${flaw.problem}.`, {}, [
      { field: `/${field}`, ...says },
    ]);
  }
  const at = deps.now();
  const expiresAt = expiresInSeconds === undefined ? null : at + expiresInSeconds * 1000;
  const wanted = { role, principal: name, team, tags, groups, scopes, expiresAt };
  const made = await makeKey(deps.store, wanted, { actor: actorOf(caller), at });
  if (typeof made === 'string') throw notMade(made, name);
  return withText(made, at);
}

export async function rotate(
  deps: GatewayDeps,
  caller: Caller,
  keyId: string,
  { overlapSeconds }: RotateKeyRequest,
): Promise<MadeKeyView> {
  await manage(deps, caller, 'rotate', (await knownKey(deps, caller, keyId)).role);
  const at = deps.now();
  const made = await rotateKey(deps.store, keyId, overlapSeconds * 1000, { actor: actorOf(caller), at });
  if (typeof made === 'string') throw notRotated(made, keyId);
  return withText(made, at);
}

export async function revoke(deps: GatewayDeps, caller: Caller, keyId: string): Promise<KeyView> {
  await manage(deps, caller, 'revoke', (await knownKey(deps, caller, keyId)).role);
  const at = deps.now();
  await revokeKey(deps.store, keyId, { actor: actorOf(caller), at });
  return toKeyView(await knownKey(deps, caller, keyId), at);
}

/** The key of that id, for a caller who may know whether there is one. */
async function knownKey(deps: GatewayDeps, caller: Caller, keyId: string): Promise<KeyEntry> {
  if (!isPermitted(caller, 'key.read')) await refuse(deps, caller, 'key', 'key.manage');
  const key = await readKey(deps.store.db, keyId);
  if (key !== null) return key;
  throw new GateProblem('not_found', `There is no key ${keyId}: see GET /api/v1/keys.`, { keyId });
}

/** INVARIANT: I5 an agent cannot approve. Only who has the permission makes a key, and only an owner one that may make keys. */
async function manage(deps: GatewayDeps, caller: Caller, what: string, role: Role): Promise<void> {
  const isPowerful = role === 'admin' || role === 'owner';
  const needed = isPowerful && isPermitted(caller, 'key.manage') ? 'key.manage.admin' : 'key.manage';
  if (!isPermitted(caller, needed)) await refuse(deps, caller, what, needed);
  requireRecentSignIn(caller, deps, `${what} keys`);
}

async function refuse(deps: GatewayDeps, caller: Caller, what: string, needed: Permission): Promise<never> {
  const data = { what: `${what} key`, code: 'forbidden', permission: needed };
  const event = { key: `refused:${randomUUID()}`, actor: actorOf(caller), at: deps.now(), data };
  await recordEvents(deps.store, KEYS_RECORD, [{ ...event, kind: 'refused_attempt' }]);
  throw notPermitted(caller, needed);
}

function actorOf({ role, principal }: Caller): string {
  return `${role}:${principal}`;
}

function withText({ token, key }: MadeKey, now: number): MadeKeyView {
  return { key: token, ...toKeyView(key, now) };
}

function notMade(why: NotMade, name: string): GateProblem {
  const [problem, fix] = {
    name_of_agent: ['is the name of an agent, which no other key can have', 'use another name for the person'],
    name_of_person: ['is the name of a person, which no agent can have', 'use another name for the agent'],
    disabled: ['is disabled', 'enable it first: gatehouse principals enable'],
  }[why] as [string, string];
  return new GateProblem('invalid_request', `${name} ${problem}: ${fix}.`, {}, [{ field: '/name', problem, fix }]);
}

function notRotated(why: NotRotated, keyId: string): GateProblem {
  if (why === 'not_found')
    return new GateProblem('not_found', `There is no key ${keyId}: see GET /api/v1/keys.`, { keyId });
  const problem = why === 'over' ? 'is revoked or expired' : 'was rotated before';
  const fix = why === 'over' ? 'make a new key' : 'rotate the key that took its place';
  return new GateProblem('invalid_request', `The key ${keyId} ${problem}: ${fix}.`, { keyId }, [
    { field: 'id', problem, fix },
  ]);
}
