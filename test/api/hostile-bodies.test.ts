import { guardRequestSchema } from '@gatehouse/sdk/contract';
import fc from 'fast-check';
import { HOSTILE_BODIES, hostileBodies } from '../support/hostile-bodies.ts';
import type { Answer, RunningApp } from './support/running-app.ts';
import { runApp } from './support/running-app.ts';

const REFUSALS = new Set(['invalid_request', 'invalid_json', 'payload_too_large']);

describe('hostile bodies', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await runApp();
  });
  afterAll(() => app.server.close());
  beforeEach(() => app.gateway.calls.splice(0));

  const send = (path: string, bytes: Uint8Array<ArrayBuffer>): Promise<Answer> =>
    app.call('POST', path, { raw: bytes });

  it.each(HOSTILE_BODIES.map((body) => [body.name, body] as const))(
    '%s is refused and reaches nothing',
    async (_name, body) => {
      const answer = await send('/api/v1/guard', body.bytes);
      expect([400, 413]).toContain(answer.status);
      expect(REFUSALS).toContain(answer.json['code']);
      expect(app.gateway.calls).toEqual([]);
    },
  );

  it.each(['claim', 'outcome', 'cancel'])('none of them passes as a %s', async (verb) => {
    for (const { bytes } of HOSTILE_BODIES.filter(
      (each) => each.name !== 'nothing' && each.name !== 'an empty object',
    )) {
      const answer = await send(`/api/v1/actions/act_7Yk2mQ/${verb}`, bytes);
      expect(REFUSALS).toContain(answer.json['code']);
    }
    expect(app.gateway.calls).toEqual([]);
  });

  it('a thousand made at random never break the gate, and only what the schema holds reaches it', async () => {
    await fc.assert(
      fc.asyncProperty(hostileBodies(), async ({ bytes }) => {
        app.gateway.calls.splice(0);
        const answer = await send('/api/v1/guard', bytes);
        if (answer.status === 200) {
          expect(answer.json['decision']).not.toBe('ALLOW');
          const [request] = app.gateway.calls[0]?.input ?? [];
          expect(guardRequestSchema.parse(request)).toEqual(request);
        } else {
          expect(REFUSALS).toContain(answer.json['code']);
          expect(app.gateway.calls).toEqual([]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('the generator also makes requests that pass, so that what passes is looked at', async () => {
    const answers = await Promise.all(
      fc.sample(hostileBodies(), { numRuns: 300, seed: 7 }).map((each) => send('/api/v1/guard', each.bytes)),
    );
    expect(answers.some((answer) => answer.status === 200)).toBe(true);
  });
});
