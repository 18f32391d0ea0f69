import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { may, PERMISSIONS, type Permission } from '../../src/access/permissions.ts';
import { ROLES } from '../../src/access/roles.ts';
import { isReviewer, mayOverride } from '../../src/workflows/eligibility.ts';

const PAGE = readFileSync(join(__dirname, '../../docs/keys.md'), 'utf8');
const ALL = Object.keys(PERMISSIONS) as Permission[];

test('the page of the keys shows what each role may do, cell by cell', () => {
  const rows = [...PAGE.matchAll(/^\| `([\w.]+)` *\|(.*)\|$/gm)].map(([, permission, cells = '']) => [
    permission,
    cells.split('|').map((cell) => cell.trim() === 'yes'),
  ]);
  expect(Object.fromEntries(rows)).toEqual(
    Object.fromEntries(ALL.map((permission) => [permission, ROLES.map((role) => may(role, permission))])),
  );
});

test('I5 an agent has one permission, to ask: none of a reviewer', () => {
  expect(ALL.filter((permission) => may('agent', permission))).toEqual(['action.ask']);
});

test.each(ROLES)('the workflow lets the role %s answer and override exactly where the table does', (role) => {
  const person = { name: 'somebody', role, groups: [] };
  expect(isReviewer(person)).toBe(may(role, 'approval.review'));
  expect(mayOverride(person)).toBe(may(role, 'approval.override'));
});
