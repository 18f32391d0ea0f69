import type {
  AcceptAnswer,
  AcceptRequest,
  CapabilityDetail,
  CapabilityList,
  ImportAnswer,
  ImportRequest,
  InventoryDiff,
} from '../../inventory/wire.ts';
import { capabilitySchema } from '../../inventory/wire.ts';

const DIGEST = 'sha256:58c1f0a4d2b3697e0f1c2d3e4a5b6c7d8e9f00112233445566778899aabbccdd';
const id = 'github/delete_branch';

const importRequest: ImportRequest = {
  server: 'github',
  source: { kind: 'mcp', location: 'npx -y github-mcp-server', version: '1.4.0' },
  capabilities: [
    {
      name: 'delete_branch',
      description: 'Delete a branch. It cannot be had back.',
      inputSchema: { type: 'object', properties: { branch: { type: 'string' } }, required: ['branch'] },
    },
  ],
};

const detail: CapabilityDetail = {
  id,
  server: 'github',
  name: 'delete_branch',
  description: 'Delete a branch. It cannot be had back.',
  status: 'changed',
  origin: 'import',
  digest: DIGEST,
  classification: {
    operation: 'delete',
    targetKind: 'code',
    environment: 'unknown',
    destructive: true,
    reversible: false,
    external: false,
    reach: 'unknown',
    sensitivity: [],
    confidence: 'medium',
    evidence: [{ part: 'type', says: 'it has the word "delete"' }],
  },
  riskScore: 55,
  severity: 'medium',
  riskFactors: [{ name: 'operation', points: 40, says: 'delete operation' }],
  outcome: 'REQUIRE_APPROVAL',
  rule: 'ask-deletes',
  firstSeenAt: '2026-02-03T10:00:00.000Z',
  lastSeenAt: '2026-02-04T10:00:00.000Z',
  uses: 3,
  outcomes: { succeeded: 2, rejected: 1 },
  accepted: { by: 'admin:maria', at: '2026-02-03T11:00:00.000Z', reason: 'Read with the owner' },
  definition: {
    name: 'delete_branch',
    description: 'Delete a branch. It cannot be had back.',
    inputSchema: { type: 'object', properties: { branch: { type: 'string' } }, required: ['branch'] },
  },
  differences: [{ part: 'description', before: 'Delete a branch.', after: 'Delete a branch. It cannot be had back.' }],
};
const capability = capabilitySchema.parse(detail);

/** Examples of the inventory, by the name of the component. */
export const INVENTORY_EXAMPLES = {
  ImportRequest: importRequest,
  ImportAnswer: { server: 'github', new: [], changed: [id], gone: [], unchanged: 0 } satisfies ImportAnswer,
  CapabilityDetail: detail,
  CapabilityList: {
    capabilities: [capability],
    sources: [
      {
        server: 'github',
        kind: 'mcp',
        location: 'npx -y github-mcp-server',
        version: '1.4.0',
        importedAt: '2026-02-04T10:00:00.000Z',
        importedBy: 'admin:maria',
      },
    ],
    nextCursor: null,
  } satisfies CapabilityList,
  InventoryDiff: { capabilities: [detail], nextCursor: null } satisfies InventoryDiff,
  AcceptRequest: {
    capabilities: [{ id, digest: DIGEST }],
    reason: 'The new sentence says what it did all along',
  } satisfies AcceptRequest,
  AcceptAnswer: { accepted: [id], removed: [] } satisfies AcceptAnswer,
};
