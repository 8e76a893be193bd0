using Grpc.Core;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Errors;

/// <content>Faults of texts that the encoder of the server cannot embed.</content>
internal static partial class Fault
{
    /// <summary>Rejects a text for a version that was fitted on embeddings of clients.</summary>
    public static ServiceException TextNeedsEncoder(string version, string encoder) => OtherEncoder(
        $"'{version}' was fitted on embeddings that clients gave, made by {Named(encoder)}. This server does not run that encoder, so it "
        + "cannot embed a text for the version. Send an embedding of that encoder where the call has the field `embedding`.",
        encoder);

    /// <summary>Rejects settings with words to embed for embeddings of clients.</summary>
    public static ServiceException SettingNeedsEncoder(string setting, string corpus, string encoder) => OtherEncoder(
        $"{setting} needs the encoder of the documents. Clients gave the embeddings of '{corpus}', made by {Named(encoder)}, which this "
        + "server does not run. Leave the setting out.",
        encoder);

    /// <summary>Rejects a shadow answer of a version with another encoder.</summary>
    public static ServiceException ShadowOfOtherEncoder(string version, string encoder) => OtherEncoder(
        $"The embeddings of '{version}' were made by {Named(encoder)}, and not by the encoder of the answering version.", encoder);

    /// <summary>Rejects the assignment of documents whose embeddings another encoder made.</summary>
    public static ServiceException AssignmentOfOtherEncoder(string version, string need, string corpus, string have) => OtherEncoder(
        $"The embeddings of '{version}' were made by {Named(need)}, those of '{corpus}' by {Named(have)}. A version assigns "
        + "documents whose embeddings its own encoder made.",
        need);

    private static ServiceException OtherEncoder(string message, string encoder) =>
        new(StatusCode.FailedPrecondition, ErrorReasons.IncompatibleModel, message) { Metadata = One("need", encoder) };

    private static string Named(string encoder) => encoder.Length == 0 ? "an encoder without a name" : $"the encoder '{encoder}'";
}
