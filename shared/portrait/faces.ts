/** The faces of a portrait (立体像), what each shows, and under which head of assessment (德能勤绩廉) an organisation counts them. */
import * as v from 'valibot';
import { rateFigures } from '../feedback/rates.ts';

export const faces = [
  'effort',
  'allocation',
  'threads',
  'review',
  'publicResponse',
  'closedIssues',
  'openness',
] as const;
export type FaceId = (typeof faces)[number];

/** 德 能 勤 绩 廉 in their order. */
export const heads = ['virtue', 'ability', 'diligence', 'achievement', 'integrity'] as const;
export type Head = (typeof heads)[number];

const Mapping = v.strictObject({
  effort: v.picklist(heads),
  allocation: v.picklist(heads),
  threads: v.picklist(heads),
  review: v.picklist(heads),
  publicResponse: v.picklist(heads),
  closedIssues: v.picklist(heads),
  openness: v.picklist(heads),
});

/** What an organisation sets: the head of each face, and how many working days the leader has before the assessor reads. */
export const Assessment = v.strictObject({
  mapping: Mapping,
  leaderWorkingDays: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30)),
});
export type Assessment = v.InferOutput<typeof Assessment>;

/** Before an organisation has set anything. */
export const plainAssessment: Assessment = {
  mapping: {
    review: 'virtue',
    threads: 'ability',
    effort: 'diligence',
    allocation: 'diligence',
    publicResponse: 'achievement',
    closedIssues: 'achievement',
    openness: 'integrity',
  },
  leaderWorkingDays: 5,
};

/** Every figure that a face may have. */
export const figureIds = [
  'averageWeek',
  'late',
  'early',
  'daysOff',
  'modes',
  'focusedShare',
  'thread',
  'otherThreads',
  'results',
  'reviewedDays',
  'reviewedWeeks',
  'thinking',
  'amendments',
  'comments',
  'answered',
  'tickets',
  ...rateFigures,
  'sealedWeeks',
  'published',
  'withheld',
] as const;
export type FigureId = (typeof figureIds)[number];
