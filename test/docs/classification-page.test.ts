import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { classifyLines } from '../../src/cli/classify-lines.ts';
import { ROOT } from './support/pages.ts';

const PAGE = path.join(ROOT, 'docs/classification.md');

async function classified(line: string): Promise<string> {
  const [input, output, errors] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const printed = text(output);
  input.end(`${line}\n`);
  await classifyLines({ input, output, errors });
  output.end();
  return printed;
}

test('what the page of classification shows is what the command prints', async () => {
  let page = readFileSync(PAGE, 'utf8');
  const blocks = [...page.matchAll(/^```console\n(\$ echo '(.*)' \| npx gatehouse classify)\n[^]*?^```$/gm)];
  for (const [block, command = '', line = ''] of blocks) {
    const printed = `\`\`\`console\n${command}\n${await classified(line)}\`\`\``;
    if (process.env['UPDATE_DOCS']) page = page.replace(block, () => printed);
    else expect(block).toBe(printed);
  }
  if (process.env['UPDATE_DOCS']) writeFileSync(PAGE, page);
  expect(blocks).toHaveLength(2);
});
