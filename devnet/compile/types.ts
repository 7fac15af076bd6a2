import type { Abi, Hex } from 'viem'

/** Where a library's address goes in the bytecode: source file -> library -> byte ranges. */
export type LinkReferences = Readonly<
  Record<string, Readonly<Record<string, readonly { readonly start: number; readonly length: number }[]>>>
>

/** One compiled contract. `bytecode` still holds placeholders where `linkReferences` says so. */
export interface Artifact {
  readonly abi: Abi
  readonly bytecode: Hex
  readonly linkReferences: LinkReferences
}

export type Artifacts<Name extends string = string> = Readonly<Record<Name, Artifact>>

/** Sources compiled together by one compiler with one set of settings. */
export interface CompilationUnit<Name extends string = string> {
  /** Shown to the user and used in the cache's file name. */
  readonly name: string
  /** The npm alias of the compiler, which carries its exact version. */
  readonly compiler: 'solc-0.6.6' | 'solc-0.8.19' | 'solc-0.8.27'
  readonly evmVersion: string
  readonly optimizerRuns: number
  readonly viaIR?: boolean
  readonly remappings?: readonly string[]
  /** Contract name -> source unit that declares it. Only these are generated. */
  readonly contracts: Readonly<Record<Name, string>>
}
