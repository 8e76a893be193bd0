namespace TopicGrpc.Cluster.Embedding;

/// <summary>Texts for a member to embed.</summary>
/// <param name="Attempt">Id of this attempt; each attempt of a chunk has another.</param>
/// <param name="Encoder">Fingerprint of the encoder, see <see cref="EncoderFingerprint"/>.</param>
/// <param name="ResultKey">Key of the object that holds the result, or will.</param>
/// <param name="Texts">The texts, in the order of the result.</param>
[GenerateSerializer]
[Immutable]
[Alias("topicgrpc.embedding.request")]
internal sealed record ChunkRequest(Guid Attempt, string Encoder, string ResultKey, string[] Texts);
