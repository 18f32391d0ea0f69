import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../temporal/error-code.ts';
import type { ArchivePlace } from './archive-place.ts';

/** An archive in a folder, which may be a mount of something safer. A file is whole or not there. */
export function folderArchive(folder: string): ArchivePlace {
  return {
    says: folder,
    put: async (name, bytes) => {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      const draft = `${file}.${randomUUID()}.part`;
      const handle = await open(draft, 'wx', 0o600);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(draft, file);
    },
    get: async (name) => {
      try {
        return await readFile(path.join(folder, name));
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return null;
        throw error;
      }
    },
  };
}
