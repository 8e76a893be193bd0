using System.Collections.Immutable;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Cluster.Artifacts;

/// <summary>
/// Publishes folders as artifacts: it describes every file, uploads and verifies those that the store lacks, and writes the manifest last.
/// The artifact is in use when <see cref="CommitAsync"/> has returned true. Thread-safe.
/// </summary>
internal sealed class ArtifactPublisher(ContentStore store, IObjectLedger ledger, IFileStorage files)
{
    /// <summary>Uploads a folder.</summary>
    /// <param name="publication">Id of the publication, 32 hexadecimal digits, made for this call.</param>
    /// <param name="folder">Folder with files and no folders. It does not change during the call.</param>
    /// <param name="cancellationToken">Ends the transfer. The objects already written stay until a sweep.</param>
    /// <returns>Reference to the manifest.</returns>
    /// <exception cref="ObjectStoreException">The store failed.</exception>
    /// <exception cref="InvalidDataException">A file changed, or the folder is not an artifact.</exception>
    public async Task<ArtifactReference> UploadAsync(string publication, string folder, CancellationToken cancellationToken)
    {
        ArtifactKeys.CheckPublication(publication);
        IReadOnlyList<string> paths = files.ListFiles(folder);
        if (files.ListFolders(folder).Count > 0 || paths.Count > ArtifactManifest.MaxFiles)
        {
            throw new InvalidDataException(
                $"{folder} has folders or more than {ArtifactManifest.MaxFiles} files; an artifact is a folder of files.");
        }

        var contents = new ContentDescriptor[paths.Count];
        for (int index = 0; index < contents.Length; index++)
        {
            using IStoredFile file = files.Open(paths[index], FileMode.Open, FileAccess.Read);
            contents[index] = ContentDescriptor.Describe(new FileContent(file), cancellationToken);
        }

        await ledger.BeginAsync(publication, cancellationToken);
        Dictionary<string, Reservation> reserved = await ReserveAsync(publication, contents, cancellationToken);
        HashSet<string> done = new(StringComparer.Ordinal);
        var listed = ImmutableArray.CreateBuilder<ArtifactFile>(contents.Length);
        for (int index = 0; index < contents.Length; index++)
        {
            Reservation reservation = reserved[contents[index].Sha256];
            listed.Add(new ArtifactFile(Path.GetFileName(paths[index]), reservation.Key, contents[index]));
            if (done.Add(reservation.Key))
            {
                using IStoredFile file = files.Open(paths[index], FileMode.Open, FileAccess.Read);
                await StoreAsync(reservation, new FileContent(file), contents[index], cancellationToken);
            }
        }

        byte[] manifest = new ArtifactManifest(listed.MoveToImmutable()).Serialize();
        var described = ContentDescriptor.Describe(new BytesContent(manifest), cancellationToken);
        Reservation place = (await ReserveAsync(publication, [described], cancellationToken))[described.Sha256];
        await StoreAsync(place, new BytesContent(manifest), described, cancellationToken);
        return new ArtifactReference(place.Key, described);
    }

    /// <summary>Gives the objects of a publication to their owner.</summary>
    /// <param name="publication">Id of the publication.</param>
    /// <param name="owner">Name of the owner, which no other artifact has or had.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False if the publication took too long and was abandoned; publish again.</returns>
    public Task<bool> CommitAsync(string publication, string owner, CancellationToken cancellationToken) =>
        ledger.CommitAsync(publication, owner, cancellationToken);

    private async Task<Dictionary<string, Reservation>> ReserveAsync(
        string publication, IEnumerable<ContentDescriptor> contents, CancellationToken cancellationToken)
    {
        LedgerEntry[] entries =
        [
            .. contents.Select(static content => new LedgerEntry(content.Sha256, content.Length))
                .Distinct()
                .OrderBy(static entry => entry.Sha256, StringComparer.Ordinal),
        ];
        IReadOnlyList<Reservation> reserved = await ledger.ReserveAsync(publication, entries, cancellationToken);
        return reserved.ToDictionary(static reservation => reservation.Entry.Sha256, StringComparer.Ordinal);
    }

    // An object of another publication was verified when it was written. PutAsync reads it again, or writes it if the store lost it.
    private Task StoreAsync(
        Reservation reservation, IContentSource content, ContentDescriptor descriptor, CancellationToken cancellationToken) =>
        store.PutAsync(reservation.Key, content, descriptor, cancellationToken);
}
