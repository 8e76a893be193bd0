using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Topics.Estimation;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>Estimates fits before they run, and rejects those that need more memory than a fit may use.</summary>
internal sealed class FitEstimation(
    CorpusStore corpora, FitSpeed speed, FitThreads threads, IEmbedder embedder, IOptions<FitOptions> limits)
{
    /// <summary>Share of the memory of the machine or the container that a fit may use by default.</summary>
    private const double DefaultShare = 0.8;

    /// <summary>Most private memory of a fit in bytes.</summary>
    public long MemoryLimit => LimitOf(limits.Value);

    /// <summary>Returns the most private memory of a fit of this process in bytes.</summary>
    public static long LimitOf(FitOptions options) => options.MaxMemory > 0
        ? options.MaxMemory
        : (long)(DefaultShare * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>Answers a request for an estimate.</summary>
    /// <exception cref="ServiceException">A field is invalid, or the corpus is missing or too small.</exception>
    public async Task<EstimateFitResponse> EstimateAsync(EstimateFitRequest request, CancellationToken cancellationToken)
    {
        (_, _, V1.FitEstimate estimate) = await CheckAsync(request.Corpus, request.Settings, cancellationToken);
        return new EstimateFitResponse { Estimate = estimate };
    }

    /// <summary>Checks that a corpus can be fitted with settings, and estimates the fit.</summary>
    /// <param name="corpusName">Resource name of the corpus.</param>
    /// <param name="settings">Settings; null for automatic ones.</param>
    /// <param name="cancellationToken">Cancels the reading of the corpus.</param>
    /// <returns>Id of the corpus, the settings, and the estimate.</returns>
    /// <exception cref="ServiceException">A field is invalid, or the corpus is missing or too small.</exception>
    public async Task<(string CorpusId, FitSettings Settings, V1.FitEstimate Estimate)> CheckAsync(
        string corpusName, FitSettings? settings, CancellationToken cancellationToken)
    {
        string corpusId = RequestNames.ParseCorpus(corpusName, "corpus");
        FitSettings given = settings ?? new FitSettings { Preset = FitSettings.Types.Preset.Auto };
        TopicModelOptions options = FitSettingsContract.FromProto(given);
        (CorpusRow row, Corpora.Corpus corpus) = corpora.Get(corpusId);
        CorpusSummary summary = await corpus.OpenAsync(cancellationToken);
        EncoderNeed.Check(options, corpusName, CorpusEncoder.Of(row, summary));
        MinimumDocuments.Check(corpusName, summary.Documents, given, options);
        return (corpusId, given, await EstimateAsync(row, summary, options, cancellationToken));
    }

    /// <summary>Estimates a fit.</summary>
    public async Task<V1.FitEstimate> EstimateAsync(
        CorpusRow row, CorpusSummary corpus, TopicModelOptions settings, CancellationToken cancellationToken)
    {
        EmbedderInfo? foreign = CorpusEncoder.Of(row, corpus);
        int dimension = (foreign ?? embedder.Info).Dimension;
        FitWorkload workload = new(corpus.Documents, Math.Max(1, corpus.TextBytes), dimension, settings, threads.Most)
        {
            Embeds = foreign is null,
        };
        (Engine.Topics.Estimation.FitEstimate estimate, int fits) = await speed.AdaptAsync(
            FitEstimator.Estimate(workload), cancellationToken);
        return new V1.FitEstimate
        {
            DocumentCount = corpus.Documents,
            Stages =
            {
                estimate.Stages.Select(static stage => new V1.FitEstimate.Types.StageEstimate
                {
                    Stage = FitMapping.ToProto(stage.Stage),
                    Duration = Duration.FromTimeSpan(TimeSpan.FromSeconds(stage.Seconds)),
                    MemoryBytes = stage.PeakBytes,
                }),
            },
            Duration = Duration.FromTimeSpan(TimeSpan.FromSeconds(estimate.Seconds)),
            MemoryBytes = estimate.PeakBytes,
            MemoryLimitBytes = MemoryLimit,
            MeasuredFitCount = fits,
        };
    }

    /// <summary>Checks that a fit needs no more memory than it may use.</summary>
    /// <param name="corpus">Resource name of the corpus.</param>
    /// <param name="estimate">Its estimate.</param>
    /// <exception cref="ServiceException">The estimate is above the limit.</exception>
    public static void RequireMemory(string corpus, V1.FitEstimate estimate)
    {
        if (estimate.MemoryBytes > estimate.MemoryLimitBytes)
        {
            throw LimitFault.FitTooLarge(corpus, estimate.DocumentCount, estimate.MemoryBytes, estimate.MemoryLimitBytes);
        }
    }
}
