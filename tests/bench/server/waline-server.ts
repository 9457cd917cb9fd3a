/** A process of its own: Waline over the PostgreSQL of its environment, on the port there. Says a line once it listens. */
import { createServer, type RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(import.meta.dirname, 'waline', 'package.json'));
const waline: (settings: { readonly env: string }) => RequestListener = require('@waline/vercel');
createServer(waline({ env: 'production' })).listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));
