import type { Outcome } from '@gatehouse/sdk/contract';
import { Option, type Command } from 'commander';
import { EVENT_KINDS, type EventKind } from '../../audit/events.ts';
import type { EntryFilter } from '../../store/search.ts';
import { usageError } from '../cli-error.ts';
import { momentOf } from './times.ts';

export interface FilterOptions {
  from?: string;
  to?: string;
  agent?: string;
  action?: string;
  kind?: EventKind;
  outcome?: Outcome;
}

/** Adds the options that say which entries of the record are meant. */
export function withFilter(command: Command): Command {
  return command
    .option('--from <time>', 'entries of this moment and later, e.g. 2026-11-01 or 30d')
    .option('--to <time>', 'entries before this moment')
    .option('--agent <agent>', 'entries of what this agent asked for')
    .option('--action <id>', 'entries of this action')
    .addOption(new Option('--kind <kind>', 'entries of this kind').choices(EVENT_KINDS))
    .addOption(
      new Option('--outcome <outcome>', 'entries of actions that were decided so').choices([
        'ALLOW',
        'REQUIRE_APPROVAL',
        'BLOCK',
      ]),
    );
}

/** The filter that the options name. Throws `CliError` `usage` for a time that is none. */
export function filterFrom({ from, to, agent, action, kind, outcome }: FilterOptions): EntryFilter {
  return { from: timeOf('--from', from), to: timeOf('--to', to), agent, action, kind, outcome };
}

function timeOf(option: string, text: string | undefined): number | undefined {
  return text === undefined ? undefined : momentOf(text, option);
}

/** A whole number from 0 on. Throws `CliError` `usage` for anything else. */
export function placeOf(option: string, text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw usageError(`${option}: ${JSON.stringify(text)} is no whole number from 0 on.`);
  return Number(text);
}
