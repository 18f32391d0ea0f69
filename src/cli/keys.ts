import type { Command } from 'commander';
import { addChangeCommands } from './keys/change-commands.ts';
import { addCreateCommand } from './keys/create-command.ts';
import { addLookCommands } from './keys/look-commands.ts';
import { exitAsDocumented } from './run-command.ts';
import type { Terminal } from './terminal.ts';
import { processTerminal } from './terminal.ts';

/** `gatehouse keys`: who may ask and who may answer. Works on the store itself, so whoever can open it rules. */
export function addKeysCommand(program: Command, terminal: Terminal = processTerminal()): void {
  const keys = program
    .command('keys')
    .description('make, list, rotate and revoke keys, directly on the store of the settings');
  addCreateCommand(keys, terminal);
  addLookCommands(keys, terminal);
  addChangeCommands(keys, terminal);
  exitAsDocumented(keys, terminal);
}
