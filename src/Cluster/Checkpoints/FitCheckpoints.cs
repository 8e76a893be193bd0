using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Jobs;
using TopicGrpc.Engine.Topics.Checkpoints;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Storage;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Cluster.Checkpoints;

/// <summary>
/// What the runs of a fit at several members share: rows that name its documents and the stored results of its stages.
/// </summary>
internal sealed class FitCheckpoints(
    MetadataDatabase database,
    CheckpointTable table,
    StageObjects objects,
    FitStore fits,
    IOptions<JobOptions> options,
    TimeProvider clock,
    ILogger<FitCheckpoints> logger) : IFitCheckpoints
{
    /// <inheritdoc/>
    public async Task<List<Document>> FixAsync(FitJob job, List<Document> documents, CancellationToken cancellationToken)
    {
        (long Documents, string Sha256)? snapshot = await database.ReadAsync(
            connection => ClaimTable.FindSnapshot(connection, job.Id), cancellationToken);

        // An erasure moves the later documents, so the ids differ: the fit then uses what the corpus has now.
        if (snapshot is var (count, sha256) && count <= documents.Count && HashOfIds(documents, (int)count) == sha256)
        {
            if (count < documents.Count)
            {
                Log.DocumentsFixed(logger, job.Id, count, documents.Count - count);
            }

            return count == documents.Count ? documents : documents.GetRange(0, (int)count);
        }

        string hash = HashOfIds(documents, documents.Count);
        await database.WriteAsync(
            connection => ClaimTable.SetSnapshot(connection, job, documents.Count, hash), cancellationToken);
        return documents;
    }

    /// <inheritdoc/>
    public async Task<IStageCheckpoints?> FindAsync(FitJob job, FitInputs inputs, CancellationToken cancellationToken)
    {
        List<StoredStage> stored = await database.ReadAsync(
            connection => CheckpointTable.List(connection, job.Id), cancellationToken);
        return new RunCheckpoints(job, inputs, stored, objects, StoreAsync, options.Value.CheckpointAfter, clock, logger);
    }

    private static string HashOfIds(List<Document> documents, int count)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Document document in documents.Take(count))
        {
            // No id has a NUL.
            hash.AppendData(Encoding.UTF8.GetBytes(document.Id + '\0'));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async Task StoreAsync(FitJob job, StoredStage stage, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            connection => table.Add(connection, job, stage), cancellationToken);

        // A fit that advances is not given up, however many members it outlives.
        await fits.RunAsync(store => store.Progressed(job), cancellationToken);
    }
}
