using TopicGrpc.Engine.Archive.Bertopic;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Scheduling;
using TopicGrpc.Server.Storage;
using TopicGrpc.V1;
using FitReport = TopicGrpc.V1.FitReport;

namespace TopicGrpc.Server.Transfers;

/// <summary>
/// Imports folders saved by BERTopic. It publishes one model at a time, so that a repeated request finds the version of the first.
/// </summary>
internal sealed class ModelImporter(
    ModelRegistry models,
    DataFolder data,
    IEmbedder embedder,
    TimeProvider clock,
    ILogger<ModelImporter> logger) : IDisposable
{
    private const string Format = "bertopic-safetensors";

    private const int MaxReaders = 2;

    // A reader needs memory for its files and their values. Files of more bytes than these are read one model at a time.
    private const long LargeBytes = 32L << 20;

    // Reading and publishing compute for seconds and wait for the disk.
    private readonly BackgroundScheduler _background = new(MaxReaders);
    private readonly SemaphoreSlim _large = new(1);
    private readonly SemaphoreSlim _publishing = new(1);

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

    /// <summary>Checks, before the files are received, that the model may get the version.</summary>
    /// <exception cref="ServiceException">A limit of models, versions or labels is reached.</exception>
    public void RequireRoom(ImportPlan plan) => models.RequireVersion(plan.ModelId, plan.Labels);

    /// <summary>Reads the folder and publishes its model as a version.</summary>
    /// <param name="plan">What to import.</param>
    /// <param name="directory">Folder with the files.</param>
    /// <param name="callCancelled">Cancels until the version is published.</param>
    /// <param name="stopping">Cancels publishing: a caller that leaves during it still gets the version.</param>
    /// <exception cref="ServiceException">The folder has no valid model, or its model needs another encoder.</exception>
    public async Task<VersionEntry> ImportAsync(
        ImportPlan plan,
        string directory,
        CancellationToken callCancelled,
        CancellationToken stopping)
    {
        bool isLarge = plan.Files.Sum(static file => file.Size) > LargeBytes;
        if (isLarge)
        {
            await _large.WaitAsync(callCancelled);
        }

        try
        {
            return await _background.RunAsync(() => PublishAsync(plan, directory, callCancelled, stopping), callCancelled);
        }
        finally
        {
            if (isLarge)
            {
                _large.Release();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _background.Dispose();
        _large.Dispose();
        _publishing.Dispose();
    }

    private async Task<VersionEntry> PublishAsync(
        ImportPlan plan,
        string directory,
        CancellationToken callCancelled,
        CancellationToken stopping)
    {
        long started = clock.GetTimestamp();
        (TopicModel model, BertopicEncoder encoder) = Read(plan, directory, callCancelled);
        await _publishing.WaitAsync(callCancelled);
        try
        {
            if (FindEarlier(plan) is { } earlier)
            {
                return earlier;
            }

            FitReport report = FitMapping.ToProto(model.Report, model.Embedder, clock.GetElapsedTime(started));
            ModelVersion record = VersionRecord.Create(model, report, clock.GetUtcNow());
            record.CreatedBy = CallerScope.CallerId;
            record.ImportedFrom = new ModelSource
            {
                Format = Format,
                EncoderName = encoder.Name ?? string.Empty,
                Sha256 = plan.Digest,
                SizeBytes = plan.Files.Sum(static file => file.Size),
                RequestId = plan.RequestId,
            };
            callCancelled.ThrowIfCancellationRequested();
            await models.PublishAsync(plan.ModelId, model, record, plan.Labels, stopping);
            Log.Imported(logger, record.Name, record.ImportedFrom.SizeBytes, record.TopicCount);
            return models.Current.Version(plan.ModelId, record.VersionNumber);
        }
        finally
        {
            _publishing.Release();
        }
    }

    private (TopicModel Model, BertopicEncoder Encoder) Read(ImportPlan plan, string directory, CancellationToken cancellationToken)
    {
        try
        {
            var encoder = BertopicEncoder.Read(directory, data.Files);
            if (!encoder.Fits(embedder.Info) || (plan.EncoderSha256.Length > 0 && plan.EncoderSha256 != embedder.Info.Sha256))
            {
                throw Fault.ForeignEncoder(encoder, plan.EncoderSha256, embedder.Info);
            }

            return (BertopicFormat.Import(directory, embedder.Info, data.Files, cancellationToken), encoder);
        }
        catch (InvalidDataException malformed)
        {
            throw Fault.InvalidField("header.files", malformed.Message);
        }
    }
}
