import { EXAMPLES } from '../../src/api/openapi/examples.ts';
import type { Ran } from './support/run-cli.ts';
import { dataFolderWithKeys, runCli } from './support/run-cli.ts';
import type { ScriptedGate } from './support/scripted-gate.ts';
import { startGate } from './support/scripted-gate.ts';

const dataDir = dataFolderWithKeys();
const { stopId } = EXAMPLES.StopView;

describe('gatehouse stop', () => {
  let gate: ScriptedGate;
  const run = (args: string[]): Promise<Ran> =>
    runCli(['stop', ...args], { env: { GATEHOUSE_URL: gate.url, GATEHOUSE_DATA: dataDir } });
  beforeEach(async () => {
    gate = await startGate();
  });
  afterEach(() => gate.close());

  it.each([
    [['everything'], 'stops       everything'],
    [['agent', 'cleanup-agent'], 'stops       the agent cleanup-agent'],
    [['team', 'ops'], 'stops       the team ops'],
    [['type', 'delete_records'], 'stops       the action type delete_records'],
    [['target', 'production_database'], 'stops       the target production_database'],
    [['server', 'github'], 'stops       the tool server github'],
  ])('stops %j at once, and says what became of it', async (args, says) => {
    const { out, code } = await run([...args, '--reason', 'it runs wild']);
    expect(code).toBe(0);
    expect(out).toContain(says);
    expect(out).toContain('reason      it runs wild');
    expect(out).toContain('ended       12 actions that had not run, and never will');
    expect(out).toContain('running     1 action that cannot be recalled');
    expect(out).toContain('left        0, counted anew');
    expect(out).toContain(`gatehouse stop lift ${stopId}`);
  });

  it('asks for a reason, and for the name of what is stopped', async () => {
    expect((await run(['everything'])).code).toBe(2);
    expect((await run(['agent', '--reason', 'why'])).code).toBe(2);
    expect((await run(['planet', 'earth', '--reason', 'why'])).code).toBe(2);
  });

  it('lists stops, and what one has met', async () => {
    expect((await run(['list', '--in-force'])).out).toMatch(/^stp_\S+ {2}in force {2}the agent cleanup-agent {2}12 /m);
    expect((await run(['actions', stopId])).out).toMatch(/^act_7Yk2mQ {2}held {2}cancelled {2}cleanup-agent /m);
    expect((await run(['show', stopId])).out).toContain('in force');
  });

  it('lifts one with a reason, and says that what it ended stays ended', async () => {
    expect((await run(['lift', stopId])).code).toBe(2);
    const { out, code } = await run(['lift', stopId, '--reason', 'it was mended']);
    expect([code, out]).toEqual([
      0,
      `${stopId} is lifted: the agent cleanup-agent may be asked for again. What it ended stays ended.\n`,
    ]);
  });

  it('says of one that is not there that it is not', async () => {
    const { err, code } = await run(['show', 'stp_none']);
    expect(code).toBe(1);
    expect(err).toContain('not_found');
  });
});
