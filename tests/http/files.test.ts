import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configFrom } from '../../server/config.ts';
import { openContext } from '../../server/open-context.ts';

test('what the server keeps can be read by its own user alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-files-'));
  const data = join(folder, 'data');
  const config = configFrom({ name: { zh: '甲区', en: 'A' }, origin: 'a.example/log1' }, { SUNDIAL_DATA: data });
  const context = await openContext(config);
  const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) expect(statSync(join(file.parentPath, file.name)).mode & 0o077, file.name).toBe(0);
  await context.database.close();
  rmSync(folder, { recursive: true });
});
