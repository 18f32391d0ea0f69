import { sql, type Kysely, type MigrationProvider } from 'kysely';
import { first } from './0001-first.ts';
import { facts } from './0002-facts.ts';
import { budgets } from './0003-budgets.ts';
import { inventory } from './0004-inventory.ts';
import { approvals } from './0005-approvals.ts';
import { grants } from './0006-grants.ts';
import { sessions } from './0007-sessions.ts';
import { announce } from './0008-announce.ts';
import { principals } from './0009-principals.ts';
import { stops } from './0010-stops.ts';
import { notices } from './0011-notices.ts';
import { chain } from './0012-chain.ts';
import { operations } from './0013-operations.ts';
import { people } from './0014-people.ts';
import { floods } from './0015-floods.ts';
import { vouchedGroups } from './0016-vouched-groups.ts';
import { alike } from './0017-alike.ts';

/** The one column whose type differs: a number that the database counts up. */
export type SerialType = 'bigserial' | 'integer';

/** All migrations by name, in order. A released one is never edited: a change is a new one at the end. */
export function migrations(serial: SerialType): MigrationProvider {
  const inOrder = {
    '0001_first': first(serial),
    '0002_facts': facts(),
    '0003_budgets': budgets(),
    '0004_inventory': inventory(serial),
    '0005_approvals': approvals(),
    '0006_grants': grants(),
    '0007_sessions': sessions(),
    '0008_announce': announce(serial),
    '0009_principals': principals(),
    '0010_stops': stops(),
    '0011_notices': notices(),
    '0012_chain': chain(serial),
    '0013_operations': operations(serial),
    '0014_people': people(),
    '0015_floods': floods(),
    '0016_vouched_groups': vouchedGroups(),
    '0017_alike': alike(),
  };
  return { getMigrations: () => Promise.resolve(inOrder) };
}

/** A statement that fails when the database does not answer. */
export async function ping(db: Kysely<never>): Promise<void> {
  await sql`select 1`.execute(db);
}
