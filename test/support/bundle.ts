import { DefaultLogger, bundleWorkflowCode } from '@temporalio/worker';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Builds the workflow bundle once for every state of its sources, and answers its path; undefined without workflows. */
export async function workflowBundle(root: string): Promise<string | undefined> {
  const workflowsPath = join(root, 'src/workflows/index.ts');
  if (!existsSync(workflowsPath)) return undefined;
  const folder = join(root, 'node_modules/.cache/gatehouse');
  const path = join(folder, `test-bundle-${sourcesDigest(root)}.js`);
  if (existsSync(path)) return path;
  const preloadModules = [join(root, 'src/workflows/warm.ts')];
  const { code } = await bundleWorkflowCode({ workflowsPath, preloadModules, logger: new DefaultLogger('WARN') });
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${path}.${process.pid}`, code);
  renameSync(`${path}.${process.pid}`, path);
  return path;
}

function sourcesDigest(root: string): string {
  const folder = join(root, 'src/workflows');
  const hash = createHash('sha256');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  for (const file of sources.sort()) hash.update(file).update(readFileSync(join(folder, file)));
  hash.update(readFileSync(join(root, 'package-lock.json')));
  return hash.digest('hex').slice(0, 16);
}
