/** A range of IPv4 addresses. */
interface Range {
  readonly first: number
  readonly last: number
}

const CANDIDATES: readonly string[] = [
  ...Array.from({ length: 64 }, (_, index) => `10.213.${index}.0/24`),
  ...Array.from({ length: 56 }, (_, index) => `192.168.${index + 200}.0/24`),
  ...Array.from({ length: 64 }, (_, index) => `172.31.${index + 192}.0/24`),
]

/** The first subnet that overlaps none of the taken CIDRs (of the host's routes, Docker's networks, the cluster). */
export const chooseSubnet = (taken: readonly string[]): string | undefined =>
  CANDIDATES.find(candidate => overlapOf(candidate, taken) === undefined)

/** The first of the CIDRs that shares an address with a subnet. */
export function overlapOf(subnet: string, others: readonly string[]): string | undefined {
  const own = parseCidr(subnet)
  return others.find(other => {
    const range = parseCidr(other)
    return own !== undefined && range !== undefined && range.first <= own.last && own.first <= range.last
  })
}

/** An IPv4 CIDR's first and last address; undefined for anything else, which includes the default route. */
export function parseCidr(cidr: string): Range | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr)
  if (match === null) return undefined
  const [a = 0, b = 0, c = 0, d = 0, bits = 0] = match.slice(1).map(Number)
  if ([a, b, c, d].some(octet => octet > 255) || bits > 32 || bits === 0) return undefined
  const size = 2 ** (32 - bits)
  const address = ((a * 256 + b) * 256 + c) * 256 + d
  const first = address - (address % size)
  return { first, last: first + size - 1 }
}
