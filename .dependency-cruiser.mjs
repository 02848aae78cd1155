const pure = '^(language|workspace|compose|session)/'

/** One rule per sentence of the architecture. */
export default {
  forbidden: [
    {
      name: 'language-knows-nothing',
      comment: 'language/ says it in words that a person reads, and imports nothing.',
      severity: 'error',
      from: { path: '^language/' },
      to: { pathNot: '^language/' },
    },
    {
      name: 'workspace-knows-nothing',
      comment:
        'workspace/ says what is there, and imports nothing of ours but words and no package but yaml and zod.',
      severity: 'error',
      from: { path: '^workspace/' },
      to: { pathNot: ['^(workspace|language)/', 'node_modules/(yaml|zod)/'] },
    },
    {
      name: 'compose-knows-nothing',
      comment:
        'compose/ says what runs, and imports nothing of ours but words and no package but yaml and zod.',
      severity: 'error',
      from: { path: '^compose/' },
      to: { pathNot: ['^(compose|language)/', 'node_modules/(yaml|zod)/'] },
    },
    {
      name: 'session-is-pure',
      comment: 'session/ says what happens, and imports the other pure folders, yaml and zod only.',
      severity: 'error',
      from: { path: '^session/' },
      to: { pathNot: [pure, 'node_modules/(yaml|zod)/'] },
    },
    {
      name: 'pure-code-has-no-node',
      comment: 'Pure code runs in a browser too, so it uses nothing that comes with Node.',
      severity: 'error',
      from: { path: pure },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'faces-do-not-meet',
      comment: 'The command line and the extension show the same session, and know nothing of each other.',
      severity: 'error',
      from: { path: '^(cli-plugin|docker-extension)/' },
      to: { path: '^(cli-plugin|docker-extension)/', pathNot: '^$1/' },
    },
    {
      name: 'page-has-no-node',
      comment: 'The page runs in a browser. It starts nothing itself: its home runs our program.',
      severity: 'error',
      from: { path: '^docker-extension/', pathNot: '^docker-extension/vite\\.config\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'views-know-no-home',
      comment: 'Views get their home as context: which one it is, docker-extension/home/ alone knows.',
      severity: 'error',
      from: { path: '^docker-extension/(parts|run|theme|views)/' },
      to: { path: ['^docker-extension/home/(desktop|web|choose)-home', 'node_modules/@docker/'] },
    },
    {
      name: 'commands-use-edges',
      comment: 'A command gets its edges as an argument: from cli-plugin/edges it imports types only.',
      severity: 'error',
      from: { path: '^cli-plugin/commands/' },
      to: { path: '^cli-plugin/edges/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'surroundings-come-first',
      comment: 'What a command finds does not depend on what it is going to do.',
      severity: 'error',
      from: { path: '^cli-plugin/surroundings/' },
      to: { path: '^cli-plugin/(attach|commands|keeper|session|setup)/' },
    },
    {
      name: 'only-edges-spawn',
      comment: 'Programs are started in cli-plugin/edges/ and nowhere else.',
      severity: 'error',
      from: {
        path: '^(language|workspace|compose|session|cli-plugin|docker-extension)/',
        pathNot: '^cli-plugin/edges/',
      },
      to: { path: ['^(node:)?child_process$', 'node_modules/execa/'] },
    },
    {
      name: 'only-edges-ask',
      comment: 'Questions are asked in cli-plugin/edges/ and nowhere else.',
      severity: 'error',
      from: { pathNot: '^(cli-plugin/edges|test)/' },
      to: { path: 'node_modules/@clack/' },
    },
    {
      name: 'nothing-needs-tests',
      comment: 'Tests may import everything, and nothing imports tests.',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-circles',
      comment: 'Two modules that need each other are one module, or three.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A module that nobody imports and that imports nobody is a leftover.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '^(build|test)/',
          '\\.d\\.ts$',
          '^cli-plugin/main\\.ts$',
          '^docker-extension/vite\\.config\\.ts$',
        ],
      },
      to: {},
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.node.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
