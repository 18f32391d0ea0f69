import type { Activation, PolicyState, PolicyVersionList, PolicyVersionView } from '@gatehouse/sdk/contract';
import type { ActivationRequest } from '@gatehouse/sdk/contract';

const NOW = 'sha256:90ab12cd34ef56ab78cd90ef12ab34cd56ef78ab90cd12ef34ab56cd78ef90ab';
const BEFORE = 'sha256:12cd34ef56ab78cd90ef12ab34cd56ef78ab90cd12ef34ab56cd78ef90ab12cd';

const activation: Activation = {
  seq: 2,
  digest: NOW,
  previous: BEFORE,
  pinned: false,
  by: 'process:gate-1:4711',
  reason: 'files changed',
  at: '2026-02-03T09:00:00.000Z',
  loosened: [
    {
      rule: 'production-deletes',
      what: 'weakened',
      says: 'production-deletes goes from block to require_approval',
    },
  ],
};
const before: Activation = {
  seq: 1,
  digest: BEFORE,
  previous: null,
  pinned: false,
  by: 'process:gate-1:4711',
  reason: 'files changed',
  at: '2026-02-01T09:00:00.000Z',
  loosened: [],
};

const state: PolicyState = {
  ok: true,
  digest: NOW,
  says: null,
  rules: 22,
  pinned: false,
  activation,
  folder: { digest: NOW, problems: [] },
};
const list: PolicyVersionList = {
  versions: [
    { digest: NOW, firstSeenAt: '2026-02-03T09:00:00.000Z', inForce: true },
    { digest: BEFORE, firstSeenAt: '2026-02-01T09:00:00.000Z', inForce: false },
  ],
  activations: [activation, before],
};
const version: PolicyVersionView = {
  digest: BEFORE,
  firstSeenAt: '2026-02-01T09:00:00.000Z',
  inForce: false,
  text: '{"defaults":{"unmatched":"block"},"rules":[{"effect":"block","id":"production-deletes"}],"version":1}',
  activations: [before],
};

/** One example a component of the policy, by its name. */
export const POLICY_EXAMPLES = {
  PolicyState: state,
  PolicyVersionList: list,
  PolicyVersionView: version,
  ActivationRequest: { rollback: true, reason: 'Deletes were held too often' } satisfies ActivationRequest,
} as const;
