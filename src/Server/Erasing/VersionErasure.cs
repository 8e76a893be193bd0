using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Erasure;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Models;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Erasing;

/// <summary>Removes the documents of erasures of one corpus from the files of all versions.</summary>
internal sealed class VersionErasure(
    ModelRegistry models,
    FitStore fits,
    ErasedDocuments erased,
    ErasureTable table,
    OperationErasure operations,
    TimeProvider clock)
{
    /// <summary>Removes the documents. Versions that do not contain them are read and left unchanged.</summary>
    /// <exception cref="IOException">The disk failed; the versions before are done.</exception>
    public async Task RunAsync(IReadOnlyList<RunningErasure> erasures, CancellationToken cancellationToken)
    {
        string corpus = erasures[0].Row.Corpus;
        foreach (ModelRoute model in models.Current.Models.Values)
        {
            foreach (VersionEntry entry in model.Versions.Values)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (MayContain(entry, corpus))
                {
                    await EraseAsync(erasures, model.Id, entry, cancellationToken);
                }
            }
        }
    }

    private static string? FitOf(VersionEntry entry) =>
        entry.Record.Fit.Length == 0 ? null : RequestNames.ParseFit(entry.Record.Fit, "fit");

    /// <summary>Returns whether a version is of the corpus, or merged, or its fit is no longer stored.</summary>
    private bool MayContain(VersionEntry entry, string corpus) =>
        FitOf(entry) is { } fitId && (fits.Find(fitId)?.CorpusId is not { Length: > 0 } known || known == corpus);

    private async Task EraseAsync(
        IReadOnlyList<RunningErasure> erasures, string modelId, VersionEntry entry, CancellationToken cancellationToken)
    {
        string name = entry.Record.Name;
        try
        {
            await ReplaceAsync(erasures, modelId, entry, cancellationToken);
        }
        catch (InvalidDataException damage)
        {
            throw Fault.VersionNotErased(name, damage);
        }

        await operations.ReplaceAsync(modelId, entry.Number, erasures, cancellationToken);
        var now = Timestamp.FromDateTimeOffset(clock.GetUtcNow());
        foreach (RunningErasure erasure in erasures)
        {
            if (Receipts.Find(erasure.Row.Receipt, name) is { RemoveTime: null } finding)
            {
                finding.RemoveTime = now;
                await table.SaveAsync(erasure.Row.Receipt);
            }
        }
    }

    private Task ReplaceAsync(
        IReadOnlyList<RunningErasure> erasures, string modelId, VersionEntry entry, CancellationToken cancellationToken) =>
        models.EraseAsync(
            modelId,
            entry.Number,
            async model =>
            {
                HashSet<int> rows = [];
                foreach (RunningErasure erasure in erasures)
                {
                    int[] found = erased.RowsOf(erasure, FitOf(entry), model);
                    if (found.Length > 0)
                    {
                        // Stored before the files are replaced: the new files do not show what was there.
                        Record(erasure, entry.Record.Name, model, found);
                        await table.SaveAsync(erasure.Row.Receipt);
                        rows.UnionWith(found);
                    }
                }

                return rows.Count == 0 ? null : OperationErasure.Without(DocumentErasure.Hide(model, rows), erasures);
            },
            cancellationToken);

    private static void Record(RunningErasure erasure, string name, TopicModel model, int[] rows)
    {
        HashSet<int> erasedRows = [.. rows];
        Erasure.Types.Finding finding = Receipts.FindOrAdd(erasure.Row.Receipt, name);
        finding.DocumentCount = rows.Length;
        finding.RepresentativeDocumentCount = model.Topics
            .SelectMany(static topic => topic.RepresentativeDocuments)
            .Count(document => erasedRows.Contains(document.Row));
        finding.RemoveTime = null;
    }
}
