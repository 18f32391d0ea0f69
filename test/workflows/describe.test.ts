import { plainTerms, type JsonObject } from '@gatehouse/sdk/contract';
import { describeQuestion } from '../../src/workflows/describe.ts';
import type { ActionRequest, Standing } from '../../src/workflows/messages.ts';
import { openRound, type ApprovalRound } from '../../src/workflows/round.ts';

const HOSTILE = '\u001b[31m\u202eevil\u200b `code` </script>\n# heading';
const DAY = 86_400_000;

const request = (context: JsonObject): ActionRequest => ({
  ...{ actionId: 'act_1', agent: 'robot', type: 'delete_records', target: 'production', context, digest: 'sha256:a' },
  ...{
    purpose: null,
    requestId: 'r',
    requestedAt: 0,
    mode: 'permit',
    permitSeconds: 1,
    leaseSeconds: 1,
    executor: null,
  },
});
const standing: Standing = {
  ...{ status: 'held', reason: 'A person must look', outcome: 'REQUIRE_APPROVAL', severity: 'high', riskScore: 70 },
  ...{ policyDigest: 'sha256:p', approval: null, waitSeconds: null, edited: null, result: null },
};

function round(change: Partial<ApprovalRound> = {}): ApprovalRound {
  const question = {
    ...{ approvalId: 'apr_1', actionDigest: 'sha256:a', policyDigest: 'sha256:p' },
    ...{ terms: plainTerms(3600), vote: null },
  };
  return { ...openRound(question, 'robot', 0), ...change };
}

it('a plain question says until when it is open, and nothing of parts', () => {
  const says = describeQuestion(request({ n: 1 }), standing, round(), DAY);
  expect(says).toContain('**Waiting for a reviewer** until 1970-01-02T00:00:00.000Z; then it is refused.');
  expect(says).not.toContain('Part');
});

it('a question without an end says that it has none', () => {
  expect(describeQuestion(request({}), standing, round(), Infinity)).toContain('as long as it takes');
});

it('the arguments are those that a reviewer put in place, and are marked as such', () => {
  const edited = { arguments: { n: 2 }, digest: 'sha256:b' };
  const says = describeQuestion(request({ n: 1 }), { ...standing, edited }, round({ actionDigest: 'sha256:b' }), DAY);
  expect(says).toContain('{"n":2}');
  expect(says).toContain('Digest: `sha256:b`');
  expect(says).toContain('A reviewer has put these arguments in place');
  expect(says).not.toContain('{"n":1}');
});

it('F18 whatever people and agents wrote is inert, marked and of bounded length', () => {
  const long = HOSTILE.repeat(1000);
  const terms = {
    ...plainTerms(null),
    commentRequired: true,
    stages: [
      {
        name: HOSTILE,
        reviewers: { users: [HOSTILE], groups: [long], roles: [] },
        ...{ quorum: 2, distinctGroups: false, escalation: [] },
      },
    ],
  };
  const questions = Array.from({ length: 50 }, (_, n) => ({
    ...{ id: `q${String(n)}`, by: HOSTILE, at: 0, question: long, answer: long, answeredAt: 1 },
  }));
  const says = describeQuestion(
    request({ text: long }),
    { ...standing, reason: HOSTILE },
    round({ terms, questions }),
    DAY,
  );
  expect(says).toMatch(/^[\x20-\x7e\n]*$/);
  expect(says.split('\n').filter((line) => line.startsWith('#'))).toEqual([]);
  expect(says).toContain('0 of 2 approvals');
  expect(says).toContain('more characters');
  expect(says.length).toBeLessThan(20_000);
});
