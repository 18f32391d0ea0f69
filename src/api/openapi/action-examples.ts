import type { GuardAnswer, GuardRequest } from '@gatehouse/sdk/contract';
import { approvalTermsSchema } from '@gatehouse/sdk/contract';

export const CLAIM_ID = '0192f7a4-6c1e-4d6b-9a53-2f0c7e1b8d10';
export const DIGEST = 'sha256:3f1c0d7e9a52b8467c0f1e2d3a4b5c6d7e8f90112233445566778899aabbccdd';
export const POLICY = 'sha256:90ab12cd34ef56ab78cd90ef12ab34cd56ef78ab90cd12ef34ab56cd78ef90ab';

export const guardRequest: GuardRequest = {
  action: { type: 'delete_records', target: 'production_database', context: { table: 'users', count: 1500 } },
  requestId: 'cleanup-2026-02',
  claim: CLAIM_ID,
  purpose: 'Remove users inactive for two years',
};

/** One of a group within a day; after two hours another group may answer too. */
export const TERMS = approvalTermsSchema.parse({
  expiresInSeconds: 86_400,
  stages: [
    {
      name: 'owners',
      reviewers: { groups: ['database'] },
      quorum: 1,
      escalation: [{ afterSeconds: 7200, to: { groups: ['leads'] } }],
    },
  ],
});

export const guardAnswer: GuardAnswer = {
  decision: 'REQUIRE_APPROVAL',
  reason: 'Deleting records in production needs a person',
  advice: 'Split it into batches of at most 100, or wait for the approval',
  requestId: 'cleanup-2026-02',
  actionId: 'act_7Yk2mQ',
  approvalId: 'apr_7Yk2mQ_1',
  actionDigest: DIGEST,
  matchedRule: 'production-deletes',
  matchedRules: [
    { id: 'production-deletes', effect: 'require_approval', reason: 'Deleting records in production needs a person' },
  ],
  shadowRules: [],
  shadowOutcome: null,
  riskScore: 72,
  severity: 'high',
  riskFactors: [{ name: 'operation', points: 40, says: 'it deletes' }],
  classification: {
    operation: 'delete',
    targetKind: 'database',
    environment: 'production',
    destructive: true,
    reversible: false,
    external: false,
    reach: 'many',
    sensitivity: ['production'],
    confidence: 'medium',
    evidence: [{ part: 'type', says: 'it has the word "delete"' }],
  },
  policyDigest: POLICY,
  approval: TERMS,
  grant: null,
  status: 'held',
  mode: 'permit',
  arguments: { table: 'users', count: 1500 },
  edit: null,
  permit: null,
  decidedAt: '2026-02-03T10:00:00.012Z',
  expiresAt: '2026-02-04T10:00:00.012Z',
};
