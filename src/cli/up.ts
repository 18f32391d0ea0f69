import path from 'node:path';
import type { Command } from 'commander';
import pc from 'picocolors';
import { ExecutorRegistry } from '../activities/executors/registry.ts';
import { assertPortFree } from './serve/port.ts';
import { createDemoShop } from '../demo/shop.ts';
import { demoExecutors } from '../demo/executors.ts';
import { playDemo } from '../demo/play.ts';
import { readSettings, type Settings } from '../settings.ts';
import { consoleLink } from './serve/console-link.ts';
import { DEV_PRINCIPALS } from './serve/dev-keys.ts';
import { startStack, type RunningStack } from './serve/stack.ts';
import { untilStopped } from './serve/until-stopped.ts';

/** `gatehouse up`: everything in one process on embedded defaults, and the demo once. What `npm start` runs. */
export function addUpCommand(program: Command): void {
  program
    .command('up')
    .description('bring up everything: Temporal, store, worker, API; and play the demo once')
    .option('--no-demo', 'leave the demo out')
    .action(async (options: { demo: boolean }) => {
      const say = (line: string): void => void process.stdout.write(`${line}\n`);
      const { stopped, signal } = untilStopped();
      const settings = readSettings();
      for (const warning of settings.warnings) say(pc.yellow(`! ${warning}`));
      await assertPortFree(settings);
      const shopPath = path.join(settings.dataDir, 'demo', 'shop.db');
      const stack = await startStack(settings, {
        say,
        signal,
        ...(settings.executors === undefined ? { executors: new ExecutorRegistry(demoExecutors(shopPath)) } : {}),
      });
      const console = await consoleLink(stack.core.store, stack.api.url, stack.keys.reviewer, Date.now());
      announce(stack, settings, console, say);
      const demo =
        options.demo && settings.executors === undefined ? play(stack, settings, shopPath, say, signal) : null;
      await Promise.race([stopped, stack.failed]);
      say('Stopping …');
      await demo;
      await stack.stop();
      say('Stopped. Everything is on disk; start again to go on where it was.');
    });
}

function announce(
  { api, temporal, madeKeys }: RunningStack,
  settings: Settings,
  console: string,
  say: (line: string) => void,
): void {
  const row = (name: string, what: string): void => say(`  ${name.padEnd(12)} ${what}`);
  say(pc.bold('Gatehouse is up.'));
  row('API', `${api.url}  (${api.url}/openapi.json)`);
  row('Console', `${console}  (once, within 15 minutes, as ${DEV_PRINCIPALS.reviewer})`);
  if (temporal.link.uiUrl !== undefined) {
    row('Temporal UI', `${temporal.link.uiUrl}/namespaces/${temporal.link.namespace}/workflows`);
  }
  row('Temporal', `${temporal.link.address}, namespace ${temporal.link.namespace}`);
  row('Store', settings.store.kind === 'sqlite' ? fromHere(settings.store.file) : 'PostgreSQL of DATABASE_URL');
  row('Policy', fromHere(settings.policyDir));
  row('Keys', `${fromHere(path.join(settings.dataDir, 'keys.json'))}${madeKeys ? ' (made now)' : ''}`);
  say('');
}

/** A path as it is typed in this folder, where it lies below it; else the whole path. */
function fromHere(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
}

async function play(
  { api, temporal, keys }: RunningStack,
  settings: Settings,
  shopPath: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  createDemoShop(shopPath);
  try {
    await playDemo({
      url: api.url,
      apiKey: keys.agent,
      shopPath: fromHere(shopPath),
      stateFile: path.join(settings.dataDir, 'demo', 'state.json'),
      keysFile: fromHere(path.join(settings.dataDir, 'keys.json')),
      temporal: {
        command: temporal.binary ?? 'temporal',
        address: temporal.link.address,
        namespace: temporal.link.namespace,
      },
      write: say,
      signal,
    });
  } catch (error) {
    if (!signal.aborted) say(pc.red(`The demo stopped: ${error instanceof Error ? error.message : String(error)}`));
  }
}
