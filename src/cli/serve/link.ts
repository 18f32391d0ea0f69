import { Client } from '@temporalio/client';
import type { TemporalLink } from '../../temporal/connect.ts';
import type { WorkerConfig } from '../../worker.ts';

/** A client over the link, which encrypts as the link says. */
export function clientOf({ connection, namespace, data }: TemporalLink): Client {
  return new Client({ connection, namespace, dataConverter: data.client });
}

/** What every worker takes from the link. */
export function workerOf(link: TemporalLink): Pick<WorkerConfig, 'connection' | 'namespace' | 'dataConverter'> {
  const { nativeOptions: connection, namespace, data } = link;
  return { connection, namespace, dataConverter: data.worker };
}
