export type * from './types/input'
export type * from './types/report'
