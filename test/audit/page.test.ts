import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EXAMPLES } from '../../src/api/openapi/examples.ts';
import { FINDING_CODES } from '../../src/audit/verify/finding.ts';

const page = readFileSync(path.join(__dirname, '../../docs/audit.md'), 'utf8');

/** Left out where one of the tools is not installed, as PostgreSQL is. */
const hasTools = ['jq', 'xxd', 'openssl', 'sha256sum'].every((tool) => spawnSync(tool, ['--help']).error === undefined);
const withTools: jest.It = hasTools ? it : it.skip;

describe('the page of the record', () => {
  withTools('works out by hand what it says that comes out', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-by-hand-'));
    const { AuditEntry: entry, Checkpoint: checkpoint, CheckpointList: list } = EXAMPLES;
    writeFileSync(path.join(folder, 'export.ndjson'), `${JSON.stringify(entry)}\n`);
    writeFileSync(path.join(folder, 'checkpoint.json'), `${JSON.stringify(checkpoint)}\n`);
    writeFileSync(path.join(folder, 'key.pem'), list.keys[0]!.publicKey);
    const steps = [...page.matchAll(/```bash\n([\s\S]*?)```\n(?:\n```\n([\s\S]*?)```)?/g)];
    expect(steps).toHaveLength(4);
    for (const [, commands = '', shown = ''] of steps) {
      expect(
        execFileSync('bash', ['--norc', '-euo', 'pipefail', '-c', commands], { cwd: folder, encoding: 'utf8' }),
      ).toBe(shown);
    }
    rmSync(folder, { recursive: true });
  });

  it('names every code of a finding', () => {
    expect(FINDING_CODES.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
  });
});
