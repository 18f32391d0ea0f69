// The command as a process of its own, without what only a running stack needs.
import { Command } from 'commander';
import { addActionsCommand } from '../../../src/cli/actions.ts';
import { addGuardCommand } from '../../../src/cli/guard.ts';
import { addNoticesCommand } from '../../../src/cli/notices.ts';

const program = new Command('gatehouse');
addGuardCommand(program);
addActionsCommand(program);
addNoticesCommand(program);
await program.parseAsync();
