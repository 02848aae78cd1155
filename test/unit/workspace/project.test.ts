import { test } from 'vitest'
import { loadEnvironment } from '../../../workspace/environment.ts'
import { listProjects, loadProject } from '../../../workspace/project.ts'
import { filesInMemory } from './files-in-memory.ts'

const folder = '/w/environments/demo/namespaces'
const texts = {
  '/w/environments/demo/k8s.env': 'ENV_TYPE=k8s\nDOMAIN=demo.test\nKDE_MOUNT_CACHE=cache:/root/.cache\n',
  [`${folder}/myapp/project.env`]: `GIT_REPO_URL=git@example.test:team/shop.git
DEVELOP_IMAGE=node:24
HELM_CONFIG_HOME=\${PROJECT_PATH}/.helm
URL="https://\${PROJECT_NAME}.$DOMAIN"
KDE_MOUNT_DATA=./data:/data:ro
`,
  [`${folder}/myapp/./data/seed.sql`]: '',
  [`${folder}/myapp/.env`]:
    "PASSWORD='p$x'\nURL=http://localhost\nKDE_MOUNT_BAD=/only\nKDE_MOUNT_LOST=/lost:/x\n",
  [`${folder}/myapp/.pipeline.env`]: 'DEVELOP_IMAGE=node:26\nBUILD=7\n',
  [`${folder}/bare/project.env`]: 'GIT_REPO_URL=./..\n',
  [`${folder}/no-project/build.sh`]: '',
}

function load(name: string) {
  const files = filesInMemory(texts)
  const environment = loadEnvironment('/w', 'demo', files, { HOME: '/home/ada' })
  if (environment === undefined) throw new Error('the environment is there')
  return { projects: listProjects(environment, files), project: loadProject(environment, name, files) }
}

test('a project is what its files say, in the order in which KDE-cli loads them', ({ expect }) => {
  expect(load('myapp').project).toEqual({
    name: 'myapp',
    path: `${folder}/myapp`,
    developImage: 'node:26',
    repository: 'shop',
    mounts: [
      { source: 'cache', target: '/root/.cache', readOnly: false },
      { source: `${folder}/myapp/./data`, target: '/data', readOnly: true },
      { source: '/lost', target: '/x', readOnly: false },
    ],
    variables: {
      GIT_REPO_URL: 'git@example.test:team/shop.git',
      DEVELOP_IMAGE: 'node:24',
      HELM_CONFIG_HOME: `${folder}/myapp/.helm`,
      URL: 'http://localhost',
      KDE_MOUNT_DATA: './data:/data:ro',
      KDE_MOUNT_BAD: '/only',
      KDE_MOUNT_LOST: '/lost:/x',
      PASSWORD: 'p$x',
    },
    problems: [
      'KDE_MOUNT_BAD is "/only", and not source:target or source:target:ro',
      'KDE_MOUNT_LOST names /lost, which is not there',
    ],
  })
})

test('a project may lack an image, and a repository that leads elsewhere is none', ({ expect }) => {
  expect(load('bare').project).toMatchObject({ developImage: undefined, repository: undefined, problems: [] })
})

test('projects are the directories with a project.env, and no other name leads to one', ({ expect }) => {
  expect(load('no-project')).toEqual({ projects: ['bare', 'myapp'], project: undefined })
  expect(load('../namespaces/myapp').project).toBeUndefined()
})
