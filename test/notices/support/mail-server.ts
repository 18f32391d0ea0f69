import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  to: string[];
  /** As it came over the wire. */
  raw: string;
  /** Its headers by lower-case name, unfolded. */
  headers: Record<string, string>;
  /** With the soft line breaks and the escapes of quoted-printable taken out. */
  body: string;
}

export interface MailServer {
  port: number;
  mails: ReceivedMail[];
  /** Every user and password that came in, and whether that was by TLS. */
  credentials: Credentials[];
  /** Resolves as soon as so many mails have come in. */
  count(many: number): Promise<ReceivedMail[]>;
  close(): Promise<void>;
}

export interface Credentials {
  user: string | undefined;
  password: string | undefined;
  byTls: boolean;
}

export interface MailServerOptions {
  /** Where it listens. */
  host?: string;
  /** What it proves itself by; without, it speaks no TLS. */
  identity?: { key: string; cert: string };
  /** Whether it speaks TLS from the first byte, or after STARTTLS. */
  tls?: 'starttls' | 'implicit';
  /** Whether it asks who sends, by TLS or not. */
  asks?: boolean;
}

/** A mail server on this machine. It knows every address but those that begin with `nobody`. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { host = '127.0.0.1', identity, tls = 'starttls', asks = false } = options;
  const mails: ReceivedMail[] = [];
  const credentials: Credentials[] = [];
  const events = new EventEmitter();
  const server = new SMTPServer({
    authOptional: !asks,
    allowInsecureAuth: true,
    secure: identity !== undefined && tls === 'implicit',
    disabledCommands: [...(identity === undefined ? ['STARTTLS'] : []), ...(asks ? [] : ['AUTH'])],
    ...identity,
    onAuth: ({ username: user, password }, { secure }, done) => {
      credentials.push({ user, password: password ?? undefined, byTls: secure });
      done(null, { user: user ?? '' });
    },
    onRcptTo: ({ address }, _session, done) => {
      if (!address.startsWith('nobody')) {
        done();
        return;
      }
      done(Object.assign(new Error('No such user here'), { responseCode: 550 }));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw, ...parsed(raw) });
        events.emit('mail');
        done();
      });
    },
  });
  // Whoever breaks a connection off is looked for on the side of the sender.
  server.on('error', () => undefined);
  server.listen(0, host);
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    ...{ mails, credentials },
    count: async (many) => {
      while (mails.length < many) await once(events, 'mail');
      return mails.slice(0, many);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
      }),
  };
}

function parsed(raw: string): Pick<ReceivedMail, 'headers' | 'body'> {
  const end = raw.indexOf('\r\n\r\n');
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  const bytes = raw
    .slice(end)
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return { headers: Object.fromEntries(headers), body: Buffer.from(bytes, 'latin1').toString('utf8') };
}
