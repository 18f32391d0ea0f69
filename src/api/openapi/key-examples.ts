import type { KeyRequest, KeyView, PrincipalView, RotateKeyRequest } from '@gatehouse/sdk/contract';

const key: KeyView = {
  keyId: '5f2c1a9e0b7d4c36',
  prefix: 'gh_agent_1f0c77a2Zk9w',
  role: 'agent',
  name: 'cleanup-agent',
  team: 'platform',
  tags: ['nightly'],
  groups: [],
  scopes: { actions: ['delete_*'], targets: ['staging_*'] },
  madeAt: '2026-02-03T09:00:00.000Z',
  madeBy: 'admin:maria',
  lastUsedAt: null,
  expiresAt: '2026-05-04T09:00:00.000Z',
  revokedAt: null,
  replacedBy: null,
  live: true,
};

const principal: PrincipalView = {
  name: 'cleanup-agent',
  kind: 'agent',
  owner: 'maria',
  team: 'platform',
  tags: ['nightly'],
  environment: 'production',
  parent: 'planner',
  knownSince: '2026-02-03T09:00:00.000Z',
  disabledAt: null,
};

/** Examples of keys and their holders, by component. */
export const KEY_EXAMPLES = {
  KeyRequest: {
    role: 'agent',
    name: 'cleanup-agent',
    team: 'platform',
    scopes: { actions: ['delete_*'], targets: ['staging_*'] },
    expiresInSeconds: 7_776_000,
  } satisfies KeyRequest,
  RotateKeyRequest: { overlapSeconds: 86_400 } satisfies RotateKeyRequest,
  KeyView: key,
  MadeKey: { key: 'gh_agent_1f0c77a2Zk9w…', ...key },
  KeyList: { keys: [key] },
  PrincipalView: principal,
  PrincipalList: { principals: [principal] },
};
