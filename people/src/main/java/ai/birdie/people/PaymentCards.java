package ai.birdie.people;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of a card network's length and first digits whose last digit is Luhn's. */
final class PaymentCards implements Search {

  private static final Pattern RUN =
      Pattern.compile("(?<![A-Za-z0-9])[0-9](?:[ .-]?[0-9]){12,}+(?![A-Za-z])");

  private static final Pattern NETWORK =
      Pattern.compile(
          """
          (?x)
            4\\d{12}(?:\\d{3}(?:\\d{3})?)?                 # Visa
          | 5[1-5]\\d{14} | 2(?:2[2-9]|[3-6]\\d|7[0-2])\\d{13} # Mastercard
          | 3[47]\\d{13}                                   # American Express
          | 3(?:0|6|8|9)\\d{12}(?:\\d{2})?                 # Diners Club
          | 35\\d{14}                                      # JCB
          | 6\\d{15}(?:\\d{3})?                            # Discover, UnionPay, Elo, Hipercard, RuPay
          | 6[37]\\d{10,17} | 50\\d{14}(?:\\d{3})?         # Maestro, Elo
          | 8[12]\\d{14}                                   # UnionPay, RuPay
          | 220[0-4]\\d{12}                                # Mir
          """);

  @Override
  public void find(String text, Found found) {
    for (Cluster cluster : Cluster.all(text)) {
      Matcher run = cluster.matcher(RUN, text);
      while (run.find()) {
        cards(text, run.start(), run.end(), found);
      }
    }
  }

  private static void cards(String text, int start, int end, Found found) {
    int from = start;
    while (from < end) {
      boolean begins = PlainText.isDigit(text.charAt(from)) && !Ascii.isDigitAt(text, from - 1);
      from = begins ? Math.max(from + 1, card(text, from, end, found)) : from + 1;
    }
  }

  /** Where the longest card ends that begins there; {@code from} if none does. */
  private static int card(String text, int from, int end, Found found) {
    StringBuilder digits = new StringBuilder(19);
    int to = from;
    for (int at = from; at < end && digits.length() < 19; at++) {
      if (PlainText.isDigit(text.charAt(at))) {
        digits.append(text.charAt(at));
        if (digits.length() >= 13 && !Ascii.isDigitAt(text, at + 1) && isCard(digits.toString())) {
          to = at + 1;
        }
      }
    }
    if (to > from) {
      found.at(Finding.Sort.CARD, from, to);
    }
    return to;
  }

  private static boolean isCard(String digits) {
    return CheckDigits.luhn(digits) && NETWORK.matcher(digits).matches();
  }
}
