package ai.birdie.workspace.sample;

import java.util.List;
import java.util.Map;

/** What people write about products, in several languages. {p} is a product, {f} a feature. */
final class Phrases {
  /** How somebody feels about it. */
  enum Mood {
    GOOD,
    MIXED,
    BAD
  }

  static final List<String> LANGUAGES = List.of("en", "pt", "es", "de", "fr", "ja");
  static final int[] LANGUAGE_SHARES = {55, 13, 11, 8, 7, 6};

  static final List<String> PRODUCTS =
      List.of(
          "Nimbus App",
          "Nimbus Web",
          "Nimbus Card",
          "Nimbus Pay",
          "Nimbus Insights",
          "Nimbus Desk");

  static final List<String> FEATURES =
      List.of(
          "login",
          "checkout",
          "search",
          "export",
          "notifications",
          "billing",
          "dark mode",
          "dashboard",
          "sync",
          "onboarding",
          "delivery tracking",
          "refunds");

  static final List<String> EMOJI =
      List.of("😀", "🎉", "😡", "👍", "👎", "💜", "🙄", "🚀", "😭", "🤷🏽‍♀️");

  static final List<String> FIRST_NAMES =
      List.of(
          "Ana", "João", "Maria", "Lucas", "Sofía", "Mateo", "Emma", "Liam", "Chloé", "Louis",
          "Anna", "Jürgen", "Yuki", "Haruto", "Priya", "Omar", "Zoë", "Noah");

  static final List<String> LAST_NAMES =
      List.of(
          "Silva",
          "Souza",
          "García",
          "Müller",
          "Dubois",
          "Tanaka",
          "Smith",
          "O'Neil",
          "Nguyen",
          "Kowalski",
          "Haddad",
          "Jensen",
          "Rossi",
          "da Costa");

  static final Map<String, Map<Mood, List<String>>> SENTENCES =
      Map.of(
          "en",
          Map.of(
              Mood.GOOD,
              List.of(
                  "I love how fast {p} is.",
                  "The new {f} saves me an hour every week.",
                  "Support solved my problem with {f} in five minutes.",
                  "{p} just works, and the {f} is a joy to use.",
                  "Best decision we made this year was moving to {p}.",
                  "Everybody on the team picked up {f} without training."),
              Mood.MIXED,
              List.of(
                  "{p} is fine, but the {f} could be better.",
                  "Good value, although {f} is slow at times.",
                  "It does what it says; I miss an offline mode in {p}.",
                  "Some days {f} works, some days it doesn't."),
              Mood.BAD,
              List.of(
                  "The {f} keeps crashing since the last update.",
                  "I was charged twice and nobody answers.",
                  "{p} logs me out every single day, \"session expired\" again and again.",
                  "Three weeks waiting for a fix of {f}; I'm cancelling.",
                  "Impossible to find {f}, and the help pages are out of date.",
                  "Worst {f} I have used.\nI want my money back.")),
          "pt",
          Map.of(
              Mood.GOOD,
              List.of(
                  "Adoro o {p}, é muito rápido!",
                  "O {f} ficou excelente, parabéns à equipe.",
                  "Atendimento nota dez, resolveram tudo na hora."),
              Mood.MIXED,
              List.of("É bom, mas o {f} ainda trava às vezes.", "Funciona, só acho caro."),
              Mood.BAD,
              List.of(
                  "Não consigo usar o {f} desde a atualização.",
                  "Fui cobrado duas vezes e ninguém responde.",
                  "O {p} fecha sozinho, péssima experiência.")),
          "es",
          Map.of(
              Mood.GOOD,
              List.of(
                  "Me encanta {p}, es rapidísimo.",
                  "El {f} me ahorra mucho tiempo.",
                  "¡Qué buena atención! Resolvieron todo."),
              Mood.MIXED,
              List.of("Está bien, pero {f} podría mejorar.", "Cumple, aunque a veces es lento."),
              Mood.BAD,
              List.of(
                  "El {f} falla desde la última versión.",
                  "Llevo una semana esperando el reembolso.",
                  "{p} se cierra solo, así no se puede trabajar.")),
          "de",
          Map.of(
              Mood.GOOD,
              List.of(
                  "{p} läuft schnell und zuverlässig.",
                  "Mit {f} spare ich jede Woche eine Stunde.",
                  "Der Support war großartig."),
              Mood.MIXED,
              List.of("Ganz gut, aber {f} ist manchmal langsam.", "Solide, nur etwas teuer."),
              Mood.BAD,
              List.of(
                  "Seit dem Update stürzt {f} ständig ab.",
                  "Doppelt abgebucht, und niemand antwortet.",
                  "{p} vergisst meine Einstellungen – ärgerlich.")),
          "fr",
          Map.of(
              Mood.GOOD,
              List.of(
                  "J'adore {p}, c'est très rapide.",
                  "Le nouveau {f} est génial.",
                  "Équipe réactive, problème réglé en une heure."),
              Mood.MIXED,
              List.of("Pas mal, mais {f} pourrait être mieux.", "Correct, sans plus."),
              Mood.BAD,
              List.of(
                  "Depuis la mise à jour, {f} ne marche plus.",
                  "Débité deux fois, aucune réponse.",
                  "{p} plante tout le temps, c'est pénible.")),
          "ja",
          Map.of(
              Mood.GOOD,
              List.of("{p}はとても速くて便利です。", "{f}のおかげで作業が楽になりました。", "サポートの対応が素晴らしかったです。"),
              Mood.MIXED,
              List.of("悪くないですが、{f}が少し遅いです。", "値段のわりには普通です。"),
              Mood.BAD,
              List.of("アップデート後、{f}が動きません。", "二重に請求されましたが、返事がありません。", "{p}がよく落ちるので困っています。")));

  static final List<String> AGENT_LINES =
      List.of(
          "Thanks for reaching out! Could you tell me which version of {p} you use?",
          "I'm sorry about that. I have passed this on to the team behind {f}.",
          "This is fixed in the latest release of {p}; please update and try again.",
          "I have refunded the second charge, you will see it within 3 days.");

  static final List<String> BOT_LINES =
      List.of(
          "Hi! I'm the {p} assistant. I found 3 articles about {f}.",
          "Your request has been received. Typical response time: 4 hours.");

  private Phrases() {}

  static String language(Draw draw) {
    return LANGUAGES.get(draw.weighted(LANGUAGE_SHARES));
  }

  static String name(Draw draw) {
    return draw.of(FIRST_NAMES) + " " + draw.of(LAST_NAMES);
  }

  /** One to three sentences; rarely very many. */
  static String comment(Draw draw, String language, Mood mood) {
    Map<Mood, List<String>> moods = SENTENCES.getOrDefault(language, Map.of());
    int sentences = draw.percent(0.3) ? 200 + draw.below(200) : 1 + draw.weighted(5, 3, 1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      if (i > 0) {
        text.append(draw.percent(10) ? "\n\n" : " ");
      }
      text.append(filled(draw, draw.of(moods.getOrDefault(mood, List.of("{p}")))));
    }
    if (draw.percent(12)) {
      text.append(' ').append(draw.of(EMOJI));
    }
    return text.toString();
  }

  static String filled(Draw draw, String sentence) {
    return sentence.replace("{p}", draw.of(PRODUCTS)).replace("{f}", draw.of(FEATURES));
  }
}
