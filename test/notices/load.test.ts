import { loadNotices, NoticesFileError } from '../../src/notices/load.ts';
import { noticesFile, webhookSecret } from './support/notices-file.ts';

const secret = webhookSecret();

function problemsOf(yaml: string, env: NodeJS.ProcessEnv = {}): string[] {
  try {
    loadNotices(noticesFile(yaml, { secret }), env);
    return [];
  } catch (error) {
    if (!(error instanceof NoticesFileError)) throw error;
    return error.problems.map(({ line, column, message, fix }) => `${line}:${column} ${message} (${fix})`);
  }
}

describe('the file of notices', () => {
  it('is read with its secrets, its limits and its routes', () => {
    const file = noticesFile(
      `
version: 1
channels:
  hook: { kind: webhook, url: 'https://example.com/hook', secretEnv: HOOK_SECRET, flood: { most: 3, within: 1m } }
  leads: { kind: email, to: [leads@example.com, leads@example.com] }
  ops: { kind: slack, channel: C0123456789 }
routes:
  - match: { groups: [leads], severity: [high, critical], kinds: [held] }
    to: [leads, ops]
  - to: [hook]
slack: { tokenEnv: SLACK_TOKEN, signingSecretFile: secret, people: { U0123456789: ann } }
smtp: { host: mail.example.com, from: gatehouse@example.com }
remindersWithin: 5m
`,
      { secret: 'a-signing-secret' },
    );
    const config = loadNotices(file, { HOOK_SECRET: secret, SLACK_TOKEN: 'xoxb-1' });
    expect(config.channels.get('hook')).toMatchObject({ secrets: [secret], flood: { most: 3, withinMs: 60_000 } });
    expect(config.channels.get('leads')).toMatchObject({ to: ['leads@example.com'], flood: { most: 20 } });
    expect(config.slack).toMatchObject({ token: 'xoxb-1', signingSecrets: ['a-signing-secret'] });
    expect(config.slack?.people.get('U0123456789')).toBe('ann');
    expect(config).toMatchObject({ remindersWithinMs: 300_000, warnings: [], smtp: { port: 587, tls: 'starttls' } });
  });

  it('names every problem at once, with its line and how to mend it', () => {
    const problems = problemsOf(`version: 2
channels:
  hook: { kind: webhook, url: 'ftp://example.com', secretFile: secret }
  mail: { kind: email, to: [], colour: red }
routes:
  - match: { severity: [huge] }
    to: [hook]
`);
    expect(problems).toEqual([
      '1:10 version must be 1 (write version: 1)',
      expect.stringMatching(/^3:31 channels\.hook\.url must be an http or https address/),
      expect.stringMatching(/^4:\d+ channels\.mail\.to must not be empty/),
      expect.stringMatching(/^4:\d+ channels\.mail\.colour is not known \(remove it, or use one of /),
      expect.stringMatching(/^6:\d+ routes\[0\]\.match\.severity\[0\] must be low, medium, high or critical/),
    ]);
  });

  it('names a secret that is missing, a channel that is not there, and a part that a channel needs', () => {
    const problems = problemsOf(`version: 1
channels:
  hook: { kind: webhook, url: 'https://example.com', secretEnv: NOT_SET }
  bare: { kind: webhook, url: 'https://example.com' }
  mail: { kind: email, to: [a@example.com] }
routes:
  - to: [nobody]
`);
    expect(problems).toEqual([
      expect.stringContaining('a channel of kind email needs the part smtp'),
      expect.stringMatching(/^3:65 channels\.hook\.secretEnv names NOT_SET, which is not set/),
      expect.stringContaining('channels.bare has no secret (name the environment variable'),
      expect.stringMatching(/^7:10 routes\[0\]\.to names nobody, which is no channel \(use hook, bare, mail\)/),
    ]);
  });

  it('repeats nothing of a secret that cannot be used', () => {
    const env = { WEAK: 'whsec_c2hvcnQ=' };
    const [problem = ''] = problemsOf(
      `
version: 1
channels: { hook: { kind: webhook, url: 'https://example.com', secretEnv: WEAK } }
routes: [{ to: [hook] }]
`,
      env,
    );
    expect(problem).toContain('is not whsec_ and 24 to 64 bytes in base64');
    expect(problem).not.toContain('c2hvcnQ');
  });

  it('warns of a webhook that crosses the network without TLS', () => {
    const yaml = `
version: 1
channels: { hook: { kind: webhook, url: 'http://hooks.example.com', secretFile: secret } }
routes: [{ to: [hook] }]
`;
    const { warnings } = loadNotices(noticesFile(yaml, { secret }));
    expect(warnings).toEqual([expect.stringContaining('the webhook hook is sent without TLS')]);
  });

  it('that is not there is refused with the name of the setting', () => {
    expect(() => loadNotices('/nowhere/notices.yaml')).toThrow('correct GATEHOUSE_NOTICES');
  });
});
