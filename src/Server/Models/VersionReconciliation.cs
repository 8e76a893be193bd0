using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Models;

/// <summary>
/// Compares the rows of versions with their folders at startup. It finishes interrupted publications and deletions, whose folders the
/// database names; every other difference is reported and stays as it is.
/// </summary>
internal sealed class VersionReconciliation(ModelTable table, IModelStore store, ILogger logger)
{
    /// <exception cref="StartupException">There are versions, and no folder of any.</exception>
    public async Task RunAsync(RoutingSnapshot snapshot, CancellationToken cancellationToken)
    {
        (string ModelId, long Number)[] rows =
            [.. snapshot.Models.Values.SelectMany(static model => model.Versions.Keys.Select(number => (model.Id, number)))];
        await store.OpenAsync(rows, cancellationToken);
        RemovePending();
        (string ModelId, long Number)[] missing = [.. rows.Where(row => !store.Exists(row.ModelId, row.Number))];
        if (missing.Length > 0 && missing.Length == rows.Length)
        {
            throw new StartupException(
                FormattableString.Invariant($"The database names {rows.Length} versions, but the folder 'models' has none of them. ")
                + "Is a volume not mounted? Nothing was changed; restore the whole data folder from a backup.",
                StartupException.DataError);
        }

        foreach ((string modelId, long number) in missing)
        {
            Log.FolderMissing(logger, ResourceNames.Version(modelId, number));
        }

        store.ResolveStrays((modelId, number) => snapshot.Find(modelId, number) is not null);
    }

    private void RemovePending()
    {
        foreach ((string modelId, long number) in table.ListPending())
        {
            try
            {
                store.Delete(modelId, number);
                table.RemovePending(modelId, number);
                Log.PendingRemoved(logger, ResourceNames.Version(modelId, number));
            }
            catch (Exception exception) when (StorageErrors.IsStorageFailure(exception))
            {
                // A full or failing disk must not prevent the start; the next start tries again.
                Log.RemovalPostponed(logger, exception, ResourceNames.Version(modelId, number));
            }
        }
    }
}
