import type { Sensitivity } from '@gatehouse/sdk/contract';

/** Where a host is, as far as its name or address tells. */
export type Place = 'public' | 'loopback' | 'private' | 'link-local' | 'metadata' | 'internal' | 'reserved';

/** What each place means for a request that goes there. What is not public answers to the machine, not to the agent. */
export const PLACES: Record<Place, { says?: string; sensitivity?: Sensitivity; outside: boolean }> = {
  public: { outside: true },
  loopback: { says: 'is this machine itself', sensitivity: 'secrets', outside: false },
  private: { says: 'is an address of a private network', sensitivity: 'secrets', outside: false },
  'link-local': { says: 'is a link-local address', sensitivity: 'secrets', outside: true },
  metadata: { says: 'is a metadata service, which hands out credentials', sensitivity: 'secrets', outside: true },
  internal: { says: 'is a name of an internal network', outside: false },
  reserved: { says: 'is an address of a reserved range', outside: true },
};

/** Metadata services of the clouds, by their documentation: AWS, ECS, EKS, Google, Azure, Alibaba, Oracle, Tencent. */
export const METADATA_HOSTS: ReadonlySet<string> = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '169.254.0.23',
  '168.63.129.16',
  '100.100.100.200',
  '192.0.0.192',
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254',
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'instance-data',
  'instance-data.ec2.internal',
  'metadata.tencentyun.com',
  'metadata.azure.com',
]);

/** Endings of names that no public name server answers: RFC 6762, RFC 8375, ICANN's `.internal`, Kubernetes and habit. */
export const INTERNAL_ENDINGS: readonly string[] = [
  'internal',
  'local',
  'svc',
  'corp',
  'lan',
  'home',
  'intranet',
  'private',
  'home.arpa',
  'cluster.local',
];

/** Names that resolve to loopback, or to the address written in front of them. */
export const LOOPBACK_DOMAINS: ReadonlySet<string> = new Set(['localtest.me', 'lvh.me', 'vcap.me', 'lacolhost.com']);
export const ADDRESS_DOMAINS: ReadonlySet<string> = new Set(['nip.io', 'sslip.io', 'xip.io']);
