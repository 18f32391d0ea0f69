import type { EmbeddedServer } from '../../src/temporal/embedded.ts';
import type { Cluster } from './postgres-cluster.ts';

/** What the global setup started and the teardown stops. Both run in one process, the test files in others. */
export const running: { temporal?: EmbeddedServer; dataDir?: string; postgres?: Cluster } = {};
