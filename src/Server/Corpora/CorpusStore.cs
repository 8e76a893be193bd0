using System.Collections.Concurrent;
using TopicGrpc.Engine.Archive;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Corpora;

/// <summary>All corpora. A corpus exists if the database has its row; its file is opened at the first use.</summary>
internal sealed class CorpusStore(DataFolder folder, CorpusTable table, TimeProvider clock, ILogger<CorpusStore> logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Corpus>> _open = new(StringComparer.Ordinal);

    /// <summary>Creates a corpus; a repeated request returns the corpus of the first.</summary>
    public CorpusRow Create(string id, string displayName, string requestId)
    {
        CorpusRow row = new(id, displayName, clock.GetUtcNow(), requestId);
        if (table.TryAdd(row))
        {
            return row;
        }

        CorpusRow? existing = table.Find(id);
        return existing is not null && requestId.Length > 0 && existing.RequestId == requestId
            ? existing
            : throw Fault.CorpusExists(ResourceNames.Corpus(id));
    }

    /// <summary>Finds a corpus.</summary>
    public (CorpusRow Row, Corpus Corpus) Get(string id)
    {
        CorpusRow row = table.Find(id) ?? throw Fault.CorpusNotFound(ResourceNames.Corpus(id));
        return (row, Opened(row));
    }

    /// <summary>Lists the corpora after an id, in order.</summary>
    public IReadOnlyList<CorpusRow> List(string afterId, int count) => table.List(afterId, count);

    /// <summary>Returns the opened corpus of a row.</summary>
    public Corpus Opened(CorpusRow row)
    {
        Lazy<Corpus> opening = _open.GetOrAdd(row.Id, static (id, store) => new Lazy<Corpus>(() => store.Open(id)), this);
        try
        {
            return opening.Value;
        }
        catch
        {
            // A Lazy caches its exception; the next caller must try again.
            _open.TryRemove(KeyValuePair.Create(row.Id, opening));
            throw;
        }
    }

    /// <summary>Deletes a corpus and its documents.</summary>
    /// <returns>Whether the corpus existed.</returns>
    public bool Delete(string id)
    {
        if (!table.Remove(id))
        {
            return false;
        }

        if (_open.TryRemove(id, out Lazy<Corpus>? corpus) && corpus.IsValueCreated)
        {
            // Not disposed: streams may still use it, and their calls fail with a status.
            corpus.Value.Delete();
        }

        string directory = Path.Combine(folder.Corpora, id);
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }

        Log.CorpusDeleted(logger, id);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Lazy<Corpus> corpus in _open.Values)
        {
            if (corpus.IsValueCreated)
            {
                corpus.Value.Dispose();
            }
        }
    }

    private Corpus Open(string id)
    {
        string directory = Path.Combine(folder.Corpora, id);
        if (!Directory.Exists(directory))
        {
            Directory.CreateDirectory(directory);
            DurableFolder.Flush(folder.Corpora);
        }

        var corpus = Corpus.Open(id, Path.Combine(directory, "documents.log"));
        if (corpus.TornBytes > 0)
        {
            Log.TornTailCut(logger, id, corpus.TornBytes);
        }

        return corpus;
    }
}
