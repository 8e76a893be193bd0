using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Storage;
using TopicGrpc.Testing;
using TopicGrpc.V1;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Cluster.Tests.Changes;

/// <summary>A member with its registry of models. All members of a test read and write versions in one store.</summary>
internal sealed class RegistryMember : IDisposable
{
    private static readonly Lazy<TopicModel> Fitted = new(Fit);

    private readonly TestMember _member;
    private readonly List<IDisposable> _opened = [];

    private RegistryMember(string connectionString, string id, IModelStore store)
    {
        _member = new TestMember(connectionString, id);
        FakeEmbedder embedder = Keep(new FakeEmbedder());
        IOptions<ModelOptions> options = Options.Create(new ModelOptions());
        RetainedVersions retained = Keep(new RetainedVersions(options, TimeProvider.System));
        RoutingTable routing = Keep(new RoutingTable(retained, options, NullLogger<RoutingTable>.Instance));
        ServiceProvider services = Keep(new ServiceCollection().AddMetrics().BuildServiceProvider());
        ModelMetrics metrics = new(Keep(services.GetRequiredService<IMeterFactory>().Create("test")), routing);
        DiskThreads disk = Keep(new DiskThreads(writers: 1, readers: 1));
        VersionLoader loader = Keep(new VersionLoader(
            store, disk, embedder, metrics, TimeProvider.System, NullLogger<VersionLoader>.Instance));
        VersionLoads loads = Keep(new VersionLoads(routing, loader, NullLogger<VersionLoads>.Instance));
        ModelTable table = new(_member.Database, TimeProvider.System);
        Models = new ModelRegistry(
            table,
            store,
            routing,
            loader,
            new UidInheritance(store, NullLogger<UidInheritance>.Instance),
            loads,
            new RoutingRefresh(
                table, routing, loads, loader, TimeProvider.System, new RoutingMerge(routing, metrics, NullLogger<RoutingMerge>.Instance)),
            _member.Feed,
            options,
            metrics,
            TimeProvider.System,
            NullLogger<ModelRegistry>.Instance);
    }

    public ModelRegistry Models { get; }

    public static async Task<RegistryMember> StartAsync(
        string connectionString, string id, IModelStore store, CancellationToken cancellationToken)
    {
        RegistryMember member = new(connectionString, id, store);
        await member._member.StartAsync(cancellationToken);
        await member.Models.OpenAsync(cancellationToken);
        return member;
    }

    public Task<ModelVersion> PublishAsync(string model, CancellationToken cancellationToken, params string[] labels) =>
        Models.PublishAsync(
            model,
            Fitted.Value,
            new ModelVersion { EncoderSha256 = Fitted.Value.Embedder.Sha256, Fit = "fits/f1" },
            labels,
            cancellationToken);

    /// <summary>Answers a call of a client that has seen a generation, as the server does.</summary>
    /// <returns>The version, and the generations before and after the answer. The client gets the later one.</returns>
    public async Task<(long Number, long Before, long After)> AnswerAsync(string model, long seen, CancellationToken cancellationToken)
    {
        if (Models.Current.Generation < seen)
        {
            await _member.Feed.CatchUpAsync(ChangeKinds.Model, seen, cancellationToken);
        }

        long before = Models.Current.Generation;
        using VersionLease lease = await Models.AcquireAsync(new VersionSelector(model, Number: null, Label: null), cancellationToken);
        return (lease.Handle.Number, before, Models.Current.Generation);
    }

    public void Dispose()
    {
        _member.Feed.Dispose();
        foreach (IDisposable opened in Enumerable.Reverse(_opened))
        {
            opened.Dispose();
        }

        _member.Dispose();
    }

    private static TopicModel Fit()
    {
        using FakeEmbedder embedder = new();
        Document[] documents =
        [
            .. Enumerable.Range(0, 120)
                .Select(static index => new Document(FormattableString.Invariant($"d{index}"), ThemedTexts.Text(index))),
        ];
        Matrix rows = new(documents.Length, embedder.Info.Dimension);
        for (int row = 0; row < documents.Length; row++)
        {
            embedder.Embed(documents[row].Text, rows.Row(row), CancellationToken.None);
        }

        FitSettings settings = new() { MinTopicSize = 20 };
        return new TopicModelTrainer(FitSettingsContract.FromProto(settings)).Fit(
            documents, rows, embedder.Info, new ComputeOptions(), null, CancellationToken.None);
    }

    private T Keep<T>(T opened)
        where T : IDisposable
    {
        _opened.Add(opened);
        return opened;
    }
}
