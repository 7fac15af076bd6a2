/** `"schema"."table"`, for names that cannot be bound as parameters. */
export function qualify(schema: string, table: string): string {
  return `${quote(schema)}.${quote(table)}`
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
