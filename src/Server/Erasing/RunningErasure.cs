using TopicGrpc.Engine.Topics.Recognition;
using TopicGrpc.Server.Corpora;

namespace TopicGrpc.Server.Erasing;

/// <summary>An erasure whose documents are hidden and not yet removed from all files.</summary>
/// <param name="row">Its row.</param>
/// <param name="quiet">Completes when no fit runs that may have read the documents; null: such fits were not started again yet.</param>
internal sealed class RunningErasure(ErasureRow row, Task? quiet)
{
    private IReadOnlyDictionary<string, TextFingerprint>? _documents;

    /// <summary>Its row. The worker exchanges it for the stored one, with the receipt that another member has left.</summary>
    public ErasureRow Row { get; set; } = row;

    /// <summary>Completes when no fit runs that may have read the documents; null: such fits were not started again yet.</summary>
    public Task? Quiet { get; set; } = quiet;

    /// <summary>Text by id; null until the documents were found.</summary>
    public IReadOnlyDictionary<string, TextFingerprint>? Documents
    {
        get => Volatile.Read(ref _documents);
        set => Volatile.Write(ref _documents, value);
    }

    public void Know(FoundDocuments found) =>
        Documents = found.Items.ToDictionary(static item => item.Id, static item => item.Text, StringComparer.Ordinal);
}
