package ai.birdie.people;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.garvelink.iban.CountryCodes;
import nl.garvelink.iban.Modulo97;

/** IBANs: a country, the length that it gives them, and check digits that are right. */
final class BankAccounts implements Search {

  private static final Pattern HEAD =
      Pattern.compile("(?<![A-Za-z0-9])[A-Za-z]{2} ?[0-9]{2}(?=[ -]?[A-Za-z0-9])");

  @Override
  public void find(String text, Found found) {
    for (Cluster cluster : Cluster.all(text)) {
      Matcher head = cluster.matcher(HEAD, text);
      while (head.find()) {
        String country = text.substring(head.start(), head.start() + 2).toUpperCase(Locale.ROOT);
        int length = CountryCodes.getLengthForCountryCode(country);
        if (length > 0) {
          account(text, head.start(), length, found);
        }
      }
    }
  }

  private static void account(String text, int from, int length, Found found) {
    StringBuilder account = new StringBuilder(length);
    int at = from;
    while (at < text.length() && account.length() < length) {
      char c = text.charAt(at++);
      if (Ascii.isLetterOrDigit(c)) {
        account.append(c);
      } else if (!separates(text, at - 1)) {
        return;
      }
    }
    boolean whole = account.length() == length && !Ascii.isLetterOrDigitAt(text, at);
    if (whole && Modulo97.verifyCheckDigits(account.toString().toUpperCase(Locale.ROOT))) {
      found.at(Finding.Sort.IBAN, from, at);
    }
  }

  /** One separator between two parts, not two. */
  private static boolean separates(String text, int at) {
    char c = text.charAt(at);
    return (c == ' ' || c == '-') && Ascii.isLetterOrDigitAt(text, at + 1);
  }
}
