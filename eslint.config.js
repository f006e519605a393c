import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const framework = {
  group: [
    '@nestjs/*',
    'typeorm',
    'fastify',
    'mysql2',
    'node:fs',
    'node:fs/*',
    '**/*.entity.js',
    '**/*.service.js',
    '**/*.repository.js',
    '**/*.module.js',
    '**/*.controller.js',
  ],
  message: 'domain/ is plain TypeScript: no framework, no database, no files.',
};

/**
 * Rooms by floor, ground first. A room imports from the floors below its own, and only through their index; domain/ may
 * import a domain/ below by name, which keeps it free of what else an index loads.
 */
const floors = [
  ['kernel'],
  ['config'],
  ['database'],
  ['secrets'],
  ['accounts'],
  ['people', 'terminology', 'access', 'policy'],
  ['risk-models'],
  ['rules'],
  ['assessment', 'messaging'],
  ['tasks', 'follow-up', 'duty'],
  ['intake', 'reports', 'watchdog'],
  ['rejudge', 'rekeying', 'replay', 'escalation'],
  ['reconcile'],
  ['fhir', 'workbench', 'ops'],
  ['sample', 'rig'],
  ['bench', 'soak', 'cli'],
];
/** Starts the service and its commands: may reach into any room. */
const roof = ['bench', 'soak', 'cli'];
const upward = floors.flatMap((rooms, floor) =>
  rooms.map((room) => {
    const forbidden = floors
      .slice(floor)
      .flat()
      .filter((other) => other !== room);
    const below = roof.includes(room) ? [] : floors.slice(0, floor).flat();
    return {
      files: [`src/${room}/**`],
      ignores: [`src/${room}/**/domain/**`],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: [
              {
                group: forbidden.map((other) => `**/${other}/**`),
                message: 'Imports go down the floors only; rooms on one floor do not import each other.',
              },
              ...below.map((other) => ({
                group: [`**/${other}/**`, `!**/${other}/index.js`],
                message: `What another room may use stands in its index: import ../${other}/index.js.`,
              })),
            ],
          },
        ],
      },
    };
  }),
);
const pure = floors.flatMap((rooms, floor) =>
  rooms.map((room) => ({
    files: [`src/${room}/**/domain/**`],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'domain/ takes what is random as an argument.' },
      ],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            framework,
            {
              group: floors
                .slice(floor)
                .flat()
                .filter((other) => other !== room)
                .map((other) => `**/${other}/**`),
              message: 'Imports go down the floors only.',
            },
          ],
        },
      ],
    },
  })),
);

export default defineConfig(
  { ignores: ['dist', 'coverage', 'web/dist', 'web/src/api/schema.d.ts', 'var'] },
  tseslint.configs.recommendedTypeChecked,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  {
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        {
          message: 'Take the time from the Clock.',
          selector:
            "NewExpression[callee.name='Date'][arguments.length=0], CallExpression[callee.object.name=/^Date(Time)?$/][callee.property.name='now']",
        },
        {
          message: 'Configuration is read once, in config.ts.',
          selector: "MemberExpression[object.name='process'][property.name='env']",
        },
      ],
    },
  },
  ...upward,
  ...pure,
  {
    files: [
      'src/kernel/clock.ts',
      'src/config/config.ts',
      'src/rig/**',
      'src/bench/**',
      'src/soak/**',
      'test/**',
      '**/*.spec.ts',
    ],
    rules: { 'no-restricted-syntax': 'off' },
  },
  { files: ['*.js', '**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
);
