import { z } from 'zod';
import { checkArguments, defineExecutor, isExecutor } from '../../../src/activities/executors/definition.ts';
import { fitsGlob, globsOverlap } from '../../../src/activities/executors/pattern.ts';
import { ExecutorRegistry, manifest } from '../../../src/activities/executors/registry.ts';
import type { ExecutorOptions } from '../../../src/activities/executors/definition.ts';

const input = z.strictObject({ count: z.int() });

function make(options: Partial<ExecutorOptions<typeof input>> = {}) {
  return defineExecutor({ name: 'one', actions: 'do_it', input, timeoutSeconds: 5, run: async () => null, ...options });
}

describe('defining an executor', () => {
  test('an executor is frozen, has defaults, and its manifest is plain JSON', () => {
    const executor = make();
    expect(Object.isFrozen(executor)).toBe(true);
    expect(isExecutor(executor)).toBe(true);
    expect(isExecutor({ ...executor })).toBe(true);
    expect(isExecutor({ name: 'one' })).toBe(false);
    const plain = manifest(executor);
    expect(JSON.parse(JSON.stringify(plain))).toEqual({
      name: 'one',
      preview: false,
      taskQueue: 'gatehouse-executor-one',
      timeoutSeconds: 5,
      retry: { maximumAttempts: 5, initialIntervalSeconds: 1, backoffCoefficient: 2, maximumIntervalSeconds: 60 },
    });
  });

  test('every wrong setting is named at once, with the executor', () => {
    const wrong = { name: 'Not A Name', actions: ['delete_*'], timeoutSeconds: 0, input: 'no schema' } as unknown;
    expect(() => defineExecutor(wrong as ExecutorOptions<typeof input>)).toThrow(
      /"Not A Name": \/name: [\s\S]*\/actions[\s\S]*\/timeoutSeconds[\s\S]*input: must be a zod schema[\s\S]*run: must be a function/,
    );
  });

  test('arguments that do not fit are named by field before anything starts', async () => {
    expect(await checkArguments(make(), { count: 1 })).toEqual([]);
    const errors = await checkArguments(make(), { count: 'many', more: true });
    expect(errors.map(({ field }) => field)).toEqual(['/count', '']);
    expect(errors[1]?.fix).toBe('leave out more');
  });
});

describe('finding the executor of an action', () => {
  test('an executor is found by exact type and by target or glob, and by nothing else', () => {
    const shop = make({ name: 'shop', actions: ['a', 'b'], targets: ['shop-*', 'exact'] });
    const registry = new ExecutorRegistry([shop]);
    expect(registry.find('a', 'shop-db')).toBe(shop);
    expect(registry.find('b', 'exact')).toBe(shop);
    expect(registry.find('a', 'exactly')).toBeUndefined();
    expect(registry.find('A', 'exact')).toBeUndefined();
    expect(registry.find('c', 'shop-db')).toBeUndefined();
    expect([...registry.byTaskQueue().keys()]).toEqual(['gatehouse-executor-shop']);
  });

  test('two executors that could run one action are refused, and both are named', () => {
    const left = make({ name: 'left', targets: 'production-*' });
    const right = make({ name: 'right', targets: ['staging', '*-database'] });
    expect(() => new ExecutorRegistry([left, right])).toThrow(
      'executors "left" and "right" would both run do_it: the targets "production-*" and "*-database" overlap',
    );
    expect(() => new ExecutorRegistry([left, make({ name: 'left', actions: 'other' })])).toThrow(
      'two executors are named "left"',
    );
    expect(new ExecutorRegistry([left, make({ name: 'right', targets: 'staging-*' })]).executors).toHaveLength(2);
  });

  test('something that no executor function made is refused', () => {
    const stranger = { name: 'x' } as unknown as ReturnType<typeof make>;
    expect(() => new ExecutorRegistry([stranger])).toThrow('executor 0: make it with defineExecutor');
  });
});

describe('globs', () => {
  test.each([
    ['*', '', true],
    ['a*c', 'abbc', true],
    ['a*c', 'ab', false],
    ['a*b*c', 'a-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['aa*aa', 'aaa', false],
    ['db', 'db2', false],
    ['*.example', 'x.example', true],
  ])('%s and %s: %s', (glob, text, fits) => {
    expect(fitsGlob(glob, text)).toBe(fits);
    expect(globsOverlap(glob, text)).toBe(fits);
  });

  test.each([
    ['a*', '*b', true],
    ['a*', 'b*', false],
    ['*', '*', true],
    ['x*y', 'x*z', false],
    ['*a*', 'b*b', true],
    ['', '*', true],
  ])('%s and %s can mean the same target: %s', (left, right, overlap) => {
    expect(globsOverlap(left, right)).toBe(overlap);
    expect(globsOverlap(right, left)).toBe(overlap);
  });
});
