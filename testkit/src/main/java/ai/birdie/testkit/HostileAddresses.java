package ai.birdie.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What an attacker would write in the place of a workspace or of a link to a result. */
public final class HostileAddresses {

  private static final List<String> STORAGE =
      List.of(
          "bucket.s3.us-east-1.amazonaws.com",
          "account.blob.core.windows.net",
          "account.dfs.core.windows.net",
          "storage.googleapis.com");

  private static final List<String> ADDRESSES =
      List.of(
          "127.0.0.1",
          "127.1",
          "127.0.0.1.",
          "0.0.0.0",
          "0",
          "2130706433",
          "0x7f000001",
          "0x7f.0.0.1",
          "0177.0.0.1",
          "017700000001",
          "10.0.0.1",
          "192.168.0.1",
          "169.254.169.254",
          "2852039166",
          "0xa9fea9fe",
          "0251.0376.0251.0376",
          "169.254.43518",
          "168.63.129.16",
          "100.100.100.200",
          "[::1]",
          "[::]",
          "[::ffff:127.0.0.1]",
          "[::ffff:169.254.169.254]",
          "[64:ff9b::a9fe:a9fe]",
          "[fd00:ec2::254]",
          "[fe80::1%25eth0]",
          "localhost",
          "localhost.",
          "metadata.google.internal",
          "instance-data.ec2.internal",
          "kubernetes.default.svc");

  private HostileAddresses() {}

  /** None of them is a workspace's URL. */
  public static List<String> hosts() {
    String good = "dbc-a1.cloud.databricks.com";
    List<String> urls = new ArrayList<>();
    for (String scheme : List.of("http", "ftp", "file", "jar", "javascript", "gopher", "ws", "")) {
      urls.add(scheme + "://" + good);
    }
    for (String name :
        List.of(
            "cloud.databricks.com",
            ".cloud.databricks.com",
            "evilcloud.databricks.com",
            "evil-cloud.databricks.com.x",
            good + ".",
            good + ".evil.com",
            good + ".x",
            "dbc-a1.cloud.databricks.com@evil.com",
            "evil.com#" + good,
            "evil.com?" + good,
            "evil.com/" + good,
            "evil.com\\" + good,
            "evil.com\\@" + good,
            good + "\\@evil.com",
            "user@" + good,
            "user:canary-pass@" + good,
            "@" + good,
            ":@" + good,
            "-dbc." + "cloud.databricks.com",
            "dbc-.cloud.databricks.com",
            "dbc_a.cloud.databricks.com",
            "dbc..cloud.databricks.com",
            "*.cloud.databricks.com",
            "%64bc.cloud.databricks.com",
            "dbc%00.cloud.databricks.com",
            "dbc%2e.cloud.databricks.com",
            "evil.com%2f.cloud.databricks.com",
            "evil.com%23.cloud.databricks.com",
            "dbc .cloud.databricks.com",
            "dbc\t.cloud.databricks.com",
            "dbc\n.cloud.databricks.com",
            "dbc\r\nHost: evil.com.cloud.databricks.com",
            "dbc\u0000.cloud.databricks.com",
            "dbc\u3002cloud.databricks.com",
            "dbc.cloud\uff0edatabricks.com",
            "dbc.cloud.databrick\u0455.com",
            "d\u00f6c.cloud.databricks.com",
            "xn--dc-fka.cloud.databricks.com.evil",
            "dbc.cloud.databricks.co",
            "dbc.cloud.databricks.com.au",
            "dbc.cloud.databricks.org",
            "dbc.dev.databricks.com",
            "dbc.staging.cloud.databricks.com.evil.com",
            "dbc.dev.azuredatabricks.net.evil.com",
            "accounts.databricks.com",
            "databricks.com",
            "azuredatabricks.net",
            "adb-1.azuredatabricks.com",
            "adb-1.azuredatabricks.net.cn",
            "adb-1.xazuredatabricks.net.evil",
            "gcp.databricks.com",
            "1.gcp.databricks.com.evil",
            "127.0.0.1",
            "127.1",
            "0.0.0.0",
            "2130706433",
            "0x7f000001",
            "0177.0.0.1",
            "169.254.169.254",
            "[::1]",
            "[::ffff:169.254.169.254]",
            "[fd00::1]",
            "metadata.google.internal",
            "localhost",
            "localhost.cloud.databricks.com.localhost",
            good + ":80",
            good + ":8443",
            good + ":0",
            good + ":-1",
            good + ":65536",
            good + ":443:443",
            good + ":00443",
            good + ":443a",
            good + ": 443",
            good + "/path",
            good + "//",
            good + "/..",
            good + "/;x",
            good + "/?x",
            good + "?",
            good + "?o=123",
            good + "#",
            good + "#x",
            good + " ",
            " " + good,
            "a".repeat(64) + ".cloud.databricks.com",
            "a.".repeat(120) + "cloud.databricks.com",
            "")) {
      urls.add("https://" + name);
    }
    urls.addAll(
        List.of(
            "",
            " ",
            good,
            "//" + good,
            "https:" + good,
            "https:/" + good,
            "https:///" + good,
            "https:////" + good,
            "https:\\\\" + good,
            "https//" + good,
            " https://" + good,
            "https ://" + good,
            "https://" + good + "\u0000",
            "https://" + good + "\u202e",
            "https://https://" + good,
            "url:https://" + good,
            "canary-secret"));
    return urls;
  }

  /** None of them leads to a cloud's storage. */
  public static List<String> links() {
    Stream<String> twisted = STORAGE.stream().flatMap(HostileAddresses::twisted);
    Stream<String> addresses = ADDRESSES.stream().map(name -> "https://" + name + "/x?canary");
    Stream<String> others =
        Stream.of(
                "evils3.amazonaws.com",
                "bucket.es3.amazonaws.com",
                "ec2.us-east-1.amazonaws.com",
                "amazonaws.com",
                "blob.core.windows.net",
                "account.table.core.windows.net",
                "xstorage.googleapis.com",
                "a.b.storage.googleapis.com",
                "evil.com/bucket.s3.amazonaws.com",
                "")
            .map(name -> "https://" + name + "/x?canary");
    Stream<String> malformed = Stream.of("", " ", "canary", "https:canary", "//", "file:///canary");
    return Stream.of(twisted, addresses, others, malformed).flatMap(each -> each).toList();
  }

  private static Stream<String> twisted(String good) {
    Stream<String> schemes =
        Stream.of("http", "ftp", "file", "jar:https", "ws", "gopher", "javascript", "HTTPS ", "")
            .map(scheme -> scheme + "://" + good + "/x?canary");
    Stream<String> names =
        Stream.of(
                good + ".",
                good + ".evil.com",
                good + ".x",
                good + "@evil.com",
                good + ":443@evil.com",
                "evil.com#" + good,
                "evil.com?" + good,
                "evil.com/" + good,
                "evil.com\\" + good,
                "evil.com\\@" + good,
                good + "\\@evil.com",
                "user@" + good,
                "user:canary@" + good,
                "@" + good,
                ":@" + good,
                good + "%00.evil.com",
                good + "%2eevil.com",
                "evil.com%2f." + good,
                "evil.com%23." + good,
                "%65vil." + good,
                good + "\t",
                good + "\n.evil.com",
                good + "\r\nHost: evil.com",
                " " + good,
                good + "\u0000",
                good.replace('.', '\u3002'),
                good.replaceFirst("o", "\u043e"),
                good + "\uff0eevil.com",
                "\u00e9." + good,
                "_." + good,
                "-." + good,
                "." + good,
                "*." + good,
                good + ":80",
                good + ":8443",
                good + ":0",
                good + ":-1",
                good + ":65536",
                good + ":443:443",
                good + ":443a")
            .map(name -> "https://" + name + "/x?canary");
    return Stream.concat(schemes, names);
  }
}
