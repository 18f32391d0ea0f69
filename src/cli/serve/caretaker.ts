import { openArchive } from '../../reconcile/archive-place.ts';
import { startCaretaker, type Caretaker } from '../../reconcile/caretaker.ts';
import type { TemporalLink } from '../../temporal/connect.ts';
import type { Core } from './core.ts';
import { clientOf } from './link.ts';

/** Starts what compares and archives beside a worker, as the settings say. */
export async function startRecordCare({ settings, store, logger }: Core, link: TemporalLink): Promise<Caretaker> {
  const { archive, archiveAfterSeconds, reconcileSeconds } = settings.operations;
  const place = archive === null ? null : await openArchive(archive, process.env);
  return startCaretaker({
    store,
    temporal: {
      client: clientOf(link),
      taskQueue: settings.taskQueue,
    },
    logger,
    reconcileEveryMs: reconcileSeconds === 0 ? null : reconcileSeconds * 1000,
    archive: place === null ? null : { place, afterMs: archiveAfterSeconds * 1000 },
  });
}
