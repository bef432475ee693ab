package ai.birdie.people;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ids that states give to people and companies, known by their form and check digits, or by name.
 */
final class NationalIds implements Search {

  /** How an id looks, and what its letters and digits must satisfy. */
  private record Form(Pattern pattern, Predicate<String> check) {

    Form(String pattern, Predicate<String> check) {
      this(
          Pattern.compile("(?<![A-Za-z0-9])(?:" + pattern + ")(?![A-Za-z0-9])", CASE_INSENSITIVE),
          check);
    }

    void find(String text, Cluster cluster, Found found) {
      Matcher id = cluster.matcher(pattern, text);
      while (id.find()) {
        if (check.test(Ascii.compact(id.group()))) {
          found.at(Finding.Sort.NATIONAL_ID, id.start(), id.end());
        }
      }
    }
  }

  private static final List<Form> FORMS =
      List.of(
          // United States: social security, and the tax number of those who have none
          new Form(
              "(?!000|666|9)\\d{3}([-. ])(?!00)\\d{2}\\1(?!0000)\\d{4}|9\\d{2}([-. ])(?:5\\d|6[0-5]|[78]\\d|9[0-24-9])\\2\\d{4}",
              id -> true),
          // Brazil
          new Form("\\d{3}\\.?\\d{3}\\.?\\d{3}[-/ ]?\\d{2}", CheckDigits::cpf),
          new Form("\\d{2}\\.?\\d{3}\\.?\\d{3}[/ ]?\\d{4}[- ]?\\d{2}", CheckDigits::cnpj),
          new Form("[A-Z0-9]{2}\\.[A-Z0-9]{3}\\.[A-Z0-9]{3}/[A-Z0-9]{4}-\\d{2}", CheckDigits::cnpj),
          // United Kingdom
          new Form(
              "(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?\\d{2}[ -]?\\d{2}[ -]?\\d{2}[ -]?[A-D]",
              id -> true),
          // Spain
          new Form("(?:\\d{8}|\\d{2}\\.\\d{3}\\.\\d{3})[- ]?[A-Z]", CheckDigits::dni),
          new Form("[XYZ][- ]?\\d{7}[- ]?[A-Z]", CheckDigits::dni),
          // France
          new Form(
              "[12] ?\\d{2} ?\\d{2} ?(?:\\d{2}|2[AB]) ?\\d{3} ?\\d{3} ?\\d{2}", CheckDigits::nir),
          // Italy
          new Form(
              "[A-Z]{6} ?\\d{2}[A-EHLMPRST]\\d{2} ?[A-Z]\\d{3}[A-Z]", CheckDigits::codiceFiscale),
          // Mexico
          new Form("[A-Z]{4}\\d{2}[01]\\d[0-3]\\d[HMX][A-Z]{5}[A-Z0-9]\\d", CheckDigits::curp),
          // Argentina
          new Form("(?:2[03-7]|3[034])([- ])\\d{8}\\1\\d", CheckDigits::cuit),
          // Chile
          new Form("\\d{1,2}\\.\\d{3}\\.\\d{3}-[\\dK]|\\d{7,8}-[\\dK]", CheckDigits::rut),
          // Canada
          new Form("[1-79]\\d{2}([- ])\\d{3}\\1\\d{3}", CheckDigits::luhn),
          // India
          new Form("[2-9]\\d{3}([- ])\\d{4}\\1\\d{4}(?![- ]?\\d)", CheckDigits::verhoeff));

  /** What may be an id whose check digits nobody knows, where it is named. */
  private static final Pattern ANY =
      Pattern.compile(
          "(?<![A-Za-z0-9])[A-Z]{0,3}[0-9](?:[ ./-]?[A-Z]?[0-9]){5,14}(?:-?[A-Z0-9])?(?![A-Za-z0-9])",
          CASE_INSENSITIVE);

  /** What people call such an id before they write it down. */
  private static final Pattern NAME =
      Pattern.compile(
          """
          (?x) (?<![\\p{L}0-9])
          (?: ssn | social\\ security | itin | national\\ insurance | nino | sin\\ number | passport
            | cpf | cnpj | rg | nif | nipc | contribuinte | passaporte | d\\.?n\\.?i\\.? | pasaporte | curp | rut
            | bsn | burgerservicenummer | pesel | steuer-?id | steueridentifikationsnummer
            | codice\\ fiscale | aadhaar | tax\\ id )
          (?: [\\x20\\t:\\#=.,("'/-] | is | was | n[uú]mber | n[uú]mero | num | nr | no | n?\\.?[º°] | é | es | card ){0,8}+ $
          """,
          CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  /** Of a name, and of what stands between it and the id, in chars. */
  private static final int NAME_REACH = 48;

  @Override
  public void find(String text, Found found) {
    for (Cluster cluster : Cluster.all(text)) {
      FORMS.forEach(form -> form.find(text, cluster, found));
      findNamed(text, cluster, found);
    }
  }

  private static void findNamed(String text, Cluster cluster, Found found) {
    Matcher id = cluster.matcher(ANY, text);
    while (id.find()) {
      String before = text.substring(Math.max(0, id.start() - NAME_REACH), id.start());
      if (NAME.matcher(before).find()) {
        found.at(Finding.Sort.NATIONAL_ID, id.start(), id.end());
      }
    }
  }
}
