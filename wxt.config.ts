import preact from '@preact/preset-vite';
import { defineConfig } from 'wxt';

export default defineConfig({
  srcDir: 'extension',
  entrypointsDir: 'entrypoints',
  outDir: 'dist/extension',
  imports: false,
  manifestVersion: 3,
  vite: () => ({ plugins: [preact()] }),
});
