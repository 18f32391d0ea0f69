import type { Kysely, Migration } from 'kysely';
import type { SerialType } from './index.ts';

/** Actions with their approvals and events, keys, and the policies that were in force. */
export function first(serial: SerialType): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('actions')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('agent', 'text', (c) => c.notNull())
        .addColumn('type', 'text', (c) => c.notNull())
        .addColumn('target', 'text', (c) => c.notNull())
        .addColumn('context_json', 'text', (c) => c.notNull())
        .addColumn('digest', 'text', (c) => c.notNull())
        .addColumn('purpose', 'text')
        .addColumn('mode', 'text', (c) => c.notNull())
        .addColumn('request_id', 'text', (c) => c.notNull())
        .addColumn('lease_seconds', 'double precision', (c) => c.notNull())
        .addColumn('requested_at', 'bigint', (c) => c.notNull())
        .addColumn('outcome', 'text', (c) => c.notNull())
        .addColumn('judgement_json', 'text', (c) => c.notNull())
        .addColumn('risk_score', 'double precision', (c) => c.notNull())
        .addColumn('severity', 'text', (c) => c.notNull())
        .addColumn('policy_digest', 'text', (c) => c.notNull())
        .addColumn('decided_at', 'bigint', (c) => c.notNull())
        .addColumn('decided_by', 'text', (c) => c.notNull())
        .addColumn('status', 'text', (c) => c.notNull())
        .addColumn('version', 'integer', (c) => c.notNull())
        .addColumn('approval_id', 'text')
        .addColumn('claim_id', 'text')
        .addColumn('claimed_at', 'bigint')
        .addColumn('permit_until', 'bigint')
        .addColumn('permit_policy', 'text')
        .addColumn('settled_at', 'bigint')
        .addColumn('settle_reason', 'text')
        .addColumn('result_json', 'text')
        .addColumn('error', 'text')
        .execute();
      await db.schema.createIndex('actions_newest').on('actions').columns(['requested_at', 'id']).execute();
      await db.schema.createIndex('actions_by_agent').on('actions').columns(['agent', 'requested_at']).execute();
      await db.schema.createIndex('actions_by_status').on('actions').columns(['status', 'requested_at']).execute();

      await db.schema
        .createTable('approvals')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('action_id', 'text', (c) => c.notNull().references('actions.id'))
        .addColumn('agent', 'text', (c) => c.notNull())
        .addColumn('round', 'integer', (c) => c.notNull())
        .addColumn('status', 'text', (c) => c.notNull())
        .addColumn('requested_at', 'bigint', (c) => c.notNull())
        .addColumn('expires_at', 'bigint', (c) => c.notNull())
        .addColumn('action_digest', 'text', (c) => c.notNull())
        .addColumn('policy_digest', 'text', (c) => c.notNull())
        .addColumn('judgement_json', 'text', (c) => c.notNull())
        .addColumn('resolved_at', 'bigint')
        .addColumn('resolved_by', 'text')
        .addColumn('comment', 'text')
        .addColumn('unsigned', 'integer', (c) => c.notNull())
        .addUniqueConstraint('approvals_one_a_round', ['action_id', 'round'])
        .execute();
      await db.schema.createIndex('approvals_by_status').on('approvals').columns(['status', 'requested_at']).execute();

      await db.schema
        .createTable('events')
        .addColumn('seq', serial, (c) => (serial === 'integer' ? c.primaryKey().autoIncrement() : c.primaryKey()))
        .addColumn('action_id', 'text', (c) => c.notNull())
        .addColumn('key', 'text', (c) => c.notNull())
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('actor', 'text', (c) => c.notNull())
        .addColumn('at', 'bigint', (c) => c.notNull())
        .addColumn('data_json', 'text', (c) => c.notNull())
        .addUniqueConstraint('events_once', ['action_id', 'key'])
        .execute();

      await db.schema
        .createTable('keys')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('prefix', 'text', (c) => c.notNull())
        .addColumn('hash', 'text', (c) => c.notNull().unique())
        .addColumn('principal', 'text', (c) => c.notNull())
        .addColumn('role', 'text', (c) => c.notNull())
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .addColumn('revoked_at', 'bigint')
        .execute();
      await db.schema
        .createTable('verdict_keys')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('public_key', 'text', (c) => c.notNull())
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('policy_versions')
        .addColumn('digest', 'text', (c) => c.primaryKey())
        .addColumn('text', 'text', (c) => c.notNull())
        .addColumn('first_seen_at', 'bigint', (c) => c.notNull())
        .execute();
    },
  };
}
