using System.Security.Cryptography;
using TopicGrpc.Cluster.Documents;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>
/// One process of a member that takes ingest: its copy of the documents, and appends, with planning, records and keys of the product.
/// The copy is lost with the process.
/// </summary>
internal sealed class IngestMember(SimulatedWorld world, SimulatedStore simulated, SimulatedLog log, SimulatedProcess process) : IDisposable
{
    /// <summary>Entries that an object may become: few, so that sweeps delete during a run.</summary>
    public const int Window = 3;

    private const int PageLength = 500;

    private readonly CorpusContent _content = new();
    private readonly StoreCalls _calls = new(
        new StoreCallOptions { AttemptTimeout = TimeSpan.FromSeconds(2), MaxAttempts = 3, MaxParallelCalls = 1_000 },
        process,
        world.Random.NextDouble);

    private long _entries;

    private ContentStore Contents => new(new SimulatedBackend(simulated, process), _calls);

    /// <summary>Opens a session.</summary>
    /// <returns>The owner, and the offset at which the session continues.</returns>
    public async Task<(long Owner, long Offset)> OpenAsync(string session)
    {
        long owner = await process.TransactAsync(() => log.Open(session));
        await CatchUpAsync();
        return (owner, _content.Session(session).NextOffset);
    }

    /// <summary>Appends a chunk.</summary>
    /// <returns>The next offset; -1 if the connection was replaced or the chunk does not continue the session.</returns>
    public async Task<long> AppendAsync(string session, long owner, IncomingChunk chunk)
    {
        RecordStore records = new(Contents, Window);
        StoredRecords? stored = null;
        while (true)
        {
            await CatchUpAsync();
            AppendPlan plan = new(_content.Session(session), [_content.Hashes], _content.Source(EmbeddingSource.Undecided));
            try
            {
                plan.Add(chunk);
            }
            catch (ServiceException)
            {
                return -1;
            }

            if (plan.Records.Count == 0)
            {
                return plan.Session.NextOffset;
            }

            PlannedRecords planned = new(
                "news",
                SimulatedLog.Id,
                _entries + 1,
                CorpusDocuments.RecordsOf([plan]),
                default,
                new Dictionary<string, long>(StringComparer.Ordinal) { [session] = owner });
            StoredRecords written = stored = await records.WriteAsync(planned, stored, CancellationToken.None);
            LogAppend outcome = await process.TransactAsync(() => log.Append(planned, written));
            if (outcome.IsAppended)
            {
                return plan.Session.NextOffset;
            }

            if (outcome.LostSessions.Count > 0)
            {
                return -1;
            }
        }
    }

    /// <summary>Deletes what no entry can name any more.</summary>
    public async Task SweepAsync()
    {
        ObjectPage page = await Contents.ListAsync(RecordKeys.Prefix, null, PageLength, CancellationToken.None);
        (HashSet<string> named, long end) = await process.TransactAsync(() =>
            (log.Entries.Select(static entry => entry.Content.Key).ToHashSet(StringComparer.Ordinal), (long)log.Entries.Count));
        foreach (StoredObject found in page.Objects)
        {
            if (!named.Contains(found.Key)
                && RecordKeys.TryParse(found.Key, out _, out long number)
                && RecordKeys.IsOver(number, end, Window))
            {
                await Contents.DeleteAsync(found.Key, CancellationToken.None);
            }
        }
    }

    public void Dispose() => _calls.Dispose();

    private async Task CatchUpAsync()
    {
        List<CorpusLogEntry> entries = await process.TransactAsync(() => log.Entries.ToList());
        RecordStore records = new(Contents, Window);
        while (_entries < entries.Count)
        {
            CorpusLogEntry entry = entries[(int)_entries];
            IReadOnlyList<byte[]> read = await ReadAsync(records, entry.Content);

            // Another call of this process may have applied it meanwhile.
            if (entry.Number == _entries + 1)
            {
                _entries++;
                foreach (byte[] payload in read)
                {
                    _content.Add(payload);
                }
            }
        }
    }

    /// <summary>Reads records. If only the transfers altered them, all attempts of them, the client calls again.</summary>
    private async Task<IReadOnlyList<byte[]>> ReadAsync(RecordStore records, StoredRecords stored)
    {
        try
        {
            return await records.ReadAsync(stored, CancellationToken.None);
        }
        catch (InvalidDataException damage) when (simulated.Objects.TryGetValue(stored.Key, out byte[]? bytes)
            && SHA256.HashData(bytes).AsSpan().SequenceEqual(stored.Sha256))
        {
            throw new TimeoutException("The store sent other bytes than it has.", damage);
        }
    }
}
