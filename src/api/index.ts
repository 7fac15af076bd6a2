/** Ponder requires this file in its own process; the API itself runs beside it, from `serve.ts`. */
import { Hono } from 'hono'

const app = new Hono()

export default app
