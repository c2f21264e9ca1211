/**
 * What the page may do: its own scripts, styles, fonts and pictures, and nothing from anywhere else. `nonce` admits the
 * style elements that interface libraries make; `connect` names what it may talk to beside its own origin. Built files
 * carry the same policy, without a nonce: a worker has the policy of its script.
 */
export function pagePolicy(nonce: string | null, connect: readonly string[] = []): string {
  return [
    "default-src 'none'", "script-src 'self'", `style-src 'self'${nonce === null ? '' : ` 'nonce-${nonce}'`}`, "img-src 'self'", "font-src 'self'",
    `connect-src ${["'self'", ...connect].join(' ')}`, "worker-src 'self'", "manifest-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
  ].join('; ')
}

/** For files that people brought: even an SVG or HTML file opened by its address can do nothing. */
export const assetPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/** Headers of every answer of a shell. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/** The page with the nonce where interface libraries look for it. */
export function withNonce(html: string, nonce: string): string {
  return html.replace(/<head[^>]*>/i, (head) => `${head}<meta property="csp-nonce" content="${nonce}">`)
}
