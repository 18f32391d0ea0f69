import { isLoopback } from '../../settings/loopback.ts';
import type { SmtpConfig } from '../config.ts';
import { SendError } from '../send-error.ts';
import type { Mail } from './mail.ts';

const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;

/**
 * Hands a mail to the mail server. Between machines the connection is encrypted and the server's certificate is checked, or
 * nothing is sent. Throws `SendError`; a recipient that the server refuses for good is final.
 */
export async function sendMail(smtp: SmtpConfig, to: string, mail: Mail): Promise<void> {
  // Only the worker of an installation that sends mails needs it.
  const { createTransport } = await import('nodemailer');
  const { host, port, tls, from, user, password } = smtp;
  const transport = createTransport({
    ...{ host, port, secure: tls === 'implicit', requireTLS: tls === 'starttls' && !isLoopback(host) },
    ...(user === null ? {} : { auth: { user, pass: password ?? '' } }),
    ...{ connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  try {
    await transport.sendMail({
      from: { name: 'Gatehouse', address: from },
      to: { name: '', address: to },
      ...{ subject: mail.subject, text: mail.text, html: mail.html, messageId: mail.messageId },
      ...(mail.thread === null ? {} : { inReplyTo: mail.thread, references: mail.thread }),
      // So that nobody's holiday answers it.
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  } catch (error) {
    throw toSendError(error);
  } finally {
    transport.close();
  }
}

function toSendError(error: unknown): SendError {
  const { code, responseCode } = (error ?? {}) as { code?: unknown; responseCode?: unknown };
  const reply = typeof responseCode === 'number' ? `, reply ${String(responseCode)}` : '';
  const named = typeof code === 'string' ? code : 'unknown';
  // A greylisted recipient is welcome later, one that does not exist is not.
  const isFinal =
    (named === 'EENVELOPE' || named === 'EMESSAGE') && typeof responseCode === 'number' && responseCode >= 500;
  return new SendError(`The mail server did not take it (${named}${reply})`, isFinal, null, { cause: error });
}
