import { test } from 'vitest'
import { parseVariables } from '../../../workspace/variables.ts'

test('values expand from what stands above, then from the scope', ({ expect }) => {
  const text = `
# the database
HOST=db.local
export PORT=5432 # inline
URL="postgres://\${USER}:$HOST:\${PORT}/$NOTHING"
LITERAL='$HOST'
FALLBACK=\${SCHEMA:-public}
MULTI="one
two"
`
  expect(parseVariables(text, { USER: 'ada', HOST: 'elsewhere' })).toEqual({
    variables: {
      HOST: 'db.local',
      PORT: '5432',
      URL: 'postgres://ada:db.local:5432/',
      LITERAL: '$HOST',
      FALLBACK: 'public',
      MULTI: 'one\ntwo',
    },
    problems: [],
  })
})

test('what bash would run is named with its line, and the rest is read', ({ expect }) => {
  const text = `A=1
TODAY=$(date "+%F )")
B=\`whoami\`
echo "A=2
A=3"
NAME=two words
LIST=(a b)
COUNT=\${#A}
[ -f x ] && A=4
D=~+/x
E=~ada:~1.2
C=\${A:-$(date)}
`
  expect(parseVariables(text, {})).toEqual({
    variables: { A: '1', C: '1', E: '~ada:~1.2' },
    problems: [
      { line: 2, column: 7, message: 'a command would be run here' },
      { line: 3, column: 3, message: 'a command would be run here' },
      { line: 4, column: 1, message: 'only assignments are read, and "echo" is none' },
      {
        line: 6,
        column: 10,
        message: 'only assignments are read, and "words" is none; a value with blanks in it needs quotes',
      },
      {
        line: 7,
        column: 6,
        message: 'only assignments are read, and "(a" is none; a value with blanks in it needs quotes',
      },
      {
        line: 8,
        column: 7,
        message: '${#A} is not supported; $NAME, ${NAME}, ${NAME:-text} and ${NAME:+text} are',
      },
      { line: 9, column: 1, message: 'only assignments are read, and "[" is none' },
      { line: 10, column: 3, message: '~+ is not supported; ~ is' },
    ],
  })
})

test('a quote that is never closed ends the file, and what stands above it counts', ({ expect }) => {
  expect(parseVariables('A=1\nB="open\nC=3\n', {})).toEqual({
    variables: { A: '1' },
    problems: [{ line: 2, column: 3, message: 'the " here is never closed' }],
  })
})

test('line ends of Windows are not part of a value', ({ expect }) => {
  expect(parseVariables('A=1\r\nB="x\r\ny"\r\n', {}).variables).toEqual({ A: '1', B: 'x\ny' })
})

test('names that objects have by themselves are ordinary names', ({ expect }) => {
  const { variables } = parseVariables('A=[$constructor]\n__proto__=x\nB=$__proto__', {})
  expect(Object.entries(variables)).toEqual([
    ['A', '[]'],
    ['__proto__', 'x'],
    ['B', 'x'],
  ])
})
