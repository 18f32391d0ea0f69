// The process of the callers: takes slices from the benchmark one by one and answers what the callers saw.
import { Client } from '@temporalio/client';
import { connectTemporal, localTarget } from '../src/temporal/connect.ts';
import type { CallerOrder, CallerReport } from './caller-process.ts';
import { drive } from './load.ts';
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
    const { address, namespace, ...doors } = order.doors;
    const { connection } = await connectTemporal(localTarget(address, namespace));
    shapes = createShapes({ ...doors, client: new Client({ connection, namespace }) });
    return { ready: true };
  }
  if (shapes === undefined) throw new Error('The callers do not know yet where to call');
  return { seen: await drive(shapes[order.slice.shape], order.slice) };
}
