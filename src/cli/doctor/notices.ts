import { NoticesFileError, loadNotices } from '../../notices/load.ts';
import type { Settings } from '../../settings.ts';
import type { Check } from './check.ts';
import { caution, fail, ok } from './check.ts';

/** Whether the file of notices can be used; one check for each thing that is wrong in it. Sends nothing. */
export function checkNotices(
  { notices: file, publicUrl }: Pick<Settings, 'notices' | 'publicUrl'>,
  env: NodeJS.ProcessEnv,
): Check[] {
  if (file === undefined) return [];
  try {
    const { channels, warnings } = loadNotices(file, env);
    const names = [...channels.keys()].join(', ');
    const links =
      publicUrl === undefined
        ? [caution('notices', 'their links lead to this machine alone', 'Set GATEHOUSE_PUBLIC_URL.')]
        : [];
    const unsafe = warnings.map((warning) => caution('notices', warning, 'See the page of notices.'));
    return [
      ok('notices', `${file}, channels ${names}; try one with: gatehouse notices test CHANNEL`),
      ...links,
      ...unsafe,
    ];
  } catch (error) {
    if (!(error instanceof NoticesFileError)) throw error;
    return error.problems.map(({ file: name, line, column, message, fix }) =>
      fail('notices', `${name}:${String(line)}:${String(column)}: ${message}`, `${fix}.`),
    );
  }
}
