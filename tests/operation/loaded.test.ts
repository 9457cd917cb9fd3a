import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const server = join(import.meta.dirname, '..', '..', 'server');

test('a server on SQLite, whose readers do not sign in, loads neither the driver of PostgreSQL nor the library of sign-ins', () => {
  const code = `import { registerHooks } from 'node:module';
    const packages = new Set();
    registerHooks({
      resolve: (name, context, next) => {
        const resolved = next(name, context);
        const found = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(resolved.url)?.[1];
        if (found !== undefined) packages.add(found);
        return resolved;
      },
    });
    await import(${JSON.stringify(join(server, 'commands', 'serve.ts'))});
    const { openDatabase } = await import(${JSON.stringify(join(server, 'database', 'open.ts'))});
    await (await openDatabase(':memory:')).close();
    console.log(JSON.stringify([...packages]));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
  const packages: string[] = JSON.parse(stdout || JSON.stringify([stderr]));
  expect(packages).toEqual(expect.arrayContaining(['hono', 'kysely', 'pino']));
  for (const name of ['pg', 'openid-client', 'sharp', 'nodemailer', 'prom-client'])
    expect(packages).not.toContain(name);
});
