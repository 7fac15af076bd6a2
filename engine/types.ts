export type * from './types/input'
export type * from './types/parameters'
export type * from './types/portfolio'
export type * from './types/report'
