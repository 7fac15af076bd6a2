import { Hono } from 'hono'

// Ponder wants an API by default export.
export default new Hono()
