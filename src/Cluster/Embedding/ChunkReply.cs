namespace TopicGrpc.Cluster.Embedding;

/// <summary>The answer of a member about a chunk.</summary>
/// <param name="Status">State of the chunk.</param>
/// <param name="Embedded">Texts embedded so far: the progress by which a hang is noticed.</param>
/// <param name="Result">Bytes of a <see cref="ChunkResult"/>, if the chunk is done.</param>
/// <param name="Error">What failed, without texts of documents; empty otherwise.</param>
[GenerateSerializer]
[Immutable]
[Alias("topicgrpc.embedding.reply")]
internal sealed record ChunkReply(ChunkStatus Status, int Embedded = 0, byte[]? Result = null, string Error = "");
