import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { explainShape } from '../policy/explain-shape.ts';
import { parseDuration } from '../policy/duration.ts';
import type { PolicyProblem } from '../policy/problem.ts';
import { compareProblems, formatProblem } from '../policy/problem.ts';
import { readYaml } from '../policy/read-yaml.ts';
import type { Path, SourceMap } from '../policy/source-map.ts';
import { isLoopback } from '../settings/loopback.ts';
import type { Channel, Flood, NoticesConfig, SlackConfig, SmtpConfig } from './config.ts';
import type { NoticesFile } from './config-schema.ts';
import { ALLOWED_KEYS, channelSchema, HINTS, noticesFileSchema, routeSchema } from './config-schema.ts';
import { readSecrets, type SecretPlaces } from './read-secrets.ts';

/** A message may be on its way for a day, and what it tells of must be there as long. */
const SHORTEST_KEPT_MS = 2 * 86_400_000;

/** The file of notices cannot be used. Carries every problem at once, in the order of the file. */
export class NoticesFileError extends Error {
  override readonly name = 'NoticesFileError';

  constructor(readonly problems: readonly PolicyProblem[]) {
    super(
      `The notices cannot be sent as GATEHOUSE_NOTICES says:\n${problems.map((one) => `  ${formatProblem(one)}`).join('\n')}`,
    );
  }
}

/**
 * Reads the file of channels and routes, and the secrets that it names.
 * @throws {NoticesFileError} with every problem at once, each with its line and how to mend it.
 */
export function loadNotices(file: string, env: NodeJS.ProcessEnv = process.env): NoticesConfig {
  const result = readNotices(file, env);
  if (Array.isArray(result)) throw new NoticesFileError([...result].sort(compareProblems));
  return result;
}

function readNotices(file: string, env: NodeJS.ProcessEnv): NoticesConfig | PolicyProblem[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const message = `the file cannot be read (${error instanceof Error ? error.message : String(error)})`;
    return [{ file, line: 1, column: 1, message, fix: 'correct GATEHOUSE_NOTICES, or unset it to tell nobody' }];
  }
  const yaml = readYaml({ path: file, text });
  if (!yaml.ok) return yaml.problems;
  const shape = noticesFileSchema.safeParse(yaml.raw);
  if (!shape.success) return explainShape(shape.error.issues, [], file, yaml.map, { allowedKeys, hints: HINTS });
  return new Reading(file, yaml.map, { env, folder: dirname(file) }).build(shape.data);
}

/** One reading of a file whose shape is right: what it refers to may still be missing. */
class Reading {
  readonly #problems: PolicyProblem[] = [];
  readonly #warnings: string[] = [];

  constructor(
    private readonly file: string,
    private readonly map: SourceMap,
    private readonly places: SecretPlaces,
  ) {}

  build(given: NoticesFile): NoticesConfig | PolicyProblem[] {
    const usual = floodOf(given.flood);
    const channels = new Map(
      Object.entries(given.channels).map(([name, channel]) => [name, this.#channel(name, channel, usual)] as const),
    );
    const uses = (kind: Channel['kind']) => [...channels.values()].some((channel) => channel.kind === kind);
    const slack = given.slack === undefined ? null : this.#slack(given.slack);
    const smtp = given.smtp === undefined ? null : this.#smtp(given.smtp);
    if (slack === null && uses('slack')) {
      this.#complain([], 'a channel of kind slack needs the part slack', 'name tokenEnv and signingSecretEnv there');
    }
    if (smtp === null && uses('email')) {
      this.#complain([], 'a channel of kind email needs the part smtp', 'name host and from there');
    }
    if (milliseconds(given.keepFor) < SHORTEST_KEPT_MS) {
      const fix = 'give at least 2d: a message is tried for one day';
      this.#complain(['keepFor'], `keepFor is ${given.keepFor}, which is too short`, fix);
    }
    given.routes.forEach(({ to }, at) => {
      to.forEach((name, index) => {
        if (channels.has(name)) return;
        const known = [...channels.keys()].join(', ');
        this.#complain(
          ['routes', at, 'to', index],
          `routes[${at}].to names ${name}, which is no channel`,
          `use ${known}`,
        );
      });
    });
    if (this.#problems.length > 0) return this.#problems;
    return {
      ...{ file: this.file, channels, slack, smtp, warnings: this.#warnings },
      routes: given.routes.map(({ match, to }) => ({ ...match, to })),
      remindersWithinMs: milliseconds(given.remindersWithin),
      keepForMs: milliseconds(given.keepFor),
    };
  }

  #channel(name: string, given: NoticesFile['channels'][string], usual: Flood): Channel {
    const { flood, includeArguments = false } = given;
    const ofEvery = { name, flood: flood === undefined ? usual : floodOf(flood), includeArguments };
    if (given.kind === 'slack') return { ...ofEvery, kind: given.kind, channel: given.channel };
    if (given.kind === 'email') return { ...ofEvery, kind: given.kind, to: [...new Set(given.to)] };
    const at = ['channels', name];
    const secrets = this.#secrets('secret', given, at);
    secrets.forEach((secret) => {
      if (isWebhookSecret(secret)) return;
      const fix = 'make one with: echo "whsec_$(openssl rand -base64 32)"';
      this.#complain(at, `channels.${name} has a secret that is not whsec_ and 24 to 64 bytes in base64`, fix);
    });
    const { protocol, hostname } = new URL(given.url);
    if (protocol === 'http:' && !isLoopback(hostname)) {
      this.#warnings.push(`${this.file}: the webhook ${name} is sent without TLS: use an https address.`);
    }
    return { ...ofEvery, kind: given.kind, url: given.url, secrets };
  }

  #slack(given: NonNullable<NoticesFile['slack']>): SlackConfig {
    const [token = ''] = this.#secrets('token', given, ['slack']);
    const signingSecrets = this.#secrets('signingSecret', given, ['slack']);
    const { apiUrl, people, signedInWithin } = given;
    return {
      ...{ token, signingSecrets, apiUrl: apiUrl.replace(/\/+$/, '') },
      people: new Map(Object.entries(people)),
      signedInWithinMs: milliseconds(signedInWithin),
    };
  }

  #smtp(given: NonNullable<NoticesFile['smtp']>): SmtpConfig {
    const { host, port, tls, from, user = null } = given;
    const password = user === null ? null : (this.#secrets('password', given, ['smtp'])[0] ?? null);
    return { host, port, tls, from, user, password };
  }

  #secrets(of: string, given: Readonly<Record<string, unknown>>, at: Path): string[] {
    const { secrets, missing } = readSecrets(of, given, this.places);
    for (const { key, says } of missing) {
      this.#complain([...at, key], `${[...at, key].join('.')} ${says}`, 'set it, or name another');
    }
    if (secrets.length + missing.length === 0) {
      const fix = `name the environment variable that holds it, with ${of}Env, or a file, with ${of}File`;
      this.#complain(at, `${at.join('.')} has no ${of}`, fix);
    }
    return secrets;
  }

  #complain(path: Path, message: string, fix: string): void {
    this.#problems.push({ file: this.file, ...this.map.value(path), message, fix });
  }
}

function isWebhookSecret(secret: string): boolean {
  const [, base64 = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  const bytes = Buffer.from(base64, 'base64').length;
  return bytes >= 24 && bytes <= 64;
}

function floodOf({ most, within }: NoticesFile['flood']): Flood {
  return { most, withinMs: milliseconds(within) };
}

function milliseconds(duration: string): number {
  return (parseDuration(duration) ?? 0) * 1000;
}

function allowedKeys(path: Path): string[] {
  const last = path.at(-1);
  if (last === undefined) return Object.keys(noticesFileSchema.shape);
  if (path.length === 2 && path[0] === 'channels') {
    const every = channelSchema.options.flatMap(({ shape }) => Object.keys(shape));
    return [...new Set(every)];
  }
  return typeof last === 'number' ? Object.keys(routeSchema.shape) : (ALLOWED_KEYS[last] ?? []);
}
