import { z } from 'zod'

// The page's policy forbids `eval`. Zod decides while a schema is made, so this module has to come before every schema.
z.config({ jitless: true })
