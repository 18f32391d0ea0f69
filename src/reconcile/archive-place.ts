import type { ArchiveTarget } from '../settings/operations.ts';

/** Where archived histories lie. Names are paths with slashes, of letters, digits, `_`, `-` and `.` only. */
export interface ArchivePlace {
  /** For people, e.g. `s3://bucket/prefix`. */
  readonly says: string;
  /** Durable when it returns. The same bytes under the same name may be put again. */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** The bytes, or null where nothing lies under that name. */
  get(name: string): Promise<Uint8Array | null>;
}

/** Opens the archive of the settings. An S3 store's credentials come from AWS's own variables in `env`. */
export async function openArchive(target: ArchiveTarget, env: NodeJS.ProcessEnv): Promise<ArchivePlace> {
  // Each loaded where it is used: most installations have neither.
  if (target.kind === 's3') {
    const { s3Archive } = await import('./archive-s3.ts');
    return s3Archive(target, env);
  }
  const { folderArchive } = await import('./archive-folder.ts');
  return folderArchive(target.path);
}
