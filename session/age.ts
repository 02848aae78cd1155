/** How long ago, as kubectl has it: the largest unit that fits. `createdAt` is ISO 8601, `now` as Date.now() has it. */
export function ageOf(createdAt: string | undefined, now: number): string {
  if (createdAt === undefined) return '?'
  const seconds = Math.max(0, Math.floor((now - Date.parse(createdAt)) / 1000))
  if (seconds < 120) return `${seconds}s`
  if (seconds < 120 * 60) return `${Math.floor(seconds / 60)}m`
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)}h`
  return `${Math.floor(seconds / 86_400)}d`
}
