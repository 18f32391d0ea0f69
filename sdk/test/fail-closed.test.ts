import fc from 'fast-check';
import { guardAnswerSchema } from '../src/contract/index.ts';
import type { GuardAnswer } from '../src/index.ts';
import { GateUnavailableError } from '../src/index.ts';
import { allowed, approval, blocked, claimOf, granted, held, settled } from './support/answers.ts';
import type { Seen } from './support/gate.ts';
import { ScriptedGate } from './support/gate.ts';

type Loose = Record<string, unknown>;

const OTHER_CLAIM = '5b2d3c4e-0000-4000-8000-000000000000';
const FIELDS = Object.keys(guardAnswerSchema.shape);
/** What no gate leaves out. The rest says more of a decision than gates of before did, and never what it is. */
const NEEDED = Object.entries(guardAnswerSchema.shape).flatMap(([field, schema]) =>
  schema.safeParse(undefined).success ? [] : [field],
);

/** An answer that would run, changed in one way. */
const MUTATIONS: [string, (answer: GuardAnswer, seen: Seen) => unknown][] = [
  ...NEEDED.map((field): [string, (answer: GuardAnswer) => unknown] => [
    `without ${field}`,
    (answer) => Object.fromEntries(Object.entries(answer).filter(([key]) => key !== field)),
  ]),
  ...FIELDS.map((field): [string, (answer: GuardAnswer) => unknown] => [
    `with ${field} of another type`,
    (answer) => ({ ...answer, [field]: field === 'arguments' ? 7 : { wrong: true } }),
  ]),
  ...['allow', 'Allow', 'ALLOWED', 'ALLOW ', 'OK', 'APPROVED', '', true, null].map(
    (word): [string, (answer: GuardAnswer) => unknown] => [
      `with the decision word ${JSON.stringify(word)}`,
      (answer) => ({ ...answer, decision: word }),
    ],
  ),
  ['that blocks and grants', (answer) => ({ ...answer, decision: 'BLOCK' })],
  ['that blocks and grants in one word', (answer) => ({ ...answer, decision: 'BLOCK', status: 'blocked' })],
  ['that must be approved and names no approval', (answer) => ({ ...answer, decision: 'REQUIRE_APPROVAL' })],
  ['that is held and grants', (answer) => ({ ...answer, status: 'held', approvalId: 'apr-1' })],
  ['that nobody has claimed and grants', (answer) => ({ ...answer, status: 'permitted' })],
  ['of an unknown status', (answer) => ({ ...answer, status: 'ready' })],
  ['for an executor', (answer) => ({ ...answer, mode: 'executor' })],
  ['without an id', (answer) => ({ ...answer, actionId: '' })],
  ['with an id that is a path', (answer) => ({ ...answer, actionId: '..' })],
  ['without a permit', (answer) => ({ ...answer, permit: null })],
  ['with an empty permit', (answer) => ({ ...answer, permit: {} })],
  [
    'with a permit that is granted in a word',
    (answer) => ({ ...answer, permit: { ...answer.permit, granted: 'true' } }),
  ],
  ['with a permit of nobody', (answer) => ({ ...answer, permit: { ...answer.permit, claimId: null } })],
  ['with a permit of another claim', (answer) => ({ ...answer, permit: granted(OTHER_CLAIM) })],
  ['in a list', (answer) => [answer]],
  ['in an envelope', (answer) => ({ data: answer })],
  ['as a string', (answer) => JSON.stringify(answer)],
];

describe('a gate that cannot be understood', () => {
  const gate = new ScriptedGate();
  const fn = jest.fn();
  /** Long enough for an answer on a busy machine; what stays pending needs less of it. */
  const guard = (wait = 5_000): Promise<unknown> =>
    gate
      .client({ retry: { attempts: 1 }, onWarning: () => undefined })
      .guard('delete', 'db', {}, fn, { wait })
      .catch((error: unknown) => error);

  beforeAll(() => gate.start());
  beforeEach(() => {
    gate.reset();
    fn.mockReset();
    gate.on('POST /actions/:id/outcome', { json: settled('succeeded') });
  });
  afterAll(() => gate.stop());

  it.each(MUTATIONS)('F06 an answer %s is unavailable and has no effect', async (_, mutate) => {
    gate.on('POST /guard', (seen) => ({ json: mutate(allowed(seen), seen) }));
    const error = await guard();
    expect(error).toBeInstanceOf(GateUnavailableError);
    expect(error).toMatchObject({ code: 'gate_unavailable', reason: 'malformed_answer', retryable: true });
    expect(fn).toHaveBeenCalledTimes(0);
  });

  it.each([
    ['HTML', { text: '<html>ALLOW</html>' }],
    ['JSON cut short', { text: '{"decision":"ALLOW"', headers: { 'content-type': 'application/json' } }],
    ['an empty body', { text: '', headers: { 'content-type': 'application/json' } }],
    ['a redirect', { status: 307, text: '', headers: { location: '/elsewhere' } }],
    ['a page for a wrong address', { status: 404, text: '<h1>Not found</h1>' }],
    [
      'a problem made for another status',
      { status: 403, json: { type: 'x', title: 'x', status: 503, detail: 'x', code: 'unavailable' } },
    ],
  ])('F06 %s is unavailable and has no effect', async (_, reply) => {
    gate.on('POST /guard', reply);
    expect(await guard()).toMatchObject({ code: 'gate_unavailable', reason: 'malformed_answer' });
    expect(fn).toHaveBeenCalledTimes(0);
  });

  it('F06 an ALLOW that is not called JSON is unavailable and has no effect', async () => {
    gate.on('POST /guard', (seen) => ({ text: JSON.stringify(allowed(seen)) }));
    expect(await guard()).toMatchObject({ code: 'gate_unavailable' });
    expect(fn).toHaveBeenCalledTimes(0);
  });

  it.each([
    ['of another approval', { approvalId: 'apr-9' }],
    ['of an unknown status', { status: 'yes' }],
    ['without arguments', { arguments: undefined }],
    ['with a permit in a word', { permit: 'granted' }],
  ])('F06 an approved approval %s is unavailable and has no effect', async (_, over: Loose) => {
    gate.on('POST /guard', { json: held() });
    gate.on('GET /approvals/:id', (seen) => ({
      json: { ...approval('approved', { permit: granted(claimOf(seen)) }), ...over },
    }));
    expect(await guard()).toMatchObject({ code: 'gate_unavailable', reason: 'malformed_answer' });
    expect(fn).toHaveBeenCalledTimes(0);
  });

  it('F06 a pending approval that grants a permit has no effect', async () => {
    gate.on('POST /guard', { json: held() });
    gate.on('GET /approvals/:id', (seen) => ({ json: approval('pending', { permit: granted(claimOf(seen)) }) }));
    expect(await guard(20)).toMatchObject({ code: 'action_pending' });
    expect(fn).toHaveBeenCalledTimes(0);
  });

  it('I1 nothing but a well-formed grant to this very claim ever runs the function', async () => {
    const value = fc.oneof(
      fc.constantFrom(
        'ALLOW',
        'BLOCK',
        'REQUIRE_APPROVAL',
        'claimed',
        'permitted',
        'held',
        'blocked',
        'permit',
        '$CLAIM',
        null,
      ),
      fc.constantFrom(
        true,
        { granted: true, claimId: '$CLAIM', leaseUntil: null },
        { granted: true, claimId: OTHER_CLAIM },
        {},
      ),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const changes = fc.dictionary(fc.constantFrom(...FIELDS), value, { maxKeys: 2 });
    const body = fc.oneof(
      changes.map((over): Loose => ({ ...template(), ...over })),
      changes.map((over): Loose => ({ ...blocked(), permit: template().permit, ...over })),
      fc.jsonValue(),
    );
    const status = fc.oneof({ weight: 3, arbitrary: fc.constant(200) }, fc.integer({ min: 200, max: 599 }));
    const contentType = fc.constantFrom(
      'application/json',
      'application/json',
      'application/problem+json',
      'text/html',
    );

    let ran = 0;
    await fc.assert(
      fc.asyncProperty(body, status, contentType, async (json, code, type) => {
        let sent: unknown;
        let claim = '';
        gate.reset();
        gate.on('POST /actions/:id/outcome', { json: settled('succeeded') });
        gate.on('POST /guard', (seen) => {
          claim = claimOf(seen);
          const text = JSON.stringify(json).replaceAll('$CLAIM', claim);
          sent = JSON.parse(text);
          return { status: code, text, headers: { 'content-type': type } };
        });
        fn.mockReset();
        await guard(20);
        if (fn.mock.calls.length === 0) return;
        ran += 1;
        const answer = guardAnswerSchema.parse(sent);
        expect(code).toBeLessThan(300);
        expect(type).toContain('json');
        expect(answer).toMatchObject({ status: 'claimed', mode: 'permit', permit: { granted: true, claimId: claim } });
        expect(answer.decision).not.toBe('BLOCK');
      }),
      { numRuns: 400 },
    );
    // The property means something only if the well-formed ones did run.
    expect(ran).toBeGreaterThan(10);
  });
});

function template(): Loose & { permit: unknown } {
  const asked: Seen = {
    method: 'POST',
    path: '/guard',
    query: new URLSearchParams(),
    headers: {},
    body: { claim: '$CLAIM' },
  };
  return { ...allowed(asked) };
}
