import { fileOf, problemsOf } from './support/policies.ts';

const asking = (terms: string): string[] =>
  problemsOf({
    'a.yaml': fileOf([`{ id: a, reason: r, match: { action: x }, effect: require_approval, approval: ${terms} }`]),
  });

test.each(['0s', '-1h', '366d', 'forever'])(
  'F12 an approval that is open for %s could be given by nobody',
  (expiresIn) => {
    expect(asking(`{ expiresIn: ${expiresIn} }`)).toEqual([
      expect.stringMatching(
        /^a\.yaml:5:\d+: rules\[0\]\.approval\.expiresIn must be a duration such as 90s, 30m, 24h or 7d/,
      ),
    ]);
  },
);

test('F12 the defaults and the overrides are held to the same', () => {
  const rule = '{ id: a, reason: r, match: { action: x }, effect: require_approval }';
  const defaults = fileOf([rule], 'defaults: { approval: { expiresIn: 0s } }');
  expect(problemsOf({ 'a.yaml': defaults }).join()).toMatch(/defaults\.approval\.expiresIn must be a duration/);
  const override = fileOf([rule], 'overrides: [{ rule: a, approval: { expiresIn: 0s }, reason: r }]');
  expect(problemsOf({ 'a.yaml': override }).join()).toMatch(/overrides\[0\]\.approval\.expiresIn must be a duration/);
});

test('F12 terms that nobody knows are refused, so that none is silently left out', () => {
  expect(asking('{ expiresIn: 1h, unheardOf: 0 }').join()).toMatch(/rules\[0\]\.approval\.unheardOf is not known/);
});
