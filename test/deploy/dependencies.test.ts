import { z } from 'zod';
import { read } from './compose-file.ts';

const manifestSchema = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

const manifests = ['package.json', 'sdk/package.json'].map((path) => manifestSchema.parse(JSON.parse(read(path))));
const all = manifests.flatMap(({ dependencies, devDependencies }) => [
  ...Object.entries(dependencies),
  ...Object.entries(devDependencies),
]);
const ownPackages = ['@gatehouse/sdk'];

describe('dependencies', () => {
  test('are pinned to exact versions', () => {
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  test('are each listed in docs/dependencies.md with a reason, and nothing else is', () => {
    const rows = read('docs/dependencies.md')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').map((cell) => cell.trim()));
    const listed = rows.flatMap(([, names]) => [...(names ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ''));
    const wanted = new Set(all.map(([name]) => name).filter((name) => !ownPackages.includes(name)));
    expect([...listed].sort()).toEqual([...wanted].sort());
    for (const [, names, reason] of rows) {
      expect({ names, explained: (reason ?? '').split(' ').length > 3 }).toEqual({ names, explained: true });
    }
  });

  test('of Temporal all have one version', () => {
    const versions = all.filter(([name]) => name.startsWith('@temporalio/')).map(([, version]) => version);
    expect(new Set(versions).size).toBe(1);
  });
});
