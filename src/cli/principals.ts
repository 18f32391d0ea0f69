import type { Command } from 'commander';
import { addChangeCommands } from './principals/change-commands.ts';
import { addLookCommands } from './principals/look-commands.ts';
import { exitAsDocumented } from './run-command.ts';
import type { Terminal } from './terminal.ts';
import { processTerminal } from './terminal.ts';

/** `gatehouse principals`: who holds the keys. Works on the store itself, so whoever can open it rules. */
export function addPrincipalsCommand(program: Command, terminal: Terminal = processTerminal()): void {
  const principals = program
    .command('principals')
    .description('list, describe and disable agents, people and services, directly on the store of the settings');
  addLookCommands(principals, terminal);
  addChangeCommands(principals, terminal);
  exitAsDocumented(principals, terminal);
}
