import { setTimeout as pause } from 'node:timers/promises';
import { statusAttribute } from '../../src/workflows/search-attributes.ts';
import type { Stack } from './stack.ts';

/**
 * Returns once the lists of Temporal say of these actions what their workflows say. A list follows the histories, at most some
 * moments behind; who compares at once compares with what was.
 */
export async function untilListed({ client, core }: Stack, actionIds: Iterable<string>): Promise<void> {
  type Execution = Awaited<ReturnType<ReturnType<typeof client.workflow.getHandle>['describe']>>;
  const line = ({
    workflowId,
    status,
    typedSearchAttributes,
  }: Pick<Execution, 'workflowId' | 'status' | 'typedSearchAttributes'>) =>
    [workflowId, status.name, typedSearchAttributes.get(statusAttribute) ?? ''].join(' ');
  const ids = [...new Set(actionIds)];
  const query = `TaskQueue = '${core.settings.taskQueue}'`;
  for (;;) {
    const wanted = await Promise.all(ids.map(async (id) => line(await client.workflow.getHandle(id).describe())));
    const listed = new Set<string>();
    for await (const execution of client.workflow.list({ query })) listed.add(line(execution));
    if (wanted.every((one) => listed.has(one))) return;
    await pause(50);
  }
}
