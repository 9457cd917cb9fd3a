import { expect, test } from 'vitest';
import { callerOf, hopsOf } from '../../server/http/address.ts';

const isTrusted = hopsOf(['127.0.0.1', '::1', '10.0.0.0/8', '2001:db8:a::/48']);
const [spoofed, reader] = ['198.51.100.66', '203.0.113.9'];

/** What stands on the other end, what `X-Forwarded-For` says, whose request it is. */
const table: readonly (readonly [
  what: string,
  peer: string | undefined,
  forwarded: string | undefined,
  caller: string | null,
])[] = [
  ['nobody in between', reader, undefined, reader],
  ['a header of somebody who is no proxy of ours', reader, spoofed, reader],
  ['our proxy', '127.0.0.1', reader, reader],
  ['our proxy behind whom somebody named himself first', '127.0.0.1', `${spoofed}, ${reader}`, reader],
  ['two proxies of ours', '127.0.0.1', `${spoofed}, ${reader}, 10.1.2.3`, reader],
  ['an address of ours that a reader made up', '127.0.0.1', `10.9.9.9, ${reader}`, reader],
  ['our proxy that says nothing', '10.0.0.7', undefined, '10.0.0.7'],
  ['our proxy with an empty header', '10.0.0.7', '', '10.0.0.7'],
  ['a call from one of our own machines', '127.0.0.1', '10.1.2.3', '10.1.2.3'],
  ['our proxy that knows no address', '127.0.0.1', `${spoofed}, unknown`, '127.0.0.1'],
  ['what is no address', '127.0.0.1', `${spoofed}, <script>`, '127.0.0.1'],
  ['leading zeros, which are read in two ways', '127.0.0.1', '010.0.0.1', '127.0.0.1'],
  ['an address with a port', '127.0.0.1', `${reader}:50123`, reader],
  ['IPv6', '::1', '2001:db8:ffff::9', '2001:db8:ffff::9'],
  ['IPv6 written at length', '::1', '2001:DB8:ffff:0:0:0:0:9', '2001:db8:ffff::9'],
  ['IPv6 in brackets with a port', '::1', '[2001:db8:ffff::9]:443', '2001:db8:ffff::9'],
  ['a trusted block of IPv6', '2001:db8:a:1::5', `2001:db8:b::1, ${reader}`, reader],
  ['a neighbour of the trusted block', '2001:db8:b::5', reader, '2001:db8:b::5'],
  ['IPv4 on a socket for both', '::ffff:127.0.0.1', reader, reader],
  ['the same written in hex', '::ffff:7f00:1', reader, reader],
  ['a reader on a socket for both', `::ffff:${reader}`, spoofed, reader],
  ['mapped inside the header', '127.0.0.1', `::ffff:${reader}`, reader],
  ['a proxy that is mapped inside the header', '127.0.0.1', `${reader}, ::ffff:10.1.2.3`, reader],
  ['no network', undefined, reader, null],
];

test.each(table)('the caller is known: %s', (_, peer, forwarded, caller) => {
  expect(callerOf(peer, forwarded, isTrusted)).toBe(caller);
});

test('where no proxy is named no header is believed', () => {
  expect(callerOf('127.0.0.1', reader, hopsOf([]))).toBe('127.0.0.1');
});
