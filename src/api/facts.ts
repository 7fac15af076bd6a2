export type * from './read/facts'
