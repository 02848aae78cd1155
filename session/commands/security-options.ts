import { SECURITY } from '../../compose/security.ts'

/** For `docker run` of our image. */
export const SECURITY_OPTIONS: readonly string[] = SECURITY.flatMap(option => ['--security-opt', option])
