import { EXIT } from '../../../src/cli/exit-codes.ts';
import { spawnCli, stopSpawned } from '../../cli/support/spawn-cli.ts';
import type { Ran } from '../../cli/support/run-cli.ts';
import { makeAuthority, type Authority, type Identity } from '../support/authority.ts';
import { startMailServer, type MailServer, type MailServerOptions } from '../support/mail-server.ts';
import { noticesFile } from '../support/notices-file.ts';

/** Reaches this machine, and is no address of it alone: what holds between machines holds for it. */
const ELSEWHERE = '0.0.0.0';
const CREDENTIALS = { user: 'gatehouse', password: 'a password' };
const SENT = { code: 0, out: 'leads: sent.\n' };

let authority: Authority;
let identity: Identity;
let server: MailServer | undefined;

beforeAll(() => {
  authority = makeAuthority();
  identity = authority.issue(ELSEWHERE);
});
afterEach(async () => {
  await server?.close();
  server = undefined;
});
afterAll(stopSpawned);

/** Sends a mail by the command, in a process that trusts the authority as an operator makes it. */
async function send(
  options: MailServerOptions,
  { tls = 'starttls', host = ELSEWHERE, trusts = true }: { tls?: string; host?: string; trusts?: boolean } = {},
): Promise<{ ran: Ran; server: MailServer }> {
  server = await startMailServer({ host, asks: true, ...options });
  const file = noticesFile(
    `
version: 1
channels: { leads: { kind: email, to: [leads@example.com] } }
routes: [{ to: [leads] }]
smtp:
  { host: ${host}, port: ${String(server.port)}, tls: ${tls}, from: gatehouse@example.com, user: gatehouse, passwordFile: word }
`,
    { word: CREDENTIALS.password },
  );
  const trust = trusts ? { NODE_EXTRA_CA_CERTS: authority.certFile } : {};
  return { ran: await spawnCli(['notices', 'test', 'leads'], { GATEHOUSE_NOTICES: file, ...trust }).ended, server };
}

describe('a mail to a server on another machine', () => {
  it.each(['starttls', 'implicit'] as const)('goes by TLS, and so do user and password (%s)', async (tls) => {
    const { ran, server: taken } = await send({ identity, tls }, { tls });
    expect(ran).toMatchObject(SENT);
    expect(taken.credentials).toEqual([{ ...CREDENTIALS, byTls: true }]);
    expect(taken.mails.map(({ to }) => to)).toEqual([['leads@example.com']]);
  });

  it.each(['starttls', 'implicit'] as const)(
    'is not handed to one whose certificate nobody vouches for (%s)',
    async (tls) => {
      const { ran, server: refused } = await send({ identity, tls }, { tls, trusts: false });
      expect(ran).toMatchObject({ code: EXIT.unavailable, out: '' });
      expect(ran.err).toContain('leads: The mail server did not take it');
      expect([refused.credentials, refused.mails]).toEqual([[], []]);
    },
  );

  it.each(['starttls', 'implicit'] as const)(
    'is not handed to one whose certificate is for another name (%s)',
    async (tls) => {
      const { ran, server: refused } = await send({ identity: authority.issue('192.0.2.1'), tls }, { tls });
      expect(ran).toMatchObject({ code: EXIT.unavailable, out: '' });
      expect([refused.credentials, refused.mails]).toEqual([[], []]);
    },
  );

  it.each(['starttls', 'implicit'] as const)(
    'tells nothing to one that speaks no TLS, or out of which somebody on the way has taken it (%s)',
    async (tls) => {
      const { ran, server: refused } = await send({}, { tls });
      expect(ran).toMatchObject({ code: EXIT.unavailable, out: '' });
      expect([refused.credentials, refused.mails]).toEqual([[], []]);
    },
  );
});

describe('a mail to a server on this machine', () => {
  it('needs no TLS where there is none', async () => {
    const { ran, server: taken } = await send({}, { host: '127.0.0.1' });
    expect(ran).toMatchObject(SENT);
    expect(taken.credentials).toEqual([{ ...CREDENTIALS, byTls: false }]);
  });

  it('goes by TLS where there is some, to nobody but the one whom the certificate is for', async () => {
    const { ran, server: taken } = await send({ identity: authority.issue('127.0.0.1') }, { host: '127.0.0.1' });
    expect(ran).toMatchObject(SENT);
    expect(taken.credentials).toEqual([{ ...CREDENTIALS, byTls: true }]);
    await taken.close();
    const { ran: other, server: refused } = await send({ identity }, { host: '127.0.0.1' });
    expect(other.code).toBe(EXIT.unavailable);
    expect([refused.credentials, refused.mails]).toEqual([[], []]);
  });
});
