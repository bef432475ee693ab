package ai.birdie.people;

import java.util.List;

/** Texts in which « and » stand around what is to go. All ids are published examples. */
final class Texts {

  private Texts() {}

  static final List<String> ADDRESSES =
      List.of(
          "write to «jane.doe@example.com».",
          "(«jane_doe+shop@mail.example.co.uk»)",
          "mailto:«o'brien@example.org», please",
          "«Ana.Müller@bücher.example»",
          "«joão@exemplo.com.br» e «rui@exemplo.pt»",
          "«user@xn--bcher-kva.example»",
          "«\"jane doe\"@example.com» is odd",
          "«root@[192.168.0.1]»",
          "«jane＠example．com» on an Asian keyboard",
          "«jane\u200B.doe@exam\u00ADple.com»");

  static final List<String> PHONES =
      List.of(
          "call «(650) 253-0000» or «650-253-0000»",
          "«650.253.0000», «650 253 0000», «+1 650 253 0000»",
          "my number is «6502530000»",
          "«6502530000» any time",
          "toll free «1-800-356-9377»",
          "«650-253-0000 ext. 42»",
          "London «+44 20 7031 3000», in the country «020 7031 3000» or «07400 123456»",
          "São Paulo «+55 11 96123-4567», «(11) 96123-4567», «11 96123 4567», «11961234567»",
          "fixo «(11) 2345-6789»",
          "Lisboa «+351 912 345 678», «912 345 678», telemóvel «912345678»",
          "Madrid «+34 612 34 56 78», «612 34 56 78», móvil «612345678»",
          "Paris «06 12 34 56 78» ou «+33 6 12 34 56 78»",
          "Berlin «+49 30 123456», «030 123456»",
          "México «55 1234 5678», «+52 55 1234 5678»",
          "India «+91 98765 43210», mobile «9876543210»",
          "https://wa.me/«5511961234567»",
          "tel:«+16502530000»",
          "\u202A«+55 11 96123-4567\u202C» from an address book",
          "«６５０－２５３－００００» in full width",
          "«+٤٤ ٢٠ ٧٠٣١ ٣٠٠٠» in Arabic digits",
          "«650\u2011253\u20110000» with hyphens that do not break",
          "«+1\u00A0650\u00A0253\u00A00000»");

  static final List<String> CARDS =
      List.of(
          "card «4111 1111 1111 1111», exp 12/27, cvv 123",
          "«4111111111111111»",
          "«4111-1111-1111-1111»",
          "«5555555555554444» and «2223003122003222»",
          "«378282246310005», «3782 822463 10005»",
          "«6011111111111117»",
          "«30569309025904»",
          "«3530111333300000»",
          "«4222222222222»",
          "«6062826786276634»",
          "«6362970000457013»",
          "«4111 1111 1111 1111» 12 27");

  static final List<String> ACCOUNTS =
      List.of(
          "pay to «GB82 WEST 1234 5698 7654 32» please",
          "«GB82WEST12345698765432» is mine",
          "«DE89370400440532013000»,",
          "«de89 3704 0044 0532 0130 00»",
          "«FR1420041010050500013M02606»",
          "«PT50 0002 0123 1234 5678 9015 4»",
          "«ES91-2100-0418-4502-0005-1332»",
          "«BR1800360305000010009795493C1»",
          "«MT84MALT011000012345MTLCAST001S»",
          "«NL91 ABNA 0417 1643 00»");

  static final List<String> IDS =
      List.of(
          "SSN «078-05-1120»",
          "«078 05 1120»",
          "my social security number is «078051120»",
          "ITIN «912-70-1234»",
          "CPF «529.982.247-25»",
          "«52998224725»",
          "cpf: «123.456.789-00» even if mistyped",
          "CNPJ «11.222.333/0001-81», «11222333000181»",
          "«12.ABC.345/01DE-35» as of 2026",
          "RG nº «12.345.678-9»",
          "NINO «AB123456C», «AB 12 34 56 C»",
          "DNI «12345678Z», «12.345.678-Z»",
          "NIE «X1234567L»",
          "NIF «123456789», contribuinte n.º «123 456 789»",
          "«2 55 08 14 168 025 38»",
          "«RSSMRA85T10A562S»",
          "«HEGG560427MVZRRL04»",
          "«20-05536168-2»",
          "«12.345.678-5», «12345678-5»",
          "«130 692 544»",
          "«2341 2341 2346»",
          "passport «AB1234567»",
          "BSN «111222333»");

  /** What is none of it, and often looks like it. */
  static final List<String> NOTHING =
      List.of(
          "",
          "no digits at all",
          "@jane said hi, RT@jane too, meet me @ work",
          "a@b and foo@bar without an end",
          "on 2026-11-26 at 10:30:15 and 26/11/2026 and 11.26.2026",
          "2026-11-26T10:30:15.123456Z",
          "from 2012-2013 to 2014-2015, 20 21 22 23 24 25",
          "I am 5'4\", 34-26-38, 125-130 lbs, size 36c/38-27-35/135#",
          "paid $2,025,550.14 of $ 6502530000",
          "order 6502530000 has not come",
          "order #6502530000, ticket: 11961234567",
          "pedido nº 11961234567",
          "Amazon 702-1234567-1234567",
          "tracking 1Z999AA10123456784",
          "ISBN 978-3-16-148410-0",
          "EAN 4006381333931",
          "IMEI 356938035643809",
          "version 10.0.19045.3693 on 192.168.100.200",
          "1764153600 and 1764153600000",
          "123e4567-e89b-12d3-a456-426614174000",
          "at 0x7ffee3b2, error 80070005, 0000000000000000",
          "-23.5505199, -46.6333094",
          "pi is 3.14159265358979",
          "https://example.com/status/1234567890123456789?id=6502530000",
          "4111 1111 1111 1112 is mistyped",
          "GB82 WEST 1234 5698 7654 33 is mistyped",
          "529.982.247-26 is mistyped",
          "12345678A is mistyped",
          "000-12-3456, 123-00-4567",
          "111.111.111-11",
          "BG123456A",
          "call 911, 112, or 190, room 1234567",
          "<3333333333333333",
          "100 000 000 and 1.000.000.000 and 12.345.678",
          "model AB-1234-5678, part 12-34-56",
          "{$51250.00} and {$38400.00} of XXXX XXXX",
          "order 6502530000, ref. 6502530000, nota 11961234567",
          "10-20-30-40-50-60-70");
}
