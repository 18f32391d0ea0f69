import path from 'node:path';
import type { Command } from 'commander';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { ExecutorRegistry } from '../activities/executors/registry.ts';
import { demoExecutors } from '../demo/executors.ts';
import { verifyDemo } from '../demo/verify.ts';
import { readSettings } from '../settings.ts';
import { EXIT } from './exit-codes.ts';
import { startStack } from './serve/stack.ts';
import { untilStopped } from './serve/until-stopped.ts';

/**
 * `gatehouse demo --yes`: plays the whole demo without a person, on servers and a data folder of its own, and exits
 * non-zero if any step is not as promised. A gate that runs beside it is not touched.
 */
export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('play the demo from end to end on a stack of its own, and check every step')
    .requiredOption('--yes', 'approve the held action without asking a person')
    .action(async () => {
      const say = (line: string): void => void process.stdout.write(`${line}\n`);
      const { signal } = untilStopped();
      const dataDir = mkdtempSync(path.join(tmpdir(), 'gatehouse-demo-'));
      const settings = readSettings(ownEnvironment(dataDir));
      const shopPath = path.join(dataDir, 'demo', 'shop.db');
      const executors = new ExecutorRegistry(demoExecutors(shopPath));
      try {
        const stack = await startStack(settings, { say, signal, executors });
        try {
          const { agent: agentKey, reviewer: reviewerKey } = stack.keys;
          const steps = await verifyDemo({ url: stack.api.url, agentKey, reviewerKey, shopPath, write: say });
          const failed = steps.filter(({ ok }) => !ok);
          say(`${String(steps.length - failed.length)} of ${String(steps.length)} steps as promised.`);
          if (failed.length > 0) process.exitCode = EXIT.other;
        } finally {
          await stack.stop();
        }
      } finally {
        rmSync(dataDir, { recursive: true, force: true });
      }
    });
}

/** A configured Temporal server is used; the store, the policy and all else are the demo's own. */
function ownEnvironment(dataDir: string): NodeJS.ProcessEnv {
  const foreign = /^(GATEHOUSE_|DATABASE_URL$)/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  const queue = `gatehouse-demo-${String(process.pid)}`;
  return { ...Object.fromEntries(kept), GATEHOUSE_DATA: dataDir, GATEHOUSE_PORT: '0', GATEHOUSE_TASK_QUEUE: queue };
}
