import type { Command } from 'commander';
import { exitAsDocumented } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';
import { processTerminal } from '../terminal.ts';
import { addBackup } from './backup.ts';
import { addMove } from './move.ts';
import { addRestore } from './restore.ts';

/** `gatehouse store`: the database with the record, as a whole. Works on the store of the settings. */
export function addStoreCommand(program: Command, terminal: Terminal = processTerminal()): void {
  const store = program.command('store').description('back up, restore and move the store of the settings');
  addBackup(store, terminal);
  addRestore(store, terminal);
  addMove(store, terminal);
  exitAsDocumented(store, terminal);
}
