#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { ConfigError } from '../config/ConfigError'
import type { ControlListFlags, ControlSetFlags } from './commands/control'
import type { DemoFlags } from './commands/demo'
import type { HydrateFlags } from './commands/hydrate'
import type { SettingFlags } from './settings'
import { UsageError } from './UsageError'

const usageExitCode = 2

/** Each command is loaded when it is called: `start` never loads the local chains and their compilers. */
function program(exit: (code: number) => void): Command {
  const crossmargin = new Command('crossmargin')
    .description('What an account’s collateral, wherever it sits, is worth as margin right now.')
    .exitOverride()
    .showHelpAfterError('(see crossmargin --help)')

  const serving = (name: string, description: string, parent = crossmargin) =>
    parent
      .command(name)
      .description(description)
      .option('--config <file>', 'configuration file (or CROSSMARGIN_CONFIG)')
  serving('start', 'run everything: database, one indexer per chain, API')
    .option('--port <n>', 'port of the API; 0 = any free one (or CROSSMARGIN_PORT; 8787)')
    .action(async (flags: SettingFlags) => exit(await (await import('./commands/start')).runStart(flags)))
  serving('indexer', 'run the indexer of one chain')
    .requiredOption('--chain <name>', 'the chain, as the configuration names it')
    .action(async (flags: SettingFlags) => exit(await (await import('./commands/indexer')).runIndexer(flags)))
  serving('api', 'run the API alone')
    .option('--port <n>', 'port; 0 = any free one (or CROSSMARGIN_PORT; 8787)')
    .action(async (flags: SettingFlags) => exit(await (await import('./commands/api')).runApi(flags)))
  serving('doctor', 'check configuration, RPCs, database and machine')
    .option('--port <n>', 'port the API is to have')
    .action(async (flags: SettingFlags) => exit(await (await import('./commands/doctor')).runDoctor(flags)))
  serving('hydrate', 'read what accounts had before the index of a chain began')
    .argument('<file>', 'CSV: one address per line, first column')
    .requiredOption('--chain <name>', 'the chain, as the configuration names it')
    .action(async (file: string, flags: HydrateFlags) =>
      exit(await (await import('./commands/hydrate')).runHydrate(file, flags)),
    )
  const control = crossmargin
    .command('control')
    .description('what a venue can do with an account’s collateral: note it, look at it')
  serving('set', 'note what was agreed; ended by noting `none`', control)
    .requiredOption('--venue <name>', 'the venue')
    .requiredOption('--account <address>', 'the account')
    .requiredOption('--control <kind>', 'none, notice or enforceable')
    .option('--unwindable', 'the venue can repay a loan and take the rest')
    .option('--chain <name>', 'on this chain only')
    .option('--protocol <name>', 'in this protocol only')
    .option('--since <time>', 'ISO 8601 with a zone, after what is indexed; by default as soon as can be')
    .action(async (flags: ControlSetFlags) => exit(await (await import('./commands/control')).runControlSet(flags)))
  serving('list', 'every agreement ever noted, the newest last', control)
    .option('--venue <name>', 'of this venue only')
    .option('--account <address>', 'of this account only')
    .action(async (flags: ControlListFlags) => exit(await (await import('./commands/control')).runControlList(flags)))
  crossmargin
    .command('demo')
    .description('run the product on local chains with seeded accounts')
    .option('--once', 'print every account’s figure as one line of JSON and end')
    .option('--port <n>', 'port of the API; 0 = any free one (8787; with --once any)')
    .option('--seed <n>', 'everything random is drawn from it', '1')
    .option('--keep', 'keep the data directory')
    .action(async (flags: DemoFlags) => exit(await (await import('./commands/demo')).runDemo(flags)))
  /** These read their arguments themselves. */
  const tool = (parent: Command, name: string, description: string, run: (args: string[]) => Promise<number>) =>
    parent
      .command(name)
      .description(description)
      .helpOption(false)
      .allowUnknownOption()
      .argument('[args...]')
      .action(async (args: string[]) => exit(await run(args)))
  tool(crossmargin, 'devnet', 'run local chains with the real protocol contracts', async (args) =>
    (await import('./commands/devnet')).runDevnet(args),
  )
  tool(
    crossmargin,
    'simulate',
    'drive local chains at random and compare every figure with the contracts',
    async (args) => (await import('./commands/simulate')).runSimulate(args),
  )
  tool(
    crossmargin,
    'faults',
    'let nodes lie, chains turn and processes die, and compare every figure with the contracts',
    async (args) => (await import('./commands/faults')).runFaultsCommand(args),
  )
  tool(crossmargin, 'vectors', 'check the engine against files of published numbers', async (args) =>
    (await import('./commands/vectors')).runVectors(args),
  )
  tool(crossmargin, 'golden', 'hold the engine to accounts computed by an independent script', async (args) =>
    (await import('./commands/golden')).runGolden(args),
  )
  tool(crossmargin, 'bench', 'measure against the anchors: bench NAME', async (args) =>
    (await import('./commands/bench')).runBench(args),
  )
  tool(crossmargin, 'verify', 'compute an answer again from the facts it carries: FILE or -', async (args) =>
    (await import('./commands/verify')).runVerify(args),
  )
  const engine = crossmargin.command('engine').description('use the margin engine by itself')
  tool(engine, 'margin', 'report for one input: FILE or - for standard input', async (args) =>
    (await import('./commands/engineMargin')).runEngineMargin(args),
  )

  return crossmargin
}

async function main(): Promise<number> {
  let code = 0
  try {
    await program((outcome) => {
      code = outcome
    }).parseAsync()
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExitCode
    if (error instanceof UsageError || error instanceof ConfigError) {
      process.stderr.write(`${error.message}\n`)
      return usageExitCode
    }
    const { message, stack } = error as Error
    process.stderr.write(`${process.env.LOG_LEVEL === 'debug' ? stack : `error: ${message}`}\n`)
    return 1
  }
}

process.exitCode = await main()
// Whatever still holds the event loop (a kept-alive socket) must not hold the process.
process.stdout.write('', () => process.exit())
