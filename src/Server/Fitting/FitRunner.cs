using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;
using TopicGrpc.V1;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Fitting;

/// <summary>Runs one fit, from the documents to the published version.</summary>
internal sealed class FitRunner(
    FitStore fits,
    CorpusStore corpora,
    CorpusEmbedder embedding,
    GivenEmbeddingReader given,
    IFitCheckpoints checkpoints,
    CrashedTexts crashed,
    ModelRegistry models,
    QueuedEmbedder embedder,
    QualityStage quality,
    FitEstimation estimation,
    DataFolder folder,
    FitThreads threads,
    IOptions<FitOptions> options,
    TimeProvider clock)
{
    /// <summary>Fits a model and publishes it.</summary>
    /// <returns>Record of the new version.</returns>
    public async Task<ModelVersion> RunAsync(FitJob job, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();

        // Outlives the model, whose vectors it holds, and ends before the next fit.
        using ScratchSpace scratch = new(folder.Files, folder.Staging);
        ProgressReporter progress = new(job, options.Value.ProgressInterval, clock);
        FitState fit = job.State;
        (TopicModel model, EmbeddingSummary vectors, FitSettings asked) = await FitAsync(job, scratch, progress, cancellationToken);
        progress.Report(new FitProgress(FitStage.Publishing, 0));
        V1.FitReport report = FitMapping.ToProto(model.Report, model.Embedder, vectors, clock.GetElapsedTime(started));
        report.Estimate = job.State.Estimate;
        FitSettingsContract.AddAttributes(report.Settings, asked);
        ModelVersion record = VersionRecord.Create(model, fit, operation: null, report, clock.GetUtcNow());
        return await models.PublishAsync(fit.ModelId, model, record, fit.AssignLabels, cancellationToken);
    }

    /// <summary>Fits a model. The texts are garbage when the method ends, before the version is written and loaded.</summary>
    private async Task<(TopicModel Model, EmbeddingSummary Vectors, FitSettings Asked)> FitAsync(
        FitJob job, ScratchSpace scratch, ProgressReporter progress, CancellationToken cancellationToken)
    {
        FitState fit = job.State;

        // Read and mapped now and not kept since the request: many fits may wait, each with megabytes of terms.
        FitSettings asked = fits.ReadContent(fit.Id).Settings;
        TopicModelOptions settings = FitSettingsContract.FromProto(asked);
        string corpusName = ResourceNames.Corpus(fit.CorpusId);
        (CorpusRow row, Corpora.Corpus corpus) = corpora.Get(fit.CorpusId);
        CorpusSummary stored = await corpus.OpenAsync(cancellationToken);
        EmbedderInfo? foreign = CorpusEncoder.Of(row, stored);
        EncoderNeed.Check(settings, corpusName, foreign);
        QueuedEmbedder? own = foreign is null ? embedder : null;
        List<Document> documents = await checkpoints.FixAsync(job, await corpus.ReadAllAsync(cancellationToken), cancellationToken);
        IReadOnlyList<string> excluded = foreign is null ? crashed.Exclude(fit.CorpusId, embedder.Info.Sha256, documents) : [];
        MinimumDocuments.Check(corpusName, documents.Count, asked, settings);
        documents.Sort(static (left, right) => string.CompareOrdinal(left.Id, right.Id));
        await EstimateAsync(job, row, stored, settings, cancellationToken);
        job.Change(state => state with { DocumentCount = documents.Count });
        TopicGuidance guidance = DocumentClasses.Guidance(asked, corpusName, documents) with { Embedder = own };

        TopicModelTrainer trainer = new(settings);
        trainer.RequireWords(documents);

        progress.Report(new FitProgress(FitStage.Embedding, 0));
        EmbeddingSummary vectors = foreign is null
            ? await embedding.EmbedAsync(fit.CorpusId, documents, scratch, progress, cancellationToken)
            : await given.ReadAsync(new GivenRows(corpus, foreign.Dimension, scratch), documents, progress, cancellationToken);
        if (vectors.HasRemoved)
        {
            MinimumDocuments.Check(corpusName, documents.Count, asked, settings);
            job.Change(state => state with { DocumentCount = documents.Count });
            guidance = DocumentClasses.Guidance(asked, corpusName, documents) with { Embedder = own };
        }

        ComputeOptions compute = threads.Compute;
        FitInput input = new(documents, vectors.Rows, foreign ?? embedder.Info)
        {
            Guidance = guidance,
            EncoderLanguages = own?.Languages ?? [],
            Scratch = scratch,
        };
        FitInputs inputs = new(asked, settings, input);
        input = input with { Checkpoints = await checkpoints.FindAsync(job, inputs, cancellationToken) };
        TopicModel model = trainer.Fit(input, compute, progress, cancellationToken);
        model = quality.Run(model, documents, vectors.Rows, compute, progress, cancellationToken);
        return (LeftOutDocuments.AddTo(model, [.. excluded, .. vectors.Quarantined], vectors.NotFinite), vectors, asked);
    }

    /// <summary>Estimates the run: the corpus may have grown since the request, and a restart keeps no estimate.</summary>
    private async Task EstimateAsync(
        FitJob job, CorpusRow row, CorpusSummary corpus, TopicModelOptions settings, CancellationToken cancellationToken)
    {
        V1.FitEstimate estimate = await estimation.EstimateAsync(row, corpus, settings, cancellationToken);
        FitEstimation.RequireMemory(ResourceNames.Corpus(job.State.CorpusId), estimate);
        job.Change(state => state with { Estimate = estimate });
    }
}
