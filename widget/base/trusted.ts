// The one Trusted Types policy of the widget, `sundial`: templates of its own code, nothing else.

interface Policy {
  createHTML(html: string): unknown;
}

/** The policy, or undefined in a browser without Trusted Types. Lit's templates pass through the same one (rollup.config.js). */
export const policy: Policy | undefined = Reflect.get(globalThis, 'trustedTypes')?.createPolicy('sundial', {
  createHTML: (html: string) => html,
});
