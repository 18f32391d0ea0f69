import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { freePort } from '../../src/temporal/ports.ts';
import { WORD_POLICY } from '../support/policies.ts';
import { startStack, type Stack } from '../support/stack.ts';

interface Dashboard {
  panels: { targets: { expr: string }[] }[];
}
interface Alerts {
  groups: { rules: { alert: string; expr: string; annotations: Record<string, string> }[] }[];
}

const read = (file: string): string => readFileSync(new URL(`../../deploy/${file}`, import.meta.url), 'utf8');
const dashboard = JSON.parse(read('grafana/gatehouse.json')) as Dashboard;
const alerts = (parse(read('prometheus/alerts.yml')) as Alerts).groups.flatMap(({ rules }) => rules);

let stack: Stack;
let text: string;
beforeAll(async () => {
  const temporalPort = String(await freePort(0));
  stack = await startStack({
    policy: { 'words.yaml': WORD_POLICY },
    env: { GATEHOUSE_METRICS_PORT: '0', GATEHOUSE_TEMPORAL_METRICS_PORT: temporalPort },
  });
  // One of each, so that everything that has labels has a line.
  const ask = async (type: string) =>
    (await stack.call('agent', 'POST', '/api/v1/guard', { action: { type, target: 'db', context: {} } })).body;
  await ask('read_records');
  const { approvalId, actionDigest } = await ask('held_delete');
  const path = `/api/v1/approvals/${String(approvalId)}/verdict`;
  await stack.call('reviewer', 'POST', path, { verdict: 'approve', actionDigest });
  await stack.call('reviewer', 'POST', path, { verdict: 'reject', actionDigest });
  await ask('held_again');
  await stack.core.store.db
    .insertInto('reconciliations')
    .values({ at: 0, took_ms: 0, actor: 'test', differences: 0, report_json: '{}' })
    .execute();
  const urls = [stack.core.metrics?.url ?? '', `http://127.0.0.1:${temporalPort}/metrics`];
  text = (await Promise.all(urls.map(async (url) => (await fetch(url)).text()))).join('\n');
});
afterAll(() => stack.stop());

/** The metrics that an expression names. */
function metricsIn(expression: string): string[] {
  return expression.match(/\b(?:gatehouse|temporal|process|nodejs)_\w+(?=[[{ )]|$)/g) ?? [];
}

/** The labels that it selects or groups by, but for those that the scraper adds. */
function labelsIn(expression: string): string[] {
  const grouped = [...expression.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/,\s*/));
  const selected = [...expression.matchAll(/(\w+)=~?"/g)].map(([, label = '']) => label);
  return [...grouped, ...selected].filter((label) => !['job', 'instance'].includes(label));
}

const expressions = [
  ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ...alerts.map(({ expr }) => expr),
];

it.each(expressions)('names figures that a real installation serves, with their labels: %s', (expression) => {
  for (const metric of metricsIn(expression)) {
    const lines = text.split('\n').filter((line) => line.startsWith(`${metric}{`) || line.startsWith(`${metric} `));
    expect({ metric, served: lines.length > 0 }).toEqual({ metric, served: true });
    for (const label of labelsIn(expression)) expect(lines.join('\n')).toContain(`${label}="`);
  }
});

it('uses every metric of the gate somewhere, and says with each alert what to do', () => {
  const own = new Set([...text.matchAll(/^# TYPE (gatehouse_\w+)/gm)].map(([, name = '']) => name));
  own.delete('gatehouse_build_info');
  own.delete('gatehouse_verdicts_total');
  const used = expressions.join('\n');
  expect([...own].filter((name) => !used.includes(name))).toEqual([]);
  for (const { annotations } of alerts) expect(Object.keys(annotations)).toEqual(['summary', 'action']);
});

it('explains every metric of the gate in the documentation', () => {
  const page = readFileSync(new URL('../../docs/observability.md', import.meta.url), 'utf8');
  const own = [...text.matchAll(/^# TYPE (gatehouse_\w+)/gm)].map(([, name = '']) => name);
  expect(own.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
