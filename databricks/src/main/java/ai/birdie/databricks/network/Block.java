package ai.birdie.databricks.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** Neighbouring addresses: all that share their first bits. */
final class Block {

  private final byte[] first;
  private final int bits;

  private Block(byte[] first, int bits) {
    this.first = first;
    this.bits = bits;
  }

  /** Blocks written as {@code 10.0.0.0/8}. */
  static List<Block> all(String... texts) {
    return Stream.of(texts).map(Block::of).toList();
  }

  private static Block of(String text) {
    int slash = text.indexOf('/');
    try {
      byte[] first = InetAddress.getByName(text.substring(0, slash)).getAddress();
      return new Block(first, Integer.parseInt(text.substring(slash + 1)));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("Not a block: " + text, e);
    }
  }

  /** Whether an address, most significant byte first, is one of them. */
  boolean contains(byte[] address) {
    if (address.length != first.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> i % 8;
      if ((address[i / 8] & mask) != (first[i / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
