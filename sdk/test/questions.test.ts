import type { AgentQuestion } from '../src/index.ts';
import { InvalidUsageError } from '../src/index.ts';
import { approval, claimOf, granted, held, problem, settled, viewOf } from './support/answers.ts';
import { ScriptedGate } from './support/gate.ts';

const asked = (id: string, answer: string | null = null): AgentQuestion => ({
  id,
  by: 'rita',
  at: '2026-01-01T00:00:10.000Z',
  question: `What of ${id}?`,
  answer,
  answeredAt: answer === null ? null : '2026-01-01T00:00:20.000Z',
});
const pendingWith = (...questions: AgentQuestion[]) =>
  approval('pending', { progress: { ...approval('pending').progress, questions } });

describe('what reviewers ask the agent while its action is held', () => {
  const gate = new ScriptedGate();
  beforeAll(() => gate.start());
  beforeEach(() => {
    gate.reset();
    gate.on('POST /guard', { json: held() }).on('POST /actions/:id/outcome', { json: settled('succeeded') });
    gate.on('POST /approvals/:id/answers', ({ path }) => ({
      json: approval('pending', { approvalId: path.split('/')[2] ?? '' }),
    }));
  });
  afterAll(() => gate.stop());

  const answers = (): unknown[] => gate.calls('POST /approvals/:id/answers').map(({ body }) => body);

  it('is handed over once, and what is returned goes back as the answer', async () => {
    gate.on('GET /approvals/:id', (seen, nth) => {
      if (nth === 1) return { json: approval('pending') };
      if (nth < 5)
        return { json: pendingWith(asked('q1', nth === 2 ? null : 'yes'), ...(nth === 4 ? [asked('q2')] : [])) };
      return { json: approval('approved', { permit: granted(claimOf(seen)) }) };
    });
    const onQuestion = jest.fn(({ id }: AgentQuestion) => (id === 'q1' ? 'yes' : undefined));
    await expect(gate.client().guard('delete', 'db', {}, () => 'ran', { onQuestion })).resolves.toBe('ran');
    expect(onQuestion.mock.calls.map(([{ id, question }]) => [id, question])).toEqual([
      ['q1', 'What of q1?'],
      ['q2', 'What of q2?'],
    ]);
    expect(answers()).toEqual([{ questionId: 'q1', answer: 'yes' }]);
  });

  it('ends the wait of a look as soon as there is one more than were seen', async () => {
    gate.on('GET /approvals/:id', (seen, nth) => ({
      json: nth < 3 ? pendingWith(asked('q1')) : approval('approved', { permit: granted(claimOf(seen)) }),
    }));
    await gate.client().guard('delete', 'db', {}, () => 'ran', { onQuestion: () => undefined });
    const looks = gate.calls('GET /approvals/:id').map(({ query }) => query.get('questions'));
    expect(looks).toEqual(['0', '1', '1']);
  });

  it('is not asked for by an agent that answers nothing', async () => {
    gate.on('GET /approvals/:id', (seen, nth) => ({
      json: nth < 3 ? pendingWith(asked('q1')) : approval('approved', { permit: granted(claimOf(seen)) }),
    }));
    await gate.client().guard('delete', 'db', {}, () => 'ran');
    expect(gate.calls('GET /approvals/:id').every(({ query }) => !query.has('questions'))).toBe(true);
    expect(answers()).toEqual([]);
  });

  it.each(['already_resolved', 'not_found'] as const)(
    'may have been answered meanwhile: %s ends nothing',
    async (code) => {
      gate.on('POST /approvals/:id/answers', problem(code));
      gate.on('GET /approvals/:id', (seen, nth) => ({
        json: nth < 2 ? pendingWith(asked('q1')) : approval('approved', { permit: granted(claimOf(seen)) }),
      }));
      const options = { onQuestion: () => 'yes' };
      await expect(gate.client().guard('delete', 'db', {}, () => 'ran', options)).resolves.toBe('ran');
    },
  );

  it('F06 an agent that fails to answer runs nothing, and hears its own error', async () => {
    gate.on('GET /approvals/:id', { json: pendingWith(asked('q1')) });
    const fn = jest.fn();
    const onQuestion = () => Promise.reject(new Error('no idea'));
    await expect(gate.client().guard('delete', 'db', {}, fn, { onQuestion })).rejects.toThrow('no idea');
    expect(fn).not.toHaveBeenCalled();
  });

  it('reaches an agent whose action an executor runs, in each round', async () => {
    gate.on('POST /guard', { json: held({ mode: 'executor' }) });
    gate.on('GET /approvals/:id', (seen, nth) => {
      if (seen.path.endsWith('apr-1')) return { json: nth === 1 ? pendingWith(asked('q1')) : approval('approved') };
      const second = { approvalId: 'apr-2' };
      return nth === 3 ? { json: { ...pendingWith(asked('q1')), ...second } } : { json: approval('approved', second) };
    });
    gate.on('GET /actions/:id', (_, nth) =>
      nth === 1
        ? { json: viewOf(held({ mode: 'executor', approvalId: 'apr-2' })) }
        : { json: settled('succeeded', { result: 7 }) },
    );
    const seen: string[] = [];
    const onQuestion = ({ id }: AgentQuestion): string => `answer ${String(seen.push(id))}`;
    await expect(gate.client().run('delete', 'db', {}, { onQuestion })).resolves.toBe(7);
    expect(answers()).toEqual([
      { questionId: 'q1', answer: 'answer 1' },
      { questionId: 'q1', answer: 'answer 2' },
    ]);
  });

  it('needs a function', async () => {
    const options = { onQuestion: 'yes' } as never;
    await expect(gate.client().guard('delete', 'db', {}, jest.fn(), options)).rejects.toBeInstanceOf(InvalidUsageError);
  });
});

describe('an action that was approved and waits for its window', () => {
  const gate = new ScriptedGate();
  beforeAll(() => gate.start());
  beforeEach(() => gate.reset());
  afterAll(() => gate.stop());

  it('runs once the window is open, with the arguments that a reviewer put in', async () => {
    const edit = { by: 'rita', at: '2026-01-01T00:00:30.000Z', from: { limit: 500 }, fromDigest: 'sha256:asked' };
    const standing = { arguments: { limit: 5 }, edit };
    gate.on('POST /guard', { json: held() }).on('POST /actions/:id/outcome', { json: settled('succeeded') });
    gate.on('GET /approvals/:id', problem('not_permitted'));
    gate.on('GET /actions/:id', (_, nth) => ({
      json: viewOf(held({ ...standing, status: nth < 3 ? 'scheduled' : 'permitted' })),
    }));
    gate.on('POST /actions/:id/claim', (seen) => ({
      json: { ...held({ ...standing, status: 'claimed' }), permit: granted(claimOf(seen)) },
    }));
    const ran = await gate.client().guard('delete', 'db', { limit: 500 }, (args) => args);
    expect(ran).toEqual({ limit: 5 });
    expect(gate.calls('GET /actions/:id').at(1)?.query.get('wait')).toBe('25');
  });

  it('is pending to a caller that does not wait', async () => {
    gate.on('POST /guard', { json: held({ status: 'scheduled' }) });
    const fn = jest.fn();
    await expect(gate.client().guard('delete', 'db', {}, fn, { wait: false })).rejects.toMatchObject({
      code: 'action_pending',
      status: 'scheduled',
    });
    expect(fn).not.toHaveBeenCalled();
  });

  it('F06 whoever grants a permit before the window is no gate', async () => {
    gate.on('POST /guard', (seen) => ({
      json: { ...held({ status: 'scheduled' }), permit: granted(claimOf(seen)) },
    }));
    const fn = jest.fn();
    const client = gate.client({ retry: { attempts: 1 } });
    await expect(client.guard('delete', 'db', {}, fn)).rejects.toMatchObject({ reason: 'malformed_answer' });
    expect(fn).not.toHaveBeenCalled();
  });
});
