/** A kubeconfig of somebody whom the cluster does not know, by a token. */
export const withoutCertificate = (text: string, token = 'of-nobody'): string =>
  text.replace(/client-certificate-data: .*/, `token: ${token}`).replace(/.*client-key-data: .*/, '')

export function withExpiredToken(text: string): string {
  const claims = Buffer.from(JSON.stringify({ exp: 1_580_515_200 })).toString('base64url')
  return withoutCertificate(text, `h.${claims}.s`)
}
