/** What answers in the sandbox's cluster, and asks there: `sandbox/images/app`. It has no bash. */
export const APP_IMAGE = 'kde-tp-sandbox/app:5'
