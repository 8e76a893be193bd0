namespace TopicGrpc.Testing.Processes;

/// <summary>
/// Members of a cluster, each a process with a data folder of its own, with one database and one object store. No member runs before
/// <see cref="StartAsync(CancellationToken)"/>.
/// </summary>
public sealed class MemberCluster : IAsyncDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>Creates the members <c>member-1</c>, <c>member-2</c> and so on.</summary>
    /// <param name="count">Number of members.</param>
    /// <param name="connectionString">Database of all members.</param>
    /// <param name="program">Program of the members.</param>
    /// <param name="options">
    /// More options of all members; <c>Cluster:ObjectStore:S3:Bucket</c> replaces the shared folder. Null: none.
    /// </param>
    public MemberCluster(
        int count,
        string connectionString,
        MemberProgram program = MemberProgram.FakeEncoder,
        IReadOnlyDictionary<string, string>? options = null)
    {
        Members = [.. Enumerable.Range(1, count).Select(number => Create(number, connectionString, program, options))];
    }

    /// <summary>The members; their order never changes.</summary>
    public IReadOnlyList<MemberProcess> Members { get; }

    /// <summary>Addresses of all members that have been started.</summary>
    public IReadOnlyList<Uri> Addresses =>
        [.. Members.Where(static member => member.Address is not null).Select(static member => member.Address)];

    /// <summary>Folder of the shared object store.</summary>
    public string ObjectFolder => _folder.At("objects");

    /// <summary>Creates members, starts them together and waits until they listen. A failure disposes them.</summary>
    /// <param name="count">Number of members.</param>
    /// <param name="connectionString">Database of all members.</param>
    /// <param name="options">More options of all members.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<MemberCluster> StartAsync(
        int count, string connectionString, IReadOnlyDictionary<string, string> options, CancellationToken cancellationToken)
    {
        MemberCluster cluster = new(count, connectionString, options: options);
        try
        {
            await cluster.StartAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts all members together and waits until they listen.</summary>
    public Task StartAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Members.Select(member => member.StartAsync(cancellationToken)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (MemberProcess member in Members)
        {
            await member.DisposeAsync();
        }

        _folder.Dispose();
    }

    private MemberProcess Create(
        int number, string connectionString, MemberProgram program, IReadOnlyDictionary<string, string>? options)
    {
        string id = FormattableString.Invariant($"member-{number}");
        Dictionary<string, string> all = new(options ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase)
        {
            ["Cluster:Postgres:ConnectionString"] = connectionString,
            ["Cluster:Member:Id"] = id,
            ["Cluster:Silo:Port"] = "0",
            ["Cluster:Silo:AllowInsecure"] = "true",
        };
        all.TryAdd("Cluster:Silo:AllowInsecure", "true");
        all.TryAdd("Cluster:Silo:Port", "0");
        if (!all.ContainsKey("Cluster:ObjectStore:S3:Bucket"))
        {
            Directory.CreateDirectory(ObjectFolder);
            all["Cluster:ObjectStore:Folder"] = ObjectFolder;
        }

        return new MemberProcess(id, _folder.At(id), program, all);
    }
}
