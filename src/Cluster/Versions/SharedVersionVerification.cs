using System.Data.Common;
using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Versions;

/// <summary>Compares the row of a version with the ledger and the objects in the store. Local copies do not matter.</summary>
internal sealed class SharedVersionVerification(ContentStore store, IObjectLedger ledger, MetadataDatabase database)
{
    /// <summary>Reads every object of a version.</summary>
    /// <param name="modelId">Id of the model.</param>
    /// <param name="number">Number of the version.</param>
    /// <param name="report">Receives each problem.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Number of bytes that were read.</returns>
    /// <exception cref="IOException">The store failed.</exception>
    public async Task<long> RunAsync(string modelId, long number, Action<string> report, CancellationToken cancellationToken)
    {
        VersionArtifact? artifact = await database.ReadAsync(
            connection => VersionArtifactTable.Find(connection, modelId, number), cancellationToken);
        if (artifact is null)
        {
            report("The table version_artifacts has no row for the version.");
            return 0;
        }

        byte[]? json = null;
        await TryAsync(
            async () => json = await store.ReadAllAsync(
                artifact.Reference.Key, artifact.Reference.Manifest, ArtifactManifest.MaxBytes, cancellationToken),
            report);
        if (json is null)
        {
            return 0;
        }

        long bytes = json.Length;
        var manifest = ArtifactManifest.Parse(json);
        string[] keys = [artifact.Reference.Key, .. manifest.Files.Select(static file => file.Key).Distinct(StringComparer.Ordinal)];
        foreach (string unknown in await FindUnknownAsync(keys, cancellationToken))
        {
            report($"The ledger does not list the object {unknown}; a sweep would delete it.");
        }

        foreach (ArtifactFile file in manifest.Files.DistinctBy(static file => file.Key, StringComparer.Ordinal))
        {
            bool isIntact = await TryAsync(
                () => store.VerifyAsync(file.Key, file.Content, cancellationToken), message => report($"{file.Name}: {message}"));
            if (isIntact)
            {
                bytes += file.Content.Length;
            }
        }

        return bytes;
    }

    private static async Task<bool> TryAsync(Func<Task> read, Action<string> report)
    {
        try
        {
            await read();
            return true;
        }
        catch (ObjectStoreException failure) when (failure.Error is ObjectStoreError.Missing or ObjectStoreError.Damaged)
        {
            report(failure.Message);
            return false;
        }
    }

    private async Task<IReadOnlyList<string>> FindUnknownAsync(string[] keys, CancellationToken cancellationToken)
    {
        try
        {
            return await ledger.FindUnknownAsync(keys, cancellationToken);
        }
        catch (DbException failure)
        {
            throw new IOException($"The ledger cannot be read: {failure.Message}", failure);
        }
    }
}
