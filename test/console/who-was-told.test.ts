import { ask } from '../support/asking.ts';
import { WORD_POLICY } from '../support/policies.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { startMailServer, type MailServer } from '../notices/support/mail-server.ts';
import { noticesFile } from '../notices/support/notices-file.ts';
import { noticesUntil } from '../notices/support/on-record.ts';
import { Visitor } from './support/visitor.ts';

describe('the card of an action of which people are told', () => {
  let stack: Stack;
  let server: MailServer;
  let ann: Visitor;

  beforeAll(async () => {
    server = await startMailServer();
    const file = noticesFile(`
version: 1
channels: { leads: { kind: email, to: [leads@example.com, nobody@example.com] } }
routes: [{ match: { severity: [high] }, to: [leads] }]
smtp: { host: 127.0.0.1, port: ${String(server.port)}, from: gatehouse@example.com }
`);
    stack = await startStack({ policy: { 'policy.yaml': WORD_POLICY }, env: { GATEHOUSE_NOTICES: file } });
    ann = new Visitor(stack.url);
    await ann.signIn(stack.keys.reviewer);
  });
  afterAll(async () => {
    await stack.stop();
    await server.close();
  });

  /** The lines of the part, each with its cells as text. */
  const partOf = async (approvalId: string | null): Promise<string[] | null> => {
    const { text } = await ann.get(`/console/approvals/${approvalId ?? ''}`);
    const [, part] = /<section[^>]*id="notices"[^>]*>([\s\S]*?)<\/section>/.exec(text) ?? [];
    if (part === undefined) return null;
    return [...part.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
      row
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    );
  };

  it('says which address of which channel was told of what, and what stood in the way', async () => {
    const question = await ask(stack, 'held_here');
    await noticesUntil(
      stack,
      question.actionId,
      (all) => all.length === 2 && all.every(({ state }) => state === 'sent' || state === 'given_up'),
    );
    const [head, ...rows] = (await partOf(question.approvalId)) ?? [];
    expect(head).toBe('Notice Channel State When');
    expect(rows).toHaveLength(2);
    expect(rows.find((row) => row.includes('leads@'))).toMatch(/^held leads leads@example\.com sent /);
    expect(rows.find((row) => row.includes('nobody@'))).toMatch(
      /^held leads nobody@example\.com given up The mail server did not take it \(EENVELOPE, reply 550\) /,
    );
  });

  it('has no such part where nobody was told of anything', async () => {
    const question = await ask(stack, 'held_quietly', {
      target: 'production_database',
      context: { table: 'users', count: 50_000 },
    });
    expect(await partOf(question.approvalId)).toBeNull();
  });
});
