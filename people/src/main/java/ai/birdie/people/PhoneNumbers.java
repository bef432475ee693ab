package ai.birdie.people;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Numbers that libphonenumber finds valid: any country's with its code, and those of some as people
 * there write them. It is asked only where digits stand together, for it is slow.
 *
 * <p>Digits without any sign between them are as likely to be an order's number: they must be named
 * as a telephone's, or be a number of North America or a Brazilian mobile that nothing else names.
 */
final class PhoneNumbers implements Search {

  private static final int DIGITS = 7;

  /** Of a run that is looked at; a longer one is no prose, and goes whole. */
  private static final int MOST_DIGITS = 40;

  /** In one text; what comes after so many goes whole, so that no text takes long. */
  private static final int MOST_LOOKS = 100;

  /** Where numbers are taken for the country's own, the most likely first. */
  private static final List<String> COUNTRIES =
      List.of(
          "US", "CA", "BR", "GB", "PT", "ES", "MX", "FR", "DE", "IT", "AR", "CO", "CL", "IN", "AU");

  /** Where nobody leaves out the 0 before an area; other numbers of any length would be theirs. */
  private static final Set<String> WITH_TRUNK_PREFIX = Set.of("GB", "FR", "DE", "AU");

  private static final Pattern TRUNK_PREFIX = Pattern.compile("\\(?0");

  /** Sizes, scores, and dates mix signs that numbers do not; the other is a decimal number. */
  private static final Pattern MEASURE = Pattern.compile(".*/.*-.*|.*-.*/.*|[0-9]+[.][0-9]+");

  private static final Pattern DIGITS_ALONE = Pattern.compile("[0-9]+");
  private static final Pattern NORTH_AMERICAN = Pattern.compile("1?[0-9]{10}");
  private static final Pattern BRAZILIAN_MOBILE = Pattern.compile("(?:0|55)?[1-9][1-9]9[0-9]{8}");

  private static final int NAME_REACH = 32;

  private static final List<String> BARE_COUNTRIES = List.of("US", "CA", "BR");

  private static final Pattern NAME =
      Pattern.compile(
          "(?<![\\p{L}])(?:tele)?(?:phone|fone|fono)|(?<![\\p{L}])(?:tel|call|cell|mobile|text|sms|fax|number"
              + " is|whats"
              + " ?app|wa\\.me|zap|celular|cel|telem[oó]vel|m[oó]vil|ligu?[ea]\\w*|llam\\w+|contact\\w*|reach\\w*|ring|dial|portable|handy|telefon\\w*|numero|n[uú]mero)(?![\\p{L}])",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private static final Pattern OTHER_NAME =
      Pattern.compile(
          "(?:[#/=_$€£&%@]|(?<![\\p{L}])(?:order|ticket|ref\\w*|case|invoice|id|item|sku|asin|isbn|ean|upc|imei|tracking|account|acct|pedido|protocolo|nota|boleto|serial|model|code|part|no|n[º°]|nr))[\\s.:#nN°º-]{0,6}$",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();

  @Override
  public void find(String text, Found found) {
    int looks = 0;
    for (int at = 0; at < text.length(); at++) {
      if (PlainText.isDigit(text.charAt(at))) {
        Run run = run(text, at);
        if (run.digits() >= DIGITS) {
          look(text, run, looks++, found);
        }
        at = run.to();
      }
    }
  }

  /** Digits, and at most three separators from one to the next. */
  private record Run(int from, int to, int digits) {}

  private static Run run(String text, int from) {
    int digits = 0;
    int to = from;
    for (int at = from; at < text.length() && at - to <= 3; at++) {
      char c = text.charAt(at);
      if (PlainText.isDigit(c)) {
        digits++;
        to = at + 1;
      } else if (" ().-/+~".indexOf(c) < 0) {
        break;
      }
    }
    return new Run(from, to, digits);
  }

  private void look(String text, Run run, int looks, Found found) {
    if (run.digits() <= MOST_DIGITS && looks < MOST_LOOKS) {
      look(text, run, found);
    } else if (text.substring(run.from(), run.to()).chars().distinct().count() > 3) {
      found.at(Finding.Sort.PHONE, run.from(), run.to());
    }
  }

  private void look(String text, Run run, Found found) {
    int from = Math.max(0, run.from() - 4); // a plus, brackets, and whatever forbids a number
    String part = text.substring(from, Math.min(text.length(), run.to() + 12)); // an extension
    for (String country : COUNTRIES) {
      for (PhoneNumberMatch match :
          numbers.findNumbers(part, country, Leniency.VALID, Long.MAX_VALUE)) {
        int at = from + match.start();
        int to = from + match.end();
        boolean apart = !Ascii.isDigitAt(text, at - 1) && !Ascii.isDigitAt(text, to);
        if (apart && isOne(text, at, match.rawString(), country)) {
          found.at(Finding.Sort.PHONE, at, to);
          if (at <= run.from() && to >= run.to()) {
            return;
          }
        }
      }
    }
  }

  private static boolean isOne(String text, int at, String number, String country) {
    if (number.startsWith("+")) {
      return true;
    }
    boolean local =
        !WITH_TRUNK_PREFIX.contains(country) || TRUNK_PREFIX.matcher(number).lookingAt();
    if (!local || MEASURE.matcher(number).matches()) {
      return false;
    }
    return !DIGITS_ALONE.matcher(number).matches() || isNamed(text, at, number, country);
  }

  /** Whether digits without a sign among them are a telephone's by what stands before them. */
  private static boolean isNamed(String text, int at, String number, String country) {
    String before = text.substring(Math.max(0, at - NAME_REACH), at);
    if (NAME.matcher(before).find()) {
      return true;
    }
    Pattern usual = country.equals("BR") ? BRAZILIAN_MOBILE : NORTH_AMERICAN;
    return BARE_COUNTRIES.contains(country)
        && usual.matcher(number).matches()
        && !OTHER_NAME.matcher(before).find();
  }
}
