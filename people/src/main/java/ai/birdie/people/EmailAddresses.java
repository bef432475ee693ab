package ai.birdie.people;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Something, an at sign, and a domain that ends in letters. */
final class EmailAddresses implements Search {

  private static final String LOCAL = "!#$%&'*+/=?^_`{|}~.-";

  private static final Pattern DOMAIN =
      Pattern.compile(
          "(?:[\\p{L}\\p{Nd}](?:[\\p{L}\\p{Nd}-]{0,61}[\\p{L}\\p{Nd}])?\\.){1,8}(?:xn--[A-Za-z0-9-]{1,59}|\\p{L}{2,63}+)|\\[[0-9A-Fa-f.:IPv]{2,50}+]");

  @Override
  public void find(String text, Found found) {
    Matcher domain = DOMAIN.matcher(text);
    for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      int from = startOfLocal(text, at);
      if (from < at && domain.region(at + 1, text.length()).lookingAt()) {
        found.at(Finding.Sort.EMAIL, from, domain.end());
      }
    }
  }

  private static int startOfLocal(String text, int at) {
    if (at > 1 && text.charAt(at - 1) == '"') {
      int quote = text.lastIndexOf('"', at - 2);
      return quote >= 0 && at - quote <= 66 ? quote : at;
    }
    int from = at;
    while (from > 0 && at - from < 64 && isLocal(text.charAt(from - 1))) {
      from--;
    }
    while (from < at && !Character.isLetterOrDigit(text.charAt(from))) {
      from++; // a quote or dash before the address is none of it
    }
    return from;
  }

  private static boolean isLocal(char c) {
    return Character.isLetterOrDigit(c) || LOCAL.indexOf(c) >= 0;
  }
}
