// The command as a process of its own, without what only a running stack needs.
import { Command } from 'commander';
import { addActionsCommand } from '../../../src/cli/actions.ts';
import { addGuardCommand } from '../../../src/cli/guard.ts';

const program = new Command('gatehouse');
addGuardCommand(program);
addActionsCommand(program);
await program.parseAsync();
