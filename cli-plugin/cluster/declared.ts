import type { AskApi } from './api.ts'

interface Reference {
  readonly name: string
}

/** The part of a pod's container that declares variables. */
export interface Declaring {
  readonly env?: readonly { readonly name: string }[]
  readonly envFrom?: readonly {
    readonly prefix?: string
    readonly configMapRef?: Reference
    readonly secretRef?: Reference
  }[]
}

export interface Declared {
  readonly names: readonly string[]
  readonly isWhole: boolean
}

/** The names that a container declares. Of ConfigMaps and Secrets the keys alone are kept; without `ask` none is read. */
export async function readDeclared(
  { env, envFrom }: Declaring,
  namespace: string,
  ask: AskApi | undefined,
): Promise<Declared> {
  const sources = await Promise.all(
    (envFrom ?? []).map(async ({ prefix, configMapRef, secretRef }) => {
      const path =
        configMapRef === undefined ? `secrets/${secretRef?.name}` : `configmaps/${configMapRef.name}`
      const keys = await readKeys(ask, `/api/v1/namespaces/${namespace}/${path}`)
      return keys?.map(key => `${prefix ?? ''}${key}`)
    }),
  )
  return {
    names: [...(env ?? []).map(({ name }) => name), ...sources.flatMap(keys => keys ?? [])],
    isWhole: sources.every(keys => keys !== undefined),
  }
}

/** Undefined where the object may not be read. One that is missing declares nothing: its reference is optional. */
async function readKeys(ask: AskApi | undefined, path: string): Promise<readonly string[] | undefined> {
  if (ask === undefined) return undefined
  const { status, body } = await ask(path)
  if (status === 404) return []
  return status === 200 ? Object.keys((body as { readonly data?: object }).data ?? {}) : undefined
}
