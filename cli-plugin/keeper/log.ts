/** A line of the keeper's log, which `docker logs` and `docker kde-tp logs` show. */
export const log = (message: string): void =>
  void process.stdout.write(`${new Date().toISOString()} ${message}\n`)
