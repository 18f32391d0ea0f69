import type { Meters } from '../../observability/meters.ts';
import type { Settings } from '../../settings.ts';
import type { Store } from '../../store/open.ts';
import { packageVersion } from './paths.ts';

/** The meters of this process, served. */
export interface Metrics {
  meters: Meters;
  /** Where others read them. */
  url: string;
  close(): Promise<void>;
}

/** Serves figures where the settings give a port for them. What makes them is loaded only then. */
export async function startMetrics(
  { metricsPort, metricsHost }: Settings['observability'],
  store: Store,
): Promise<Metrics | undefined> {
  if (metricsPort === undefined) return undefined;
  const { createMeters } = await import('../../observability/meters.ts');
  const { addRecordGauges } = await import('../../observability/record-gauges.ts');
  const { serveMetrics } = await import('../../observability/metrics-server.ts');
  const meters = createMeters(packageVersion());
  addRecordGauges(meters.registry, store, Date.now);
  return { meters, ...(await serveMetrics(meters.registry, metricsHost, metricsPort)) };
}
