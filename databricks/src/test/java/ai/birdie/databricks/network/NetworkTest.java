package ai.birdie.databricks.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "52.216.1.1",
        "172.15.255.255",
        "172.32.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
        "2600:1f18::1",
        "2a05:d018::1"
      })
  void isPublic(String address) throws UnknownHostException {
    assertThat(Network.PUBLIC.contains(InetAddress.getByName(address))).isTrue();
    assertThat(Network.PRIVATE.contains(InetAddress.getByName(address))).isTrue();
    assertThat(Network.LOOPBACK.contains(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "fd12:3456::1",
        "::ffff:10.0.0.1"
      })
  void isPrivate(String address) throws UnknownHostException {
    assertThat(Network.PUBLIC.contains(InetAddress.getByName(address))).isFalse();
    assertThat(Network.PRIVATE.contains(InetAddress.getByName(address))).isTrue();
    assertThat(Network.LOOPBACK.contains(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.170.2",
        "::ffff:169.254.169.254",
        "64:ff9b::169.254.169.254",
        "64:ff9b::10.0.0.1",
        "fd00:ec2::254",
        "fd00:ec2::23",
        "fd20:ce::254",
        "168.63.129.16",
        "100.100.100.200",
        "192.0.0.192",
        "fe80::1",
        "fec0::1",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "203.0.113.1",
        "2001:db8::1",
        "2001::1",
        "2002:a9fe:a9fe::1",
        "3fff::1",
        "::8.8.8.8"
      })
  void isNowhere(String address) throws UnknownHostException {
    for (Network network : Network.values()) {
      assertThat(network.contains(InetAddress.getByName(address))).as(network.name()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"})
  void isThisMachine(String address) throws UnknownHostException {
    for (Network network : Network.values()) {
      assertThat(network.contains(InetAddress.getByName(address)))
          .isEqualTo(network == Network.LOOPBACK);
    }
    assertThat(Network.PUBLIC.stranger(address)).contains(InetAddress.getByName(address));
    assertThat(Network.LOOPBACK.stranger(address)).isEmpty();
  }
}
