using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Storage.Sqlite;
using TopicGrpc.Testing;
using TopicGrpc.V1;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Tests.Models;

/// <summary>A registry on a folder of its own, without a server around it; its store can be held back.</summary>
internal sealed class TestRegistry : IDisposable
{
    private static readonly Lazy<TopicModel> Fitted = new(Fit);

    private readonly TempFolder _folder = new();
    private readonly ModelOptions _options = new();
    private readonly List<IDisposable> _opened = [];

    private TestRegistry()
    {
    }

    /// <summary>A model of 120 documents.</summary>
    public static TopicModel Model => Fitted.Value;

    public HeldStore Store { get; private set; } = null!;

    public ModelRegistry Models { get; private set; } = null!;

    public string ModelsDirectory => Path.Combine(_folder.Path, "models");

    /// <summary>
    /// Models <c>m</c> and <c>other</c> with two versions each, the first labelled <c>stable</c>; what carries no label is on disk only.
    /// </summary>
    public static async Task<TestRegistry> CreateAsync(int keepLoaded = 4)
    {
        TestRegistry registry = new();
        registry._options.KeepLoaded = keepLoaded;
        await registry.OpenAsync();
        foreach (string model in (string[])["m", "other"])
        {
            await registry.PublishAsync(model, "stable");
            await registry.PublishAsync(model);
        }

        await registry.ReopenAsync();
        return registry;
    }

    /// <summary>Closes it and opens it again from what is on disk.</summary>
    public Task ReopenAsync()
    {
        Close();
        return OpenAsync();
    }

    public Task<ModelVersion> PublishAsync(string model, params string[] labels) =>
        Models.PublishAsync(
            model,
            Fitted.Value,
            new ModelVersion { EncoderSha256 = Fitted.Value.Embedder.Sha256, Fit = "fits/f1" },
            labels,
            TestContext.Current.CancellationToken);

    public ValueTask<VersionLease> AcquireAsync(string model, long number) =>
        Models.AcquireAsync(new VersionSelector(model, number, Label: null), TestContext.Current.CancellationToken);

    public VersionState StateOf(string model, long number) => Models.Current.Describe(model, number).State;

    /// <summary>Waits until the routing table meets a condition.</summary>
    public async Task UntilAsync(Func<RoutingSnapshot, bool> condition)
    {
        Task changed;
        for (changed = Models.Changed; !condition(Models.Current); changed = Models.Changed)
        {
            await changed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
    }

    public void Dispose()
    {
        Store.Release();
        Close();
        _folder.Dispose();
    }

    private async Task OpenAsync()
    {
        DataFolder folder = Keep(new DataFolder(Options.Create(new StorageOptions { Directory = _folder.Path }), DiskStorage.Instance));
        MetadataDatabase database = Keep(new SqliteDatabase(folder));
        FakeEmbedder embedder = Keep(new FakeEmbedder());
        Store = Keep(new HeldStore(new ModelStore(folder, NullLogger<ModelStore>.Instance)));
        RetainedVersions kept = Keep(new RetainedVersions(Options.Create(_options), TimeProvider.System));
        RoutingTable routing = Keep(new RoutingTable(kept, Options.Create(_options), NullLogger<RoutingTable>.Instance));
        ServiceProvider services = Keep(new ServiceCollection().AddMetrics().BuildServiceProvider());
        ModelMetrics metrics = new(Keep(services.GetRequiredService<IMeterFactory>().Create("test")), routing);
        DiskThreads disk = Keep(new DiskThreads(writers: 1, readers: 1));
        VersionLoader loader = Keep(new VersionLoader(
            Store, disk, embedder, metrics, TimeProvider.System, NullLogger<VersionLoader>.Instance));
        VersionLoads loads = Keep(new VersionLoads(routing, loader, NullLogger<VersionLoads>.Instance));
        UidInheritance ancestors = new(Store, NullLogger<UidInheritance>.Instance);
        ModelTable table = new(database, TimeProvider.System);
        Models = new ModelRegistry(
            table,
            Store,
            routing,
            loader,
            ancestors,
            loads,
            new RoutingRefresh(
                table, routing, loads, loader, TimeProvider.System, new RoutingMerge(routing, metrics, NullLogger<RoutingMerge>.Instance)),
            LocalChangeFeed.Instance,
            Options.Create(_options),
            metrics,
            TimeProvider.System,
            NullLogger<ModelRegistry>.Instance);
        await Models.OpenAsync(TestContext.Current.CancellationToken);
    }

    private void Close()
    {
        foreach (IDisposable opened in Enumerable.Reverse(_opened))
        {
            opened.Dispose();
        }

        _opened.Clear();
    }

    private T Keep<T>(T opened)
        where T : IDisposable
    {
        _opened.Add(opened);
        return opened;
    }

    private static TopicModel Fit()
    {
        using FakeEmbedder embedder = new();
        Document[] documents =
        [
            .. Enumerable.Range(0, 120).Select(static index => new Document($"d{index:00000}", ThemedTexts.Text(index))),
        ];
        Matrix rows = new(documents.Length, embedder.Info.Dimension);
        for (int row = 0; row < documents.Length; row++)
        {
            embedder.Embed(documents[row].Text, rows.Row(row), CancellationToken.None);
        }

        return new TopicModelTrainer(FitSettingsContract.FromProto(TestServer.Settings())).Fit(
            documents, rows, embedder.Info, new ComputeOptions(), null, CancellationToken.None);
    }
}
