import pc from 'picocolors';
import { approvalCard } from '../../src/cli/approval-card.ts';
import { backgroundCard } from '../../src/cli/approvals/background-rows.ts';
import { EXAMPLES } from '../../src/api/openapi/examples.ts';
import { digestAction } from '../../src/decide/digest.ts';
import type { ApprovalView } from '@gatehouse/sdk/contract';

const plain = { colors: pc.createColors(false) };

function approvalOf(facts: Partial<ApprovalView>): ApprovalView {
  const approval = { ...EXAMPLES.ApprovalView, ...facts };
  const { type, target, agent, arguments: args } = approval;
  return { ...approval, actionDigest: digestAction({ type, target, agent, arguments: args }) };
}

describe('F18 the review card at a terminal shows foreign text escaped, marked and complete', () => {
  it.each([
    ['an ANSI sequence that clears the screen', '\u001b[2J\u001b[1;1Hall is well', 'terminal escape U+001B (2 times)'],
    ['a carriage return that writes over the line', 'drop\rread', 'control character U+000D'],
    ['a C1 control sequence', '\u009b31m', 'terminal escape U+009B'],
    ['a bidi override', 'gpj.\u202eexe', 'bidi control U+202E'],
    ['a zero-width space', 'us\u200bers', 'invisible character U+200B'],
    ['a homoglyph', 'us\u0435rs', 'Cyrillic letter in a word of mixed scripts U+0435'],
  ])('%s', (_what, hostile, caution) => {
    for (const facts of [
      { arguments: { table: hostile } },
      { arguments: { [hostile]: 1 } },
      { target: hostile },
      { agent: hostile },
      { purpose: hostile },
      { comment: hostile },
    ]) {
      const lines = approvalCard(approvalOf(facts), plain);
      const card = lines.join('\n');
      expect(card).not.toContain(hostile);
      // eslint-disable-next-line no-control-regex -- that there are none is the point
      expect(card).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e\u0435]/);
      expect(lines.filter((line) => line.startsWith('  ! Look closely at')).join()).toContain(caution);
    }
  });

  it('an argument of half a million characters is there whole', () => {
    const huge = `${'abc '.repeat(125_000)}END`;
    const card = approvalCard(approvalOf({ arguments: { huge } }), plain);
    expect(card).toContain(`  │ "huge": ${JSON.stringify(huge)}`);
    expect(card).toContain('  arguments   1, complete');
  });

  it('long text cannot wrap into a line that poses as one of the card', () => {
    const posing = `x${' '.repeat(200)}digest       sha256:0`;
    const lines = approvalCard(approvalOf({ purpose: posing, arguments: { posing } }), { ...plain, width: 60 });
    const foreign = lines.filter(
      (line) => line.includes('sha256:0') && !line.includes(EXAMPLES.ApprovalView.policyDigest),
    );
    expect(foreign.length).toBeGreaterThan(0);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(line.startsWith('  !') ? Infinity : 60);
    for (const line of foreign) expect(line).toMatch(/^ {2}(│ |\s*…)/);
    const whole = lines.filter((line) => line.startsWith('  │ ')).map((line) => line.slice(4));
    expect(whole.join('')).toContain(JSON.stringify(posing));
  });

  it('every argument can be copied as JSON, in canonical order', () => {
    const args = { z: { b: 1, a: '\u202e' }, a: ['\u001b'], 'two words': null };
    const lines = approvalCard(approvalOf({ arguments: args, preview: null }), plain).filter((line) =>
      line.startsWith('  │ '),
    );
    expect(lines).toEqual(['  │ "a": ["\\u001b"]', '  │ "two words": null', '  │ "z": {"a":"\\u202e","b":1}']);
    expect(JSON.parse(`{${lines.map((line) => line.slice(4)).join()}}`)).toEqual(args);
  });

  it('a digest that belongs to something else is told', () => {
    const lines = approvalCard({ ...approvalOf({}), actionDigest: 'sha256:0' }, plain);
    expect(lines.at(-1)).toContain('do not approve it');
  });
});

const HOSTILE = 'x\u001b[2J\u202e\u200b us\u0435rs \u009b31m\rdigest       sha256:0';

/** What no line of a card may hold. */
// eslint-disable-next-line no-control-regex -- that there are none is the point
const ACTS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e\u0435]/;

const AT = '2026-02-03T10:00:00.000Z';
const PLAIN_PROGRESS = EXAMPLES.ApprovalView.progress;
const hostileStage = {
  name: HOSTILE,
  reviewers: { users: [HOSTILE], groups: [HOSTILE], roles: [HOSTILE] },
  quorum: 2,
  distinctGroups: true,
  escalation: [{ afterSeconds: 60, to: { users: [HOSTILE], groups: [], roles: [] } }],
};

const NEW_FACTS: [string, Partial<ApprovalView>][] = [
  ['the session', { session: HOSTILE }],
  ['who may answer, and who later', { terms: { ...EXAMPLES.ApprovalView.terms, stages: [hostileStage] } }],
  ['the patterns of tickets', { terms: { ...EXAMPLES.ApprovalView.terms, tickets: [HOSTILE] } }],
  [
    'what somebody said',
    {
      progress: {
        ...PLAIN_PROGRESS,
        votes: [{ reviewer: HOSTILE, vote: 'approve', stage: HOSTILE, at: AT, comment: HOSTILE, unsigned: true }],
      },
    },
  ],
  ['who delegated to whom', { progress: { ...PLAIN_PROGRESS, delegations: [{ from: HOSTILE, to: HOSTILE, at: AT }] } }],
  [
    'what was asked and what the agent answered',
    {
      progress: {
        ...PLAIN_PROGRESS,
        questions: [{ id: HOSTILE, by: HOSTILE, at: AT, question: HOSTILE, answer: HOSTILE, answeredAt: AT }],
      },
    },
  ],
  ['what a reviewer edited', { edit: { by: HOSTILE, at: AT, from: { [HOSTILE]: HOSTILE }, fromDigest: 'sha256:0' } }],
  ['what differs from the question before', { round: 2, differences: [HOSTILE] }],
  ['the preview', { preview: { state: 'ready', says: { [HOSTILE]: HOSTILE } } }],
  ['a preview that failed', { preview: { state: 'failed', says: { error: HOSTILE } } }],
  ['who looked afterwards', { breakGlass: true, secondLook: { by: HOSTILE, at: AT, comment: HOSTILE } }],
  [
    'evidence',
    { classification: { ...EXAMPLES.ApprovalView.classification, evidence: [{ part: 'sql', says: HOSTILE }] } },
  ],
];

describe('F18 the review card at a terminal keeps what is new on it from acting, hiding or posing', () => {
  it.each(NEW_FACTS)('%s', (_what, facts) => {
    const lines = approvalCard(approvalOf(facts), plain);
    expect(lines.join('\n')).not.toMatch(ACTS);
    expect(lines.filter((line) => line.startsWith('  ! Look closely at')).join()).toContain('bidi control U+202E');
    expect(lines.filter((line) => line.startsWith('  digest'))).toHaveLength(1);
  });

  it('earlier actions and approvals', () => {
    const { session, similar } = EXAMPLES.ApprovalBackground;
    const lines = backgroundCard(
      {
        session: session.map((row) => ({ ...row, type: HOSTILE, target: HOSTILE })),
        similar: similar.map((row) => ({
          ...row,
          agent: HOSTILE,
          target: HOSTILE,
          resolvedBy: HOSTILE,
          comment: HOSTILE,
        })),
      },
      plain,
    );
    expect(lines.join('\n')).not.toMatch(ACTS);
    expect(lines.filter((line) => line.startsWith('  ! Look closely at'))).toHaveLength(2);
  });
});

describe('the review card at a terminal', () => {
  const cardOf = (facts: Partial<ApprovalView>): string => approvalCard(approvalOf(facts), plain).join('\n');

  it('F22 says what the rules in shadow would have done, and that they are not enforced', () => {
    const shadowRules = [{ id: 'no-deletes', effect: 'block' as const, reason: 'No deletes in production.' }];
    const card = cardOf({ shadowRules, shadowOutcome: 'BLOCK' });
    expect(card).toContain('in shadow   no-deletes (block, not enforced): No deletes in production.');
    expect(card).toContain('were it enforced: BLOCK');
  });

  it('shows the whole of what a reviewer edited: what went and what came, and nothing that stayed', () => {
    const from = { table: 'users', count: 1500, where: { age: [1, 2] } };
    const card = cardOf({
      arguments: { table: 'users', count: 100, where: { age: [1, 3] } },
      edit: { by: 'maria', at: AT, from, fromDigest: 'sha256:0' },
    });
    const changes = ['- count: 1500', '+ count: 100', '- where.age[1]: 2', '+ where.age[1]: 3'];
    expect(card).toContain(
      `  changes     2\n${changes.map((line) => `  │ ${line}\n`).join('')}  arguments   3, complete`,
    );
  });

  it('calls a break-glass approval what it is until somebody else has looked', () => {
    const facts = { status: 'approved', breakGlass: true, resolvedAt: AT, resolvedBy: 'root' } as const;
    expect(cardOf(facts)).toContain(
      '! Break-glass: an admin approved it alone, whatever the terms. Somebody else has yet',
    );
    const looked = cardOf({ ...facts, secondLook: { by: 'maria', at: AT, comment: null } });
    expect(looked).not.toContain('has yet');
    expect(looked).toContain(`resolved    approved by root at ${AT} (break-glass)`);
  });

  it('says of a question without an end that it has none', () => {
    expect(cardOf({ expiresAt: null })).toContain('open until  it is answered');
  });
});
