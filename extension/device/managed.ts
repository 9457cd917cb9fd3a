/** What an organisation's policy presets (`storage.managed`, schema in public/managed-schema.json). The browser may say `{}` while it has
 *  not loaded the policy yet, and tells of no change then; so the last good answer is kept, and it is asked again at each start and each
 *  opening of a page (sync.md, pitfall 6). A policy that changes never takes anything away that was written. */
import * as v from 'valibot';
import { browser } from 'wxt/browser';

const keptAs = 'managed';

/** `server`: its address. `organisation`: its name, shown before enrolment. `locks`: what a person cannot change. */
export const Managed = v.object({
  server: v.fallback(
    v.optional(
      v.pipe(
        v.string(),
        v.regex(/^https?:\/\/[^\s?#]+$/),
        v.transform((address) => address.replace(/\/+$/, '')),
      ),
    ),
    undefined,
  ),
  organisation: v.fallback(v.optional(v.pipe(v.string(), v.maxLength(120))), undefined),
  language: v.fallback(v.optional(v.picklist(['zh', 'en'])), undefined),
  locks: v.fallback(v.optional(v.array(v.picklist(['server', 'language'])), []), []),
});
export type Managed = v.InferOutput<typeof Managed>;

const none: Managed = { locks: [] };

/** The presets in force: as the browser says now, else as it last said; none where no policy ever spoke. */
export async function readManaged(): Promise<Managed> {
  const told = await toldNow();
  const kept = await keptManaged();
  if (told === null) return kept;
  const read = v.parse(Managed, told);
  if (JSON.stringify(read) !== JSON.stringify(kept)) await browser.storage.local.set({ [keptAs]: read });
  return read;
}

/** The presets as the browser last said them. */
export async function keptManaged(): Promise<Managed> {
  const { [keptAs]: kept } = await browser.storage.local.get(keptAs);
  return v.is(v.record(v.string(), v.unknown()), kept) ? v.parse(Managed, kept) : none;
}

/** Null while the policy is not loaded and where there is none: Firefox then refuses to answer. */
async function toldNow(): Promise<Readonly<Record<string, unknown>> | null> {
  const area = browser.storage.managed;
  if (area === undefined) return null;
  try {
    const told: unknown = await area.get(null);
    return v.is(v.record(v.string(), v.unknown()), told) && Object.keys(told).length > 0 ? told : null;
  } catch (error) {
    console.info('no managed settings', error);
    return null;
  }
}
