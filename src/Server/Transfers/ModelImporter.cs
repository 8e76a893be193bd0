using TopicGrpc.Engine.Archive.Bertopic;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Models;
using TopicGrpc.V1;
using FitReport = TopicGrpc.V1.FitReport;

namespace TopicGrpc.Server.Transfers;

/// <summary>Imports folders saved by BERTopic, one at a time, so that a repeated request finds the version of the first.</summary>
internal sealed class ModelImporter(ModelRegistry models, IEmbedder embedder, TimeProvider clock, ILogger<ModelImporter> logger)
    : IDisposable
{
    private const string Format = "bertopic-safetensors";

    private readonly SemaphoreSlim _importing = new(1);

    /// <summary>Finds the version that an earlier call with the same request id made.</summary>
    /// <returns>Null if there is none.</returns>
    /// <exception cref="ServiceException">Another request has used the id.</exception>
    public VersionEntry? FindEarlier(ImportPlan plan)
    {
        if (plan.RequestId.Length == 0)
        {
            return null;
        }

        (string modelId, VersionEntry version) = models.Current.Models.Values
            .SelectMany(static model => model.Versions.Values.Select(version => (model.Id, version)))
            .FirstOrDefault(pair => pair.version.Record.ImportedFrom?.RequestId == plan.RequestId);
        return version is null || (modelId == plan.ModelId && version.Record.ImportedFrom.Sha256 == plan.Digest)
            ? version
            : throw Fault.RequestIdReused();
    }

    /// <summary>Reads the folder and publishes its model as a version.</summary>
    /// <exception cref="ServiceException">The folder has no valid model, or its model needs another encoder.</exception>
    public async Task<VersionEntry> ImportAsync(ImportPlan plan, string directory, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        await _importing.WaitAsync(cancellationToken);
        try
        {
            if (FindEarlier(plan) is { } earlier)
            {
                return earlier;
            }

            (TopicModel model, BertopicEncoder encoder) = Read(plan, directory, cancellationToken);
            FitReport report = FitMapping.ToProto(model.Report, model.Embedder, clock.GetElapsedTime(started));
            ModelVersion record = VersionRecord.Create(model, report, clock.GetUtcNow());
            record.ImportedFrom = new ModelSource
            {
                Format = Format,
                EncoderName = encoder.Name ?? string.Empty,
                Sha256 = plan.Digest,
                SizeBytes = plan.Files.Sum(static file => file.Size),
                RequestId = plan.RequestId,
            };
            await models.PublishAsync(plan.ModelId, model, record, plan.Labels, cancellationToken);
            Log.Imported(logger, record.Name, record.ImportedFrom.SizeBytes, record.TopicCount);
            return models.Current.Version(plan.ModelId, record.VersionNumber);
        }
        finally
        {
            _importing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _importing.Dispose();

    private (TopicModel Model, BertopicEncoder Encoder) Read(ImportPlan plan, string directory, CancellationToken cancellationToken)
    {
        try
        {
            var encoder = BertopicEncoder.Read(directory);
            if (!encoder.Fits(embedder.Info) || (plan.EncoderSha256.Length > 0 && plan.EncoderSha256 != embedder.Info.Sha256))
            {
                throw Fault.ForeignEncoder(encoder, plan.EncoderSha256, embedder.Info);
            }

            return (BertopicFormat.Import(directory, embedder.Info, cancellationToken), encoder);
        }
        catch (InvalidDataException malformed)
        {
            throw Fault.InvalidField("header.files", malformed.Message);
        }
    }
}
