using TopicGrpc.Server.Keys;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Tests.Storage;

namespace TopicGrpc.Server.Tests.Access;

/// <summary>A key store with a database of its own.</summary>
internal sealed class StoredKeys : IDisposable
{
    private readonly TestDatabase _data = TestDatabase.Create();

    public StoredKeys(TimeProvider clock) => Store = new KeyStore(new KeyTable(_data.Database), LocalChangeFeed.Instance, clock);

    public KeyStore Store { get; }

    public void Dispose()
    {
        Store.Dispose();
        _data.Dispose();
    }
}
