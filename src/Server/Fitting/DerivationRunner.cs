using Google.Protobuf;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Shared;
using TopicGrpc.V1;
using Document = TopicGrpc.Engine.Documents.Document;
using FitReport = TopicGrpc.V1.FitReport;
using MergeMessage = TopicGrpc.V1.VersionOperation.Types.MergeModels;

namespace TopicGrpc.Server.Fitting;

/// <summary>Runs one derivation, from the documents to the published version.</summary>
internal sealed class DerivationRunner(
    FitStore fits,
    TrainingDocuments training,
    VersionMerging merging,
    ModelRegistry models,
    QueuedEmbedder embedder,
    QualityStage quality,
    FitThreads threads,
    IOptions<FitOptions> options,
    TimeProvider clock)
{
    /// <summary>Applies the operation and publishes the new version.</summary>
    /// <returns>Record of the new version.</returns>
    public async Task<ModelVersion> RunAsync(FitJob job, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        FitState fit = job.State;
        VersionOperation operation = fits.ReadContent(fit.Id).Operation!;
        (string model, long number) = RequestNames.ParseVersion(fit.ParentVersion, "parent_version");
        using VersionLease lease = await models.AcquireAsync(new VersionSelector(model, number, Label: null), cancellationToken);
        VersionHandle parent = lease.Handle;
        ProgressReporter progress = new(job, options.Value.ProgressInterval, clock);
        progress.Report(new FitProgress(FitStage.Topics, 0));
        (TopicModel derived, string name) = operation.MergeModels is { } merge
            ? await MergeAsync(job, parent, merge, progress, cancellationToken)
            : await ApplyAsync(job, parent, operation, progress, cancellationToken);
        derived = derived.WithReport(derived.Report with
        {
            Derivation = new ModelDerivation(fit.ParentVersion, name, JsonFormatter.Default.Format(operation)),
        });

        progress.Report(new FitProgress(FitStage.Publishing, 0));
        FitReport before = (await models.ReadContentAsync(model, number, cancellationToken)).Report ?? new FitReport();
        FitReport report = FitMapping.ToProto(derived.Report, derived.Embedder, before, clock.GetElapsedTime(started));
        FitSettingsContract.AddAttributes(report.Settings, before.Settings ?? new FitSettings(), operation);
        ModelVersion record = VersionRecord.Create(derived, fit, operation, report, clock.GetUtcNow());
        return await models.PublishAsync(model, derived, record, fit.AssignLabels, cancellationToken);
    }

    private ComputeOptions Compute => threads.Compute;

    private async Task<(TopicModel Model, string Operation)> ApplyAsync(
        FitJob job, VersionHandle parent, VersionOperation given, ProgressReporter progress, CancellationToken cancellationToken)
    {
        job.Change(state => state with { DocumentCount = parent.Content.DocumentIds.Count });
        TopicOperation operation = OperationMapping.FromProto(given, parent.Content) with
        {
            Embedder = GivenEncoder.Is(parent.Content.Embedder) ? null : embedder,
        };
        ModelQuality? kept = operation.KeepsQuality ? parent.Content.Report.Quality : null;

        // An operation that needs no documents still reads them if they exist: the quality figures need them.
        IReadOnlyList<Document>? documents = operation.NeedsDocuments ? await training.ReadAsync(parent, cancellationToken)
            : kept is null ? await training.TryReadAsync([parent], cancellationToken)
            : null;
        if (operation is UpdateTopics update && given.UpdateTopics is { TopicAttribute.Length: > 0 } message)
        {
            string corpus = job.State.CorpusId.Length == 0 ? string.Empty : ResourceNames.Corpus(job.State.CorpusId);
            operation = update with { Classes = DocumentClasses.Topics(message.TopicAttribute, corpus, documents!) };
        }

        TopicModel derived = Apply(operation, parent.Content, documents ?? [], cancellationToken);
        derived = kept is null
            ? quality.Run(derived, documents, embeddings: null, Compute, progress, cancellationToken)
            : derived.WithReport(derived.Report with { Quality = kept });
        return (derived, operation.Name);
    }

    private async Task<(TopicModel Model, string Operation)> MergeAsync(
        FitJob job, VersionHandle first, MergeMessage merge, ProgressReporter progress, CancellationToken cancellationToken)
    {
        using MergeInput input = await merging.OpenAsync(first, merge, cancellationToken);
        job.Change(state => state with { DocumentCount = input.DocumentCount });
        TopicModel merged = input.Merge(cancellationToken);
        IReadOnlyList<Document>? documents = await training.TryReadAsync(input.Versions, cancellationToken);
        return (quality.Run(merged, documents, embeddings: null, Compute, progress, cancellationToken), MergeModels.Name);
    }

    private TopicModel Apply(
        TopicOperation operation, TopicModel parent, IReadOnlyList<Document> documents, CancellationToken cancellationToken)
    {
        try
        {
            return operation.Apply(parent, documents, Compute, cancellationToken);
        }
        catch (InvalidOperationException missing)
        {
            // The engine reports a model that lacks what the operation needs.
            throw Fault.NotAvailable(missing.Message);
        }
    }
}
