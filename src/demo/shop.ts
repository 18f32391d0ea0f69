import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { randomNumbers } from './random.ts';

/** Who has not been seen since this day is inactive. Everything in the shop is dated around it, so that it never drifts. */
export const INACTIVE_BEFORE = '2024-01-01';
export const INACTIVE_USERS = 1500;
export const ACTIVE_USERS = 2700;

/** What the demo counts before and after each call. */
export interface ShopCounts {
  users: number;
  inactiveUsers: number;
  orders: number;
}

const SCHEMA = `
  CREATE TABLE users (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE, country TEXT NOT NULL,
    created_at TEXT NOT NULL, last_seen TEXT NOT NULL
  );
  CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL, price_cents INTEGER NOT NULL);
  CREATE TABLE orders (
    id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id), product_id INTEGER NOT NULL REFERENCES products (id),
    quantity INTEGER NOT NULL, total_cents INTEGER NOT NULL, status TEXT NOT NULL, ordered_at TEXT NOT NULL
  );
  CREATE INDEX users_by_last_seen ON users (last_seen);
  CREATE INDEX orders_by_user ON orders (user_id);
`;

const FIRST =
  'Ada Ben Chidi Dana Elif Femi Greta Hugo Ines Jonas Kofi Lena Mateo Nadia Omar Priya Quinn Rosa Sven Tara'.split(' ');
const LAST =
  'Adler Brandt Costa Diallo Eriksen Fischer Garcia Haddad Ito Jansen Kaya Lopez Moreau Novak Okafor Patel'.split(' ');
const COUNTRIES = ['DE', 'ES', 'FR', 'GB', 'IN', 'JP', 'NG', 'SE', 'TR', 'US'];
const STATUSES = ['delivered', 'delivered', 'delivered', 'shipped', 'returned'];
const PRODUCTS: [string, number][] = [
  ['Enamel mug', 1490],
  ['Canvas bag', 2450],
  ['Desk lamp', 5900],
  ['Field notebook', 990],
  ['Wool blanket', 8900],
  ['Steel bottle', 2790],
  ['Cast-iron pan', 6490],
  ['Rain jacket', 12900],
];

/**
 * Makes the sample shop at `path` unless it is there: some thousand users, exactly 1,500 of them inactive, and their orders.
 * Always the same rows. It appears whole or not at all.
 */
export function createDemoShop(path: string): void {
  if (!existsSync(path)) recreateDemoShop(path);
}

/** Makes the sample shop anew, in place of the one that may be there. */
export function recreateDemoShop(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}.new`;
  rmSync(unfinished, { force: true });
  const db = new Database(unfinished);
  try {
    db.exec(SCHEMA);
    db.exec('BEGIN');
    fill(db);
    db.exec('COMMIT');
  } finally {
    db.close();
  }
  renameSync(unfinished, path);
}

/** Counts the rows of the shop. */
export function countShop(path: string): ShopCounts {
  const db = new Database(path);
  try {
    const count = (from: string): number =>
      (db.prepare(`SELECT count(*) AS n FROM ${from}`).all([]) as { n: number }[])[0]?.n ?? 0;
    return {
      users: count('users'),
      inactiveUsers: count(`users WHERE last_seen < '${INACTIVE_BEFORE}'`),
      orders: count('orders'),
    };
  } finally {
    db.close();
  }
}

/** The orders that brought in most, newest first among equals. What the sample agent reads. */
export function topOrders(path: string, limit: number): { id: number; customer: string; total_cents: number }[] {
  const db = new Database(path);
  try {
    const query =
      'SELECT orders.id, users.name AS customer, total_cents FROM orders JOIN users ON users.id = user_id ' +
      'ORDER BY total_cents DESC, orders.id DESC LIMIT ?';
    return db.prepare(query).all([BigInt(limit)]) as { id: number; customer: string; total_cents: number }[];
  } finally {
    db.close();
  }
}

function fill(db: InstanceType<typeof Database>): void {
  const { below, day } = randomNumbers(20_260_101);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  const product = db.prepare('INSERT INTO products VALUES (?, ?, ?)');
  PRODUCTS.forEach(([name, cents], index) => product.run([BigInt(index + 1), name, BigInt(cents)]));
  const user = db.prepare('INSERT INTO users VALUES (?, ?, ?, ?, ?, ?)');
  const order = db.prepare(
    'INSERT INTO orders (user_id, product_id, quantity, total_cents, status, ordered_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const total = ACTIVE_USERS + INACTIVE_USERS;
  for (let id = 1; id <= total; id++) {
    // Inactive users are spread over all ids: exactly 1,500 of them, whatever the numbers drawn.
    const inactive = Math.floor((id * INACTIVE_USERS) / total) > Math.floor(((id - 1) * INACTIVE_USERS) / total);
    const [first, last] = [pick(FIRST), pick(LAST)];
    const created = inactive ? day('2019-01-01', '2022-06-30') : day('2019-01-01', '2025-06-30');
    const seen = inactive ? day('2022-07-01', '2023-12-31') : day('2025-07-01', '2025-12-31');
    const email = `${first}.${last}.${id}@example.com`.toLowerCase();
    user.run([BigInt(id), `${first} ${last}`, email, pick(COUNTRIES), created, seen]);
    for (let count = below(inactive ? 2 : 4); count > 0; count--) {
      const index = below(PRODUCTS.length);
      const quantity = 1 + below(3);
      const cents = (PRODUCTS[index]?.[1] ?? 0) * quantity;
      order.run([BigInt(id), BigInt(index + 1), BigInt(quantity), BigInt(cents), pick(STATUSES), day(created, seen)]);
    }
  }
}
