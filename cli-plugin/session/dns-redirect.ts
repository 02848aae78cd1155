import { runProgram } from '../edges/program.ts'

const CHAIN = 'TELEPRESENCE_DNS'

/**
 * Takes out what a dead daemon left in this network namespace (telepresence, pkg/client/rootd/dns/server_linux.go), or
 * no name resolves in the dev containers. That there is nothing to take out is the rule.
 */
export async function removeDnsRedirect(): Promise<void> {
  for (const rule of [
    ['-D', 'OUTPUT', '-j', CHAIN],
    ['-F', CHAIN],
    ['-X', CHAIN],
  ]) {
    await runProgram('iptables', ['--table', 'nat', '--wait', '5', ...rule])
  }
}
