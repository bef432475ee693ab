package ai.birdie.databricks.network;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The addresses at which a host may lie. A cloud's metadata service, which hands out credentials to
 * whoever reaches it, lies in none of them.
 */
public enum Network {
  /** What is routed in the Internet. */
  PUBLIC {
    @Override
    public boolean contains(InetAddress address) {
      return isPublic(address);
    }
  },
  /** The Internet, and private networks. */
  PRIVATE {
    @Override
    public boolean contains(InetAddress address) {
      return isPublic(address) || (in(INTERNAL, address) && !in(METADATA, address));
    }
  },
  /** This machine itself. */
  LOOPBACK {
    @Override
    public boolean contains(InetAddress address) {
      return address.isLoopbackAddress();
    }
  };

  /** What IANA's special-purpose registries keep out of the Internet. */
  private static final List<Block> SPECIAL =
      Block.all(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/3",
          "2001::/23",
          "2001:db8::/32",
          "2002::/16",
          "3fff::/20");

  /** All that IPv6 routes globally. */
  private static final List<Block> GLOBAL = Block.all("2000::/3");

  /** IPv4 seen from a network that has only IPv6. */
  private static final List<Block> TRANSLATED = Block.all("64:ff9b::/96");

  private static final List<Block> INTERNAL =
      Block.all("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");

  /** Those of Azure, Alibaba, AWS, and Google that are not link-local. */
  private static final List<Block> METADATA =
      Block.all("168.63.129.16/32", "100.100.100.200/32", "fd00:ec2::/32", "fd20:ce::/32");

  /** Whether a host of this network may have that address. */
  public abstract boolean contains(InetAddress address);

  /**
   * The first of a host's addresses at which it must not lie; empty where all are right.
   *
   * @throws UnknownHostException if it has no address
   */
  public Optional<InetAddress> stranger(String host) throws UnknownHostException {
    return Arrays.stream(InetAddress.getAllByName(host))
        .filter(address -> !contains(address))
        .findFirst();
  }

  private static boolean isPublic(InetAddress address) {
    if (in(TRANSLATED, address)) {
      return isPublic(embedded(address));
    }
    boolean routed = address instanceof Inet4Address || in(GLOBAL, address);
    return routed && !in(SPECIAL, address) && !in(METADATA, address);
  }

  private static InetAddress embedded(InetAddress address) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), 12, 16));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four bytes are an address", e);
    }
  }

  private static boolean in(List<Block> blocks, InetAddress address) {
    byte[] bytes = address.getAddress();
    return blocks.stream().anyMatch(block -> block.contains(bytes));
  }
}
