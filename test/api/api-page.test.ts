import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPERATIONS } from '../../src/api/openapi/operations.ts';
import type { CurlRequest } from './support/curl.ts';
import { parseCurl } from './support/curl.ts';
import { KEYS, runApp } from './support/running-app.ts';

const PAGE = join(__dirname, '../../docs/api.md');
const EXAMPLE = /```sh\n(curl[\s\S]*?)```\n\nAnswers `(\d+)`:\n\n```json\n([\s\S]*?)```/g;
const VARIABLES = { GATEHOUSE_URL: '', AGENT_KEY: KEYS.agent, REVIEWER_KEY: KEYS.reviewer, ADMIN_KEY: KEYS.admin };
const INSTANCE = /"instance": "urn:gatehouse:request:[^"]*"/;
const ANY_INSTANCE = '"instance": "urn:gatehouse:request:0c6f5d1e-6d5e-4f7c-8f0e-8a7a1f6f2b11"';

interface Example {
  request: CurlRequest;
  status: number;
  answer: string;
}

function examples(page: string): Example[] {
  return [...page.matchAll(EXAMPLE)].map(([, command = '', status, answer = '']) => ({
    request: parseCurl(command.trim(), VARIABLES),
    status: Number(status),
    answer,
  }));
}

/** Lists of texts and numbers on one line where they fit, as prettier writes them. */
function oneLineLists(json: string): string {
  return json.replace(
    /^(.*)\[\n((?: *(?:"(?:[^"\\]|\\.)*"|[-\d.]+),?\n)+) *\]/gm,
    (whole, before: string, lines: string) => {
      const line = `${before}[${lines.trim().split(/\n */).join(' ')}]`;
      return line.length < 120 ? line : whole;
    },
  );
}

/** Runs the examples in their order against one app, and gives what each answers. */
async function answersOf(requests: readonly CurlRequest[]): Promise<{ status: number; answer: string }[]> {
  const app = await runApp();
  const answers: { status: number; answer: string }[] = [];
  for (const { method, path, headers, body, pick } of requests) {
    const options = { key: null, headers, ...(body === undefined ? {} : { raw: body }) };
    const { status, json } = await app.call(method, path, options);
    const shown = pick ? Object.fromEntries(pick.map((name) => [name, json[name]])) : json;
    answers.push({
      status,
      answer: `${oneLineLists(JSON.stringify(shown, null, 2)).replace(INSTANCE, ANY_INSTANCE)}\n`,
    });
  }
  await app.server.close();
  return answers;
}

describe('the page of the API', () => {
  it('shows what each command answers', async () => {
    const page = readFileSync(PAGE, 'utf8');
    const shown = examples(page);
    const real = await answersOf(shown.map((each) => each.request));
    if (process.env['UPDATE_DOCS']) {
      let index = 0;
      const update = (whole: string, _command: string, _status: string, answer: string): string =>
        `${whole.slice(0, whole.length - answer.length - 3)}${real[index++]?.answer}\`\`\``;
      writeFileSync(PAGE, page.replace(EXAMPLE, update));
    } else {
      expect(shown.map((each) => each.answer)).toEqual(real.map((each) => each.answer));
    }
    expect(shown.map((each) => each.status)).toEqual(real.map((each) => each.status));
  });

  it('has good and bad input for every operation of the API', () => {
    const shown = examples(readFileSync(PAGE, 'utf8'));
    for (const { path, method, tag } of OPERATIONS) {
      const pattern = new RegExp(`^${path.replace(/\{\w+\}/, '[^/?]+')}(\\?.*)?$`);
      const mine = shown.filter(({ request }) => pattern.test(request.path) && request.method === method.toUpperCase());
      expect({ path, good: mine.some((each) => each.status === 200) }).toEqual({ path, good: true });
      if (tag !== 'service')
        expect({ path, bad: mine.some((each) => each.status >= 400) }).toEqual({ path, bad: true });
    }
  });
});
