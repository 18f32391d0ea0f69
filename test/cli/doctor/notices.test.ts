import { checkNotices } from '../../../src/cli/doctor/notices.ts';
import { noticesFile, webhookSecret } from '../../notices/support/notices-file.ts';
import { runCli } from '../support/run-cli.ts';

const secret = webhookSecret();
const PUBLIC = 'https://gate.example.com';
const fileWith = (url: string): string =>
  noticesFile(
    `
version: 1
channels: { hook: { kind: webhook, url: '${url}', secretEnv: HOOK_SECRET } }
routes: [{ to: [hook] }]
`,
  );
const check = (notices: string | undefined, env: NodeJS.ProcessEnv = { HOOK_SECRET: secret }, publicUrl?: string) =>
  checkNotices(
    { ...(notices === undefined ? {} : { notices }), ...(publicUrl === undefined ? {} : { publicUrl }) },
    env,
  );

describe('the check of notices', () => {
  it('has nothing to say where nobody is told', () => {
    expect(check(undefined)).toEqual([]);
  });

  it('names the channels, and how to try one', () => {
    const file = fileWith('https://example.com/hook');
    expect(check(file, { HOOK_SECRET: secret }, PUBLIC)).toEqual([
      {
        name: 'notices',
        state: 'ok',
        says: `${file}, channels hook; try one with: gatehouse notices test CHANNEL`,
        fix: null,
      },
    ]);
  });

  it('warns of links that lead nowhere else, and of a webhook without TLS', () => {
    const found = check(fileWith('http://hooks.example.com'));
    expect(found.map(({ state }) => state)).toEqual(['ok', 'warn', 'warn']);
    expect(found[1]).toMatchObject({
      says: 'their links lead to this machine alone',
      fix: 'Set GATEHOUSE_PUBLIC_URL.',
    });
    expect(found[2]?.says).toContain('the webhook hook is sent without TLS');
  });

  it('fails every problem with its place and its fix, and repeats no secret', () => {
    const [first, ...more] = check(fileWith('https://example.com/hook'), { HOOK_SECRET: 'whsec_c2hvcnQ=' });
    expect(more).toEqual([]);
    expect(first).toMatchObject({ state: 'fail', fix: expect.stringMatching(/^make one with: /) });
    expect(first?.says).toMatch(/notices\.yaml:3:\d+: channels\.hook has a secret that is not/);
    expect(first?.says).not.toContain('c2hvcnQ');
    expect(check(fileWith('https://example.com/hook'), {})).toMatchObject([
      { state: 'fail', says: expect.stringContaining('names HOOK_SECRET, which is not set') },
    ]);
    expect(check('/nowhere/notices.yaml')).toMatchObject([
      { state: 'fail', fix: 'correct GATEHOUSE_NOTICES, or unset it to tell nobody.' },
    ]);
  });

  it('is a part of gatehouse doctor, which ends with 1 where it fails', async () => {
    const env = { PATH: process.env['PATH'], GATEHOUSE_URL: 'http://127.0.0.1:9', GATEHOUSE_NOTICES: '/nowhere.yaml' };
    const { code, out } = await runCli(['doctor', '--json'], { env });
    expect(code).toBe(1);
    const { checks } = JSON.parse(out) as { checks: { name: string; state: string }[] };
    expect(checks.filter(({ state }) => state === 'fail')).toMatchObject([{ name: 'notices' }]);
  });
});
