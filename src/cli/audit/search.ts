import type { AuditEntryList } from '@gatehouse/sdk/contract';
import type { Command } from 'commander';
import { toAuditEntry } from '../../audit/entry-view.ts';
import { searchEntries } from '../../store/search.ts';
import { usageError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import { runCommand, type CommonOptions } from '../run-command.ts';
import { listPage } from '../show.ts';
import type { Terminal } from '../terminal.ts';
import { filterFrom, placeOf, withFilter, type FilterOptions } from './filter-options.ts';
import { withStore } from './sides.ts';

interface Options extends CommonOptions, FilterOptions {
  limit: string;
  cursor?: string;
}

const MOST = 1_000;

/** `gatehouse audit search`: entries that fit, the newest first. */
export function addSearchCommand(audit: Command, terminal: Terminal): void {
  withFilter(audit.command('search').description('find entries of the record, the newest first'))
    .option('--limit <number>', `how many at most, 1 to ${String(MOST)}`, '50')
    .option('--cursor <cursor>', 'go on where the page before ended')
    .option('--json', 'print { entries, nextCursor }')
    .action((options: Options) =>
      runCommand(terminal, options, async () => {
        const limit = placeOf('--limit', options.limit);
        if (limit < 1 || limit > MOST) throw usageError(`--limit: give 1 to ${String(MOST)}.`);
        const below = options.cursor === undefined ? undefined : placeOf('--cursor', options.cursor);
        const filter = filterFrom(options);
        const rows = await withStore(terminal, (store) => searchEntries(store, filter, { limit: limit + 1, below }));
        const entries = rows.slice(0, limit).map(toAuditEntry);
        const nextCursor = rows.length > limit ? String(entries.at(-1)?.seq ?? 0) : null;
        listPage(terminal, options, JSON.stringify({ entries, nextCursor } satisfies AuditEntryList), {
          head: ['SEQ', 'AT', 'KIND', 'ACTION', 'BY', 'DATA'],
          rows: entries.map(({ seq, at, kind, action, actor, data }) => {
            return [String(seq), at, kind, action, actor, data === null ? '(erased)' : JSON.stringify(data)];
          }),
          nextCursor,
          none: 'No entries. What was written within the last second has no place in the chain yet.',
        });
        return EXIT.done;
      }),
    );
}
