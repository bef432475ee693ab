package ai.birdie.people;

import java.math.BigInteger;
import java.util.Locale;

/** Whether an id's check digits, or letters, are right. All take letters and digits alone. */
final class CheckDigits {

  private static final int[][] VERHOEFF_PERMUTATION = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
    {1, 5, 7, 6, 2, 8, 3, 0, 9, 4},
    {5, 8, 0, 3, 7, 9, 6, 1, 4, 2},
    {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
    {9, 4, 5, 3, 1, 2, 6, 8, 7, 0},
    {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
    {2, 7, 9, 3, 8, 0, 6, 4, 1, 5},
    {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}
  };

  /**
   * What a character in an odd place of an Italian tax code counts, digits as the letters A to J.
   */
  private static final int[] ITALIAN_ODD = {
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
  };

  private CheckDigits() {}

  /** Payment cards, Canadian social insurance. */
  static boolean luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digit(digits, digits.length() - 1 - i);
      int counted = i % 2 == 0 ? digit : digit * 2;
      sum += counted > 9 ? counted - 9 : counted;
    }
    return sum % 10 == 0 && isVaried(digits);
  }

  /** Indian Aadhaar. */
  static boolean verhoeff(String digits) {
    int check = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digit(digits, digits.length() - 1 - i);
      check = dihedral(check, VERHOEFF_PERMUTATION[i % 8][digit]);
    }
    return check == 0 && isVaried(digits);
  }

  /** The product of two of the ten symmetries of a pentagon. */
  private static int dihedral(int a, int b) {
    if (a < 5) {
      return b < 5 ? (a + b) % 5 : 5 + (a + b) % 5;
    }
    return b < 5 ? 5 + Math.floorMod(a - b, 5) : Math.floorMod(a - b, 5);
  }

  /** Brazilian people: two digits, by weights that go up to 10 and 11. */
  static boolean cpf(String digits) {
    return isVaried(digits)
        && elevens(digits, 9, 10, Integer.MAX_VALUE) == digit(digits, 9)
        && elevens(digits, 10, 11, Integer.MAX_VALUE) == digit(digits, 10);
  }

  /**
   * Brazilian companies, with letters since 2026: two digits, by weights from 2 to 9, again and
   * again.
   */
  static boolean cnpj(String id) {
    String upper = id.toUpperCase(Locale.ROOT);
    return isVaried(upper)
        && elevens(upper, 12, 5, 9) == digit(upper, 12)
        && elevens(upper, 13, 6, 9) == digit(upper, 13);
  }

  /**
   * The check digit of the first characters, modulo 11, by weights that fall from {@code first} to
   * 2 and then from {@code next}; 0 where it would have two digits.
   */
  private static int elevens(String id, int count, int first, int next) {
    int sum = 0;
    int weight = first;
    for (int i = 0; i < count; i++) {
      sum += (id.charAt(i) - '0') * weight;
      weight = weight == 2 ? next : weight - 1;
    }
    int rest = sum % 11;
    return rest < 2 ? 0 : 11 - rest;
  }

  /** Portuguese tax numbers. */
  static boolean nif(String digits) {
    return isVaried(digits) && elevens(digits, 8, 9, 9) == digit(digits, 8);
  }

  /** Argentine tax numbers, whose two-digit case is 9. */
  static boolean cuit(String digits) {
    int sum = 0;
    for (int i = 0; i < 10; i++) {
      sum += digit(digits, i) * (i < 4 ? 5 - i : 11 - i);
    }
    int rest = 11 - sum % 11;
    return digit(digits, 10) == (rest == 11 ? 0 : rest == 10 ? 9 : rest);
  }

  /** Chilean ids: a last digit, or K. */
  static boolean rut(String id) {
    int sum = 0;
    for (int i = 0; i < id.length() - 1; i++) {
      sum += digit(id, id.length() - 2 - i) * (2 + i % 6);
    }
    int rest = 11 - sum % 11;
    char expected = rest == 11 ? '0' : rest == 10 ? 'K' : (char) ('0' + rest);
    return Character.toUpperCase(id.charAt(id.length() - 1)) == expected;
  }

  /** Spanish citizens, and foreigners in Spain, whose X, Y, or Z is 0, 1, or 2. */
  static boolean dni(String id) {
    String upper = id.toUpperCase(Locale.ROOT);
    int first = "XYZ".indexOf(upper.charAt(0));
    String number = first < 0 ? upper.substring(0, 8) : first + upper.substring(1, 8);
    return "TRWAGMYFPDXBNJZSQVHLCKE".charAt(Integer.parseInt(number) % 23) == upper.charAt(8);
  }

  /** French social security; Corsica's departments count as 19 and 18. */
  static boolean nir(String id) {
    String digits = id.toUpperCase(Locale.ROOT).replace("2A", "19").replace("2B", "18");
    BigInteger number = new BigInteger(digits.substring(0, 13));
    int rest = number.mod(BigInteger.valueOf(97)).intValue();
    return Integer.parseInt(digits.substring(13)) == 97 - rest;
  }

  /** Italian tax codes: a last letter. */
  static boolean codiceFiscale(String id) {
    String upper = id.toUpperCase(Locale.ROOT);
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      char c = upper.charAt(i);
      int value = PlainText.isDigit(c) ? c - '0' : c - 'A';
      sum += i % 2 == 0 ? ITALIAN_ODD[value] : value;
    }
    return upper.charAt(15) == 'A' + sum % 26;
  }

  /** Mexican population registry. */
  static boolean curp(String id) {
    String alphabet = "0123456789ABCDEFGHIJKLMN\u00D1OPQRSTUVWXYZ";
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      sum += alphabet.indexOf(Character.toUpperCase(id.charAt(i))) * (18 - i);
    }
    return (10 - sum % 10) % 10 == digit(id, 17);
  }

  /** A row of one digit satisfies many a checksum, and is no id. */
  private static boolean isVaried(String digits) {
    return digits.chars().anyMatch(c -> c != digits.charAt(0));
  }

  private static int digit(String id, int place) {
    return id.charAt(place) - '0';
  }
}
