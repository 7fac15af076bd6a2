/** What a Comet keeps per account, as rows; a row is written only where something changed. */
import type { Address } from 'viem'
import { lendingAccount, position } from '../../../../ponder.schema'
import { changeLendingAccount, changePosition } from '../../../positions/write'
import type { Facts } from '../../../runtime/facts'
import { baseKey, collateralKey, PROTOCOL } from '../keys'
import { assetsHeld, sidesOf } from '../transitions'

export const initialAccount = { collateralBitmap: 0n, emode: 0, authorisations: [] as readonly string[] }

/** `userBasic(account)`: principal, tracking index and accrued rewards, bits of the assets held. */
export type UserBasic = readonly [bigint, bigint, bigint, number, number]

type Key = { readonly protocol: string; readonly market: string; readonly account: Address; readonly side: string }

async function writePosition(facts: Facts, key: Key, raw: bigint): Promise<void> {
  const row = await facts.store.find(position, { chainId: facts.stamp.chainId, ...key })
  if ((row?.raw ?? 0n) !== raw) await changePosition(facts, key, { raw }, () => ({ raw }))
}

/** The account has done something here, be it without a balance left. */
export async function isKnown({ store, stamp }: Facts, comet: Address, account: Address): Promise<boolean> {
  const key = { chainId: stamp.chainId, account, protocol: PROTOCOL, unit: comet }
  return (await store.find(lendingAccount, key)) !== null
}

export async function writeAccount(facts: Facts, comet: Address, account: Address, basic: UserBasic): Promise<void> {
  const [principal, , , assetsIn, reserved] = basic
  const { supply, borrow } = sidesOf(principal)
  await writePosition(facts, { ...baseKey(comet), account, side: 'supply' }, supply)
  await writePosition(facts, { ...baseKey(comet), account, side: 'borrow' }, borrow)
  const collateralBitmap = assetsHeld(assetsIn, reserved)
  const key = { protocol: PROTOCOL, unit: comet, account }
  const row = await facts.store.find(lendingAccount, { chainId: facts.stamp.chainId, ...key })
  if (row?.collateralBitmap === collateralBitmap) return
  await changeLendingAccount(facts, key, initialAccount, () => ({ collateralBitmap }))
}

export async function writeCollateral(
  facts: Facts,
  comet: Address,
  { account, asset, balance }: { readonly account: Address; readonly asset: Address; readonly balance: bigint },
): Promise<void> {
  await writePosition(facts, { ...collateralKey(comet, asset), account, side: 'collateral' }, balance)
}
