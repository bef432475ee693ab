package ai.birdie.workspace.rest;

import ai.birdie.workspace.statement.Result;
import ai.birdie.workspace.statement.Statements;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/**
 * The cloud's storage behind links: it knows no tokens, only signatures, and answers as S3 does.
 */
final class StorageApi {
  private final LinkSigner signer;
  private final Statements statements;

  StorageApi(LinkSigner signer, Statements statements) {
    this.signer = signer;
    this.statements = statements;
  }

  void answer(Call call, List<String> path) throws IOException {
    if (call.header("Authorization").isPresent()) {
      call.answerXml(
          400,
          error(
              "InvalidArgument",
              "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter,"
                  + " Signature query string parameter or the Authorization header should be"
                  + " specified"));
      return;
    }
    if (!call.method().equals("GET")) {
      call.answerXml(
          405,
          error("MethodNotAllowed", "The specified method is not allowed against this resource."));
      return;
    }
    switch (signer.verify("/" + String.join("/", path), call.query())) {
      case FORGED ->
          call.answerXml(
              403,
              error(
                  "SignatureDoesNotMatch",
                  "The request signature we calculated does not match the signature you"
                      + " provided."));
      case EXPIRED -> call.answerXml(403, error("AccessDenied", "Request has expired"));
      case GOOD -> send(call, path);
    }
  }

  private void send(Call call, List<String> path) throws IOException {
    Optional<Result> result = statements.result(path.get(1));
    int index = Integer.parseInt(path.get(2));
    try {
      if (result.isPresent()) {
        call.answerFile(result.get().files().get(index));
        return;
      }
    } catch (NoSuchFileException e) {
      // given up between the look and the read
    }
    call.answerXml(404, error("NoSuchKey", "The specified key does not exist."));
  }

  private static String error(String code, String message) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>"
        + code
        + "</Code><Message>"
        + message
        + "</Message></Error>";
  }
}
