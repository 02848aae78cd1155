import { execa } from 'execa'

/** A name that resolves on this computer without the cluster: the host that it installs packages from. */
export async function publicName(): Promise<string> {
  const { stdout } = await execa('apt-get', [
    'indextargets',
    '--format',
    '$(REPO_URI)',
    'Created-By: Packages',
  ])
  const [first = ''] = stdout.split('\n')
  return new URL(first).hostname
}
