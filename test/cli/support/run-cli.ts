import { Command } from 'commander';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { addActionsCommand } from '../../../src/cli/actions.ts';
import { addApprovalsCommand } from '../../../src/cli/approvals.ts';
import { addAuditCommand } from '../../../src/cli/audit/index.ts';
import { addDoctorCommand } from '../../../src/cli/doctor.ts';
import { addGrantsCommand } from '../../../src/cli/grants.ts';
import { addGuardCommand } from '../../../src/cli/guard.ts';
import { addInventoryCommand } from '../../../src/cli/inventory.ts';
import { addKeysCommand } from '../../../src/cli/keys.ts';
import { addNoticesCommand } from '../../../src/cli/notices.ts';
import { addPayloadKeysCommand } from '../../../src/cli/payload-keys.ts';
import { addPolicyCommand } from '../../../src/cli/policy/index.ts';
import { addPrincipalsCommand } from '../../../src/cli/principals.ts';
import { addSignInLinkCommand } from '../../../src/cli/sign-in-link.ts';
import { addStopCommand } from '../../../src/cli/stop.ts';
import { addStoreCommand } from '../../../src/cli/store/index.ts';
import type { Input, Output, Terminal } from '../../../src/cli/terminal.ts';
import { addVerdictKeysCommand } from '../../../src/cli/verdict-keys.ts';
import { KEYS } from '../../api/support/running-app.ts';

export interface Ran {
  code: number;
  out: string;
  err: string;
}

export interface CliOptions {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** What standard input holds. */
  input?: string;
  /** A person at a terminal of that many columns, who answers with the input. */
  columns?: number;
}

class Exited extends Error {}

/** Runs one command line in this process, with outputs of its own. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<Ran> {
  let code = 0;
  const stdin: Input & PassThrough = new PassThrough();
  stdin.end(options.input ?? '');
  const stdout: Output & PassThrough = new PassThrough();
  const stderr: Output & PassThrough = new PassThrough();
  if (options.columns !== undefined) {
    for (const stream of [stdin, stdout, stderr]) Object.assign(stream, { isTTY: true, columns: options.columns });
  }
  const terminal: Terminal = {
    env: options.env ?? {},
    cwd: options.cwd ?? '/',
    stdin,
    stdout,
    stderr,
    setExitCode: (to) => (code = to),
    exit: (to) => {
      code = to;
      throw new Exited();
    },
    pollMs: 5,
  };
  const program = new Command('gatehouse');
  for (const add of [
    addGuardCommand,
    addActionsCommand,
    addApprovalsCommand,
    addGrantsCommand,
    addStopCommand,
    addKeysCommand,
    addPrincipalsCommand,
    addVerdictKeysCommand,
    addSignInLinkCommand,
    addNoticesCommand,
    addPayloadKeysCommand,
    addAuditCommand,
    addStoreCommand,
    addInventoryCommand,
    addPolicyCommand,
    addDoctorCommand,
  ]) {
    add(program, terminal);
  }
  try {
    await program.parseAsync(['node', 'gatehouse', ...args]);
  } catch (error) {
    if (!(error instanceof Exited)) throw error;
  }
  return { code, out: textOf(stdout), err: textOf(stderr) };
}

/** A folder as the first start leaves it, with the keys of the test server. */
export function dataFolderWithKeys(): string {
  const dir = mkdtempSync(join(tmpdir(), 'gatehouse-cli-'));
  writeFileSync(join(dir, 'keys.json'), JSON.stringify(KEYS), { mode: 0o600 });
  return dir;
}

function textOf(stream: PassThrough): string {
  const chunk = stream.read() as Buffer | null;
  return chunk?.toString() ?? '';
}
