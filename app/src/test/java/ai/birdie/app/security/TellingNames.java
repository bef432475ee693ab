package ai.birdie.app.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Resolves names whose first label tells their addresses, such as {@code ip-10-0-0-1.example.com}
 * or {@code ip-8-8-8-8-10-0-0-1.example.com}, as an attacker's name server would; the JDK resolves
 * all others.
 */
public final class TellingNames extends InetAddressResolverProvider {

  private static final Pattern TELLING = Pattern.compile("ip((?:-\\d{1,3}){4,})\\..*");
  private static final int BYTES = 4;

  @Override
  public String name() {
    return "names that tell their addresses";
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    InetAddressResolver builtin = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        Matcher telling = TELLING.matcher(host);
        return telling.matches()
            ? addresses(telling.group(1)).stream()
            : builtin.lookupByName(host, policy);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return builtin.lookupByAddress(address);
      }
    };
  }

  private static List<InetAddress> addresses(String text) throws UnknownHostException {
    String[] numbers = text.substring(1).split("-", -1);
    List<InetAddress> addresses = new ArrayList<>();
    for (int i = 0; i + BYTES <= numbers.length; i += BYTES) {
      byte[] bytes = new byte[BYTES];
      for (int j = 0; j < BYTES; j++) {
        bytes[j] = (byte) Integer.parseInt(numbers[i + j]);
      }
      addresses.add(InetAddress.getByAddress(bytes));
    }
    return addresses;
  }
}
