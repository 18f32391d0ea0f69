import type { Program, Programs } from '../program.ts';
import { CODE } from '../special/code.ts';
import { SHELLS } from '../special/shells.ts';
import { DATABASES } from '../special/sql.ts';
import { WRAPPING } from '../special/wrappers.ts';
import { FINDING, SPREADING } from '../special/xargs.ts';
import { ARCHIVES } from './archives.ts';
import { BACKUPS } from './backups.ts';
import { BREW } from './brew.ts';
import { BUILDS } from './builds.ts';
import { BUILTINS } from './builtins.ts';
import { CLOUDS } from './clouds.ts';
import { CONTAINERS } from './containers.ts';
import { DISKS } from './disks.ts';
import { FILES } from './files.ts';
import { GIT } from './git.ts';
import { HOSTING } from './hosting.ts';
import { INFRASTRUCTURE } from './infrastructure.ts';
import { LANGUAGES } from './languages.ts';
import { LOOKING } from './looking.ts';
import { MACOS } from './macos.ts';
import { NETWORK } from './network.ts';
import { PACKAGES } from './packages.ts';
import { SERVICES } from './services.ts';
import { STORES } from './stores.ts';
import { SYSTEM } from './system.ts';
import { TEXT } from './text.ts';
import { USERS } from './users.ts';
import { WINDOWS } from './windows.ts';

const FAMILIES: readonly Programs[] = [
  WRAPPING,
  SHELLS,
  CODE,
  DATABASES,
  SPREADING,
  FINDING,
  BUILTINS,
  LOOKING,
  TEXT,
  FILES,
  ARCHIVES,
  GIT,
  HOSTING,
  CONTAINERS,
  CLOUDS,
  INFRASTRUCTURE,
  SERVICES,
  STORES,
  BACKUPS,
  PACKAGES,
  BREW,
  LANGUAGES,
  BUILDS,
  NETWORK,
  SYSTEM,
  USERS,
  DISKS,
  MACOS,
  WINDOWS,
];

/** Every program that is known, by each of its names. */
export const PROGRAMS: ReadonlyMap<string, Program> = new Map(
  FAMILIES.flatMap((family) =>
    Object.entries(family).flatMap(([names, program]) =>
      names.split(' ').map((name): [string, Program] => [name, program]),
    ),
  ),
);
