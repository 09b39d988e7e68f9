// Stops `npm pack` and `npm publish`: only pnpm replaces `workspace:` versions and applies the published entry points.
if (!process.env.npm_config_user_agent?.startsWith('pnpm/')) {
  console.error('Use `pnpm pack` or `pnpm publish`: npm would leave `workspace:` versions in this package.');
  process.exit(1);
}
