import { chmod, copyFile, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { openStore, type Store } from '../open.ts';
import { CopyError, copyStore, isEmptyStore, type CopiedRows, type CopyOptions } from './copy.ts';

/**
 * Writes a backup of a running store: one SQLite file, whichever database the store is on, as the store was at one moment.
 * It appears under its name only once it is whole and was checked. Throws where the file is there already.
 */
export async function backUp(store: Store, file: string, onTable?: CopyOptions['onTable']): Promise<CopiedRows[]> {
  if (await exists(file)) throw new CopyError(`${file} is there already: give the backup another name.`);
  // Beside it, so that the last step is a rename within one file system.
  const folder = await mkdtemp(path.join(path.dirname(path.resolve(file)), '.gatehouse-backup-'));
  try {
    const draft = path.join(folder, 'gatehouse.db');
    const target = await openStore({ url: draft });
    let copied: CopiedRows[];
    try {
      copied = await copyStore(store, target, onTable === undefined ? {} : { onTable });
      await assertIntact(target);
      // Everything into the one file: a backup has no files beside it.
      await sql`pragma journal_mode = delete`.execute(target.db);
    } finally {
      await target.close();
    }
    // What agents asked with and the hashes of keys are in it.
    await chmod(draft, 0o600);
    await rename(draft, file);
    return copied;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Puts a backup in the place of what a store holds. A store that is in use is refused unless `force` says otherwise; the
 * backup itself is not touched, and one of an older version is brought up to date on the way.
 *
 * @throws {CopyError} where the store is not empty, or what was written is not what the backup holds
 */
export async function restore(
  file: string,
  store: Store,
  { force, onTable }: { force: boolean; onTable?: CopyOptions['onTable'] },
): Promise<CopiedRows[]> {
  if (!(await exists(file))) throw new CopyError(`There is no backup at ${file}.`);
  if (!force && !(await isEmptyStore(store))) {
    throw new CopyError(
      'The store is not empty. Restore into an empty one, or say --force to put the backup in its place.',
    );
  }
  const folder = await mkdtemp(path.join(path.dirname(path.resolve(file)), '.gatehouse-restore-'));
  try {
    const copy = path.join(folder, 'gatehouse.db');
    await copyFile(file, copy);
    const source = await openStore({ url: copy });
    try {
      await assertIntact(source);
      return await copyStore(source, store, { replace: force, ...(onTable === undefined ? {} : { onTable }) });
    } finally {
      await source.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function assertIntact({ db }: Store): Promise<void> {
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db);
  const says = rows[0]?.integrity_check;
  if (says !== 'ok') throw new CopyError(`The file is damaged: ${says ?? 'it cannot be checked'}.`);
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
