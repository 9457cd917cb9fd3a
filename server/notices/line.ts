/** What a delivery says of each thing that waits: values only. */
import * as v from 'valibot';
import { deskNoticeKinds } from '../../shared/organisation/desk-notice.ts';

/** `subject` as in tell.ts; times in Unix seconds. */
const Line = v.object({
  unit: v.nullable(v.string()),
  subject: v.string(),
  due: v.nullable(v.number()),
  at: v.number(),
});
export type Line = v.InferOutput<typeof Line>;

const Lines = v.pipe(v.string(), v.parseJson(), v.array(Line));
const Kinds = v.pipe(v.string(), v.parseJson(), v.array(v.picklist(deskNoticeKinds)));

/** Lines as a row keeps them. */
export const linesOf = (json: string): readonly Line[] => v.parse(Lines, json);

/** Kinds as a row keeps them. */
export const kindsOf = (json: string) => v.parse(Kinds, json);
