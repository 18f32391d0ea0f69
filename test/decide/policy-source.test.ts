import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PolicyInForce } from '../../src/decide/judge.ts';
import { openPolicySource } from '../../src/decide/policy-source.ts';
import type { PolicyProblem } from '../../src/policy/index.ts';

let dir: string;
let source: ReturnType<typeof openPolicySource> | undefined;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'gatehouse-policy-'))));
afterEach(() => {
  source?.close();
  rmSync(dir, { recursive: true });
});

const policy = (effect: string): string =>
  `version: 1\nname: t\nrules: [{ id: a, reason: r, match: { action: x }, effect: ${effect} }]\n`;
const put = (text: string, name = 'a.yaml'): void => writeFileSync(join(dir, name), text);

/** Opens the source; `next()` resolves at its next change. */
function open() {
  const waiting: ((change: { inForce: PolicyInForce; problems: readonly PolicyProblem[] }) => void)[] = [];
  source = openPolicySource(dir, {
    onChange: (inForce, problems) => waiting.splice(0).forEach((tell) => tell({ inForce, problems })),
  });
  const next = () =>
    new Promise<{ inForce: PolicyInForce; problems: readonly PolicyProblem[] }>((tell) => waiting.push(tell));
  return { source, next };
}

test('a changed file is in force without a restart, also when an editor replaces it by renaming', async () => {
  put(policy('allow'));
  const { source, next } = open();
  const first = source.current();
  expect(first).toMatchObject({ ok: true, policy: { rules: [{ effect: 'allow' }] } });
  let change = next();
  put(policy('block'));
  expect((await change).inForce).toMatchObject({ ok: true, policy: { rules: [{ effect: 'block' }] } });
  change = next();
  put(policy('require_approval'), 'a.yaml.tmp');
  renameSync(join(dir, 'a.yaml.tmp'), join(dir, 'a.yaml'));
  expect((await change).inForce).toMatchObject({ ok: true, policy: { rules: [{ effect: 'require_approval' }] } });
  change = next();
  put(policy('block').replace('id: a', 'id: b'), 'b.yaml');
  expect((await change).inForce).toMatchObject({ ok: true, policy: { rules: [{ id: 'b' }, { id: 'a' }] } });
});

test('a broken file is reported in full, and the last sound policy stays in force', async () => {
  put(policy('block'));
  const { source, next } = open();
  const sound = source.current();
  const change = next();
  put('version: 3\nname: t\ncolour: red\n');
  const { inForce, problems } = await change;
  expect(inForce).toBe(sound);
  expect(problems.map((problem) => problem.line)).toEqual([1, 3]);
  put(policy('allow'));
  expect(source.reload()).toMatchObject({ ok: true, policy: { rules: [{ effect: 'allow' }] } });
  expect(source.problems()).toEqual([]);
});

test('a policy whose files were all removed stays in force, and that is reported', () => {
  put(policy('block'));
  const { source } = open();
  rmSync(join(dir, 'a.yaml'));
  expect(source.reload()).toMatchObject({ ok: true });
  expect(source.problems()).toMatchObject([{ message: 'there is no policy file here' }]);
});

test('broken from the start: everything is refused with the reason, until it is mended', () => {
  put('nonsense');
  const { source } = open();
  expect(source.current()).toMatchObject({
    ok: false,
    digest: 'none',
    reason: expect.stringContaining('a.yaml:1:1') as string,
  });
  put(policy('block'));
  expect(source.reload()).toMatchObject({ ok: true });
});
