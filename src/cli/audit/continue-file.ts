import { open, type FileHandle } from 'node:fs/promises';
import { usageError } from '../cli-error.ts';

/** The longest line that is looked for at the end of a file, in bytes. */
const MOST = 4 * 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * Opens an NDJSON export that may have been cut off, takes away what follows its last whole line, and tells the place of the
 * entry there; a file without one begins anew. Throws `CliError` `usage` for a file that is no export.
 */
export async function continueFile(name: string): Promise<{ file: FileHandle; after: number }> {
  // Made where it is not there, read and written at its end.
  const file = await open(name, 'a+', 0o600);
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - MOST);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    const tail = buffer.subarray(0, bytesRead);
    const end = tail.lastIndexOf(NEWLINE);
    if (end < 0) {
      if (from > 0) throw new SyntaxError('no line ends');
      await file.truncate(0);
      return { file, after: 0 };
    }
    const start = tail.lastIndexOf(NEWLINE, end - 1) + 1;
    const { seq } = JSON.parse(tail.subarray(start, end).toString('utf8')) as { seq?: unknown };
    if (typeof seq !== 'number') throw new SyntaxError('no seq');
    await file.truncate(from + end + 1);
    return { file, after: seq };
  } catch (error) {
    await file.close();
    if (!(error instanceof SyntaxError)) throw error;
    throw usageError(
      `--resume: ${name} does not end like an export in NDJSON. Give the file that an export has begun.`,
    );
  }
}
