using TopicGrpc.Server.Corpora;

namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>The rows of one log: each method is one transaction, with the rules of <c>PostgresCorpusLog</c>.</summary>
internal sealed class SimulatedLog
{
    public const string Id = "0123456789abcdef0123456789abcdef";

    private readonly Dictionary<string, long> _owners = new(StringComparer.Ordinal);
    private long _lastOwner;

    /// <summary>The entries, in order.</summary>
    public List<CorpusLogEntry> Entries { get; } = [];

    /// <summary>Appends that were planned for a place that another one had taken.</summary>
    public int Conflicts { get; private set; }

    /// <summary>Appends of connections that were replaced.</summary>
    public int TakeOvers { get; private set; }

    public long Open(string session) => _owners[session] = ++_lastOwner;

    public LogAppend Append(PlannedRecords records, StoredRecords stored)
    {
        string[] lost = [.. records.Owners.Where(owner => _owners.GetValueOrDefault(owner.Key) != owner.Value).Select(static o => o.Key)];
        if (lost.Length > 0)
        {
            TakeOvers++;
            return new LogAppend(false, lost);
        }

        if (records.Number != Entries.Count + 1)
        {
            Conflicts++;
            return LogAppend.Conflict;
        }

        Entries.Add(new CorpusLogEntry(Id, records.Number, records.Totals, stored));
        return LogAppend.Appended;
    }
}
