package ai.birdie.databricks.result;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The function {@code xxhash64} of a warehouse: XXH64 of a value's bytes, where the hash of one
 * argument is the seed of the next. Source: the algorithm's specification, and how Spark takes its
 * arguments apart.
 */
final class XxHash64 {

  /** With which a warehouse begins. */
  static final long SEED = 42;

  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;

  private static final int STRIPE = 32;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private XxHash64() {}

  static long of(int value, long seed) {
    return finished(fourBytes(seed + PRIME_5 + Integer.BYTES, value));
  }

  static long of(long value, long seed) {
    return finished(eightBytes(seed + PRIME_5 + Long.BYTES, value));
  }

  static long of(byte[] bytes, long seed) {
    int at = 0;
    long hash = seed + PRIME_5;
    if (bytes.length >= STRIPE) {
      at = bytes.length - bytes.length % STRIPE;
      hash = stripes(bytes, at, seed);
    }
    hash += bytes.length;
    for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
      hash = eightBytes(hash, (long) LONG.get(bytes, at));
    }
    if (at + Integer.BYTES <= bytes.length) {
      hash = fourBytes(hash, (int) INT.get(bytes, at));
      at += Integer.BYTES;
    }
    for (; at < bytes.length; at++) {
      hash = Long.rotateLeft(hash ^ (bytes[at] & 0xffL) * PRIME_5, 11) * PRIME_1;
    }
    return finished(hash);
  }

  private static long stripes(byte[] bytes, int end, long seed) {
    long one = seed + PRIME_1 + PRIME_2;
    long two = seed + PRIME_2;
    long three = seed;
    long four = seed - PRIME_1;
    for (int at = 0; at < end; at += STRIPE) {
      one = round(one, (long) LONG.get(bytes, at));
      two = round(two, (long) LONG.get(bytes, at + 8));
      three = round(three, (long) LONG.get(bytes, at + 16));
      four = round(four, (long) LONG.get(bytes, at + 24));
    }
    long hash =
        Long.rotateLeft(one, 1)
            + Long.rotateLeft(two, 7)
            + Long.rotateLeft(three, 12)
            + Long.rotateLeft(four, 18);
    hash = merged(hash, one);
    hash = merged(hash, two);
    hash = merged(hash, three);
    return merged(hash, four);
  }

  private static long round(long lane, long value) {
    return Long.rotateLeft(lane + value * PRIME_2, 31) * PRIME_1;
  }

  private static long merged(long hash, long lane) {
    return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
  }

  private static long eightBytes(long hash, long value) {
    return Long.rotateLeft(hash ^ round(0, value), 27) * PRIME_1 + PRIME_4;
  }

  private static long fourBytes(long hash, int value) {
    return Long.rotateLeft(hash ^ (value & 0xffff_ffffL) * PRIME_1, 23) * PRIME_2 + PRIME_3;
  }

  private static long finished(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * PRIME_2;
    mixed = (mixed ^ (mixed >>> 29)) * PRIME_3;
    return mixed ^ (mixed >>> 32);
  }
}
