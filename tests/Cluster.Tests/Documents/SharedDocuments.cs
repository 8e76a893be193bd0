using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Documents;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.ObjectStore.Folders;
using TopicGrpc.Cluster.Postgres;
using TopicGrpc.Cluster.Tests.ObjectStore;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Storage;
using TopicGrpc.Testing;

namespace TopicGrpc.Cluster.Tests.Documents;

/// <summary>
/// A database and an object store in a folder, which members of one process share; each member has a data folder of its own.
/// </summary>
internal sealed class SharedDocuments : IDisposable
{
    private readonly TempFolder _root = new();
    private readonly DataFolder _data;
    private readonly StoreCalls _calls = Samples.Calls();
    private readonly List<TestMember> _members = [];

    /// <param name="connectionString">An empty database.</param>
    /// <param name="retryTimeout">Time for which transactions are retried.</param>
    public SharedDocuments(string connectionString, TimeSpan? retryTimeout = null)
    {
        _data = new DataFolder(Options.Create(new StorageOptions { Directory = _root.At("database") }), DiskStorage.Instance);
        Database = new PostgresDatabase(
            Options.Create(new PostgresOptions
            {
                ConnectionString = connectionString,
                RetryTimeout = retryTimeout ?? TimeSpan.FromMinutes(2),
            }),
            _data,
            TimeProvider.System);
        Contents = new ContentStore(new FolderBackend(Objects, DiskStorage.Instance), _calls);
        Log = new PostgresCorpusLog(Database, new RecordStore(Contents));
    }

    public PostgresDatabase Database { get; }

    public ContentStore Contents { get; }

    public PostgresCorpusLog Log { get; }

    /// <summary>Folder of the objects.</summary>
    public string Objects => _root.At("objects");

    /// <summary>Keys of the stored records.</summary>
    public async Task<string[]> KeysAsync()
    {
        ObjectPage page = await Contents.ListAsync(RecordKeys.Prefix, null, 1000, TestContext.Current.CancellationToken);
        return [.. page.Objects.Select(static found => found.Key)];
    }

    /// <summary>Starts a member; it has read the rows that exist.</summary>
    public TestMember Start(string name, int maxSessions = 0)
    {
        TestMember member = new(_root.At(name), Database, new InterruptedLog(Log), maxSessions);
        _members.Add(member);
        return member;
    }

    public void Dispose()
    {
        _members.ForEach(static member => member.Dispose());
        Database.Dispose();
        _data.Dispose();
        _calls.Dispose();
        _root.Dispose();
    }
}
