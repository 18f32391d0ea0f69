import type { Classification, RiskFactor } from '@gatehouse/sdk/contract';
import type { Explanation } from '../../policy/explain/explanation.ts';
import type { ExplainRequest } from '../../policy/explain/request.ts';
import type { SimulationReport } from '../../policy/simulate/report.ts';
import type { SimulateRequest } from '../../policy/simulate/request.ts';
import type { Suggestions } from '../../policy/suggest/suggestion.ts';
import { TERMS } from './action-examples.ts';

const POLICY = 'sha256:90ab12cd34ef56ab78cd90ef12ab34cd56ef78ab90cd12ef34ab56cd78ef90ab';
const CANDIDATE = 'sha256:11aa22bb33cc44dd55ee66ff778899001122334455667788990011223344aabb';
const reason = 'Deleting more than 100 records needs a person';

const classification: Classification = {
  operation: 'delete',
  targetKind: 'database',
  environment: 'staging',
  destructive: true,
  reversible: false,
  external: false,
  reach: 'many',
  sensitivity: [],
  confidence: 'medium',
  evidence: [{ part: 'type', says: 'it has the word "delete"' }],
};
const riskFactors: RiskFactor[] = [{ name: 'operation', points: 40, says: 'delete operation' }];

const explainRequest: ExplainRequest = {
  action: { type: 'delete_records', target: 'staging_database', context: { table: 'orders', count: 1500 } },
  agent: { name: 'cleanup-agent', team: 'data' },
};

const explanation: Explanation = {
  action: { type: 'delete_records', target: 'staging_database', agent: 'cleanup-agent' },
  judgement: {
    outcome: 'REQUIRE_APPROVAL',
    reason,
    advice: 'Split it into batches of at most 100, or wait for the approval',
    matchedRule: 'ask-deletes',
    matchedRules: [{ id: 'ask-deletes', effect: 'require_approval', reason }],
    shadowRules: [],
    shadowOutcome: null,
    riskScore: 63,
    severity: 'high',
    riskFactors,
    classification,
    policyDigest: POLICY,
    approval: TERMS,
    grant: null,
  },
  recorded: null,
  rules: [
    {
      id: 'ask-deletes',
      effect: 'require_approval',
      mode: 'enforce',
      matched: true,
      decisive: true,
      reason,
      place: { file: 'policies/deletes.yaml', line: 4 },
      parts: [{ key: 'operation', wanted: 'delete', actual: 'delete', holds: true }],
      condition: {
        text: 'found.count > 100',
        truth: 'true',
        error: null,
        parts: [],
        values: [{ name: 'found.count', value: 1500 }],
      },
      past: null,
    },
  ],
  rulesLeftOut: 12,
  changes: [
    {
      says: 'context.count at most 100',
      edits: [{ part: 'context.count', says: 'context.count at most 100', value: 100 }],
      outcome: 'ALLOW',
      matchedRule: 'allow-small-deletes',
    },
  ],
  tried: 38,
  complete: true,
  notes: [],
};

const simulateRequest: SimulateRequest = {
  files: [
    {
      path: 'deletes.yaml',
      text: 'version: 1\nname: deletes\nrules:\n  - id: never-delete\n    reason: Nothing is deleted.\n    match: { operation: delete }\n    effect: block\n',
    },
  ],
  days: 7,
  limit: 1,
};

const simulationReport: SimulationReport = {
  candidateDigest: CANDIDATE,
  currentDigest: POLICY,
  baseline: 'current',
  from: '2026-01-27T10:00:00.000Z',
  to: '2026-02-03T10:00:00.000Z',
  days: 7,
  actions: 1200,
  truncated: false,
  unreadable: 0,
  changed: 14,
  matrix: [
    { from: 'ALLOW', to: 'ALLOW', count: 1186 },
    { from: 'REQUIRE_APPROVAL', to: 'BLOCK', count: 14 },
  ],
  groups: [
    {
      type: 'delete_records',
      from: 'REQUIRE_APPROVAL',
      to: 'BLOCK',
      fromRule: 'ask-deletes',
      toRule: 'never-delete',
      count: 14,
    },
  ],
  changes: [
    {
      actionId: 'act_7Yk2mQ',
      at: '2026-02-03T10:00:00.000Z',
      agent: 'cleanup-agent',
      type: 'delete_records',
      target: 'staging_database',
      recorded: 'REQUIRE_APPROVAL',
      current: { outcome: 'REQUIRE_APPROVAL', rule: 'ask-deletes', reason },
      candidate: { outcome: 'BLOCK', rule: 'never-delete', reason: 'Nothing is deleted.' },
    },
  ],
  approvalsADay: { before: 2, after: 0, difference: -2 },
  shadow: { changed: 0, matrix: [] },
  drift: { changed: 0, matrix: [{ from: 'ALLOW', to: 'ALLOW', count: 1186 }] },
  notes: [],
};

const suggestions: Suggestions = {
  policyDigest: POLICY,
  days: 30,
  actions: 5000,
  truncated: false,
  suggestions: [
    { kind: 'unused', rule: 'ask-exports', says: 'ask-exports matched nothing in 30 days.' },
    {
      kind: 'uncovered',
      type: 'list_invoices',
      targets: ['billing'],
      operation: 'read',
      outcome: 'REQUIRE_APPROVAL',
      count: 40,
      says: 'No rule covers list_invoices: the default alone decided 40 times (REQUIRE_APPROVAL).',
      proposal:
        'id: allow-list-invoices\nmatch:\n  action: list_invoices\n  target: billing\neffect: allow\nmode: shadow\n',
    },
  ],
  file: null,
  tests: null,
};

/** One example a component of the policy tools. */
export const POLICY_TOOLS_EXAMPLES = {
  ExplainRequest: explainRequest,
  Explanation: explanation,
  SimulateRequest: simulateRequest,
  SimulationReport: simulationReport,
  Suggestions: suggestions,
} as const;
