import type { JudgedAction } from '../decide/judge.ts';
import type { ToolDefinition } from '../decide/tool-digest.ts';
import { readCapabilities } from '../store/inventory-lists.ts';
import { readDefinitions } from '../store/inventory.ts';
import type { Store } from '../store/open.ts';
import { callOf } from './judge-capability.ts';
import { statusOf } from './status.ts';

/** A call, without arguments, of each capability that was imported and is still offered. */
export async function knownCalls(store: Store): Promise<JudgedAction[]> {
  const offered = (await readCapabilities(store)).filter((row) => statusOf(row) !== 'gone');
  const texts = await readDefinitions(
    store,
    offered.map(({ digest }) => digest),
  );
  return offered.map(({ server, name, digest }) => {
    const text = texts.get(digest);
    return callOf(server, text === undefined ? { name } : (JSON.parse(text) as ToolDefinition));
  });
}
