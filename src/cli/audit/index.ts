import type { Command } from 'commander';
import { exitAsDocumented } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';
import { processTerminal } from '../terminal.ts';
import { addArchive } from './archive.ts';
import { addCheckpointCommand } from './checkpoint.ts';
import { addExportCommand } from './export.ts';
import { addPack } from './pack.ts';
import { addReconcile } from './reconcile.ts';
import { addRedactCommand } from './redact.ts';
import { addReport } from './report/index.ts';
import { addSearchCommand } from './search.ts';
import { addStory } from './story.ts';
import { addVerifyCommand } from './verify.ts';

/** `gatehouse audit`: the record. Works on the store itself, so whoever can open it may; docs/audit.md is its page. */
export function addAuditCommand(program: Command, terminal: Terminal = processTerminal()): void {
  const audit = program
    .command('audit')
    .description('the record: verify, search, export, sign, erase; compare with Temporal, archive, report');
  addVerifyCommand(audit, terminal);
  addSearchCommand(audit, terminal);
  addExportCommand(audit, terminal);
  addCheckpointCommand(audit, terminal);
  addRedactCommand(audit, terminal);
  addReconcile(audit, terminal);
  addStory(audit, terminal);
  addArchive(audit, terminal);
  addReport(audit, terminal);
  addPack(audit, terminal);
  exitAsDocumented(audit, terminal);
}
