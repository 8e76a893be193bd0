using System.Collections.Concurrent;
using TopicGrpc.Cluster.Embedding;

namespace TopicGrpc.Cluster.Tests.Embedding;

/// <summary>The suspect log in memory, which outlives the members of a test.</summary>
internal sealed class MemorySuspectLog : ISuspectLog
{
    private readonly ConcurrentDictionary<Guid, (string Corpus, string Encoder, SuspectRecord Record)> _records = new();

    public int Count => _records.Count;

    public Task<IReadOnlyList<SuspectRecord>> ReadAsync(string corpusId, string encoder, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SuspectRecord>>(
            [.. _records.Values.Where(entry => entry.Corpus == corpusId && entry.Encoder == encoder).Select(static entry => entry.Record)]);

    public Task BeginAsync(string corpusId, string encoder, SuspectRecord record, CancellationToken cancellationToken)
    {
        Assert.True(_records.TryAdd(record.Attempt, (corpusId, encoder, record)));
        return Task.CompletedTask;
    }

    public Task ConfirmAsync(Guid attempt, CancellationToken cancellationToken)
    {
        (string corpus, string encoder, SuspectRecord record) = _records[attempt];
        _records[attempt] = (corpus, encoder, record with { IsConfirmed = true });
        return Task.CompletedTask;
    }

    public Task EndAsync(Guid attempt, CancellationToken cancellationToken)
    {
        _records.TryRemove(attempt, out _);
        return Task.CompletedTask;
    }

    public Task ForgetAsync(string corpusId, IReadOnlySet<UInt128> kept, CancellationToken cancellationToken)
    {
        foreach ((Guid attempt, (string corpus, string _, SuspectRecord record)) in _records)
        {
            if (corpus == corpusId && !record.Keys.All(kept.Contains))
            {
                _records.TryRemove(attempt, out _);
            }
        }

        return Task.CompletedTask;
    }
}
