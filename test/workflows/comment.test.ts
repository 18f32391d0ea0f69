import { fitsTicket, missingIn, saysSomething } from '../../src/workflows/comment.ts';
import { asked, hear, person, says, stage } from './support/rounds.ts';

const terms = { commentRequired: false, tickets: ['OPS-#'] };

it.each([
  ['OPS-#', 'OPS-1', true],
  ['OPS-#', 'OPS-123456', true],
  ['OPS-#', 'OPS-', false],
  ['OPS-#', 'OPS-12x', false],
  ['OPS-#', 'ops-12', false],
  ['OPS-#', 'XOPS-12', false],
  ['OPS-#', 'OPS-\u{ff11}', false],
  ['OPS-#', 'OPS\u200b-12', false],
  ['OPS-#', '\u041ePS-12', false],
  ['*-#', 'ANY-7', true],
  ['#-#', '1-22', true],
  ['https://tickets.example.com/*', 'https://tickets.example.com/OPS-1', true],
])('%s and %j: %s', (pattern, word, fits) => expect(fitsTicket(pattern, word)).toBe(fits));

it.each(['OPS-12', 'see OPS-12.', '(OPS-12)', 'done:\n"OPS-12"!', 'OPS-1,OPS-2', 'a [OPS-12] b'])(
  'the comment %j names a ticket',
  (comment) => expect(missingIn(comment, terms)).toBeNull(),
);

it.each([null, '', 'OPS', 'ticket 12', 'OPS - 12', 'OPS-12abc'])('the comment %j does not', (comment) => {
  expect(missingIn(comment, terms)).toBe('The comment must name a ticket such as OPS-#');
});

it('every pattern needs a ticket of its own', () => {
  const both = { ...terms, tickets: ['OPS-#', 'CHG#'] };
  expect(missingIn('OPS-1', both)).toContain('CHG#');
  expect(missingIn('OPS-1 CHG7', both)).toBeNull();
});

it.each(['', '   ', '\u200b\u200d', '\u3164', '\u00ad', '...', '\u202e'])('%j says nothing', (text) => {
  expect(saysSomething(text)).toBe(false);
  expect(missingIn(text, { commentRequired: true, tickets: [] })).not.toBeNull();
});

it.each(['ok', '見た', '7', '\u202etxt'])('%j says something', (text) => expect(saysSomething(text)).toBe(true));

it('a hostile comment costs no more than its length', () => {
  const hostile = { commentRequired: true, tickets: [`${'*'.repeat(49)}#x`, 'OPS-#'] };
  expect(missingIn('1'.repeat(100_000), hostile)).not.toBeNull();
  expect(missingIn(`${'((('.repeat(50_000)} a`, hostile)).not.toBeNull();
});

it('an approval and an edit need the comment; rejecting, asking and abstaining do not', () => {
  const round = asked([stage()], { commentRequired: true });
  const ann = person('ann');
  expect(hear(round, says('approve', ann)).answer).toMatchObject({ accepted: false, code: 'comment_required' });
  const edit = { kind: 'edit', arguments: {}, digest: 'sha256:e' } as const;
  expect(hear(round, says('edit', ann, { detail: edit })).answer).toMatchObject({ code: 'comment_required' });
  expect(hear(round, says('approve', ann, { comment: 'I looked' })).round.status).toBe('approved');
  expect(hear(round, says('abstain', ann)).answer).toMatchObject({ accepted: true });
  expect(hear(round, says('reject', ann)).round.status).toBe('denied');
});
