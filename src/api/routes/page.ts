import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  json: 'application/json',
  map: 'application/json',
}

/** The page may load its own files and ask this server, nothing else. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Serves the files of the page's folder, flat, by name; anything else is not found. */
export function pageRoutes(app: OpenAPIHono, directory: string | null): void {
  if (directory === null) return
  const serve = async (context: Context, name: string) => {
    const content = await readFile(join(directory, name)).catch(() => null)
    if (content === null) return context.notFound()
    return context.body(new Uint8Array(content), 200, {
      'content-type': types[name.split('.').at(-1)!]!,
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
    })
  }
  app.get('/', (context) => serve(context, 'index.html'))
  app.get('/book', (context) => serve(context, 'book.html'))
  // The pattern leaves no way out of the folder.
  app.get('/:file{[a-zA-Z0-9_-]+\\.(?:js\\.map|js|css|svg|json)}', (context) =>
    serve(context, context.req.param('file')),
  )
}
