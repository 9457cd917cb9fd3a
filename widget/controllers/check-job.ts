// What the check of a diary or of a draw is given, and what it tells.
import type { Failure, Notice } from '../../shared/proof/failure.ts';
import type { VerifiedDiary } from '../../shared/proof/verify.ts';
import type { DrawFile } from '../../shared/proof/verify-draw.ts';

/** A witness pinned by the page: up to how many records it saw the log, and when (Unix seconds; null: no line that can be checked here). */
export type Witness = { readonly name: string; readonly at: number | null; readonly size: number };

export type Check =
  | { readonly state: 'running'; readonly step: number }
  | {
      readonly state: 'passed';
      readonly pinned: boolean;
      readonly diary: VerifiedDiary;
      /** Whether an earlier head was remembered and found to be a prefix. */
      readonly seen: boolean;
      readonly witnesses: readonly Witness[];
    }
  | { readonly state: 'failed'; readonly failure: Failure; readonly step: number }
  /** `notSealed`: brought in from older records, so that there is nothing to check. */
  | { readonly state: 'notChecked' | 'notSealed' }
  /** `away`: a file that the check needs could not be fetched. */
  | { readonly state: 'unfinished'; readonly away: boolean; readonly again: () => void };

/** What is checked, and against what. `pins` empty: the page fixes none, `stated` by the server stands in. */
export interface CheckJob {
  readonly tree: string;
  readonly bundle: unknown;
  readonly want: { readonly draw: string; readonly unit: string };
  readonly pins: { readonly vkey: string; readonly organiser: string };
  readonly stated: { readonly origin: string; readonly vkey: string; readonly organiser: string | null };
  readonly witness: string;
  /** Of the log nothing is kept in this browser, nor read from it. */
  readonly forget: boolean;
}

/** Checks a diary; `passed` is told each step that holds, 0 to 10. */
export type CheckDiary = (job: CheckJob, signal: AbortSignal, passed: (step: number) => void) => Promise<Check>;

/** How far the check of a draw is. `step`: the first of 0 to 11 that is not passed; 10 is what is published, 11 the end. */
export interface DrawCheck {
  readonly state: 'running' | 'passed' | 'failed' | 'notChecked' | 'unfinished';
  readonly step: number;
  readonly failure: Failure | null;
  readonly pinned: boolean;
  /** Units whose acknowledgement counts, null before that is known. */
  readonly acks: number | null;
  readonly notices: readonly Notice[];
  readonly witnesses: readonly Witness[];
}

/** What is checked, and against what; as for a diary. */
export type DrawJob = Omit<CheckJob, 'bundle' | 'want'> & { readonly file: DrawFile; readonly draw: string };

/** Checks a draw; `show` is told what is known, step by step. */
export type CheckDraw = (job: DrawJob, signal: AbortSignal, show: (next: Partial<DrawCheck>) => void) => Promise<void>;
