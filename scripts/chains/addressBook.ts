/** The address book as this generator reads it: by the names of its modules, which its own types only know one by one. */
import * as modules from '@aave-dao/aave-address-book'

export type BookAsset = { readonly UNDERLYING: string; readonly STATA_TOKEN?: string }
export type BookMarket = {
  readonly CHAIN_ID: number
  readonly POOL_ADDRESSES_PROVIDER: string
  readonly POOL_ADDRESSES_PROVIDER_REGISTRY: string
  readonly ASSETS: Readonly<Record<string, BookAsset>>
}
export type BookFeeds = { readonly CHAIN_ID: number } & Readonly<Record<string, string | number>>

/** A module of the address book is not there, or has no such entry. */
export class AddressBookError extends Error {
  override readonly name = 'AddressBookError'
}

export const bookMarket = (name: string): BookMarket => moduleNamed(name) as BookMarket

/** @throws AddressBookError when the module or the feed is missing. */
export function bookFeed(name: string, constant: string): string {
  const address = (moduleNamed(name) as BookFeeds)[constant]
  if (typeof address !== 'string') throw new AddressBookError(`${name} of the address book has no feed ${constant}.`)
  return address
}

export const bookChainId = (name: string): number => (moduleNamed(name) as { readonly CHAIN_ID: number }).CHAIN_ID

function moduleNamed(name: string): unknown {
  const found = (modules as Readonly<Record<string, unknown>>)[name]
  if (found === undefined) throw new AddressBookError(`the address book has no module ${name}; was it renamed?`)
  return found
}
