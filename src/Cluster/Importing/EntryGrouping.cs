using TopicGrpc.Server.Corpora;

namespace TopicGrpc.Cluster.Importing;

/// <summary>Groups the records of a document file into entries of a log. Equal files give equal entries.</summary>
/// <param name="corpusId">Id of the corpus.</param>
/// <param name="logId">Id of the log.</param>
/// <param name="append">Receives each entry, in order.</param>
internal sealed class EntryGrouping(string corpusId, string logId, Action<PlannedRecords> append)
{
    private const long MaxBytes = 8 << 20;

    private static readonly Dictionary<string, long> NoOwners = [];

    private readonly CorpusContent _content = new();
    private readonly List<ReadOnlyMemory<byte>> _records = [];
    private long _bytes;
    private long _number;

    /// <summary>Number of the documents so far.</summary>
    public long Documents => _content.Totals.Documents;

    /// <summary>Adds a record. An entry is full at 8 MiB; a longer record is an entry of its own.</summary>
    public void Add(byte[] record)
    {
        if (_records.Count > 0 && _bytes + record.Length > MaxBytes)
        {
            Complete();
        }

        _content.Add(record);
        _records.Add(record);
        _bytes += record.Length;
    }

    /// <summary>Appends the last entry.</summary>
    public void Complete()
    {
        if (_records.Count > 0)
        {
            append(new PlannedRecords(corpusId, logId, ++_number, [.. _records], _content.Totals, NoOwners));
            _records.Clear();
            _bytes = 0;
        }
    }
}
