import { createAdmission } from '../../src/api/admission.ts';
import { runApp, type RunningApp } from './support/running-app.ts';

const ACTION = { action: { type: 'read_word', target: 'anything', context: {} } };

describe('the rate of one caller', () => {
  let app: RunningApp;
  beforeAll(async () => {
    const admission = createAdmission({ maxInFlight: 100, queueRatio: 1 });
    app = await runApp({}, admission, { ratePerKey: 5 });
  });
  afterAll(() => app.server.close());

  it('is held with 429, when to come back, and nothing done; others go on', async () => {
    const flood = await Promise.all(
      Array.from({ length: 40 }, () => app.call('POST', '/api/v1/guard', { body: ACTION })),
    );
    const refused = flood.filter(({ status }) => status === 429);
    expect(flood.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(20);
    expect(refused.length).toBeGreaterThanOrEqual(20);
    for (const { json, headers } of refused) {
      expect(json).toMatchObject({ code: 'rate_limited', type: '/problems/rate_limited' });
      expect(headers.get('retry-after')).toBe('2');
    }
    expect((await app.call('GET', '/api/v1/actions', { key: 'reviewer' })).status).toBe(200);
  });

  it('is free again after its window, also when the clock of the machine was set back meanwhile', async () => {
    const ask = async () => (await app.call('POST', '/api/v1/guard', { body: ACTION })).status;
    while ((await ask()) !== 429);
    const right = Date.now;
    const now = jest.spyOn(Date, 'now').mockImplementation(() => right() - 3_600_000);
    try {
      while ((await ask()) !== 200);
    } finally {
      now.mockRestore();
    }
  });

  it('is not what strangers use up: who has no key is nobody', async () => {
    const strangers = Array.from({ length: 30 }, () =>
      app.call('GET', '/api/v1/actions', { key: null, headers: { authorization: 'Bearer wrong' } }),
    );
    for (const { status } of await Promise.all(strangers)) expect(status).toBe(401);
    expect((await app.call('GET', '/api/v1/actions', { key: 'admin' })).status).toBe(200);
  });
});
