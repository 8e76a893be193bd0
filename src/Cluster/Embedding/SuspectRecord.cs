namespace TopicGrpc.Cluster.Embedding;

/// <summary>Texts that were given to a member, see <see cref="ISuspectLog"/>.</summary>
/// <param name="Attempt">Id of the attempt.</param>
/// <param name="Worker">Id of the process that was to embed them.</param>
/// <param name="Keys">Keys of the texts; one key: the text ran alone.</param>
/// <param name="IsConfirmed">Whether the text hung.</param>
internal sealed record SuspectRecord(Guid Attempt, string Worker, IReadOnlyList<UInt128> Keys, bool IsConfirmed = false);
