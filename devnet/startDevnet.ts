import { setTimeout as delay } from 'node:timers/promises'
import { type Address, parseEther } from 'viem'
import { deployContract } from './chain/deployContract'
import { startLocalChain } from './chain/startLocalChain'
import type { LocalChain } from './chain/types'
import { type DevnetArtifacts, loadArtifacts } from './compile/loadArtifacts'
import { compileVaultContracts } from './compile/vaultContracts'
import { deployAaveV30 } from './deploy/deployAaveV30'
import { deployAaveV36 } from './deploy/deployAaveV36'
import { deployCompoundV3 } from './deploy/deployCompoundV3'
import { deployFoundation } from './deploy/deployFoundation'
import { deployMoreVaults } from './deploy/deployMoreVaults'
import { deployMorphoBlue } from './deploy/deployMorphoBlue'
import { deployStataVaults } from './deploy/deployStataVaults'
import { deployUniswapV3 } from './deploy/deployUniswapV3'
import { deployVault } from './deploy/deployVault'
import { listInitialReserves } from './deploy/listInitialReserves'
import type { ChainContracts } from './deploy/types'
import { describeConfig } from './describeConfig'
import { describeContracts } from './describeContracts'
import { initialWalk } from './market/prices'
import { type Actor, deriveActor } from './seed/actors'
import { type PlannedAccount, planAccounts } from './seed/planAccounts'
import { seedAccounts } from './seed/seedAccounts'
import type { Devnet, DevnetChain, DevnetOptions, Manifest, SeededAccount } from './types'

const chainNames = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta']
const firstChainId = 31_337
const historySeconds = 90 * 86_400
const unusedActors = 8
/** A block is final on a local chain when as many follow it. */
const settledBlocks = 64
const actorEther = parseEther('10000')

/** Thrown when more local chains are asked for than have names. */
export class ChainCountError extends Error {
  override readonly name = 'ChainCountError'
  constructor(readonly asked: number) {
    super(`${asked} local chains were asked for: choose 1 to ${chainNames.length}`)
  }
}

/**
 * Starts local chains that hold real protocol contracts and, unless told otherwise, about ninety days of seeded history up to
 * now. The chains end with `stop()`, or with this process.
 *
 * @example
 * const devnet = await startDevnet({ seed: 7 })
 * const alpha = devnet.chain('alpha')
 * await alpha.send(supply(alpha.contracts.aave!, { account, asset: 'WETH', amount: 10n ** 18n }))
 * await alpha.mine()
 * await devnet.stop()
 */
export async function startDevnet(options: DevnetOptions = {}): Promise<Devnet> {
  const {
    seed = 1,
    chains: count = 2,
    content = 'accounts',
    blockSeconds = 0,
    stayInPast = false,
    log = console.error,
  } = options
  if (!Number.isInteger(count) || count < 1 || count > chainNames.length) throw new ChainCountError(count)
  const names = chainNames.slice(0, count)
  const artifacts = await loadArtifacts(log)
  const owner = deriveActor(seed, 'owner')
  const planned = content === 'accounts' ? planAccounts(seed, names) : []
  const endTimestamp = Math.floor(Date.now() / 1000) - settledBlocks * blockSeconds
  const genesisTimestamp = endTimestamp - historySeconds

  log(`starting ${names.join(', ')} …`)
  const started = await Promise.allSettled(
    names.map((name, index) => startLocalChain({ name, chainId: firstChainId + index, genesisTimestamp })),
  )
  const running = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const stop = async () => {
    await Promise.all(running.map((chain) => chain.stop()))
  }
  try {
    const failed = started.find((result) => result.status === 'rejected')
    if (failed !== undefined) throw failed.reason
    const actors = [owner, ...range(unusedActors).map((index) => deriveActor(seed, `unused ${index + 1}`)), ...planned]
    let walk = initialWalk
    const chains = await Promise.all(
      running.map(async (chain): Promise<DevnetChain> => {
        log(`${chain.name}: deploying …`)
        const contracts = await deployAll(chain, artifacts, owner.address, options)
        if (contracts.aave !== null && planned.length > 0) {
          log(`${chain.name}: seeding ${planned.length} accounts …`)
          const input = { seed, owner: owner.address, accounts: planned, genesisTimestamp, endTimestamp }
          walk = await seedAccounts({ chain, contracts, market: contracts.aave }, input)
        }
        await giveEther(chain, actors, planned)
        return { ...chain, contracts }
      }),
    )
    // Together: a chain that was seeded sooner must not look late beside one that took longer.
    await Promise.all(
      chains.map(async (chain) => {
        if (!stayInPast) await arriveAtNow(chain, blockSeconds)
        if (blockSeconds > 0) await chain.client.setIntervalMining({ interval: blockSeconds })
        log(`${chain.name}: ready at ${chain.rpcUrl}`)
      }),
    )
    return describeDevnet({ seed, chains, owner, actors, planned, walk, stop })
  } catch (error) {
    await stop()
    throw error
  }
}

async function deployAll(
  chain: LocalChain,
  artifacts: DevnetArtifacts,
  owner: Address,
  {
    seed = 1,
    content = 'accounts',
    aave = {},
    stataVaults = false,
    morpho = true,
    comet = true,
    moreVaults = false,
    log,
  }: DevnetOptions,
): Promise<ChainContracts> {
  const foundation = await deployFoundation(chain, artifacts, owner, initialWalk.prices)
  if (content === 'empty') {
    const stakingRate = await deployStakingRate()
    return {
      ...foundation,
      aave: null,
      morpho: null,
      comet: null,
      vaults: {},
      moreVaults: null,
      exchange: null,
      stakingRate,
    }
  }
  const version = aave[chain.name] ?? '3.6'
  const core =
    version === '3.6'
      ? await deployAaveV36(chain, artifacts.aaveV36, owner, foundation)
      : await deployAaveV30(chain, artifacts.aaveV30, owner, deriveActor(seed, 'treasury').address, foundation)
  const market = await listInitialReserves(chain, artifacts.aaveV30, owner, core, foundation.tokens)
  const usdcVault = await deployVault(chain, artifacts.own, owner, foundation)
  const wrappers =
    stataVaults && version === '3.6'
      ? await deployStataVaults(chain, artifacts.aaveV36, owner, market, ['USDC', 'WETH'])
      : {}
  const treasury = deriveActor(seed, 'treasury').address
  const morphoBlue = morpho
    ? await deployMorphoBlue(chain, artifacts.morphoBlue, owner, treasury, foundation, initialWalk.prices)
    : null
  const others =
    moreVaults && morphoBlue !== null
      ? await deployMoreVaults(
          chain,
          { ...artifacts, vaults: await compileVaultContracts(log) },
          owner,
          treasury,
          foundation,
          market,
          morphoBlue,
        )
      : null
  const vaults = { usdcVault, ...wrappers, ...others?.exact }
  const exchange = await deployUniswapV3(chain, artifacts, owner, foundation, initialWalk.prices)
  const stakingRate = await deployStakingRate()
  const compound = comet ? await deployCompoundV3(chain, artifacts.compoundV3, owner, foundation) : null
  return {
    ...foundation,
    aave: market,
    morpho: morphoBlue,
    comet: compound,
    vaults,
    moreVaults: others,
    exchange,
    stakingRate,
  }

  async function deployStakingRate() {
    const rate = await deployContract(chain, owner, artifacts.own.StakingRate, [foundation.tokens.wstETH.address])
    await chain.mine()
    return rate
  }
}

/** Everybody who may want to send a signed transaction can pay for it; an account with nothing keeps nothing. */
async function giveEther(chain: LocalChain, actors: readonly Actor[], planned: readonly PlannedAccount[]) {
  const empty = new Set(planned.filter(({ shape }) => shape === 'nothing').map(({ address }) => address))
  for (const { address } of actors) {
    if (!empty.has(address)) await chain.client.setBalance({ address, value: actorEther })
  }
}

/**
 * Ends with a block stamped now, so that blocks made from here on by anvil's own clock are never ahead of or behind it. A chain that goes on by
 * itself gets the blocks it would have made so far, so that what is final on it is as near to the present as on the others.
 */
async function arriveAtNow(chain: LocalChain, blockSeconds: number): Promise<void> {
  const newest = await chain.timestamp()
  while (Date.now() / 1000 <= newest + 1) await delay(100)
  const now = Math.floor(Date.now() / 1000)
  for (let ago = settledBlocks * blockSeconds; ago > 0; ago -= blockSeconds) {
    if (now - ago > newest) await chain.mine({ timestamp: now - ago })
  }
  await chain.mine({ timestamp: now })
}

interface DevnetParts extends Pick<Devnet, 'seed' | 'chains' | 'owner' | 'actors' | 'walk' | 'stop'> {
  readonly planned: readonly PlannedAccount[]
}

function describeDevnet({ planned, ...parts }: DevnetParts): Devnet {
  const { seed, chains } = parts
  const actors = parts.actors.map(({ address, privateKey }) => ({ address, privateKey }))
  const accounts = planned.map(
    ({ address, privateKey, shape, steps }): SeededAccount => ({
      address,
      privateKey,
      shape,
      chains: Object.keys(steps).sort(),
    }),
  )
  const manifest: Manifest = {
    seed,
    actors,
    accounts: accounts.map(({ address, shape, chains }) => ({ address, shape, chains })),
    contracts: Object.fromEntries(chains.map(({ name, contracts }) => [name, describeContracts(contracts)])),
  }
  const config = describeConfig(chains.map((chain) => ({ chain, contracts: chain.contracts })))
  const chain = (name: string) => {
    const found = chains.find((candidate) => candidate.name === name)
    if (found === undefined) throw new RangeError(`No local chain is called ${name}`)
    return found
  }
  return { ...parts, actors, accounts, manifest, config, chain }
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index)
}
