import { classify, readyFor, strictest } from '../../src/classify/index.ts';

const unread = (part: string) =>
  ({ operation: 'execute', carrier: true, part, says: 'it is code, which is not read' }) as const;
const read = (part: string) => ({ operation: 'read', settles: true, part, says: 'it only looks' }) as const;

test.each(['context.statement', 'context.statement.text', 'context.statement[0]'])(
  'code that was read in full at %s settles what was said of the argument that holds it',
  (place) => {
    expect(strictest([unread('context.statement'), read(place)]).operation).toBe('read');
  },
);

test.each(['context.statements', 'context.statement_2', 'context.command'])(
  'code that was read in full says nothing for %s beside it',
  (beside) => {
    expect(strictest([unread(beside), read('context.statement')]).operation).toBe('execute');
  },
);

test.each([
  { source: 'import os; os.remove("data.db")', sql: 'SELECT 1' },
  { code: 'shutil.rmtree(path)', query: 'SELECT 1' },
])('code of a language that nobody reads is not settled by the SQL beside it: %j', async (context) => {
  const action = { type: 'python_exec', target: 'notebook', context };
  await readyFor(action);
  expect(classify(action)).toMatchObject({ operation: 'execute', destructive: true });
});

test('a short code beside a name that reads is no program', () => {
  expect(classify({ type: 'get_country', target: 'shop', context: { code: 'DE', source: 'web' } }).operation).toBe(
    'read',
  );
});
