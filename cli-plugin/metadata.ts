import { version } from './version.ts'

/** What docker asks of a plugin before every call of it. Schema: docker/cli, cli-plugins/metadata. */
export const metadata = (): string =>
  JSON.stringify({
    SchemaVersion: '0.1.0',
    Vendor: 'kde-tp',
    Version: `v${version}`,
    ShortDescription: "A remote workload's traffic and environment in your project's container",
    URL: 'https://github.com/kde-tp/kde-tp',
  })
