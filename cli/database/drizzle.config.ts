import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/api/read/offchain/schema.ts',
  out: './src/api/read/offchain/migrations',
  schemaFilter: ['offchain'],
})
