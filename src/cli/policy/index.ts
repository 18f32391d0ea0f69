import type { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { processTerminal } from '../terminal.ts';
import { exitAsDocumented } from '../run-command.ts';
import { addActivateCommands } from './activate.ts';
import { addCheckCommand } from './check.ts';
import { addExplainCommand } from './explain.ts';
import { addSimulateCommand } from './simulate.ts';
import { addSuggestCommand } from './suggest.ts';
import { addTestCommand } from './test.ts';
import { addVersionCommands } from './versions.ts';

/** `gatehouse policy`: what one does with policy files before they are in force, and with what they did since. */
export function addPolicyCommand(program: Command, terminal: Terminal = processTerminal()): void {
  const policy = program.command('policy').description('check, test, explain, simulate and improve policy files');
  addCheckCommand(policy, terminal);
  addTestCommand(policy, terminal);
  addExplainCommand(policy, terminal);
  addSimulateCommand(policy, terminal);
  addSuggestCommand(policy, terminal);
  addVersionCommands(policy, terminal);
  addActivateCommands(policy, terminal);
  exitAsDocumented(policy, terminal);
}
