using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Erasure;
using TopicGrpc.Engine.Topics.Recognition;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Erasing;

/// <summary>
/// The documents of the running erasures, in memory. They are found by their places in the document file, so that the database never
/// contains an id. Thread-safe.
/// </summary>
internal sealed class ErasedDocuments(FitStore fits) : IErasedDocuments
{
    private readonly Lock _gate = new();
    private RunningErasure[] _running = [];

    /// <summary>The running erasures, oldest first.</summary>
    public IReadOnlyList<RunningErasure> Running => Volatile.Read(ref _running);

    /// <summary>Adds an erasure unless it is known; a refresh and the call that starts it may both add it.</summary>
    public void Add(RunningErasure erasure)
    {
        lock (_gate)
        {
            if (Array.Find(_running, running => running.Row.Receipt.Name == erasure.Row.Receipt.Name) is { } known)
            {
                known.Documents ??= erasure.Documents;
                return;
            }

            Volatile.Write(ref _running, [.. _running, erasure]);
        }
    }

    public void Remove(IReadOnlyCollection<RunningErasure> ended)
    {
        lock (_gate)
        {
            Volatile.Write(ref _running, [.. _running.Except(ended)]);
        }
    }

    /// <inheritdoc/>
    public TopicModel Hide(string? fitId, TopicModel model)
    {
        IReadOnlyList<RunningErasure> running = Running;
        return running.Count == 0 ? model : DocumentErasure.Hide(
            model, [.. running.SelectMany(erasure => RowsOf(erasure, fitId, model)).Distinct()]);
    }

    /// <summary>Finds the documents of an erasure in a version.</summary>
    /// <returns>Their rows; none if the version was not fitted on the corpus.</returns>
    public int[] RowsOf(RunningErasure erasure, string? fitId, TopicModel model) =>
        erasure.Documents is { } documents && fitId is not null
            ? DocumentErasure.Find(model, Known(documents, erasure.Row.Corpus, fits.Find(fitId)?.CorpusId ?? string.Empty, model))
            : [];

    /// <summary>Returns the documents under the ids that a version may have for them.</summary>
    private static IEnumerable<KeyValuePair<string, TextFingerprint>> Known(
        IReadOnlyDictionary<string, TextFingerprint> documents, string corpus, string corpusOfVersion, TopicModel model)
    {
        if (corpusOfVersion.Length > 0)
        {
            return corpus == corpusOfVersion ? documents : [];
        }

        // A merged version, or one whose fit is no longer stored. Without a corpus, an id counts together with the text alone.
        string prefix = QualifiedIds.Prefix(corpus);
        return documents
            .Select(pair => KeyValuePair.Create(prefix + pair.Key, pair.Value))
            .Concat(model.State.Texts is null ? [] : documents);
    }
}
