import { run } from '@bufbuild/cel';
import fc from 'fast-check';
import type { JsonObject } from '@gatehouse/sdk/contract';
import { classify, examine } from '../../src/classify/index.ts';
import { compileCondition } from '../../src/policy/cel.ts';
import { prepare } from '../../src/policy/facts.ts';
import { assessRisk } from '../../src/risk/index.ts';
import type { ParameterValues } from '../../src/policy/parameters.ts';
import { shippedConditions, writtenConditions } from './support/conditions.ts';

const shipped = shippedConditions();
const written = writtenConditions();

test('there are conditions to compare', () => {
  expect(shipped.length).toBeGreaterThan(20);
  expect(written.length).toBeGreaterThan(20);
});

const types = fc.constantFrom(
  'get_user',
  'send_email',
  'delete_records',
  'process_refund',
  'export_data',
  'bulk_update',
);
const targets = fc.constantFrom('production_database', 'staging_mail', 'dev_box', 'vault', 'clinic_patients', 'crm');
// No null: for has() the other engine takes a field that is null as absent, where the specification goes by the key.
const context = fc.dictionary(
  fc.constantFrom('amount', 'count', 'to', 'currency', 'where', 'all', 'x'),
  fc.oneof(fc.integer(), fc.double({ noNaN: true }), fc.string(), fc.constantFrom('EUR', 'usd', 'BTC', true)),
  // The other engine takes plain objects only.
  { noNullPrototype: true },
) as fc.Arbitrary<JsonObject>;

/** What the other engine says; an error of either kind is `null`. */
function other(text: string, variables: Record<string, unknown>): boolean | null {
  try {
    const value: unknown = run(text, variables as Parameters<typeof run>[1]);
    return typeof value === 'boolean' ? value : null;
  } catch {
    return null;
  }
}

test.each([...shipped, ...written])('two engines agree on the condition $text', ({ text, params }) => {
  const compiled = compileCondition(
    text,
    params === null ? null : (new Map(Object.entries(params)) as ParameterValues),
  );
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  fc.assert(
    fc.property(types, targets, context, (type, target, args) => {
      const action = { type, target, context: args };
      const classification = classify(action);
      const found = examine(action);
      const { score, severity } = assessRisk({ classification, action, agent: 'a', found });
      const { variables } = prepare({
        action: { type, target, tags: [], session: null, server: null },
        args,
        agent: { name: 'a', team: null, roles: [], tags: [], owner: null, environment: null, parent: null, chain: [] },
        tool: { status: null },
        now: 0,
        classification,
        risk: { score, severity },
        found,
      });
      const truth = compiled.condition(variables);
      const same = params === null ? variables : { ...variables, params };
      expect(truth.ok ? truth.value : null).toBe(other(text, same));
    }),
    { numRuns: 100 },
  );
});
