import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { howToApprove, quote } from '../../src/demo/how-to-approve.ts';
import { loadState, saveState } from '../../src/demo/state.ts';

const folder = mkdtempSync(join(tmpdir(), "gatehouse demo's "));

describe('how to approve', () => {
  const keysFile = join(folder, 'keys.json');
  writeFileSync(keysFile, JSON.stringify({ reviewer: 'the-key' }));
  const ways = howToApprove({
    url: 'http://127.0.0.1:4280/',
    keysFile,
    approvalId: 'apr_1',
    actionDigest: 'sha256:abc',
    policyDigest: 'sha256:def',
    actionId: 'act_1',
    gatehouseCommand: 'npx gatehouse',
    temporal: { command: 'temporal', address: '127.0.0.1:7233', namespace: 'default' },
  });

  test('the curl command is what a shell turns into the whole request, the reviewer key included', () => {
    const shown = execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }; ${ways.curl}`], { encoding: 'utf8' });
    expect(shown.trim().split('\n')).toEqual([
      '-sS',
      '-X',
      'POST',
      'http://127.0.0.1:4280/api/v1/approvals/apr_1/verdict',
      '-H',
      'authorization: Bearer the-key',
      '-H',
      'content-type: application/json',
      '-d',
      '{"verdict":"approve","actionDigest":"sha256:abc","policyDigest":"sha256:def"}',
    ]);
  });

  test('the others name the approval or the workflow', () => {
    expect(ways.page).toBe('http://127.0.0.1:4280/console/approvals/apr_1');
    expect(ways.gatehouse).toBe('npx gatehouse approvals approve apr_1');
    expect(ways.temporal).toBe(
      'temporal workflow signal --address 127.0.0.1:7233 --namespace default --workflow-id act_1 --name approve',
    );
    expect(quote("it's")).toBe(`'it'\\''s'`);
  });
});

describe('what the demo remembers', () => {
  test('keys are saved before they are used and come back at the next start', () => {
    const path = join(folder, 'demo', 'state.json');
    const first = loadState(path);
    expect(loadState(path)).toEqual(first);
    saveState(path, { ...first, done: ['read'], ended: 'it succeeded' });
    expect(loadState(path)).toMatchObject({ keys: first.keys, done: ['read'], ended: 'it succeeded' });
  });

  test('a broken state names the file and the fix', () => {
    const path = join(folder, 'broken.json');
    writeFileSync(path, '{');
    expect(() => loadState(path)).toThrow(`${path} is not a state of the demo: delete it to play the demo anew`);
  });
});
