import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Executor } from './definition.ts';
import { isExecutor } from './definition.ts';
import { ExecutorDefinitionError } from './errors.ts';
import { ExecutorRegistry } from './registry.ts';

/**
 * The executors of a module whose default export is an array of them. The path is taken from the current folder.
 * Throws `ExecutorDefinitionError` when the module is missing, does not load, or exports something else.
 */
export async function loadExecutors(modulePath: string): Promise<readonly Executor[]> {
  const path = resolve(modulePath);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) {
    throw new ExecutorDefinitionError([
      `${path}: there is no such file. Name the JavaScript module with your executors`,
    ]);
  }
  const loaded = await importModule(path);
  if (!Array.isArray(loaded)) {
    throw new ExecutorDefinitionError([
      `${path}: the default export must be an array of executors, e.g. export default [sqlExecutor({ … })]`,
    ]);
  }
  const executors: unknown[] = loaded;
  const problems = executors.flatMap((one, index) =>
    isExecutor(one) ? [] : [`${path}: [${index}]: make it with defineExecutor, sqlExecutor or httpExecutor`],
  );
  if (problems.length > 0) throw new ExecutorDefinitionError(problems);
  try {
    return new ExecutorRegistry(executors.filter(isExecutor)).executors;
  } catch (error) {
    if (!(error instanceof ExecutorDefinitionError)) throw error;
    throw new ExecutorDefinitionError(
      error.problems.map((problem) => `${path}: ${problem}`),
      { cause: error },
    );
  }
}

async function importModule(path: string): Promise<unknown> {
  try {
    // Only Windows needs a URL here; a plain path is also understood by loaders that are not Node's own.
    const specifier = process.platform === 'win32' ? pathToFileURL(path).href : path;
    const module = (await import(specifier)) as { default?: unknown };
    return module.default;
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    throw new ExecutorDefinitionError([`${path}: the module does not load: ${says}`], { cause: error });
  }
}
