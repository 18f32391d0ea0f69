import type { Command } from 'commander';
import { addAcceptCommand } from './inventory/accept-command.ts';
import { addImportCommand } from './inventory/import-command.ts';
import { addLookCommands } from './inventory/look-commands.ts';
import { exitAsDocumented } from './run-command.ts';
import type { Terminal } from './terminal.ts';
import { processTerminal } from './terminal.ts';

/** `gatehouse inventory`: what agents are able to do, where it comes from, and whether somebody has looked at it. */
export function addInventoryCommand(program: Command, terminal: Terminal = processTerminal()): void {
  const inventory = program.command('inventory').description('what agents are able to do, and what changed of it');
  addImportCommand(inventory, terminal);
  addLookCommands(inventory, terminal);
  addAcceptCommand(inventory, terminal);
  exitAsDocumented(inventory, terminal);
}
