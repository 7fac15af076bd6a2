/** Mutation testing of the engine's figures; see docs/engine-tests.md. */
export default {
  testRunner: 'vitest',
  mutate: ['engine/margin/**/*.ts', 'engine/haircut/**/*.ts', 'engine/pricing/**/*.ts'],
  mutator: { excludedMutations: ['StringLiteral', 'ObjectLiteral', 'ArrayDeclaration', 'BlockStatement', 'Regex'] },
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  concurrency: 1,
  timeoutMS: 20_000,
  reporters: ['progress-append-only', 'clear-text'],
}
