import type { Capability, CapabilityDetail } from '../../inventory/wire.ts';
import { capabilityDetailSchema, capabilityListSchema, inventoryDiffSchema } from '../../inventory/wire.ts';
import { CliError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import type { Answered, GateHttp } from '../http.ts';

const PAGE = '500';

/** Every capability of one server, page by page. */
export async function readAll(gate: GateHttp, server: string): Promise<Capability[]> {
  const all: Capability[] = [];
  let cursor: string | undefined;
  do {
    const { value } = await gate.get('/inventory', capabilityListSchema, {
      query: { server, origin: 'import', limit: PAGE, cursor },
    });
    all.push(...value.capabilities);
    cursor = value.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}

/** Everything that is new, changed or gone, of one server or of all. */
export async function readDiff(gate: GateHttp, server: string | undefined): Promise<CapabilityDetail[]> {
  const all: CapabilityDetail[] = [];
  let cursor: string | undefined;
  do {
    const { value } = await gate.get('/inventory/diff', inventoryDiffSchema, {
      query: { server, limit: PAGE, cursor },
    });
    all.push(...value.capabilities);
    cursor = value.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}

/** One capability, whole. */
export function readOne(gate: GateHttp, id: string): Promise<Answered<CapabilityDetail>> {
  if (!id.includes('/')) {
    throw new CliError('usage', `${JSON.stringify(id)} is no id of a capability: give server/name.`, EXIT.usage);
  }
  return gate.get(`/inventory/${encodeURIComponent(id)}`, capabilityDetailSchema);
}
