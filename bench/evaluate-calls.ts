import type { JudgedAction } from '../src/decide/judge.ts';

/** Calls of the kinds that an agent makes, with what they hold for the parsers. */
export const CALLS: readonly (JudgedAction & { says: string })[] = [
  {
    says: 'a read',
    type: 'get_order',
    target: 'orders_database',
    agent: 'shop',
    context: { id: 'ord_1' },
  },
  {
    says: 'a delete',
    type: 'delete_records',
    target: 'production_database',
    agent: 'cleanup',
    context: { table: 'users', count: 1500 },
  },
  {
    says: 'a message',
    type: 'send_email',
    target: 'mail',
    agent: 'desk',
    context: { to: ['a@example.com'], subject: 'Your order', body: 'It is on its way.' },
  },
  {
    says: 'SQL',
    type: 'execute_sql',
    target: 'orders_database',
    agent: 'analyst',
    context: {
      sql: 'SELECT o.id, sum(i.price * i.amount) FROM orders o JOIN items i ON i.order_id = o.id WHERE o.day > $1 GROUP BY o.id',
    },
  },
  {
    says: 'a shell command',
    type: 'run_command',
    target: 'build_box',
    agent: 'coder',
    context: { command: 'cd app && git status --short | head -20 && npm test -- --silent > report.txt' },
  },
  {
    says: 'a request',
    type: 'http_request',
    target: 'billing_api',
    agent: 'desk',
    context: { method: 'POST', url: 'https://billing.example.com/v1/invoices/17/reminders' },
  },
];
