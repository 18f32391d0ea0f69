import { EXAMPLES } from '../../src/api/openapi/examples.ts';
import type { Ran } from './support/run-cli.ts';
import { dataFolderWithKeys, runCli } from './support/run-cli.ts';
import type { ScriptedGate } from './support/scripted-gate.ts';
import { startGate } from './support/scripted-gate.ts';

const dataDir = dataFolderWithKeys();
const { grantId } = EXAMPLES.GrantView;

describe('gatehouse grants', () => {
  let gate: ScriptedGate;
  const run = (args: string[]): Promise<Ran> =>
    runCli(['grants', ...args], { env: { GATEHOUSE_URL: gate.url, GATEHOUSE_DATA: dataDir } });
  beforeEach(async () => {
    gate = await startGate();
  });
  afterEach(() => gate.close());

  it('lists them, with how often each was used', async () => {
    const { out, code } = await run(['list', '--live']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^grt_7Yk2mQ_1 {2}live {4}nightly clean-up {2}cleanup-agent {2}delete_records on production_database {2}1 of 20 /m,
    );
  });

  it('shows one: what it answers, for which arguments, and until when', async () => {
    const { out } = await run(['show', grantId]);
    expect(out).toContain('answers     what these rules ask: production-deletes');
    expect(out).toContain('needs       these among its arguments\n  arguments   1, complete\n  │ "table": "users"');
  });

  it('takes one back, with a reason, and says how often it was used', async () => {
    expect((await run(['revoke', grantId])).code).toBe(2);
    const { out, code } = await run(['revoke', grantId, '--reason', 'it is over']);
    expect([code, out]).toEqual([0, 'grt_7Yk2mQ_1 (nightly clean-up) is revoked; it was used 1 of 20 times.\n']);
    expect((await run(['list'])).out).toMatch(/^grt_7Yk2mQ_1 {2}revoked/m);
  });

  it('says of one that is not there that it is not', async () => {
    const { err, code } = await run(['show', 'grt_none']);
    expect(code).toBe(1);
    expect(err).toContain('not_found');
  });
});
