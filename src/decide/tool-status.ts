import type { Tool } from '@gatehouse/sdk/contract';
import type { ToolStatus } from '../policy/index.ts';
import { serverOfAction } from '../store/capability-id.ts';
import type { KnownTool } from '../store/inventory.ts';
import { readKnownTool } from '../store/inventory.ts';
import type { Store } from '../store/open.ts';
import { digestTool, type ToolDefinition } from './tool-digest.ts';

/** How long an answer of the store is good for, in milliseconds: an acceptance is felt after this everywhere. */
const FRESH_MS = 1000;
const MAX_CACHED = 2000;

interface Cached {
  until: number;
  known: Promise<KnownTool | null>;
}
const caches = new WeakMap<Store, Map<string, Cached>>();

/**
 * Whether the tool that an action calls is the one that somebody looked at. `changed`: its server describes it otherwise
 * now, or the agent was shown something else; `new`: nobody has looked yet; null: the inventory has nothing of that
 * server, or the action calls no tool. What the agent leaves out of its description is taken to be as it was.
 * Rejects when the store does not answer: nothing may be decided without this.
 */
export async function toolStatus(
  store: Store,
  action: { target: string; tool?: Tool | undefined },
): Promise<ToolStatus | null> {
  const { tool } = action;
  if (tool === undefined) return null;
  const known = await lookUp(store, serverOfAction(action), tool.name);
  if (known === null) return null;
  if (known.tool === undefined) return 'new';
  if (known.tool.digest !== known.tool.baselineDigest) return 'changed';
  if (digestTool(completed(tool, JSON.parse(known.tool.baseline) as ToolDefinition)) !== known.tool.baselineDigest) {
    return 'changed';
  }
  return known.tool.accepted ? 'known' : 'new';
}

/** Forgets what was read of a store, so that the next action sees an import or an acceptance of this process at once. */
export function forgetTools(store: Store): void {
  caches.delete(store);
}

/** What is presented, and for the rest what was looked at: a framework that hands on the name alone changes nothing. */
function completed(tool: Tool, baseline: ToolDefinition): ToolDefinition {
  const { name, description = baseline.description, inputSchema = baseline.inputSchema } = tool;
  const { annotations = baseline.annotations } = tool;
  return {
    name,
    ...(description === undefined ? {} : { description }),
    ...(inputSchema === undefined ? {} : { inputSchema }),
    ...(annotations === undefined ? {} : { annotations }),
  };
}

function lookUp(store: Store, server: string, name: string): Promise<KnownTool | null> {
  const cache = caches.get(store) ?? new Map<string, Cached>();
  caches.set(store, cache);
  const key = JSON.stringify([server, name]);
  const now = Date.now();
  const cached = cache.get(key);
  if (cached !== undefined && cached.until > now) return cached.known;
  if (cache.size >= MAX_CACHED) cache.clear();
  const known = readKnownTool(store, server, name);
  cache.set(key, { until: now + FRESH_MS, known });
  known.catch(() => {
    if (cache.get(key)?.known === known) cache.delete(key);
  });
  return known;
}
