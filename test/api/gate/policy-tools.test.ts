import type { Explanation } from '../../../src/policy/explain/explanation.ts';
import { explanationSchema } from '../../../src/policy/explain/explanation.ts';
import type { SimulationReport } from '../../../src/policy/simulate/report.ts';
import { simulationReportSchema } from '../../../src/policy/simulate/report.ts';
import { suggestionsSchema } from '../../../src/policy/suggest/suggestion.ts';
import { ask, describeStores, giveVerdict } from '../../support/asking.ts';
import { startStack, type Stack } from '../../support/stack.ts';

const policy = (deletes: string): string => `
version: 1
name: tools
defaults: { unmatched: require_approval }
rules:
  - { id: reads, reason: Reads run., match: { operation: read }, effect: allow }
  - { id: few, reason: Few may go., match: { action: delete_records }, when: args.count <= 10, effect: allow }
  - { id: deletes, reason: Deletes are looked at., match: { action: delete_records }, when: args.count > 10, effect: ${deletes} }
  - { id: mails, reason: Enough mail., match: { action: send_email }, limit: { count: actions, max: 1, per: agent, within: 1h }, effect: block }
  - { id: mail, reason: Mail runs., match: { action: send_email }, effect: allow }
`;

describeStores('the policy tools over the API', (store) => {
  let stack: Stack;
  beforeAll(async () => (stack = await startStack({ policy: { 'a.yaml': policy('require_approval') }, store })));
  afterAll(() => stack.stop());

  const explain = async (role: 'agent' | 'reviewer', body: object): Promise<Explanation> => {
    const { body: answer } = await stack.call(role, 'POST', '/api/v1/policy/explain', body);
    return explanationSchema.parse(answer);
  };
  const simulate = async (body: object): Promise<SimulationReport> => {
    const { body: answer } = await stack.call('reviewer', 'POST', '/api/v1/policy/simulate', body);
    return simulationReportSchema.parse(answer);
  };
  const remove = { type: 'delete_records', target: 'orders', context: { count: 40 } };

  it('explains what would be decided, with the values of each condition, and what would alter it', async () => {
    const { judgement, rules, changes } = await explain('reviewer', { action: remove, agent: { name: 'cleanup' } });
    expect(judgement).toMatchObject({ outcome: 'REQUIRE_APPROVAL', matchedRule: 'deletes' });
    expect(rules[0]).toMatchObject({ id: 'deletes', condition: { values: [{ name: 'args.count', value: 40 }] } });
    expect(changes).toContainEqual(expect.objectContaining({ outcome: 'ALLOW', says: 'context.count at most 10' }));
    const { body } = await stack.call('admin', 'GET', '/api/v1/actions?limit=1');
    expect(body['actions']).toEqual([]);
  });

  it('shows an agent what it can do itself, and neither conditions nor rules that did not match', async () => {
    const { rules, changes } = await explain('agent', { action: remove });
    expect(rules).toMatchObject([{ id: 'deletes', parts: [], condition: null }]);
    expect(changes.map(({ outcome }) => outcome)).toContain('ALLOW');
    const forOthers = { action: remove, agent: { name: 'other' } };
    expect(await stack.call('agent', 'POST', '/api/v1/policy/explain', forOthers)).toMatchObject({ status: 403 });
  });

  it('looks up what a budget holds', async () => {
    const mail = { type: 'send_email', target: 'mail', context: { to: ['a@example.com'] } };
    expect((await explain('agent', { action: mail })).judgement.outcome).toBe('ALLOW');
    await ask(stack, mail.type, { target: mail.target, context: mail.context });
    expect((await explain('agent', { action: mail })).judgement).toMatchObject({
      outcome: 'BLOCK',
      reason: expect.stringContaining('this would be 2') as string,
    });
  });

  it('explains an action on record by the policy that decided it, whatever is in force since', async () => {
    const asked = await ask(stack, remove.type, { target: remove.target, context: remove.context });
    await giveVerdict(stack, asked, 'reject');
    await stack.setPolicy('a.yaml', policy('block'));
    const { body } = await stack.call('reviewer', 'GET', `/api/v1/actions/${asked.actionId}/explanation`);
    expect(explanationSchema.parse(body)).toMatchObject({
      judgement: { outcome: 'REQUIRE_APPROVAL', policyDigest: asked.policyDigest },
      recorded: { outcome: 'REQUIRE_APPROVAL', policyDigest: asked.policyDigest },
    });
    expect((await explain('reviewer', { action: remove })).judgement.outcome).toBe('BLOCK');
    await stack.setPolicy('a.yaml', policy('require_approval'));
    expect(await stack.call('reviewer', 'GET', '/api/v1/actions/act_nope/explanation')).toMatchObject({ status: 404 });
  });

  it('tries a candidate on what is on record, and changes nothing', async () => {
    const files = [{ path: 'a.yaml', text: policy('block') }];
    const before = await stack.call('admin', 'GET', '/api/v1/policy');
    const report = await simulate({ files });
    expect(report).toMatchObject({ baseline: 'current', changed: 1, approvalsADay: { before: 1, after: 0 } });
    expect(report.changes).toMatchObject([
      { type: 'delete_records', recorded: 'REQUIRE_APPROVAL', candidate: { outcome: 'BLOCK', rule: 'deletes' } },
    ]);
    expect(report.currentDigest).toBe(before.body['digest']);
    expect((await stack.call('admin', 'GET', '/api/v1/policy')).body).toEqual(before.body);
  });

  it('tries a candidate that is given by its canonical text, packs filled in', async () => {
    const { body: version } = await stack.call('reviewer', 'GET', `/api/v1/policy/versions/${await inForce()}`);
    expect(await simulate({ text: version['text'] })).toMatchObject({ changed: 0, candidateDigest: await inForce() });
  });

  it('refuses a candidate that is not sound, and names every problem', async () => {
    const broken = await stack.call('reviewer', 'POST', '/api/v1/policy/simulate', {
      files: [{ path: 'a.yaml', text: 'version: 1\nname: a\nrules:\n  - { id: a, effect: block }' }],
    });
    expect(broken).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect(JSON.stringify(broken.body['errors'])).toContain('a.yaml:4:5: rules[0].reason is missing');
    for (const body of [{}, { files: [], text: 'x' }]) {
      expect(await stack.call('reviewer', 'POST', '/api/v1/policy/simulate', body)).toMatchObject({ status: 400 });
    }
  });

  it('suggests from what happened', async () => {
    await ask(stack, 'frobnicate', { target: 'orders' });
    const { body } = await stack.call('reviewer', 'GET', '/api/v1/policy/suggestions?days=1');
    const { suggestions, policyDigest, file } = suggestionsSchema.parse(body);
    expect(policyDigest).toBe(await inForce());
    expect(suggestions).toContainEqual(expect.objectContaining({ kind: 'uncovered', type: 'frobnicate', count: 1 }));
    expect(suggestions).toContainEqual(expect.objectContaining({ kind: 'unused', rule: 'reads' }));
    expect(file).toContain('mode: shadow');
  });

  it('suggests rules for what the inventory knows and no rule covers', async () => {
    const capabilities = [{ name: 'reboot_printer', description: 'Turn the printer off and on again.' }];
    const source = { kind: 'tools', location: 'printers.json' };
    const imported = await stack.call('admin', 'POST', '/api/v1/inventory/imports', {
      server: 'office',
      source,
      capabilities,
    });
    expect(imported.status).toBe(200);
    const { body } = await stack.call('reviewer', 'GET', '/api/v1/policy/suggestions');
    expect(suggestionsSchema.parse(body).suggestions).toContainEqual(
      expect.objectContaining({ kind: 'uncovered', type: 'reboot_printer', targets: ['office'], count: 0 }),
    );
  });

  it.each([
    ['POST', '/api/v1/policy/simulate', { text: '{}' }],
    ['GET', '/api/v1/policy/suggestions', undefined],
  ])('is not for agents: %s %s', async (method, path, body) => {
    expect(await stack.call('agent', method, path, body)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  async function inForce(): Promise<string> {
    const { body } = await stack.call('reviewer', 'GET', '/api/v1/policy');
    return body['digest'] as string;
  }
});
