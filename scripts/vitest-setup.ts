import fc from 'fast-check'

// A run of the whole on a fresh clone can be repeated exactly. Elsewhere property tests draw anew each time, and look further.
if (process.env.CI) fc.configureGlobal({ seed: 20261130 })
