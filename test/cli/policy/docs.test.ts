import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { codeBlocks, ROOT } from '../../docs/support/pages.ts';
import { runCli } from '../support/run-cli.ts';
import { folderOf } from './support.ts';

const COMMAND = /^\$ gatehouse (.*)\n/;
const FILE = /^# (\S+\.yaml)\n/;

/** The files of a page: YAML that says in its first line where it stands, and its lines of requests. */
function filesOf(page: string): Record<string, string> {
  return Object.fromEntries(
    codeBlocks(page).flatMap(({ language, text }) => {
      if (language === 'json') return [['requests.ndjson', text]];
      const name = FILE.exec(text)?.[1];
      return language === 'yaml' && name !== undefined ? [[name, text]] : [];
    }),
  );
}

/** The words of a command line, single quotes taken off. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

test.each(['docs/policy-tests.md', 'docs/policy-rollout.md'])('%s shows what its commands print', async (page) => {
  const dir = folderOf(filesOf(page));
  const shown = codeBlocks(page).filter(({ language, text }) => language === 'console' && COMMAND.test(text));
  expect(shown.length).toBeGreaterThan(0);
  const real: string[] = [];
  for (const { text } of shown) {
    const [head = '', line = ''] = COMMAND.exec(text) ?? [];
    const { out } = await runCli(wordsOf(line), { cwd: dir });
    real.push(head + out.replaceAll(`${dir}/`, ''));
  }
  if (process.env['UPDATE_DOCS']) {
    const file = path.join(ROOT, page);
    let index = 0;
    const updated = readFileSync(file, 'utf8').replace(/^```console\n(\$ gatehouse [\s\S]*?)^```$/gm, () => {
      const text = real[index++] ?? '';
      return `\`\`\`console\n${text}\`\`\``;
    });
    writeFileSync(file, updated);
  } else expect(shown.map(({ text }) => text)).toEqual(real);
});
