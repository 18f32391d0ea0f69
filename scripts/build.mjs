// Builds the SDK (ES modules and CommonJS), the server, and the workflow bundle that workers load.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { STAMP, isBuiltOnce, sourcesDigest } from './sources.mjs';

const BUNDLE = join('dist', 'workflow-bundle.js');
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);

// Taken first: a source that changes while the build runs makes the next one look again.
const digest = sourcesDigest();
removeOrphans('src', 'dist');
removeOrphans('sdk/src', 'sdk/dist/esm');
removeOrphans('sdk/src', 'sdk/dist/cjs');
compile(['sdk/tsconfig.json', 'sdk/tsconfig.cjs.json', 'sdk/tsconfig.verify.json', 'tsconfig.json']);
mkdirSync('sdk/dist/cjs', { recursive: true });
writeFileSync('sdk/dist/cjs/package.json', '{ "type": "commonjs" }\n');
// What browsers get as it stands.
cpSync(join('src', 'console', 'assets'), join('dist', 'console', 'assets'), { recursive: true });
await bundleWorkflows();
writeFileSync(STAMP, digest);

function compile(projects) {
  const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
  // Its own records would make it believe in output that somebody has removed.
  const force = isBuiltOnce() ? [] : ['--force'];
  const { status } = spawnSync(process.execPath, [tsc, '-b', ...force, ...projects], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

// A file that was renamed would otherwise go on being shipped, and imported by mistake.
function removeOrphans(from, to) {
  if (!existsSync(to)) return;
  for (const file of readdirSync(to, { recursive: true, encoding: 'utf8' })) {
    const source = file.replace(/\.(js|d\.ts)(\.map)?$/, '');
    if (source === file || ['.ts', '.tsx'].some((extension) => existsSync(join(from, source + extension)))) continue;
    if (join(to, file) !== BUNDLE) rmSync(join(to, file));
  }
}

// Webpack takes seconds, so the bundle is only made again when the compiled workflows, or the SDK below them, changed.
async function bundleWorkflows() {
  const workflowsPath = join(root, 'dist', 'workflows', 'index.js');
  if (!existsSync(workflowsPath)) return;
  const made = `// ${workflowsDigest()}`;
  if (existsSync(BUNDLE) && readFileSync(BUNDLE, 'utf8').startsWith(made)) return;
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const preloadModules = [join(root, 'dist', 'workflows', 'warm.js')];
  const { code } = await bundleWorkflowCode({ workflowsPath, preloadModules, logger: new DefaultLogger('WARN') });
  writeFileSync(`${BUNDLE}.new`, `${made}\n${code}`);
  renameSync(`${BUNDLE}.new`, BUNDLE);
}

function workflowsDigest() {
  const hash = createHash('sha256').update(readFileSync('package-lock.json'));
  const files = readdirSync('dist/workflows', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.js'),
  );
  for (const file of files.sort()) hash.update(file).update(readFileSync(join('dist/workflows', file)));
  return hash.digest('hex');
}
