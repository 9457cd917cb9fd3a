/** A real server with an organiser and leaders as extension profiles, for tests of what leaves a leader's device. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../../extension/device/context.ts';
import { openDatabase } from '../../server/database/open.ts';
import type { Database } from '../../server/database/port.ts';
import { firstInvitation } from '../../server/features/accounts/first-invitation.ts';
import { openProfile } from '../extension/profile-double.ts';
import { issuer, openServer, type TestServer } from '../fixtures/app.ts';
import { claimLink, enrolLeader } from '../fixtures/enrolled.ts';

export interface Place {
  readonly server: TestServer;
  readonly database: Database;
  readonly folder: string;
  readonly organiser: Context;
  /** Method and path of every request of the leaders. */
  readonly heard: string[];
  /** Called before the server answers a leader; throwing loses the request. */
  onRequest: (path: string) => void;
  leader(unit: string): Promise<Context>;
  end(): Promise<void>;
}

export async function openPlace(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-images-'));
  const address = join(folder, 'sundial.sqlite');
  const database = await openDatabase(address);
  const server = await openServer({ database, address, folder }, { more: { deadlines: { reviewWorkingDays: 0 } } });
  const now = () => server.clock.ms;
  const fetch: Context['fetch'] = async (url, init) => server.send(url.slice(issuer.length), init);
  const organiser = (await openProfile(fetch, { enrolled: false, now })).context;
  await claimLink((await firstInvitation(server.context)).link, organiser);
  const place: Place = {
    server,
    database,
    folder,
    organiser,
    heard: [],
    onRequest: () => undefined,
    leader: async (unit) => {
      const listened: Context['fetch'] = async (url, init) => {
        const path = url.slice(issuer.length);
        place.heard.push(`${init.method} ${path}`);
        place.onRequest(path);
        return fetch(url, init);
      };
      const { context } = await openProfile(listened, { enrolled: false, now });
      await enrolLeader(context, organiser, { unit, name: `${unit}局长` });
      return context;
    },
    end: async () => {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return place;
}
