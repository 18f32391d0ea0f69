// The process of the callers: takes slices from the benchmark one by one and answers what the callers saw.
import type { CallerOrder, CallerReport } from './caller-process.ts';
import { drive } from './load.ts';
import { openClient } from './payload-keys.ts';
import { createShapes, type Act } from './shapes.ts';
import type { Shape } from './slice.ts';

let shapes: Record<Shape, Act> | undefined;

process.on('message', (order: CallerOrder) => {
  void obey(order).then(
    (report) => process.send?.(report),
    (error: unknown) =>
      process.send?.({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));

async function obey(order: CallerOrder): Promise<CallerReport> {
  if ('doors' in order) {
    const { address, namespace, payloadKeys, ...doors } = order.doors;
    shapes = createShapes({ ...doors, client: await openClient({ address, namespace, payloadKeys }) });
    return { ready: true };
  }
  if (shapes === undefined) throw new Error('The callers do not know yet where to call');
  return { seen: await drive(shapes[order.slice.shape], order.slice) };
}
