import { createMeters } from '../../src/observability/meters.ts';
import { addRecordGauges } from '../../src/observability/record-gauges.ts';
import { WORD_POLICY } from '../support/policies.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ policy: { 'words.yaml': WORD_POLICY } });
});
afterAll(() => stack.stop());

it('says what is open and how old the oldest of it is, and asks the store once in a while only', async () => {
  let clock = Date.now();
  const { registry } = createMeters('test');
  addRecordGauges(registry, stack.core.store, () => clock);
  const read = async (name: string): Promise<number> => {
    const metric = await registry.getSingleMetric(name)?.get();
    return (metric?.values ?? []).reduce((sum, { value }) => sum + value, 0);
  };
  const action = { type: 'held_delete', target: 'db', context: {} };
  await stack.call('agent', 'POST', '/api/v1/guard', { action });
  clock = Date.now() + 60_000;
  expect(await read('gatehouse_pending_approvals')).toBe(1);
  expect(await read('gatehouse_actions_open')).toBe(1);
  expect(await read('gatehouse_pending_oldest_seconds')).toBeGreaterThanOrEqual(60);

  await stack.call('agent', 'POST', '/api/v1/guard', { action: { ...action, target: 'other' } });
  expect(await read('gatehouse_pending_approvals')).toBe(1);
  clock += 5_001;
  expect(await read('gatehouse_pending_approvals')).toBe(2);
});
