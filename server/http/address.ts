/** Whose request it is, by its network address: a header says so only where a trusted hop wrote it. */
import { BlockList, isIP, SocketAddress } from 'node:net';

/** Tells whether an address is one of our own proxies. `networks`: addresses and CIDR blocks as `sundial.config.json` has them. */
export function hopsOf(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = familyOf(address);
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => isIP(address) !== 0 && list.check(address, familyOf(address));
}

/** The address of the caller. `peer` is the other end of the connection, `forwarded` the whole `X-Forwarded-For`. That is walked from its
 *  right end, where our own proxy wrote, to the left as long as the hop that wrote an address is trusted; so nobody names himself. Where a
 *  trusted hop wrote no address, the hop itself is the caller. IPv4-mapped IPv6 is given as IPv4, every address in its canonical form. */
export function callerOf(
  peer: string | undefined,
  forwarded: string | undefined,
  isTrusted: (address: string) => boolean,
): string | null {
  let caller = plainAddress(peer ?? '');
  if (caller === null || forwarded === undefined) return caller;
  for (const entry of forwarded.split(',').reverse()) {
    const before: string | null = isTrusted(caller) ? plainAddress(entry) : null;
    if (before === null) break;
    caller = before;
  }
  return caller;
}

/** An address as proxies write it, with or without brackets, port and zone, in canonical form; null for anything else. */
function plainAddress(written: string): string | null {
  const text = written.trim();
  const bare = /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  const version = isIP(bare);
  if (version !== 6) return version === 4 ? bare : null;
  const { address } = new SocketAddress({ address: bare, family: 'ipv6' });
  return /^::ffff:([\d.]+)$/.exec(address)?.[1] ?? address;
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
