import { severitySchema } from '@gatehouse/sdk/contract';
import { z } from 'zod';
import { NOTICE_KINDS } from '../audit/notice-kinds.ts';
import { durationSchema } from '../policy/duration.ts';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, { error: 'must be lower-case letters, digits and -' });
const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'must be the name of an environment variable' });
const path = z.string().min(1);
/** A secret is never in the file itself: what is there names where it is. */
const oneOrMore = <Item extends z.ZodType>(item: Item) => z.union([item, z.array(item).min(1).max(5)]);
const webAddress = z.string().refine(isWebAddress, { error: 'must be an http or https address without credentials' });
const mailAddress = z
  .string()
  .regex(/^[^\s<>@,;"]{1,64}@[A-Za-z0-9.-]{1,253}$/, { error: 'must be a mail address alone, without a name' });

/** More than `most` messages to one address within the time, and what comes after is gathered into one. */
export const floodSchema = z.strictObject({ most: z.int().min(1).max(1000), within: durationSchema });

const ofEvery = { flood: floodSchema.optional(), includeArguments: z.boolean().optional() };

export const webhookSchema = z.strictObject({
  kind: z.literal('webhook'),
  url: webAddress,
  secretEnv: oneOrMore(variable).optional(),
  secretFile: oneOrMore(path).optional(),
  ...ofEvery,
});
export const slackChannelSchema = z.strictObject({
  kind: z.literal('slack'),
  channel: z.string().regex(/^[CGD][A-Z0-9]{2,30}$/, { error: 'must be the id of a channel such as C0123456789' }),
  ...ofEvery,
});
export const emailChannelSchema = z.strictObject({
  kind: z.literal('email'),
  to: z.array(mailAddress).min(1).max(50),
  ...ofEvery,
});
export const channelSchema = z.discriminatedUnion('kind', [webhookSchema, slackChannelSchema, emailChannelSchema]);

export const slackSchema = z.strictObject({
  tokenEnv: variable.optional(),
  tokenFile: path.optional(),
  signingSecretEnv: oneOrMore(variable).optional(),
  signingSecretFile: oneOrMore(path).optional(),
  apiUrl: webAddress.default('https://slack.com/api'),
  /** Whose word a Slack user's is: their id there, and the principal here. */
  people: z
    .record(z.string().regex(/^[UW][A-Z0-9]{2,30}$/, { error: 'must be the id of a Slack user' }), z.string().min(1))
    .default({}),
  /** So long after they signed in by the provider its people can answer from Slack: as long as a session lasts. */
  signedInWithin: durationSchema.default('8h'),
});

export const smtpSchema = z.strictObject({
  host: z.string().min(1),
  port: z.int().min(1).max(65_535).default(587),
  /** starttls must succeed where the server is on another machine; implicit speaks TLS from the first byte. */
  tls: z.enum(['starttls', 'implicit']).default('starttls'),
  from: mailAddress,
  user: z.string().min(1).optional(),
  passwordEnv: variable.optional(),
  passwordFile: path.optional(),
});

const matchSchema = z.strictObject({
  kinds: z.array(z.enum(NOTICE_KINDS)).min(1).optional(),
  groups: z.array(z.string().min(1)).min(1).optional(),
  severity: z.array(severitySchema).min(1).optional(),
});
export const routeSchema = z.strictObject({ match: matchSchema.default({}), to: z.array(name).min(1) });

/** The file that GATEHOUSE_NOTICES names. */
export const noticesFileSchema = z.strictObject({
  version: z.literal(1),
  channels: z.record(name, channelSchema),
  routes: z.array(routeSchema).min(1),
  slack: slackSchema.optional(),
  smtp: smtpSchema.optional(),
  flood: floodSchema.default({ most: 20, within: '10m' }),
  /** Reminders of so long a time come in one message. */
  remindersWithin: durationSchema.default('1m'),
  /** How long it is kept how far each message has come, once that is over. */
  keepFor: durationSchema.default('90d'),
});
export type NoticesFile = z.infer<typeof noticesFileSchema>;
export type Route = z.infer<typeof routeSchema>;

/** What may stand at a place, by the last key of its path. */
export const ALLOWED_KEYS: Readonly<Record<string, string[]>> = {
  slack: Object.keys(slackSchema.shape),
  smtp: Object.keys(smtpSchema.shape),
  match: Object.keys(matchSchema.shape),
  flood: Object.keys(floodSchema.shape),
};

/** How to mend a key. */
export const HINTS: Readonly<Record<string, string>> = {
  version: 'write version: 1',
  channels: 'write e.g. payments: { kind: email, to: [payments@example.com] }',
  kind: 'use webhook, slack or email',
  url: 'give the address to post to, e.g. https://example.com/hooks/gatehouse',
  channel: 'copy the id from the details of the channel in Slack',
  to: 'write a list, e.g. [payments]',
  routes: 'write e.g. - to: [payments]',
  kinds: `use any of ${NOTICE_KINDS.join(', ')}`,
  severity: 'use any of low, medium, high, critical',
  groups: 'write a list of groups of reviewers',
  secretEnv: 'name the variable that holds the secret, or several while it changes',
  secretFile: 'name the file that holds the secret, or several while it changes',
  tokenEnv: 'name the variable that holds the bot token',
  signingSecretEnv: 'name the variable that holds the signing secret of the app',
  passwordEnv: 'name the variable that holds the password',
  apiUrl: 'leave it out, or give the address of the API of your Slack',
  people: 'write e.g. U0123456789: ann',
  signedInWithin: 'use a whole number and s, m, h or d, such as 8h',
  flood: 'write e.g. { most: 20, within: 10m }',
  most: 'give a whole number from 1 to 1000',
  within: 'use a whole number and s, m, h or d, such as 10m',
  remindersWithin: 'use a whole number and s, m, h or d, such as 1m',
  keepFor: 'use a whole number of days and d, such as 90d; at least 2d',
  from: 'give the address that mails come from, e.g. gatehouse@example.com',
  host: 'name the mail server',
  port: 'give a port from 1 to 65535; the default is 587',
  tls: 'use starttls or implicit',
  includeArguments: 'use true or false; false where it is left out',
};

function isWebAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}
