import { lookup as lookUp } from "node:dns";
import { BlockList, type LookupFunction } from "node:net";

/** Addresses of this machine, of private networks, and others that nobody on the internet has. @source RFC 6890 */
const PRIVATE = new BlockList();
for (const [network, bits] of [
  ...([
    ["0.0.0.0", 8],
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
  ] as const),
  ...([
    ["169.254.0.0", 16],
    ["172.16.0.0", 12],
    ["192.0.0.0", 24],
    ["192.0.2.0", 24],
  ] as const),
  ...([
    ["192.88.99.0", 24],
    ["192.168.0.0", 16],
    ["198.18.0.0", 15],
    ["198.51.100.0", 24],
  ] as const),
  ...([
    ["203.0.113.0", 24],
    ["224.0.0.0", 3],
  ] as const),
])
  PRIVATE.addSubnet(network, bits, "ipv4");
for (const [network, bits] of [
  ...([
    ["::", 127],
    ["64:ff9b::", 96],
    ["64:ff9b:1::", 48],
    ["100::", 64],
    ["2001::", 23],
  ] as const),
  ...([
    ["2001:db8::", 32],
    ["2002::", 16],
    ["fc00::", 7],
    ["fe80::", 10],
    ["ff00::", 8],
  ] as const),
])
  PRIVATE.addSubnet(network, bits, "ipv6");

/** Whether an address is one that anybody on the internet could reach. */
export const isPublicAddress = (address: string): boolean =>
  !PRIVATE.check(address, address.includes(":") ? "ipv6" : "ipv4");

/**
 * Looks a name up as a connection does, and refuses private addresses there: what was checked is what is connected to,
 * however often the name's answer changes.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookUp(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, "", 4);
    const refused = addresses.find(({ address }) => !isPublicAddress(address));
    const [first] = addresses;
    if (refused || !first)
      return callback(
        Object.assign(new Error(`${hostname} is at a private address`), { code: PRIVATE_ADDRESS }),
        "",
        4,
      );
    if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

/** The code of a refused look-up's error. */
export const PRIVATE_ADDRESS = "EPRIVATEADDRESS";
