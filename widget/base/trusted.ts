// The one Trusted Types policy of the widget, `sundial`: templates of its own code and its own parts (remote/part.ts), nothing else.

interface Policy {
  createHTML(html: string): unknown;
  /** In a browser with Trusted Types an object that stands for the address. */
  createScriptURL(url: string): string;
}

/** The policy, or undefined in a browser without Trusted Types. Lit's templates pass through the same one (rollup.config.js). */
export const policy: Policy | undefined = Reflect.get(globalThis, 'trustedTypes')?.createPolicy('sundial', {
  createHTML: (html: string) => html,
  createScriptURL: (url: string) => url,
});
