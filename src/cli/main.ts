#!/usr/bin/env node
import { Command } from 'commander';
import { SettingsError } from '../settings.ts';
import { addActionsCommand } from './actions.ts';
import { addApiCommand } from './api.ts';
import { addApprovalsCommand } from './approvals.ts';
import { addAuditCommand } from './audit/index.ts';
import { addClassifyCommand } from './classify.ts';
import { addDecideCommand } from './decide.ts';
import { addDemoCommand } from './demo.ts';
import { addDoctorCommand } from './doctor.ts';
import { addGrantsCommand } from './grants.ts';
import { addGuardCommand } from './guard.ts';
import { addInventoryCommand } from './inventory.ts';
import { addKeysCommand } from './keys.ts';
import { addNoticesCommand } from './notices.ts';
import { addPayloadKeysCommand } from './payload-keys.ts';
import { addPolicyCommand } from './policy/index.ts';
import { addPrincipalsCommand } from './principals.ts';
import { exitAsDocumented } from './run-command.ts';
import { packageVersion } from './serve/paths.ts';
import { addSignInLinkCommand } from './sign-in-link.ts';
import { addStopCommand } from './stop.ts';
import { addStoreCommand } from './store/index.ts';
import { processTerminal } from './terminal.ts';
import { addUpCommand } from './up.ts';
import { addVerdictKeysCommand } from './verdict-keys.ts';
import { addWorkerCommand } from './worker.ts';

const program = new Command('gatehouse')
  .description('The execution control layer for AI agents.')
  .version(packageVersion())
  .showHelpAfterError();
addUpCommand(program);
addDemoCommand(program);
addApiCommand(program);
addWorkerCommand(program);
addGuardCommand(program);
addDecideCommand(program);
addClassifyCommand(program);
addActionsCommand(program);
addApprovalsCommand(program);
addGrantsCommand(program);
addPolicyCommand(program);
addInventoryCommand(program);
addNoticesCommand(program);
addStopCommand(program);
addKeysCommand(program);
addPrincipalsCommand(program);
addVerdictKeysCommand(program);
addSignInLinkCommand(program);
addPayloadKeysCommand(program);
addAuditCommand(program);
addStoreCommand(program);
addDoctorCommand(program);
exitAsDocumented(program, processTerminal());
// Whoever reads along may have seen enough, as in `| head`: no failure, and nothing more to say.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await program.parseAsync();
} catch (error) {
  const text = error instanceof SettingsError || !(error instanceof Error) ? String(error) : error.message;
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}
