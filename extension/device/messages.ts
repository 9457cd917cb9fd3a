/** What pages say to the worker. */

/** Asks for a sync run; `soon`: a person waits, so a pause between tries is skipped. */
export interface PageMessage {
  readonly kind: 'sync';
  readonly soon: boolean;
}

/** Whether a message is one of ours. */
export function isPageMessage(message: unknown): message is PageMessage {
  return (
    typeof message === 'object' &&
    message !== null &&
    'kind' in message &&
    message.kind === 'sync' &&
    'soon' in message &&
    typeof message.soon === 'boolean'
  );
}
