using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Storage;
using TopicGrpc.Testing;

namespace TopicGrpc.Cluster.Tests.Metadata;

/// <summary>A metadata database of one test, with a data folder of its own.</summary>
internal abstract class TestMetadata : IDisposable
{
    private readonly TempFolder _folder = new();
    private MetadataDatabase? _database;
    private DataFolder? _data;

    /// <summary>The open database.</summary>
    public MetadataDatabase Database => _database ??= Open(Data);

    /// <summary>The locked data folder.</summary>
    protected DataFolder Data => _data ??= new DataFolder(
        Options.Create(new StorageOptions { Directory = _folder.Path }), DiskStorage.Instance);

    /// <summary>Closes the database and opens it again, as a restart of the server does.</summary>
    public MetadataDatabase Reopen()
    {
        Close();
        return Database;
    }

    public void Dispose()
    {
        Close();
        _folder.Dispose();
    }

    protected abstract MetadataDatabase Open(DataFolder folder);

    private void Close()
    {
        _database?.Dispose();
        _data?.Dispose();
        _database = null;
        _data = null;
    }
}
