import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** The root of the repository. */
export const ROOT = resolve(import.meta.dirname, '../..');

const environmentSchema = z.record(z.string(), z.string());

const serviceSchema = z.object({
  image: z.string(),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: environmentSchema.default({}),
  volumes: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  ports: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  restart: z.string(),
  user: z.string().optional(),
});

const composeSchema = z.object({
  services: z.record(z.string(), serviceSchema),
  networks: z.record(z.string(), z.object({ internal: z.boolean().optional() }).nullable()),
  volumes: z.record(z.string(), z.null()),
});

export type Service = z.output<typeof serviceSchema>;

/** A file of the repository. */
export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** docker-compose.yml with anchors and merge keys resolved. Its shape is narrower than the format allows, on purpose. */
export function composeFile(): z.output<typeof composeSchema> {
  return composeSchema.parse(parse(read('docker-compose.yml'), { merge: true }));
}
