import { GateProblem } from '../../decide/problem.ts';
import type { ToolDefinition } from '../../decide/tool-digest.ts';
import { statusOf } from '../../inventory/status.ts';
import type { Known } from '../../inventory/view.ts';
import { capabilityDetail, capabilityView, toTime } from '../../inventory/view.ts';
import type { CapabilityDetail, CapabilityList, InventoryDiff } from '../../inventory/wire.ts';
import { partsOfCapabilityId } from '../../store/capability-id.ts';
import {
  readCapabilities,
  readCapability,
  readPresentedTool,
  readSources,
  readUsedIds,
  readUses,
} from '../../store/inventory-lists.ts';
import type { CapabilityRow } from '../../store/inventory.ts';
import { readDefinitions } from '../../store/inventory.ts';
import type { Caller } from '../gateway.ts';
import type { InventoryListOptions } from '../inventory-gateway.ts';
import { permit } from '../permit.ts';
import type { GatewayDeps } from './deps.ts';

/** What agents are able to do, as imports and traffic show it, by id. */
export async function listInventory(
  deps: GatewayDeps,
  caller: Caller,
  options: InventoryListOptions,
): Promise<CapabilityList> {
  permit(caller, 'action.read.any');
  const rows = new Map((await readCapabilities(deps.store)).map((row) => [row.id, row]));
  const ids = [...new Set([...rows.keys(), ...(await readUsedIds(deps.store))])];
  const wanted = ids.filter((id) => fits(id, rows.get(id), options));
  const { page, nextCursor } = pageOfIds(wanted, options);
  const inForce = deps.policies.current();
  const capabilities = [];
  for (const known of await knowledgeOf(deps, page, rows)) capabilities.push(await capabilityView(known, inForce));
  const sources = (await readSources(deps.store)).map((row) => ({
    server: row.server,
    kind: row.kind,
    location: row.location,
    version: row.version,
    importedAt: toTime(row.imported_at),
    importedBy: row.imported_by,
  }));
  return { capabilities, sources, nextCursor };
}

/** What is new, changed or gone since somebody looked, with where it differs. */
export async function diffInventory(
  deps: GatewayDeps,
  caller: Caller,
  options: InventoryListOptions,
): Promise<InventoryDiff> {
  permit(caller, 'action.read.any');
  const all = await readCapabilities(deps.store, options.server);
  const rows = new Map(all.filter((row) => statusOf(row) !== 'accepted').map((row) => [row.id, row]));
  const { page, nextCursor } = pageOfIds([...rows.keys()], options);
  return { capabilities: await detailsOf(deps, page, rows), nextCursor };
}

/** One capability, whole. */
export async function showInventory(deps: GatewayDeps, caller: Caller, id: string): Promise<CapabilityDetail> {
  permit(caller, 'action.read.any');
  const row = await readCapability(deps.store, id);
  const rows = new Map(row === undefined ? [] : [[id, row]]);
  const [detail] = await detailsOf(deps, [id], rows);
  if (detail !== undefined && (row !== undefined || detail.uses > 0)) return detail;
  throw new GateProblem('not_found', 'Neither an import nor traffic has shown a capability of that id: check the id.');
}

async function detailsOf(
  deps: GatewayDeps,
  ids: readonly string[],
  rows: ReadonlyMap<string, CapabilityRow>,
): Promise<CapabilityDetail[]> {
  const baselines = ids.flatMap((id) => rows.get(id)?.baseline_digest ?? []);
  const texts = await readDefinitions(deps.store, baselines);
  const inForce = deps.policies.current();
  const details = [];
  for (const known of await knowledgeOf(deps, ids, rows)) {
    const text = texts.get(known.row?.baseline_digest ?? '');
    const baseline = text === undefined ? undefined : (JSON.parse(text) as ToolDefinition);
    details.push(await capabilityDetail(known, baseline, inForce));
  }
  return details;
}

async function knowledgeOf(
  deps: GatewayDeps,
  ids: readonly string[],
  rows: ReadonlyMap<string, CapabilityRow>,
): Promise<Known[]> {
  const uses = await readUses(deps.store, ids);
  const definitions = await readDefinitions(
    deps.store,
    ids.flatMap((id) => rows.get(id)?.digest ?? []),
  );
  const known: Known[] = [];
  for (const id of ids) {
    const row = rows.get(id);
    const text = row === undefined ? await readPresentedTool(deps.store, id) : definitions.get(row.digest);
    const definition = text == null ? undefined : (JSON.parse(text) as ToolDefinition & { server?: string });
    delete definition?.server;
    known.push({ id, row, definition, uses: uses.get(id) });
  }
  return known;
}

function fits(id: string, row: CapabilityRow | undefined, { server, status, origin }: InventoryListOptions): boolean {
  const serverFits = server === undefined || (row?.server ?? serverOf(id)) === server;
  const statusFits = status === undefined || (row === undefined ? 'new' : statusOf(row)) === status;
  return serverFits && statusFits && (origin === undefined || origin === (row === undefined ? 'traffic' : 'import'));
}

function serverOf(id: string): string | undefined {
  return partsOfCapabilityId(id)?.server;
}

/** A page in the order of the ids; the cursor is the last id before it. */
function pageOfIds(
  ids: readonly string[],
  { limit, cursor }: InventoryListOptions,
): { page: string[]; nextCursor: string | null } {
  const after = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString();
  const rest = ids.filter((id) => after === undefined || id > after).sort();
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    page,
    nextCursor: rest.length <= limit || last === undefined ? null : Buffer.from(last).toString('base64url'),
  };
}
