using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Cluster.ObjectStore.Folders;

/// <summary>A file of the shared folder that is being written under a name of its own.</summary>
internal sealed class FolderUpload(
    FolderBackend backend,
    string key,
    string draft,
    string path,
    IStoredFile file,
    IFileStorage storage) : IObjectUpload
{
    private bool _isComplete;

    public Task WritePartAsync(int index, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => FolderBackend.RunAsync(
        key,
        () =>
        {
            file.Write(content.Span, (long)index * ContentLayout.PartBytes);
            return content.Length;
        },
        cancellationToken);

    public Task CompleteAsync(CancellationToken cancellationToken) => FolderBackend.RunAsync(
        key,
        () =>
        {
            file.Flush();
            storage.ReplaceFile(draft, path);
            return _isComplete = true;
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        file.Dispose();
        if (_isComplete)
        {
            return;
        }

        try
        {
            int mark = draft.LastIndexOf(FolderBackend.UploadMark, StringComparison.Ordinal) + FolderBackend.UploadMark.Length;
            await backend.AbortAsync(new UnfinishedUpload(key, draft[mark..]), CancellationToken.None);
        }
        catch (ObjectStoreException)
        {
            // The sweep removes what stays.
        }
    }
}
