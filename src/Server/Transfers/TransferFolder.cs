using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Transfers;

/// <summary>The staging folder of one import or export. Deleted when it is disposed, or at the next start after a crash.</summary>
internal sealed class TransferFolder : IAsyncDisposable
{
    private readonly DataFolder _data;
    private readonly DiskThreads _disk;

    private TransferFolder(DataFolder data, DiskThreads disk)
    {
        _data = data;
        _disk = disk;
        Path = data.NewStagingPath();
    }

    public string Path { get; }

    /// <summary>Creates an empty folder.</summary>
    public static async Task<TransferFolder> CreateAsync(DataFolder data, DiskThreads disk, CancellationToken cancellationToken)
    {
        TransferFolder folder = new(data, disk);
        await disk.Transfers.RunAsync(() => data.Files.CreateFolder(folder.Path), cancellationToken);
        return folder;
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() =>
        await _disk.Transfers.RunAsync(() => _data.Files.DeleteFolder(Path), CancellationToken.None);
}
