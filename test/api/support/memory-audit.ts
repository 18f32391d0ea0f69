import type { AuditGateway } from '../../../src/api/audit-gateway.ts';
import { EXAMPLES } from '../../../src/api/openapi/examples.ts';
import { permit } from '../../../src/api/permit.ts';

/** One entry in memory. It stands in for the real record only here. */
export function createMemoryAudit(): AuditGateway {
  return {
    async events(caller) {
      permit(caller, 'audit.read');
      return EXAMPLES.AuditEntryList;
    },
    async export(caller) {
      permit(caller, 'audit.read');
      return linesOf([EXAMPLES.AuditEntry]);
    },
    async checkpoints(caller) {
      permit(caller, 'audit.read');
      return EXAMPLES.CheckpointList;
    },
  };
}

async function* linesOf(values: readonly unknown[]): AsyncGenerator<Uint8Array> {
  for (const value of values) yield Buffer.from(`${JSON.stringify(value)}\n`);
}
