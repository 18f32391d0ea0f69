// Loaded into the shipped program by `node --import`: ends the process as a power cut would, at a point between two
// steps. It wraps the libraries below the program, so that the program itself has no such door.
import { WorkflowClient } from '@temporalio/client';
import Database from 'libsql';
import { ServerResponse } from 'node:http';

/** `start:before`, `decide:after` and so on; see `KillPoint` in processes.ts. */
const point = process.env.TEST_KILL_AT;
const die = (at) => {
  if (at === point) process.kill(process.pid, 'SIGKILL');
};

const { start } = WorkflowClient.prototype;
WorkflowClient.prototype.start = async function (...args) {
  die('start:before');
  const handle = await start.apply(this, args);
  die('start:after');
  return handle;
};

// A transaction that makes an action is a decision; one that changes an action is a move. A statement may run many times.
let writes = null;
const { prepare } = Database.prototype;
Database.prototype.prepare = function (sql, ...rest) {
  const statement = prepare.call(this, sql, ...rest);
  const text = sql.trim().toLowerCase();
  if (text === 'begin') before(statement, () => (writes = null));
  if (text.startsWith('insert into "actions"')) before(statement, () => (writes = 'decide'));
  if (text.startsWith('update "actions"')) before(statement, () => (writes = 'move'));
  if (text === 'commit') dyingAround(statement);
  return statement;
};

function before(statement, note) {
  for (const name of ['run', 'all']) {
    const execute = statement[name];
    statement[name] = (...args) => {
      note();
      return execute.apply(statement, args);
    };
  }
}

function dyingAround(statement) {
  const { run } = statement;
  statement.run = (...args) => {
    const what = writes;
    if (what !== null) die(`${what}:before`);
    const result = run.apply(statement, args);
    if (what !== null) die(`${what}:after`);
    return result;
  };
}

const { end } = ServerResponse.prototype;
ServerResponse.prototype.end = function (...args) {
  if (this.req.url.endsWith('/api/v1/guard')) die('answer:before');
  return end.apply(this, args);
};
