namespace TopicGrpc.Client.Corpora;

/// <summary>A text that no fit embeds, because the server process ended each time the encoder ran on it.</summary>
/// <param name="DocumentId">Id of a document with the text. Fits leave out all documents with the text.</param>
/// <param name="EncoderSha256">SHA-256 of the encoder, lowercase hexadecimal. Another encoder embeds the text.</param>
/// <param name="Deaths">Number of times that the process ended.</param>
/// <param name="Quarantined">When the text was quarantined.</param>
public sealed record QuarantinedText(string DocumentId, string EncoderSha256, int Deaths, DateTimeOffset? Quarantined);
