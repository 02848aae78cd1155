import { describe, test } from 'vitest'
import { lackingPublications } from '../../../session/plan-publish.ts'
import { parsePublication, publicationText } from '../../../session/publication.ts'
import { devContainer, publisher } from '../../fakes/containers.ts'

const parsed = (typed: string) => {
  const publication = parsePublication(typed)
  if (typeof publication === 'string') throw new Error(publication)
  return publication
}

describe('a port to publish', () => {
  test.for([
    ['3000', '127.0.0.1:3000:3000'],
    ['8080:3000', '127.0.0.1:8080:3000'],
    ['0.0.0.0:8080:3000', '0.0.0.0:8080:3000'],
    ['192.168.1.7:3000', '192.168.1.7:3000:3000'],
    ['[::1]:8080:3000', '[::1]:8080:3000'],
  ] as const)('%s is %s', ([typed, text], { expect }) => {
    expect(publicationText(parsed(typed))).toBe(text)
  })

  test.for(['', 'http', '0', '65536', '1:70000', '3000/udp', '::1:80:80', '3000:'])(
    '"%s" is none',
    (typed, { expect }) => {
      expect(parsePublication(typed)).toEqual(expect.any(String))
    },
  )
})

describe('of the ports that are wished for', () => {
  const lacking = (typed: string, name = devContainer.name) =>
    lackingPublications([parsed(typed)], name, { containers: [devContainer, publisher] })

  test('one that is published already is not lacking', ({ expect }) => {
    expect(lacking('8080:3000')).toEqual([])
    expect(lacking('8081:3000')).toHaveLength(1)
  })

  test.for(['8080:9999', '0.0.0.0:8080:3000'])(
    '%s is refused, for the same dev container too: the host has its port once',
    (typed, { expect }) => {
      expect(() => lacking(typed)).toThrow(expect.objectContaining({ code: 'PORT_TAKEN' }))
    },
  )

  test('what another dev container publishes is refused by its name', ({ expect }) => {
    expect(() => lacking('8080:3000', 'kde-tp-demo-dev-myapp-jobs')).toThrow(devContainer.name)
  })
})
