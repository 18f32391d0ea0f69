import type { AuditEntry, Checkpoint } from '@gatehouse/sdk/contract';

/** Its hashes are right: `docs/audit.md` works them out by hand, and a test does. */
const entry: AuditEntry = {
  v: 1,
  seq: 1,
  at: '2026-02-03T10:00:00.000Z',
  kind: 'requested',
  actor: 'agent:cleanup-agent',
  action: 'act_7Yk2mQ',
  key: 'requested',
  dataDigest: 'b65d51edca74e41ce06da9ba42216a2904fb87a7834f2233def38e0171c62cd8',
  prev: '0000000000000000000000000000000000000000000000000000000000000000',
  hash: 'b3fa5e5fd9035a1e5d387aac2bcfa092e27ed6f12b6e3045973e59eb81592b58',
  salt: '9f2c1e7ab0d4458836c1f07d5be2a916',
  data: {
    digest: 'sha256:5d0a2a1a0b0a3f4f6b1b8f6e0e3c7d9e1f2a3b4c5d6e7f8091a2b3c4d5e6f708',
    mode: 'permit',
    purpose: 'Remove users inactive for two years',
    requestId: 'req_1',
  },
};

const checkpoint: Checkpoint = {
  v: 1,
  size: 1,
  hash: 'b3fa5e5fd9035a1e5d387aac2bcfa092e27ed6f12b6e3045973e59eb81592b58',
  at: '2026-02-03T10:01:00.000Z',
  keyId: 'ded647a086d1bb47',
  signature: 'PDkAfjeU1wjB9gyE4xdQdd9wxTUcxtciXjT1Jnf8C1GiEaUQBc3XIvmUb1LSlxxdvD3Ty2Ts1E-RXOmVCDsGCw',
};

/** Examples of the record, by component. */
export const AUDIT_EXAMPLES = {
  AuditEntry: entry,
  AuditEntryList: { entries: [entry], nextCursor: null },
  Checkpoint: checkpoint,
  CheckpointList: {
    size: 1,
    unsealed: 0,
    checkpoints: [checkpoint],
    keys: [
      {
        keyId: checkpoint.keyId,
        publicKey:
          '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA5sHBVHP02EBybIa32yCzt+UC6IE1eCJcJsnx9CsjXAU=\n-----END PUBLIC KEY-----\n',
      },
    ],
    nextCursor: null,
  },
};
