import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { demoExecutors } from '../../src/demo/executors.ts';
import { previewArguments } from '../../src/activities/executors/preview.ts';
import { ACTIVE_USERS, countShop, createDemoShop, INACTIVE_USERS, topOrders } from '../../src/demo/shop.ts';
import { attempt } from '../activities/executors/support.ts';

function shop(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'gatehouse-shop-')), 'demo', 'shop.db');
  createDemoShop(path);
  return path;
}
const remove = { table: 'users', count: INACTIVE_USERS };

describe('the sample shop', () => {
  test('it has exactly 1,500 inactive users, and orders, and is the same every time', () => {
    const [one, two] = [shop(), shop()];
    expect(countShop(one)).toEqual(countShop(two));
    expect(countShop(one)).toMatchObject({ users: ACTIVE_USERS + INACTIVE_USERS, inactiveUsers: 1500 });
    expect(countShop(one).orders).toBeGreaterThan(3000);
    expect(topOrders(one, 5)).toEqual(topOrders(two, 5));
  });

  test('a shop that is there is left as it is', () => {
    const path = shop();
    const db = new Database(path);
    db.exec('DELETE FROM orders');
    db.close();
    createDemoShop(path);
    expect(countShop(path).orders).toBe(0);
  });
});

describe('the executor of the sample shop', () => {
  test('it deletes exactly the inactive users with their orders, once', async () => {
    const path = shop();
    const [executor] = demoExecutors(path);
    if (!executor) throw new Error('there is no executor');
    expect(await previewArguments(executor, remove)).toEqual({ rows: [{ users: 1500 }] });
    const result = await attempt(executor, remove, 'act_1', 1);
    expect(result).toMatchObject({ deletedUsers: 1500 });
    expect(await attempt(executor, remove, 'act_1', 2)).toEqual(result);
    expect(countShop(path)).toMatchObject({ users: ACTIVE_USERS, inactiveUsers: 0 });
    const db = new Database(path);
    expect(db.prepare('PRAGMA foreign_key_check').all([])).toEqual([]);
    db.close();
  });

  test('it deletes nothing when more users would go than were approved', async () => {
    const path = shop();
    const before = countShop(path);
    const [executor] = demoExecutors(path);
    if (!executor) throw new Error('there is no executor');
    await expect(attempt(executor, { ...remove, count: 1499 })).rejects.toMatchObject({
      type: 'permanent',
      message: expect.stringContaining('it would delete 1500 users where 1499 were approved'),
    });
    await expect(attempt(executor, { table: 'orders', count: 1 })).rejects.toMatchObject({ type: 'invalid_arguments' });
    expect(countShop(path)).toEqual(before);
  });
});
