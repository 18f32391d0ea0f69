import canonicalize from 'canonicalize';
import { GateProblem } from '../../decide/problem.ts';
import { digestTool } from '../../decide/tool-digest.ts';
import { forgetTools } from '../../decide/tool-status.ts';
import type { AcceptAnswer, AcceptRequest, ImportAnswer, ImportRequest } from '../../inventory/wire.ts';
import { acceptCapabilities } from '../../store/inventory-accept.ts';
import { importCapabilities } from '../../store/inventory.ts';
import type { Caller } from '../gateway.ts';
import { permit } from '../permit.ts';
import type { GatewayDeps } from './deps.ts';

/** Puts what a server offers into the inventory. For admins: whoever may do this says what counts as changed. */
export async function importInventory(deps: GatewayDeps, caller: Caller, given: ImportRequest): Promise<ImportAnswer> {
  permit(caller, 'inventory.change');
  const { server, source, capabilities } = given;
  const seen = new Set<string>();
  const twice = capabilities.findIndex(({ name }) => seen.size === seen.add(name).size);
  if (twice >= 0) {
    throw new GateProblem('invalid_request', 'A server offers each capability once.', {}, [
      { field: `/capabilities/${twice}/name`, problem: 'is there twice', fix: 'send it once' },
    ]);
  }
  const offered = capabilities.map((tool) => ({
    name: tool.name,
    digest: digestTool(tool),
    json: canonicalize(tool) ?? '',
  }));
  const { added, changed, gone, unchanged } = await importCapabilities(
    deps.store,
    {
      server,
      kind: source.kind,
      location: source.location,
      version: source.version ?? null,
      imported_at: deps.now(),
      imported_by: `${caller.role}:${caller.principal}`,
    },
    offered,
  );
  forgetTools(deps.store);
  return { server, new: added, changed, gone, unchanged };
}

/** Takes what is there now for looked at, all of it or nothing. */
export async function acceptInventory(deps: GatewayDeps, caller: Caller, given: AcceptRequest): Promise<AcceptAnswer> {
  permit(caller, 'inventory.change');
  const actor = `${caller.role}:${caller.principal}`;
  const looked = [...new Map(given.capabilities.map((one) => [one.id, one])).values()];
  const done = await acceptCapabilities(deps.store, looked, { actor, reason: given.reason, at: deps.now() });
  if (done.ok) {
    forgetTools(deps.store);
    return { accepted: done.accepted, removed: done.removed };
  }
  if (done.why === 'not_found') {
    const detail = `${done.id} was imported from nowhere, so there is nothing to accept: import its source first.`;
    throw new GateProblem('not_found', detail, { id: done.id });
  }
  const detail = `${done.id} is not what you were shown any more, so nothing was accepted: look at it again.`;
  throw new GateProblem('digest_mismatch', detail, { id: done.id });
}
