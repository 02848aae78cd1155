declare const KDE_TP_VERSION: string | undefined

/** Put in by the build from package.json; `0.0.0` where the sources run as they are. */
export const version = typeof KDE_TP_VERSION === 'string' ? KDE_TP_VERSION : '0.0.0'

/** The runtime image of this version; KDE_TP_IMAGE names another. */
export const runtimeImage = (environment: Readonly<Record<string, string | undefined>>): string =>
  environment['KDE_TP_IMAGE'] ?? `ghcr.io/kde-tp/runtime:${version}`
