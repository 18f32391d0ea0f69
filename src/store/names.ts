import type { Store } from './open.ts';

/** Whether a name on record is an agent's: it is known as one, or a key of that role had it, revoked or not. */
export async function isNameOfAgent(store: Store, name: string): Promise<boolean> {
  return (await isKnownAs(store, name, ['agent'])) || (await hasKey(store, name, true));
}

/** Whether a name on record is a person's or a service's: it is known as one, or a key had it that may do more than an agent's. */
export async function isNameOfPerson(store: Store, name: string): Promise<boolean> {
  return (await isKnownAs(store, name, ['person', 'service'])) || (await hasKey(store, name, false));
}

async function isKnownAs(store: Store, name: string, kinds: readonly ('agent' | 'person' | 'service')[]) {
  const known = store.db.selectFrom('principals').select('name').where('name', '=', name).where('kind', 'in', kinds);
  return (await known.executeTakeFirst()) !== undefined;
}

async function hasKey(store: Store, name: string, ofAgent: boolean): Promise<boolean> {
  const row = await store.db
    .selectFrom('keys')
    .select('id')
    .where('principal', '=', name)
    .where('role', ofAgent ? '=' : '!=', 'agent')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
