/** What rooms are furnished with: packages of the portals' design systems (`npm ci` in this folder) and Debian's libjs-prototype. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { canInstall, install } from '../../fixtures/debian.ts';

/** Where a room's files come from. */
export type Supply = 'packages' | 'prototype';

/** The folder of each supply. */
export const supplyFolders: Readonly<Record<Supply, string>> = {
  packages: join(import.meta.dirname, 'node_modules'),
  prototype: '/usr/share/javascript/prototype',
};

const isThere: Readonly<Record<Supply, () => boolean>> = {
  packages: () => existsSync(join(supplyFolders.packages, 'govuk-frontend')),
  prototype: () => existsSync(join(supplyFolders.prototype, 'prototype.js')),
};

const fetchIt: Readonly<Record<Supply, () => boolean>> = {
  packages: () =>
    spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: import.meta.dirname,
      stdio: 'inherit',
    }).status === 0,
  prototype: () => canInstall() && install('libjs-prototype'),
};

/** Brings a supply where it is missing; where that cannot be done, says so in one line and gives false. */
export function bring(supply: Supply): boolean {
  if (isThere[supply]() || (fetchIt[supply]() && isThere[supply]())) return true;
  console.warn(`rooms: ${supply} could not be fetched; the rooms that need it are left out`);
  return false;
}
