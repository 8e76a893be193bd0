using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Storage;
using TopicGrpc.Testing;

namespace TopicGrpc.Cluster.Tests;

/// <summary>An empty data folder that is locked, as a starting server has it.</summary>
internal sealed class TestDataFolder : IDisposable
{
    private readonly TempFolder _folder = new();

    public TestDataFolder() => Data = Open();

    public DataFolder Data { get; private set; }

    /// <summary>Releases the lock and acquires it again, as a restarted server does.</summary>
    public DataFolder Reopen()
    {
        Data.Dispose();
        return Data = Open();
    }

    public void Dispose()
    {
        Data.Dispose();
        _folder.Dispose();
    }

    private DataFolder Open() => new(Options.Create(new StorageOptions { Directory = _folder.Path }), DiskStorage.Instance);
}
