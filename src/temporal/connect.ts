import { Connection } from '@temporalio/client';
import type { NativeConnectionOptions } from '@temporalio/worker';
import { setTimeout as delay } from 'node:timers/promises';
import { isLoopback } from '../settings.ts';
import type { PayloadSettings, TemporalTarget } from '../settings.ts';
import { dataConverters, type DataConverters } from './data-converter.ts';
import { codeOf } from './error-code.ts';

/** A Temporal server that answers, with what a client and a worker need to talk to it. */
export interface TemporalLink {
  connection: Connection;
  /** For `NativeConnection.connect`, which a worker opens itself. */
  nativeOptions: NativeConnectionOptions;
  address: string;
  namespace: string;
  /** How what is sent there is encrypted, if it is. */
  data: DataConverters;
  /** Where a person can look, when we know it. */
  uiUrl?: string;
}

/** The configured Temporal server does not answer, or not as it should. */
export class TemporalUnreachableError extends Error {
  override readonly name = 'TemporalUnreachableError';

  constructor(
    readonly address: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(
      `The Temporal server at ${address} cannot be used: ${reason}. Check that it runs and that TEMPORAL_ADDRESS, ` +
        'TEMPORAL_API_KEY and TEMPORAL_TLS_* fit it, or unset TEMPORAL_ADDRESS to have one started here.',
      options,
    );
  }
}

export type ServerTarget = Extract<TemporalTarget, { kind: 'server' }>;

export interface ConnectOptions {
  /** How long to go on trying, in ms; in compose files the server may come up after us. */
  boundMs?: number;
  uiUrl?: string;
  /** With which keys payloads are encrypted; in plain text without them. */
  payloads?: PayloadSettings | undefined;
  say?: (line: string) => void;
}

const BOUND_MS = 30_000;
const ATTEMPT_MS = 5_000;
const PAUSE_MS = 500;

/**
 * Connects to a server, trying again for a bounded time.
 * @throws {TemporalUnreachableError}
 */
export async function connectTemporal(target: ServerTarget, options: ConnectOptions = {}): Promise<TemporalLink> {
  const deadline = Date.now() + (options.boundMs ?? BOUND_MS);
  let told = false;
  for (;;) {
    try {
      const connection = await attempt(target, Math.max(1, Math.min(ATTEMPT_MS, deadline - Date.now())));
      return link(target, connection, options);
    } catch (error) {
      const reason = reasonOf(error);
      if (isFinal(error) || Date.now() + PAUSE_MS >= deadline) {
        throw new TemporalUnreachableError(target.address, reason, { cause: error });
      }
      if (!told) options.say?.(`Waiting for the Temporal server at ${target.address} (${reason}).`);
      told = true;
      await delay(PAUSE_MS);
    }
  }
}

/** The target for a server on this machine without TLS, such as the embedded one. */
export function localTarget(address: string, namespace: string): ServerTarget {
  return { kind: 'server', address, namespace, options: { address } };
}

async function attempt({ address, options }: ServerTarget, timeoutMs: number): Promise<Connection> {
  const { tls, apiKey, metadata } = options;
  return Connection.connect({
    address,
    connectTimeout: timeoutMs,
    ...(tls === undefined ? {} : { tls }),
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(metadata === undefined ? {} : { metadata }),
  });
}

function link(target: ServerTarget, connection: Connection, { uiUrl, payloads }: ConnectOptions): TemporalLink {
  const { address, namespace, options } = target;
  const host = address.replace(/:\d+$/, '');
  // Compressing costs CPU on both sides and saves nothing where no wire is.
  const nativeOptions = isLoopback(host) ? { ...options, grpcCompression: { codec: 'none' as const } } : options;
  const data = dataConverters(payloads, namespace);
  return { connection, nativeOptions, address, namespace, data, ...(uiUrl === undefined ? {} : { uiUrl }) };
}

// Wrong credentials do not become right by waiting.
const FINAL_CODES: readonly unknown[] = [7, 16];

function isFinal(error: unknown): boolean {
  return FINAL_CODES.includes(codeOf(error));
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'details' in error && typeof error.details === 'string' && error.details !== ''
    ? error.details
    : error.message;
}
