import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ToolDefinition } from '../../decide/tool-digest.ts';
import { idOf, proposePolicy } from '../../inventory/propose.ts';
import type { Capability } from '../../inventory/wire.ts';
import { usageError } from '../cli-error.ts';
import { cautionsOf, piecesOf } from '../../foreign/escape.ts';
import type { Terminal } from '../terminal.ts';

export interface ProposalFiles {
  policy: string;
  tests: string;
}

/** The files that a proposal goes to. Throws `CliError` where one is there already: a person may have edited it. */
export function checkProposalFiles({ cwd }: Terminal, folder: string, server: string): ProposalFiles {
  const name = idOf(server);
  const dir = resolve(cwd, folder);
  const files = { policy: join(dir, `${name}.yaml`), tests: join(dir, `${name}.test.yaml`) };
  for (const file of Object.values(files)) {
    if (existsSync(file))
      throw usageError(`--propose: ${file} is there already and is not written over: move it first.`);
  }
  return files;
}

/** Writes the proposal for the tools of a server, and never over a file that is there. */
export async function writeProposal(
  files: ProposalFiles,
  server: string,
  tools: readonly ToolDefinition[],
  capabilities: readonly Capability[],
): Promise<void> {
  const byName = new Map(capabilities.map((capability) => [capability.name, capability]));
  const proposed = tools.flatMap((definition) => {
    const classification = byName.get(definition.name)?.classification;
    return classification === undefined ? [] : [{ definition, classification, suspicious: isSuspicious(definition) }];
  });
  const { policy, tests } = await proposePolicy(server, proposed);
  mkdirSync(resolve(files.policy, '..'), { recursive: true });
  writeFileSync(files.policy, policy, { flag: 'wx' });
  writeFileSync(files.tests, tests, { flag: 'wx' });
}

/** Whether a person would be shown something other than what is there: hidden characters, letters that pass for others. */
function isSuspicious({ name, description = '' }: ToolDefinition): boolean {
  return [name, description].some((text) => cautionsOf(piecesOf(text)).length > 0);
}
