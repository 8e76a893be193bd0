namespace TopicGrpc.Cluster.Embedding;

/// <summary>
/// Durable record of texts that may end the process that embeds them. A record is written before such texts run and removed when they have
/// run; one that remains is evidence. It outlives the coordinator, which a text may end too.
/// </summary>
internal interface ISuspectLog
{
    /// <summary>Returns the records of a corpus and an encoder.</summary>
    Task<IReadOnlyList<SuspectRecord>> ReadAsync(string corpusId, string encoder, CancellationToken cancellationToken);

    /// <summary>Writes a record before its texts run.</summary>
    Task BeginAsync(string corpusId, string encoder, SuspectRecord record, CancellationToken cancellationToken);

    /// <summary>Records that a text hung: the record is evidence although its process is alive.</summary>
    Task ConfirmAsync(Guid attempt, CancellationToken cancellationToken);

    /// <summary>Removes a record, because its texts did not end a process. A missing one is no error.</summary>
    Task EndAsync(Guid attempt, CancellationToken cancellationToken);

    /// <summary>Removes the records of texts that a corpus no longer has.</summary>
    Task ForgetAsync(string corpusId, IReadOnlySet<UInt128> kept, CancellationToken cancellationToken);
}
