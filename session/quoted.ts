/** As one word for a shell, whatever is in it. */
export const quoted = (value: string): string => `'${value.replaceAll("'", "'\\''")}'`
