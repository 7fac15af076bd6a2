import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSettings } from '../../cli/settings'
import { UsageError } from '../../cli/UsageError'

describe('settings', () => {
  it('puts a flag before the environment and the environment before the default', () => {
    const environment = { CROSSMARGIN_PORT: '1', CROSSMARGIN_CONFIG: '/e.json', CROSSMARGIN_HOST: '::1' }
    expect(readSettings({ port: '2', config: '/f.json' }, environment)).toMatchObject({
      port: 2,
      configFile: '/f.json',
    })
    expect(readSettings({}, environment)).toMatchObject({ port: 1, configFile: '/e.json', host: '::1' })
    expect(readSettings({}, {})).toEqual({
      configFile: undefined,
      port: 8787,
      host: '127.0.0.1',
      dataDirectory: join(process.cwd(), '.crossmargin'),
      databaseUrl: undefined,
    })
  })

  it('takes a variable set to nothing for one not set', () => {
    const environment = { CROSSMARGIN_PORT: '', DATABASE_URL: ' ', CROSSMARGIN_DATA_DIR: '' }
    expect(readSettings({}, environment)).toEqual(readSettings({}, {}))
  })

  it('does not read PORT', () => {
    expect(readSettings({}, { PORT: '9' }).port).toBe(8787)
  })

  it.each(['x', '-1', '65536', '1.5', '0x10'])('refuses port %s by name', (port) => {
    expect(() => readSettings({ port }, {})).toThrow(UsageError)
    expect(() => readSettings({}, { CROSSMARGIN_PORT: port })).toThrow(/CROSSMARGIN_PORT/)
  })

  it('refuses a database that is not PostgreSQL', () => {
    expect(() => readSettings({}, { DATABASE_URL: 'mysql://x' })).toThrow(/DATABASE_URL/)
  })
})
