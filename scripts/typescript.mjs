// `node --import ./scripts/typescript.mjs bench/main.ts` runs TypeScript as it stands, for what is not shipped.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
