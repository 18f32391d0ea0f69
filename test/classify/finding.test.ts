import { strictest } from '../../src/classify/index.ts';

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
