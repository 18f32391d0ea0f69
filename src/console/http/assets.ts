import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Express } from 'express';
import { resource } from '../../api/resource.ts';

const TYPES = {
  'page.css': 'text/css',
  'parts.css': 'text/css',
  'console.js': 'text/javascript',
  'icon.svg': 'image/svg+xml',
} as const;
export type AssetName = keyof typeof TYPES;
const NAMES = Object.keys(TYPES) as AssetName[];
const YEAR_SECONDS = 31_536_000;

const assets = new Map(
  NAMES.map((name) => {
    const text = readFileSync(new URL(`../assets/${name}`, import.meta.url));
    return [name, { text, version: createHash('sha256').update(text).digest('hex').slice(0, 12) }];
  }),
);

/** Where a page finds a file of ours. The path changes with the file, so that browsers may keep it for good. */
export function assetPath(name: AssetName): string {
  return `/console/assets/${assets.get(name)?.version ?? 'none'}/${name}`;
}

/** Serves the style sheet, the script and the icon. */
export function addAssets(app: Express): void {
  for (const name of NAMES) {
    resource(app, assetPath(name), {
      get: (_request, response) => {
        response.setHeader('Cache-Control', `public, max-age=${String(YEAR_SECONDS)}, immutable`);
        response.type(TYPES[name]).send(assets.get(name)?.text);
      },
    });
  }
}
