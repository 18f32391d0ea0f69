import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CliError, usageError } from './cli-error.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

export type KeyRole = 'agent' | 'reviewer' | 'admin';

/** Where the gate is, and the key to knock with. */
export interface Connection {
  /** Without a trailing slash. */
  url: string;
  key: string;
}

const DEFAULT_PORT = '4280';

/** Where the gate is and which key fits the command. Throws `CliError` that names both places of a missing key. */
export function connectionFor(terminal: Terminal, role: KeyRole, url?: string): Connection {
  return { url: gateUrl(terminal, url), key: gateKey(terminal, role) };
}

/** The address of the gate: the option, GATEHOUSE_URL, or this machine with GATEHOUSE_PORT. */
export function gateUrl(terminal: Terminal, option?: string): string {
  const given = option ?? setting(terminal, 'GATEHOUSE_URL');
  if (given !== undefined) return checkedUrl(given, option === undefined ? 'GATEHOUSE_URL' : '--url');
  const port = setting(terminal, 'GATEHOUSE_PORT') ?? DEFAULT_PORT;
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw usageError(
      `GATEHOUSE_PORT: ${JSON.stringify(port)} is not the port of a gate. Give the port it listens on, or its address with GATEHOUSE_URL.`,
    );
  }
  return `http://127.0.0.1:${port}`;
}

/** The data folder, which holds the development keys. */
export function dataFolder(terminal: Terminal): string {
  return resolve(terminal.cwd, setting(terminal, 'GATEHOUSE_DATA') ?? '.gatehouse');
}

// There is no option for the key: the arguments of a process can be read by every user of the machine.
function gateKey(terminal: Terminal, role: KeyRole): string {
  const file = join(dataFolder(terminal), 'keys.json');
  const key = setting(terminal, 'GATEHOUSE_API_KEY')?.trim() ?? keyOfFile(file, role);
  if (key === undefined) {
    throw new CliError(
      'no_key',
      `There is no ${role} key: set GATEHOUSE_API_KEY, or run where ${file} is ` +
        '(`npm start` makes it; GATEHOUSE_DATA names its folder).',
      EXIT.usage,
    );
  }
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  throw new CliError('no_key', 'GATEHOUSE_API_KEY or keys.json: a key has no spaces and only ASCII.', EXIT.usage);
}

function keyOfFile(file: string, role: KeyRole): string | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    const why = error instanceof Error ? error.message : String(error);
    throw new CliError('no_key', `${file} cannot be read (${why}): mend it, or set GATEHOUSE_API_KEY.`, EXIT.usage);
  }
  try {
    const keys: unknown = JSON.parse(text);
    const key: unknown =
      typeof keys === 'object' && keys !== null ? Object.entries(keys).find(([name]) => name === role)?.[1] : undefined;
    return typeof key === 'string' && key !== '' ? key : undefined;
  } catch {
    // The parser's message would repeat some of the key.
    throw new CliError('no_key', `${file} is not JSON: mend it, or set GATEHOUSE_API_KEY.`, EXIT.usage);
  }
}

function checkedUrl(text: string, from: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const web = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url === undefined || !web || url.username !== '' || url.password !== '' || /[?#]/.test(text)) {
    throw usageError(
      `${from}: give an http or https address without credentials, query or fragment, e.g. http://127.0.0.1:${DEFAULT_PORT}.`,
    );
  }
  return text.trim().replace(/\/+$/, '');
}

function setting({ env }: Terminal, name: string): string | undefined {
  const value = env[name];
  return value === undefined || value.trim() === '' ? undefined : value;
}
