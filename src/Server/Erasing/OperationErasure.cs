using Google.Protobuf;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Models;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Erasing;

/// <summary>
/// Removes ids of erased documents from stored operations: <c>update_topics</c> may give topics by document id. The operation is kept in
/// the archive of its version, in the record of the version, and in the request of the derivation.
/// </summary>
internal sealed class OperationErasure(ModelRegistry models, FitTable fits)
{
    /// <summary>Returns a topic model whose report names none of the documents.</summary>
    public static TopicModel Without(TopicModel model, IReadOnlyList<RunningErasure> erasures)
    {
        if (model.Report.Derivation is not { } derivation)
        {
            return model;
        }

        VersionOperation operation = JsonParser.Default.Parse<VersionOperation>(derivation.Settings);
        return Without(operation, erasures) is { } changed
            ? model.WithReport(model.Report with
            {
                Derivation = derivation with { Settings = JsonFormatter.Default.Format(changed) },
            })
            : model;
    }

    /// <summary>Replaces the operation in the record of a version if it names one of the documents.</summary>
    public async Task ReplaceAsync(
        string modelId, long number, IReadOnlyList<RunningErasure> erasures, CancellationToken cancellationToken)
    {
        if (models.Current.Find(modelId, number) is not null
            && (await models.ReadContentAsync(modelId, number, cancellationToken)).Operation is { } operation
            && Without(operation, erasures) is { } changed)
        {
            await models.ReplaceOperationAsync(modelId, number, changed);
        }
    }

    /// <summary>Replaces the operations and the errors of fits that name one of the documents.</summary>
    public Task ReplaceInFitsAsync(IReadOnlyList<RunningErasure> erasures) => fits.EraseAsync(
        erasures[0].Row.Corpus,
        operation => Without(operation, erasures),
        message => Ids(erasures).Any(id => message.Contains(id, StringComparison.Ordinal)));

    /// <returns>The operation without the documents; null if it names none of them.</returns>
    private static VersionOperation? Without(VersionOperation operation, IReadOnlyList<RunningErasure> erasures)
    {
        if (operation.UpdateTopics is not { Topics.Count: > 0 } update || !Ids(erasures).Any(update.Topics.ContainsKey))
        {
            return null;
        }

        VersionOperation changed = operation.Clone();
        foreach (string id in Ids(erasures))
        {
            changed.UpdateTopics.Topics.Remove(id);
        }

        return changed;
    }

    /// <summary>Returns the ids as they are in versions of the corpus and in merged versions.</summary>
    private static IEnumerable<string> Ids(IReadOnlyList<RunningErasure> erasures) => erasures.SelectMany(static erasure =>
        (erasure.Documents?.Keys ?? []).SelectMany(id => new[] { id, QualifiedIds.Prefix(erasure.Row.Corpus) + id }));
}
