import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder with these files in it. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'gatehouse-policy-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    writeFileSync(path.join(dir, name), text);
  }
  return dir;
}

/** A policy for trying the commands: the number of records decides. */
export const DELETES = `version: 1
name: deletes
defaults: { unmatched: require_approval }
rules:
  - { id: few, reason: Few may go., match: { action: delete_records }, when: args.count <= 10, effect: allow }
  - { id: many, reason: Deletes are looked at., match: { action: delete_records }, when: args.count > 10, effect: require_approval }
`;
